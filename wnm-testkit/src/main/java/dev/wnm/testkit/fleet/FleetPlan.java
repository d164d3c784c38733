package dev.wnm.testkit.fleet;

import dev.wnm.spi.model.PortRange;

/**
 * A fleet to simulate: from its first port on, the nodes that hang, then those that refuse, then those that answer garbage,
 * and then the healthy ones.
 *
 * @param firstPort metrics port of the first node
 * @param count how many nodes, 1 or more
 * @param hang how many take requests and never answer
 * @param refuse how many have no port open
 * @param garbage how many answer with what is no metrics
 */
public record FleetPlan(int firstPort, int count, int hang, int refuse, int garbage) {
  private static final String USAGE = "; say --first-port 13001 --count 1000 [--hang N] [--refuse N] [--garbage N]";

  public FleetPlan {
    if (firstPort < PortRange.LOWEST_UNPRIVILEGED || count < 1 || firstPort + count - 1 > PortRange.HIGHEST) {
      throw new IllegalArgumentException(count + " ports from " + firstPort + " on do not fit into "
          + PortRange.LOWEST_UNPRIVILEGED + "-" + PortRange.HIGHEST + USAGE);
    }
    if (hang < 0 || refuse < 0 || garbage < 0 || hang + refuse + garbage > count) {
      throw new IllegalArgumentException(hang + " hanging, " + refuse + " refusing and " + garbage
          + " garbling nodes do not fit into a fleet of " + count + USAGE);
    }
  }

  /** A fleet of healthy nodes. */
  public static FleetPlan healthy(int firstPort, int count) {
    return new FleetPlan(firstPort, count, 0, 0, 0);
  }

  /** Reads words such as {@code --first-port 13001 --count 1000 --hang 100}. */
  static FleetPlan parse(String... words) {
    int firstPort = 13_001;
    int count = 1;
    int hang = 0;
    int refuse = 0;
    int garbage = 0;
    for (int i = 0; i < words.length; i += 2) {
      int value = i + 1 < words.length ? number(words[i], words[i + 1]) : number(words[i], "");
      switch (words[i]) {
        case "--first-port" -> firstPort = value;
        case "--count" -> count = value;
        case "--hang" -> hang = value;
        case "--refuse" -> refuse = value;
        case "--garbage" -> garbage = value;
        default -> throw new IllegalArgumentException("unknown option " + words[i] + USAGE);
      }
    }
    return new FleetPlan(firstPort, count, hang, refuse, garbage);
  }

  private static int number(String option, String text) {
    if (!text.matches("\\d{1,6}")) {
      throw new IllegalArgumentException(option + " needs a whole number, not '" + text + "'" + USAGE);
    }
    return Integer.parseInt(text);
  }
}
