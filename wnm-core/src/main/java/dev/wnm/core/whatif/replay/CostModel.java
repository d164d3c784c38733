package dev.wnm.core.whatif.replay;

import dev.wnm.core.history.Measure;
import dev.wnm.core.history.Moment;
import dev.wnm.core.model.FleetCounts;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToIntFunction;

/**
 * What a node costs of each thing that is measured. Of the disk all nodes take some, also those that are stopped; of all else those whose
 * processes run.
 *
 * @param fits in the order of the measures
 */
public record CostModel(List<Fit> fits) {
  /** What is compared before and after a change: long enough for chance to even out, too short for what else the machine does to change. */
  private static final Duration WINDOW = Duration.ofMinutes(10);
  /** Between moments further apart too much else has changed. */
  private static final Duration LONGEST_INTERVAL = Duration.ofHours(2);

  /** What is seen from these moments, the oldest first. */
  public static CostModel of(List<Moment> moments) {
    return new CostModel(Arrays.stream(Measure.values()).map(measure -> switch (measure) {
      case DISK -> fit(measure, moments, FleetCounts::total);
      // The other load averages are the same load, seen later.
      case LOAD_5, LOAD_15 -> {
        Fit load = fit(Measure.LOAD_1, moments, CostModel::active);
        yield new Fit(measure, load.idle(), load.perNode(), load.basis(), load.explained(), load.samples());
      }
      case CPU, IO_WAIT, MEMORY, LOAD_1, DISK_READS, DISK_WRITES, NET_READS, NET_WRITES -> fit(measure, moments, CostModel::active);
    }).toList());
  }

  private static Fit fit(Measure measure, List<Moment> moments, ToIntFunction<FleetCounts> count) {
    List<Moment> known = moments.stream().filter(moment -> measure.of(moment.host()).isPresent()).toList();
    double[] nodes = known.stream().mapToDouble(moment -> count.applyAsInt(moment.fleet())).toArray();
    double[] used = known.stream().mapToDouble(moment -> measure.of(moment.host()).orElseThrow()).toArray();
    return measure == Measure.DISK ? Fit.ofLevels(measure, nodes, used) : Fit.ofChanges(measure, nodes, used, windows(known));
  }

  /** How many moments lie in the time before and after each that is compared; 0 where there are gaps. */
  private static int[] windows(List<Moment> moments) {
    int[] windows = new int[moments.size()];
    for (int i = 1; i < moments.size(); i++) {
      long interval = Math.max(1, between(moments, i - 1, i));
      int wished = (int) Math.max(1, Math.min(WINDOW.toSeconds() / interval, WINDOW.toMinutes()));
      int w = Math.min(wished, Math.min(i, moments.size() - i));
      long whole = between(moments, i - w, i + w - 1);
      windows[i] = whole <= 2 * Math.max(WINDOW.toSeconds() * 2, 2L * w * interval) && interval <= LONGEST_INTERVAL.toSeconds() ? w : 0;
    }
    return windows;
  }

  private static long between(List<Moment> moments, int first, int second) {
    return Duration.between(moments.get(first).at(), moments.get(second).at()).toSeconds();
  }

  /** Nodes whose processes run. */
  static int active(FleetCounts fleet) {
    return fleet.running() + fleet.restarting() + fleet.upgrading();
  }

  /** The cost of one of these things. */
  public Fit fit(Measure measure) {
    return fits.get(measure.ordinal());
  }

  double perNode(Measure measure) {
    return fits.get(measure.ordinal()).perNode();
  }

  /**
   * What would have been measured with other nodes than there were; unknown stays unknown.
   *
   * @param more how many more nodes there would have been; negative for fewer
   */
  OptionalDouble with(Measure measure, Moment moment, double more) {
    OptionalDouble measured = measure.of(moment.host());
    return measured.isPresent() ? within(measure, measured.getAsDouble() + perNode(measure) * more) : measured;
  }

  /** Half a machine's use is possible, more than all of it, or less than none, is not. */
  private static OptionalDouble within(Measure measure, double value) {
    boolean isShare = switch (measure) {
      case CPU, IO_WAIT, MEMORY, DISK -> true;
      case LOAD_1, LOAD_5, LOAD_15, DISK_READS, DISK_WRITES, NET_READS, NET_WRITES -> false;
    };
    return OptionalDouble.of(Math.max(0, isShare ? Math.min(100, value) : value));
  }
}
