package dev.wnm.cli;

import dev.wnm.spi.internal.Human;
import java.time.Duration;
import java.util.Optional;

/**
 * How fast something goes on.
 *
 * @param over how many are over
 * @param total how many there are
 * @param took how long that took
 */
record Pace(long over, long total, Duration took) {
  private static final double SECONDS_OF_A_MINUTE = 60;

  /** How long the rest takes if it goes on like that; empty while nothing is over. */
  Optional<Duration> left() {
    return over == 0 ? Optional.empty() : Optional.of(took.multipliedBy(total - over).dividedBy(over));
  }

  /** Such as {@code 3.2/s}, or {@code 4/min} where it is less than one a second; empty while nothing is over. */
  String rate() {
    double perSecond = over / Math.max(took.toMillis() / 1_000.0, 0.001);
    return over == 0 ? "" : perSecond >= 1 ? Human.decimal(perSecond) + "/s" : Human.decimal(perSecond * SECONDS_OF_A_MINUTE) + "/min";
  }
}
