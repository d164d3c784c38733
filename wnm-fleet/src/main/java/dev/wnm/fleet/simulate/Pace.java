package dev.wnm.fleet.simulate;

import java.time.Duration;

/**
 * How fast a host brings its nodes to a version.
 *
 * @param atOnce nodes that are upgraded at once, 1 or more ({@code max_concurrent_upgrades})
 * @param each how long one of them takes ({@code delay_upgrade})
 * @param settling how long the first of a host has to do well before the others follow ({@code upgrade_settling_time})
 * @param cycle how long it is from one cycle to the next
 */
public record Pace(int atOnce, Duration each, Duration settling, Duration cycle) {
  private static final Duration A_MINUTE = Duration.ofMinutes(1);
  /** One after another, five minutes each: what wnm does when nothing else is said. */
  public static final Pace USUAL = new Pace(1, Duration.ofMinutes(5), Duration.ofMinutes(5), A_MINUTE);

  public Pace {
    if (atOnce < 1 || each.isNegative() || settling.isNegative() || cycle.isNegative() || cycle.isZero()) {
      throw new IllegalArgumentException("no host can upgrade " + atOnce + " nodes at once, " + each + " each, with a cycle of " + cycle);
    }
  }
}
