package dev.wnm.core.decision;

import dev.wnm.core.model.DecisionLimits.Concurrency;
import dev.wnm.core.model.FleetCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * How long growth takes that has room on the machine and in which nothing fails. Made from the rules of {@link DecisionEngine}: each
 * cycle begins as many starts and adds as their limits leave free, and a node counts against them until the first cycle after its
 * {@code delay_start}.
 *
 * @param nodes how many are still to be started or added, 1 or more
 * @param pace the settings that this hangs on
 * @param time until the last of them is begun
 * @param faster settings that are worth a thought where this takes long
 */
@API(status = API.Status.EXPERIMENTAL)
public record GrowthForecast(int nodes, Pace pace, Duration time, Optional<Pace> faster) {
  /** What takes no longer than this is not worth other settings. */
  private static final Duration LONG = Duration.ofHours(1);
  private static final int ROUNDS = 20;
  private static final Duration SHORT_DELAY = Duration.ofSeconds(10);

  /**
   * The settings that growth hangs on.
   *
   * @param starts {@code max_concurrent_starts}, 1 or more
   * @param operations {@code max_concurrent_operations}, 1 or more
   * @param delayStart {@code delay_start}, 0 or longer
   * @param interval from the beginning of one cycle to that of the next, longer than 0
   */
  public record Pace(int starts, int operations, Duration delayStart, Duration interval) {
    public Pace {
      if (starts < 1 || operations < 1 || delayStart.isNegative() || interval.isNegative() || interval.isZero()) {
        throw new IllegalArgumentException("no pace: " + starts + " starts, " + operations + " operations, delay " + delayStart
            + ", a cycle every " + interval);
      }
    }

    /** How many begin together. */
    int atOnce() {
      return Math.min(starts, operations);
    }

    /** From the beginning of some nodes to that of the next: each begins a moment after its cycle, and so is over a moment late. */
    Duration round() {
      return interval.multipliedBy(delayStart.dividedBy(interval) + 1);
    }

    /** @param free how many may begin in the next cycle already */
    private Duration timeFor(int nodes, int free) {
      int later = nodes - Math.min(nodes, Math.max(0, free));
      return interval.plus(round().multipliedBy((later + atOnce() - 1) / atOnce()));
    }

    private String changesTo(Pace other) {
      List<String> options = new ArrayList<>();
      if (other.starts != starts) {
        options.add("--max_concurrent_starts " + other.starts);
      }
      if (other.operations != operations) {
        options.add("--max_concurrent_operations " + other.operations);
      }
      if (!other.delayStart.equals(delayStart)) {
        options.add("--delay_start " + other.delayStart.toSeconds());
      }
      return String.join(" ", options);
    }
  }

  /** The forecast for a fleet; empty where all nodes that there may be are begun already. @param mostNodes how many there may be */
  public static Optional<GrowthForecast> of(FleetCounts fleet, int mostNodes, Pace pace) {
    int nodes = fleet.startable() + Math.max(0, mostNodes - fleet.staying());
    if (nodes == 0) {
      return Optional.empty();
    }
    int free = Math.min(pace.starts() - fleet.restarting(), pace.operations() - fleet.operations());
    Duration time = pace.timeFor(nodes, free);
    int starts = Math.max(pace.atOnce(), (nodes + ROUNDS - 1) / ROUNDS);
    Pace faster = new Pace(Math.max(pace.starts(), starts), Math.max(pace.operations(), starts),
        pace.delayStart().compareTo(SHORT_DELAY) > 0 ? SHORT_DELAY : pace.delayStart(), pace.interval());
    boolean isWorthIt = time.compareTo(LONG) > 0 && faster.timeFor(nodes, faster.atOnce()).multipliedBy(2).compareTo(time) <= 0;
    return Optional.of(new GrowthForecast(nodes, pace, time, isWorthIt ? Optional.of(faster) : Optional.empty()));
  }

  /** The same with limits as the decision engine has them. */
  public static Optional<GrowthForecast> of(FleetCounts fleet, int mostNodes, Concurrency limits, Duration delayStart, Duration interval) {
    return of(fleet, mostNodes, new Pace(limits.starts(), limits.operations(), delayStart, interval));
  }

  /** How long the settings of {@link #faster} would take. */
  public Optional<Duration> fasterTime() {
    return faster.map(other -> other.timeFor(nodes, other.atOnce()));
  }

  /** In words, with the options that make it faster. */
  public String sentence() {
    return String.format(Locale.ROOT, "with these limits %,d more %s about %s, at a cycle every %s and with room on the machine", nodes,
        nodes == 1 ? "node takes" : "nodes take", words(time), pace.interval().equals(Duration.ofMinutes(1)) ? "minute" : words(pace.interval()))
        + faster.map(other -> "; " + pace.changesTo(other) + " would take about " + words(other.timeFor(nodes, other.atOnce()))).orElse("");
  }

  private static String words(Duration time) {
    if (time.compareTo(Duration.ofMinutes(1)) < 0) {
      return time.toSeconds() + " s";
    }
    return time.compareTo(Duration.ofHours(2)) < 0 ? (time.toSeconds() + 30) / 60 + " min" : (time.toMinutes() + 30) / 60 + " h";
  }
}
