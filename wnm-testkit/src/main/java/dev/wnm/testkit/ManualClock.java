package dev.wnm.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that a test moves by hand. Safe to use from many threads. */
public final class ManualClock extends Clock {
  private Instant now;

  /** @param now what it says until it is moved */
  public ManualClock(Instant now) {
    this.now = now;
  }

  /** Lets so much time go by. */
  public synchronized void advance(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("the clock of a test has one zone");
  }
}
