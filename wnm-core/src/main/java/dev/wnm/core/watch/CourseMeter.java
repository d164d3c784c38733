package dev.wnm.core.watch;

import dev.wnm.core.host.Measurement;
import dev.wnm.core.host.Meter;
import dev.wnm.core.model.DecisionLimits;
import dev.wnm.core.model.HostCounters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Samples the machine between cycles, and tells cycles of its course instead of a moment. Keeps the counters in memory; only cycles
 * write. Not for use by several threads.
 */
final class CourseMeter implements Meter {
  /** Between two samples. A look at the machine takes a millisecond or two. */
  static final Duration EVERY = Duration.ofSeconds(5);

  private final Meter meter;
  private final Ticks ticks;
  private Course course = Course.NONE;
  private Optional<Asked> asked = Optional.empty();
  private Optional<Measurement> last = Optional.empty();
  private long lastAt;
  private Optional<DecisionLimits> limits = Optional.empty();
  private Set<Figure> known = Set.of();
  /** Whether what is written down of the machine is of a time that says nothing of now. */
  private boolean forgotten;

  /** What the last cycle asked for. */
  private record Asked(List<Path> storages, Set<Long> nodes) {}

  CourseMeter(Meter meter, Ticks ticks) {
    this.meter = meter;
    this.ticks = ticks;
  }

  /** What values are compared with from now on. */
  void compareWith(DecisionLimits present) {
    limits = Optional.of(present);
  }

  @Override
  public Measurement measure(List<Path> storages, Set<Long> nodes, Optional<HostCounters> previous) {
    boolean isFresh = last.isPresent() && asked.filter(before -> before.storages().equals(storages)).isPresent() && !isDue();
    asked = Optional.of(new Asked(List.copyOf(storages), Set.copyOf(nodes)));
    Measurement now = isFresh ? last.orElseThrow() : sampled(last.map(Measurement::counters).or(() -> forgotten ? Optional.empty() : previous));
    // What this cycle makes of it is no news afterwards.
    known = pressures();
    return limits.map(present -> new Measurement(course.believed(present), now.counters(), now.storages(), now.doubts())).orElse(now);
  }

  /** Whether it is time for another sample. */
  boolean isDue() {
    return last.isPresent() && ticks.since(lastAt).compareTo(EVERY) >= 0;
  }

  /**
   * Samples the machine as the last cycle measured it.
   *
   * @return what has come under pressure since the last sample or cycle
   */
  Set<Figure> sample() {
    sampled(last.map(Measurement::counters));
    Set<Figure> pressures = pressures();
    Set<Figure> begun = EnumSet.noneOf(Figure.class);
    begun.addAll(pressures);
    begun.removeAll(known);
    known = pressures;
    return begun;
  }

  /** Forgets how the machine has been doing: the next cycle measures anew. */
  void forget() {
    forgotten = true;
    course = Course.NONE;
    last = Optional.empty();
    known = Set.of();
  }

  private Measurement sampled(Optional<HostCounters> previous) {
    Asked look = asked.orElseThrow();
    Duration covers = last.isPresent() ? ticks.since(lastAt) : Duration.ZERO;
    Measurement now = meter.measure(look.storages(), look.nodes(), previous);
    lastAt = ticks.now();
    last = Optional.of(now);
    forgotten = false;
    course = course.with(new MachineSample(covers, now.metrics()));
    return now;
  }

  private Set<Figure> pressures() {
    return limits.map(course::pressures).orElse(Set.of());
  }
}
