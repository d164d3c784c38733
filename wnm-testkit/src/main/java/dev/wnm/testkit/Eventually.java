package dev.wnm.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what other processes and threads do, by asking again and again until a generous deadline. */
public final class Eventually {
  /** How long anything may take on a busy machine. */
  public static final Duration LIMIT = Duration.ofSeconds(60);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private Eventually() {}

  /** Returns once it is true. @throws AssertionError naming {@code what} when it does not become true in time */
  public static void eventually(String what, BooleanSupplier isTrue) {
    eventually(what, () -> isTrue.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /** Returns the value once there is one. @throws AssertionError naming {@code what} when there is none in time */
  public static <T> T eventually(String what, Supplier<Optional<T>> value) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      Optional<T> found = value.get();
      if (found.isPresent()) {
        return found.get();
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within " + LIMIT.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
