package dev.wnm.core.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How samples thin with age. Up to the age of a step, the first sample of each of its intervals is kept; the last step has no end but that
 * of all history, see {@link dev.wnm.core.history.HistoryLimits}.
 *
 * <pre>
 * host      one a         nodes     one a
 * 7 days    minute        1 day     10 minutes
 * 30 days   10 minutes    30 days   hour
 * older     hour          older     day
 * </pre>
 *
 * <p>So the host's history of a year is 22,000 rows, and the nodes' 1,175 rows a node.
 */
record Retention(Duration sampling, List<Step> steps) {
  static final Duration HOST_INTERVAL = Duration.ofMinutes(1);
  static final Duration NODE_INTERVAL = Duration.ofMinutes(10);

  static final Retention HOST = new Retention(HOST_INTERVAL, List.of(new Step(Duration.ofDays(7), Duration.ofMinutes(10)),
      new Step(Duration.ofDays(30), Duration.ofHours(1))));
  static final Retention NODES = new Retention(NODE_INTERVAL, List.of(new Step(Duration.ofDays(1), Duration.ofHours(1)),
      new Step(Duration.ofDays(30), Duration.ofDays(1))));

  /** What is older than {@code age} has one sample left in each interval. The steps of a retention are in the order of their ages. */
  record Step(Duration age, Duration interval) {
    boolean concerns(Duration old) {
      return old.compareTo(age) > 0;
    }
  }

  /** The start of the interval that {@code at} falls in, as Unix seconds. */
  static long slot(Instant at, Duration interval) {
    return at.getEpochSecond() - Math.floorMod(at.getEpochSecond(), interval.toSeconds());
  }

  /** How far apart samples of this age are, which may be negative. */
  Duration intervalAt(Duration old) {
    return steps.stream().filter(step -> step.concerns(old)).reduce((first, last) -> last).map(Step::interval).orElse(sampling);
  }

  /** What was taken later is kept whole, Unix seconds. */
  long wholeSince(Instant now) {
    return now.minus(steps.get(0).age()).getEpochSecond();
  }

  /**
   * Which samples have had their time.
   *
   * @param times when samples were taken, Unix seconds, ascending
   */
  List<Long> expired(List<Long> times, Instant now) {
    List<Long> expired = new ArrayList<>();
    Set<List<Long>> kept = new HashSet<>();
    for (long time : times) {
      Duration old = Duration.ofSeconds(now.getEpochSecond() - time);
      long interval = intervalAt(old).toSeconds();
      if (time < wholeSince(now) && !kept.add(List.of(interval, Math.floorDiv(time, interval)))) {
        expired.add(time);
      }
    }
    return expired;
  }
}
