package dev.wnm.core.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The time that passes and the time of day, and how to wait. Tests put one in its place that they move. */
interface Ticks {
  /** Nanoseconds from any moment on, by a clock that nobody sets and that may stand still while the machine sleeps. */
  long now();

  /** The time of day. */
  Instant time();

  /**
   * Waits, and returns early when there is something to do.
   *
   * @param most zero or more
   */
  void await(Duration most) throws InterruptedException;

  /** Lets whoever waits, or is about to, go on. */
  void wake();

  default Duration since(long before) {
    return Duration.ofNanos(now() - before);
  }

  /** Those of this machine. */
  static Ticks ofThisMachine(Clock clock) {
    return new Ticks() {
      private boolean woken;

      @Override
      public long now() {
        return System.nanoTime();
      }

      @Override
      public Instant time() {
        return clock.instant();
      }

      @Override
      public synchronized void await(Duration most) throws InterruptedException {
        long end = now() + most.toNanos();
        for (long rest = most.toNanos(); rest > 0 && !woken; rest = end - now()) {
          wait(rest / 1_000_000 + 1);
        }
        woken = false;
      }

      @Override
      public synchronized void wake() {
        woken = true;
        notifyAll();
      }
    };
  }
}
