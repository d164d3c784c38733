package dev.wnm.core.config;

import dev.wnm.core.model.PortRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks settings against each other. */
final class CrossChecks {
  private static final List<Pair> PAIRS = List.of(
      new Pair(Options.CPU_LESS_THAN, Options.CPU_REMOVE),
      new Pair(Options.MEM_LESS_THAN, Options.MEM_REMOVE),
      new Pair(Options.HD_LESS_THAN, Options.HD_REMOVE),
      new Pair(Options.DESIRED_LOAD_AVERAGE, Options.MAX_LOAD_AVERAGE_ALLOWED),
      new Pair(Options.HDIO_READ_LESS_THAN, Options.HDIO_READ_REMOVE),
      new Pair(Options.HDIO_WRITE_LESS_THAN, Options.HDIO_WRITE_REMOVE),
      new Pair(Options.NETIO_READ_LESS_THAN, Options.NETIO_READ_REMOVE),
      new Pair(Options.NETIO_WRITE_LESS_THAN, Options.NETIO_WRITE_REMOVE));
  private static final List<Option<Integer>> PORT_STARTS =
      List.of(Options.PORT_START, Options.METRICS_PORT_START, Options.RPC_PORT_START);

  private final Settings settings;
  private final List<String> warnings = new ArrayList<>();

  private CrossChecks(Settings settings) {
    this.settings = settings;
  }

  /**
   * Checks all. A contradiction within what was stored before (a database of the Python wnm, which checks nothing) is a
   * warning: such a machine keeps running; new values have to be right.
   *
   * @return warnings, each a sentence
   * @throws BadInputException for the first contradiction that a new value is part of
   */
  static List<String> check(Settings settings) {
    CrossChecks checks = new CrossChecks(settings);
    PAIRS.forEach(checks::checkThresholds);
    checks.checkPorts();
    return List.copyOf(checks.warnings);
  }

  /** Adding must stop before removing begins, or nodes would come and go for ever. 0 switches a threshold off. */
  private void checkThresholds(Pair pair) {
    double add = settings.get(pair.add()).doubleValue();
    double remove = settings.get(pair.remove()).doubleValue();
    if (add != 0 && remove != 0 && add >= remove) {
      report(named(pair.add()) + " must be below " + named(pair.remove()), pair.add(), pair.remove());
    }
  }

  /** Node ids run from 1 to the cap, so each kind of port has a range; ranges must be usable and apart. */
  private void checkPorts() {
    List<PortRange> ranges = new ArrayList<>();
    for (Option<Integer> start : PORT_STARTS) {
      Optional<PortRange> range = ports(start);
      if (range.isEmpty()) {
        return;
      }
      ranges.add(range.get());
    }
    for (int i = 0; i < ranges.size(); i++) {
      for (int j = i + 1; j < ranges.size(); j++) {
        if (ranges.get(i).overlaps(ranges.get(j))) {
          report("with " + named(Options.NODE_CAP) + ", the ports " + ranges.get(i) + " of " + named(PORT_STARTS.get(i)) + " overlap "
              + ranges.get(j) + " of " + named(PORT_STARTS.get(j)), Options.NODE_CAP, PORT_STARTS.get(i), PORT_STARTS.get(j));
        }
      }
    }
  }

  private Optional<PortRange> ports(Option<Integer> start) {
    int first = settings.get(start) * 1_000 + 1;
    int last = first + settings.get(Options.NODE_CAP) - 1;
    if (first >= PortRange.LOWEST_UNPRIVILEGED && last <= PortRange.HIGHEST) {
      return Optional.of(new PortRange(first, last));
    }
    report("with " + named(Options.NODE_CAP) + ", " + named(start) + " makes ports " + first + "-" + last + ", which must be within "
        + PortRange.LOWEST_UNPRIVILEGED + "-" + PortRange.HIGHEST, Options.NODE_CAP, start);
    return Optional.empty();
  }

  private void report(String sentence, Option<?>... options) {
    for (Option<?> option : options) {
      if (settings.isGiven(option)) {
        throw new BadInputException(sentence);
      }
    }
    warnings.add(sentence);
  }

  private String named(Option<?> option) {
    return settings.setting(option).map(Setting::toString).orElse(option.toString());
  }

  private record Pair(Option<? extends Number> add, Option<? extends Number> remove) {}
}
