package dev.wnm.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits for what other processes and threads do, by asking again and again until a generous deadline, which a busy machine
 * stretches ({@link Pace}).
 */
public final class Eventually {
  /** How long anything may take on a machine that is not slower than one that idles; one that is gets a multiple. */
  public static final Duration LIMIT = Duration.ofSeconds(60);

  /** The same for what cron, a timer or a service does each minute: it may take two of their rounds. */
  public static final Duration BY_THE_MINUTE = LIMIT.plusMinutes(3);

  /** Pauses grow by a quarter: whoever waits for long asks less often, and takes less of the CPU from what is waited for. */
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private Eventually() {}

  /** Returns once it is true. @throws AssertionError naming {@code what} when it does not become true in time */
  public static void eventually(String what, BooleanSupplier isTrue) {
    eventually(what, LIMIT, isTrue);
  }

  /** Returns once it is true. @throws AssertionError naming {@code what} when it does not become true within this limit, or a multiple of it */
  public static void eventually(String what, Duration limit, BooleanSupplier isTrue) {
    eventually(what, limit, () -> isTrue.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /** Returns the value once there is one. @throws AssertionError naming {@code what} when there is none in time */
  public static <T> T eventually(String what, Supplier<Optional<T>> value) {
    return eventually(what, LIMIT, value);
  }

  private static <T> T eventually(String what, Duration limit, Supplier<Optional<T>> value) {
    long begin = System.nanoTime();
    long pause = FIRST_PAUSE_NANOS;
    while (true) {
      Optional<T> found = value.get();
      if (found.isPresent()) {
        return found.get();
      }
      long waited = System.nanoTime() - begin;
      if (waited > limit.toNanos() && waited > Pace.stretchedNow(limit).toNanos()) {
        throw new AssertionError("not within " + TimeUnit.NANOSECONDS.toSeconds(waited) + " s: " + what);
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(LONGEST_PAUSE_NANOS, pause + pause / 4);
    }
  }
}
