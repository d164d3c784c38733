package dev.wnm.core.watch;

import dev.wnm.core.model.DecisionLimits;
import dev.wnm.core.model.HostMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How the machine has been doing: its last samples, the oldest first. Samples in, verdict out; no clock, nothing measured.
 *
 * <p>There is pressure where each sample of the last {@link #SUSTAINED} lies above a limit: a spike, or a course that is too short
 * to tell, is none. The value that a decision is given follows from that. It is the mean of up to {@link #LENGTH} where it is about
 * time (CPU, traffic), else the highest of the last {@link #SUSTAINED}, and in both cases no more than the limit while there is no
 * pressure: so nothing is stopped for a spike, and nothing added right after one. Under pressure it is at least the lowest of these
 * samples. What is unknown in any of them is unknown.
 *
 * @param samples at most about {@link #LENGTH} long
 */
record Course(List<MachineSample> samples) {
  static final Course NONE = new Course(List.of());
  /** How much of the past counts. */
  static final Duration LENGTH = Duration.ofMinutes(1);
  /** How long pressure must last. */
  static final Duration SUSTAINED = Duration.ofSeconds(10);
  /** Samples are not taken to the millisecond. */
  private static final Duration JITTER = Duration.ofSeconds(1);

  /** One sample is no course, whatever time it is about. */
  private static final int FEWEST = 2;

  Course {
    samples = List.copyOf(samples);
  }

  /** The same with one more sample; what is too long ago is left out. */
  Course with(MachineSample sample) {
    List<MachineSample> longer = new ArrayList<>(samples);
    longer.add(sample);
    return new Course(last(longer, LENGTH.minus(JITTER)));
  }

  /** What has been above its limit for {@link #SUSTAINED}. */
  Set<Figure> pressures(DecisionLimits limits) {
    Set<Figure> pressures = EnumSet.noneOf(Figure.class);
    Arrays.stream(Figure.values()).filter(figure -> isPressed(figure, limits)).forEach(pressures::add);
    return pressures;
  }

  /**
   * What a decision is to go by.
   *
   * @throws IllegalStateException of a course without samples
   */
  HostMetrics believed(DecisionLimits limits) {
    HostMetrics last = last();
    return new HostMetrics(last.bootedAt(), last.bootId(), value(Figure.LOAD_1, limits), value(Figure.LOAD_5, limits),
        value(Figure.LOAD_15, limits), value(Figure.CPU, limits), last.ioWaitPercent(), value(Figure.MEMORY, limits),
        value(Figure.DISK, limits), last.totalDiskBytes(), whole(value(Figure.DISK_READS, limits)),
        whole(value(Figure.DISK_WRITES, limits)), whole(value(Figure.NET_READS, limits)), whole(value(Figure.NET_WRITES, limits)));
  }

  private HostMetrics last() {
    if (samples.isEmpty()) {
      throw new IllegalStateException("there is no sample of the machine");
    }
    return samples.get(samples.size() - 1).metrics();
  }

  private OptionalDouble value(Figure figure, DecisionLimits limits) {
    if (isUnknown(figure)) {
      return OptionalDouble.empty();
    }
    OptionalDouble most = figure.most(limits);
    boolean pressed = isPressed(figure, limits);
    double summed = figure.isMean() ? mean(figure) : recent().stream().mapToDouble(sample -> known(figure, sample)).max().orElseThrow();
    if (pressed) {
      return OptionalDouble.of(Math.max(summed, lowest(figure)));
    }
    return OptionalDouble.of(most.isPresent() ? Math.min(summed, most.getAsDouble()) : summed);
  }

  private boolean isPressed(Figure figure, DecisionLimits limits) {
    OptionalDouble most = figure.most(limits);
    return most.isPresent() && samples.size() >= FEWEST && length(recent()).compareTo(SUSTAINED.minus(JITTER)) >= 0 && !isUnknown(figure)
        && lowest(figure) > most.getAsDouble();
  }

  private boolean isUnknown(Figure figure) {
    return recent().stream().anyMatch(sample -> figure.in(sample.metrics()).isEmpty());
  }

  private double lowest(Figure figure) {
    return recent().stream().mapToDouble(sample -> known(figure, sample)).min().orElseThrow();
  }

  private static double known(Figure figure, MachineSample sample) {
    return figure.in(sample.metrics()).orElseThrow();
  }

  /** Each sample counts for as long as it is about. */
  private double mean(Figure figure) {
    double sum = 0;
    double time = 0;
    for (MachineSample sample : samples) {
      OptionalDouble value = figure.in(sample.metrics());
      if (value.isPresent()) {
        double weight = Math.max(1, Math.min(sample.covers().toMillis(), LENGTH.toMillis()));
        sum += value.getAsDouble() * weight;
        time += weight;
      }
    }
    return sum / time;
  }

  /** The fewest of the last samples that are about the last {@link #SUSTAINED}; all, where that is not so much. */
  private List<MachineSample> recent() {
    return last(samples, SUSTAINED.minus(JITTER));
  }

  private static List<MachineSample> last(List<MachineSample> samples, Duration length) {
    Duration covered = Duration.ZERO;
    int from = samples.size();
    while (from > 0 && (covered.compareTo(length) < 0 || samples.size() - from < FEWEST)) {
      from--;
      covered = covered.plus(samples.get(from).covers());
    }
    return samples.subList(from, samples.size());
  }

  private static Duration length(List<MachineSample> samples) {
    return samples.stream().map(MachineSample::covers).reduce(Duration.ZERO, Duration::plus);
  }

  private static OptionalLong whole(OptionalDouble number) {
    return number.isPresent() ? OptionalLong.of(Math.round(number.getAsDouble())) : OptionalLong.empty();
  }
}
