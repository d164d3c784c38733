package dev.wnm.core.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Time that passes when a test says so, or when somebody waits. */
final class HandMoved implements Ticks {
  /** What else happens while somebody waits, at its end. */
  Consumer<Duration> meanwhile = waited -> {};
  private long nanos = 7;
  private Instant time = Instant.parse("2026-11-30T12:00:00Z");

  @Override
  public synchronized long now() {
    return nanos;
  }

  @Override
  public synchronized Instant time() {
    return time;
  }

  @Override
  public void await(Duration most) {
    pass(most);
    meanwhile.accept(most);
  }

  @Override
  public void wake() {}

  /** Both clocks go on. */
  synchronized void pass(Duration duration) {
    nanos += duration.toNanos();
    time = time.plus(duration);
  }

  /** The machine sleeps, or its clock is set. */
  synchronized void jump(Duration by) {
    time = time.plus(by);
  }
}
