package dev.wnm.core.decision;

import static dev.wnm.core.decision.Threshold.Side.ABOVE;
import static dev.wnm.core.decision.Threshold.Side.BELOW;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The comparisons that make up one feature. Those below their limits must all hold, of those above one is enough; what is
 * switched off takes no part. Of an unknown value neither holds, so that it allows no growth and asks for no stop.
 *
 * @param feature the feature
 * @param side the side of their limits on which all its values are compared
 * @param comparisons at least one
 */
record Thresholds(Feature feature, Threshold.Side side, List<Threshold> comparisons) {
  static final List<Thresholds> ALL = List.of(
      of(Feature.ALLOW_CPU, new Threshold("CPU", Unit.PERCENT,
          in -> in.host().usedCpuPercent(), BELOW, "cpu_less_than", in -> in.limits().cpu().lessThan())),
      of(Feature.ALLOW_MEM, new Threshold("memory", Unit.PERCENT,
          in -> in.host().usedMemoryPercent(), BELOW, "mem_less_than", in -> in.limits().memory().lessThan())),
      of(Feature.ALLOW_HD, new Threshold("disk", Unit.PERCENT,
          in -> in.host().usedDiskPercent(), BELOW, "hd_less_than", in -> in.limits().disk().lessThan())),
      of(Feature.REMOVE_CPU, new Threshold("CPU", Unit.PERCENT,
          in -> in.host().usedCpuPercent(), ABOVE, "cpu_remove", in -> in.limits().cpu().remove())),
      of(Feature.REMOVE_MEM, new Threshold("memory", Unit.PERCENT,
          in -> in.host().usedMemoryPercent(), ABOVE, "mem_remove", in -> in.limits().memory().remove())),
      of(Feature.REMOVE_HD, new Threshold("disk", Unit.PERCENT,
          in -> in.host().usedDiskPercent(), ABOVE, "hd_remove", in -> in.limits().disk().remove())),
      of(Feature.ALLOW_NODE_CAP, new Threshold("the number of running nodes", Unit.NODES,
          in -> OptionalDouble.of(in.fleet().running()), BELOW, "node_cap", in -> in.limits().mostNodes())),
      of(Feature.ALLOW_NETIO,
          new Threshold("network input", Unit.BYTES_PER_SECOND, in -> decimal(in.host().netReadBytesPerSecond()),
              BELOW, "netio_read_less_than", in -> in.limits().netReads().lessThan()),
          new Threshold("network output", Unit.BYTES_PER_SECOND, in -> decimal(in.host().netWriteBytesPerSecond()),
              BELOW, "netio_write_less_than", in -> in.limits().netWrites().lessThan())),
      of(Feature.REMOVE_NETIO,
          new Threshold("network input", Unit.BYTES_PER_SECOND, in -> decimal(in.host().netReadBytesPerSecond()),
              ABOVE, "netio_read_remove", in -> in.limits().netReads().remove()),
          new Threshold("network output", Unit.BYTES_PER_SECOND, in -> decimal(in.host().netWriteBytesPerSecond()),
              ABOVE, "netio_write_remove", in -> in.limits().netWrites().remove())),
      of(Feature.ALLOW_HDIO,
          new Threshold("disk reading", Unit.BYTES_PER_SECOND, in -> decimal(in.host().diskReadBytesPerSecond()),
              BELOW, "hdio_read_less_than", in -> in.limits().diskReads().lessThan()),
          new Threshold("disk writing", Unit.BYTES_PER_SECOND, in -> decimal(in.host().diskWriteBytesPerSecond()),
              BELOW, "hdio_write_less_than", in -> in.limits().diskWrites().lessThan())),
      of(Feature.REMOVE_HDIO,
          new Threshold("disk reading", Unit.BYTES_PER_SECOND, in -> decimal(in.host().diskReadBytesPerSecond()),
              ABOVE, "hdio_read_remove", in -> in.limits().diskReads().remove()),
          new Threshold("disk writing", Unit.BYTES_PER_SECOND, in -> decimal(in.host().diskWriteBytesPerSecond()),
              ABOVE, "hdio_write_remove", in -> in.limits().diskWrites().remove())),
      of(Feature.LOAD_ALLOW,
          new Threshold("load over 1 minute", Unit.LOAD, in -> in.host().loadAverage1(),
              BELOW, "desired_load_average", in -> in.limits().load().lessThan()),
          new Threshold("load over 5 minutes", Unit.LOAD, in -> in.host().loadAverage5(),
              BELOW, "desired_load_average", in -> in.limits().load().lessThan()),
          new Threshold("load over 15 minutes", Unit.LOAD, in -> in.host().loadAverage15(),
              BELOW, "desired_load_average", in -> in.limits().load().lessThan())),
      of(Feature.LOAD_NOT_ALLOW,
          new Threshold("load over 1 minute", Unit.LOAD, in -> in.host().loadAverage1(),
              ABOVE, "max_load_average_allowed", in -> in.limits().load().remove()),
          new Threshold("load over 5 minutes", Unit.LOAD, in -> in.host().loadAverage5(),
              ABOVE, "max_load_average_allowed", in -> in.limits().load().remove()),
          new Threshold("load over 15 minutes", Unit.LOAD, in -> in.host().loadAverage15(),
              ABOVE, "max_load_average_allowed", in -> in.limits().load().remove())));

  private static Thresholds of(Feature feature, Threshold... comparisons) {
    return new Thresholds(feature, comparisons[0].side(), List.of(comparisons));
  }

  static Thresholds of(Feature feature) {
    return ALL.get(feature.ordinal());
  }

  private static OptionalDouble decimal(OptionalLong number) {
    return number.isPresent() ? OptionalDouble.of((double) number.getAsLong()) : OptionalDouble.empty();
  }

  /** What is compared and unknown: it depends on nothing but the settings whether that matters. */
  List<String> unknown(DecisionInput input) {
    return comparisons.stream().filter(comparison -> comparison.isOn(input) && comparison.isUnknown(input))
        .map(comparison -> comparison.sentence(input)).toList();
  }

  boolean hold(DecisionInput input) {
    boolean mustAllHold = side == BELOW;
    for (Threshold comparison : comparisons) {
      if (comparison.isOn(input) && comparison.holds(input) != mustAllHold) {
        return !mustAllHold;
      }
    }
    return mustAllHold;
  }

  /** The comparisons that decide: those that agree with the feature's outcome. Empty when all are switched off. */
  List<String> sentences(DecisionInput input) {
    boolean outcome = hold(input);
    return comparisons.stream()
        .filter(comparison -> comparison.isOn(input) && comparison.holds(input) == outcome)
        .map(comparison -> comparison.sentence(input))
        .toList();
  }
}
