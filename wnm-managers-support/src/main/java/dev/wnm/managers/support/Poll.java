package dev.wnm.managers.support;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Waiting for something that the system does not announce. */
public final class Poll {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

  private Poll() {}

  /**
   * A look at what is waited for.
   *
   * @param <T> what it shows
   * @param <E> what it may throw, which ends the waiting
   */
  @FunctionalInterface
  public interface Look<T, E extends Exception> {
    T take() throws E;
  }

  /**
   * Looks again and again, after growing pauses, until it is so or the time is up.
   *
   * @return whether it is so; false as well when the thread was interrupted, which stays interrupted
   */
  public static <E extends Exception> boolean until(Duration limit, Look<Boolean, E> isSo) throws E {
    return last(limit, FIRST_PAUSE, LONGEST_PAUSE, isSo, Boolean::booleanValue);
  }

  /** The same where a look costs something: with pauses of this length. */
  public static <E extends Exception> boolean until(Duration limit, Duration pause, Look<Boolean, E> isSo) throws E {
    return last(limit, pause, pause, isSo, Boolean::booleanValue);
  }

  /**
   * Looks until a look shows enough, the time is up or the thread was interrupted.
   *
   * @param pause between two looks; one as long as the limit makes them two at most
   * @return what the last look showed
   */
  public static <T, E extends Exception> T last(Duration limit, Duration pause, Look<T, E> look, Predicate<T> isEnough) throws E {
    return last(limit, pause, pause, look, isEnough);
  }

  private static <T, E extends Exception> T last(Duration limit, Duration firstPause, Duration longestPause, Look<T, E> look,
      Predicate<T> isEnough) throws E {
    long end = System.nanoTime() + limit.toNanos();
    Duration pause = firstPause;
    T seen = look.take();
    while (!isEnough.test(seen) && System.nanoTime() < end) {
      try {
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return seen;
      }
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(longestPause) < 0 ? longer : longestPause;
      seen = look.take();
    }
    return seen;
  }
}
