package dev.wnm.spi.program;

import java.time.Duration;
import java.util.Objects;

/**
 * How a node is asked to end.
 *
 * @param signal the signal that it handles, by its name without SIG, such as {@code INT}
 * @param grace how long it may take to end after that; only then it is killed
 */
public record Stopping(String signal, Duration grace) {
  public Stopping {
    Objects.requireNonNull(signal, "signal");
    if (grace.isZero() || grace.isNegative()) {
      throw new IllegalArgumentException("a grace of " + grace + " is none");
    }
  }

  /** The signal as systemd, launchd and Docker write it: {@code SIGINT}. */
  public String fullSignal() {
    return "SIG" + signal;
  }
}
