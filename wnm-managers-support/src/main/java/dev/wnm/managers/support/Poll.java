package dev.wnm.managers.support;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting for something that the system does not announce. */
public final class Poll {
  private static final long FIRST_PAUSE_MILLIS = 5;
  private static final long LONGEST_PAUSE_MILLIS = 100;

  private Poll() {}

  /**
   * Looks again and again, after growing pauses, until it is so or the time is up.
   *
   * @return whether it is so; false as well when the thread was interrupted, which stays interrupted
   */
  public static boolean until(Duration limit, BooleanSupplier isSo) {
    long end = System.nanoTime() + limit.toNanos();
    long pauseMillis = FIRST_PAUSE_MILLIS;
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() >= end) {
        return false;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(pauseMillis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
    }
    return true;
  }
}
