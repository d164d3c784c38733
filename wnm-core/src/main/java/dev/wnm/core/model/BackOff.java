package dev.wnm.core.model;

import java.time.Duration;
import java.time.Instant;

/**
 * How long to wait after failures before the next try: a minute, and twice as long after each further one, up to an hour; an hour
 * at once where another try does not help until somebody changes something. That somebody did may not be seen from here (a file
 * that was put back, say), so that nothing waits for ever.
 */
public final class BackOff {
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int MOST_DOUBLINGS = 6;

  private BackOff() {}

  /** The latest time that a wait which begins now can last to. */
  public static Instant latest(Instant now) {
    return now.plus(LONGEST);
  }

  /**
   * When to try again.
   *
   * @param failures how many in a row there were before the one that just happened, 0 or more
   * @param retryable whether another try may mend it
   */
  public static Instant after(int failures, boolean retryable, Instant now) {
    return retryable ? after(failures, now) : latest(now);
  }

  /** The same after a failure that another try may mend. */
  public static Instant after(int failures, Instant now) {
    Duration wait = FIRST.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
    return now.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
  }
}
