package dev.wnm.core.history;

import java.time.Duration;
import java.time.Instant;

/**
 * A span of time.
 *
 * @param from the first instant that belongs to it
 * @param until the first instant that no longer does; later than {@code from}
 */
public record TimeRange(Instant from, Instant until) {
  public TimeRange {
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException("the range from " + from + " until " + until + " is empty");
    }
  }

  /** The time up to and with now. @param length how long, more than 0 */
  public static TimeRange last(Duration length, Instant now) {
    return new TimeRange(now.minus(length), now.plusSeconds(1));
  }

  /** How long it is. */
  public Duration length() {
    return Duration.between(from, until);
  }
}
