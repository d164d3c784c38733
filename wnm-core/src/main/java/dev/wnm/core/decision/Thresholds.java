package dev.wnm.core.decision;

import static dev.wnm.core.decision.Threshold.Side.ABOVE;
import static dev.wnm.core.decision.Threshold.Side.BELOW;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
          in -> in.roomiestDiskPercent(), BELOW, "hd_less_than", in -> in.limits().disk().lessThan())),
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

  /** The features that allow growth, and those that ask for fewer nodes, by the same measured values in the same order. */
  private static final Map<Feature, Feature> BANDS = bands();

  private static Map<Feature, Feature> bands() {
    Map<Feature, Feature> bands = new LinkedHashMap<>();
    bands.put(Feature.ALLOW_CPU, Feature.REMOVE_CPU);
    bands.put(Feature.ALLOW_MEM, Feature.REMOVE_MEM);
    bands.put(Feature.ALLOW_HD, Feature.REMOVE_HD);
    bands.put(Feature.LOAD_ALLOW, Feature.LOAD_NOT_ALLOW);
    bands.put(Feature.ALLOW_NETIO, Feature.REMOVE_NETIO);
    bands.put(Feature.ALLOW_HDIO, Feature.REMOVE_HDIO);
    return bands;
  }

  /** What the machine has of each thing that is measured, and the thresholds for it. */
  static List<Resource> resources(DecisionInput input) {
    List<Resource> resources = new ArrayList<>();
    BANDS.forEach((allow, remove) -> {
      List<Threshold> rooms = of(allow).comparisons();
      List<Threshold> pressures = of(remove).comparisons();
      if (allow == Feature.ALLOW_HD && !input.disks().isEmpty()) {
        input.disks().forEach(disk -> resources.add(resource(rooms.get(0).of(disk), pressures.get(0).of(disk), input)));
        return;
      }
      for (int i = 0; i < rooms.size(); i++) {
        resources.add(resource(rooms.get(i), pressures.get(i), input));
      }
    });
    return resources;
  }

  /** Written so that it shows on which side of the nearer threshold the value lies. */
  private static Resource resource(Threshold room, Threshold pressure, DecisionInput input) {
    Threshold nearer = room.distance(input) <= pressure.distance(input) ? room : pressure;
    return new Resource(room.what(), room.measured().apply(input), nearer.use(input), room.limitFor(input), pressure.limitFor(input),
        state(room, pressure, input));
  }

  private static Resource.State state(Threshold room, Threshold pressure, DecisionInput input) {
    if (room.isUnknown(input) && (room.isOn(input) || pressure.isOn(input))) {
      return Resource.State.UNKNOWN;
    }
    if (pressure.isOn(input) && pressure.holds(input)) {
      return Resource.State.PRESSURE;
    }
    return room.isOn(input) && !room.holds(input) ? Resource.State.ENOUGH : Resource.State.ROOM;
  }

  /** Those that ask for room of what these ask for fewer nodes for; empty of others. */
  Optional<Thresholds> room() {
    return BANDS.entrySet().stream().filter(band -> band.getValue() == feature).map(band -> of(band.getKey())).findFirst();
  }

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
