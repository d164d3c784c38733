package dev.wnm.core.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How history thins with age. Up to the age of a step, the first sample of each of its intervals is kept; what is older
 * than the last step goes.
 *
 * <pre>
 * age           host: one a        nodes: one a
 * up to 1 day   minute             10 minutes
 * 30 days       hour               hour
 * 365 days      day                day
 * </pre>
 *
 * <p>That bounds the host's history to 2,500 rows, and the nodes' to {@link #MOST_NODE_SAMPLES} rows, whichever the fleet's
 * size: beyond that, the oldest go first, but never those of the last day.
 */
final class Retention {
  static final Duration HOST_INTERVAL = Duration.ofMinutes(1);
  static final Duration NODE_INTERVAL = Duration.ofMinutes(10);
  /** About 60 MB of file: 1,000 nodes keep a year, 5,000 keep two days. */
  static final int MOST_NODE_SAMPLES = 1_000_000;

  private static final List<Step> STEPS = List.of(
      new Step(Duration.ofDays(1), Duration.ZERO),
      new Step(Duration.ofDays(30), Duration.ofHours(1)),
      new Step(Duration.ofDays(365), Duration.ofDays(1)));

  private Retention() {}

  /** The start of the interval that {@code at} falls in, as Unix seconds. */
  static long slot(Instant at, Duration interval) {
    return at.getEpochSecond() - Math.floorMod(at.getEpochSecond(), interval.toSeconds());
  }

  /**
   * Which samples have had their time.
   *
   * @param times when samples were taken, Unix seconds, ascending
   */
  static List<Long> expired(List<Long> times, Instant now) {
    List<Long> expired = new ArrayList<>();
    Set<List<Long>> kept = new HashSet<>();
    for (long time : times) {
      long age = now.getEpochSecond() - time;
      Step step = STEPS.stream().filter(candidate -> age <= candidate.age().toSeconds()).findFirst().orElse(null);
      if (step == null || !step.keepsAll() && !kept.add(List.of(step.interval().toSeconds(), step.interval(time)))) {
        expired.add(time);
      }
    }
    return expired;
  }

  /** When the time began in which every sample is kept, Unix seconds. */
  static long untouched(Instant now) {
    return now.minus(STEPS.get(0).age()).getEpochSecond();
  }

  private record Step(Duration age, Duration interval) {
    boolean keepsAll() {
      return interval.isZero();
    }

    long interval(long time) {
      return Math.floorDiv(time, interval.toSeconds());
    }
  }
}
