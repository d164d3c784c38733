package dev.wnm.notify;

import java.time.Duration;

/**
 * How long telling may take.
 *
 * @param attempt one try: an answer to a POST, a run of a program
 * @param end at the end of a run, all that is left to tell; what is not told by then is told by the next run
 */
record Limits(Duration attempt, Duration end) {
  /** cron starts the next cycle soon, and somebody may wait for this one. */
  static final Limits OF_A_CYCLE = new Limits(Duration.ofSeconds(8), Duration.ofSeconds(10));
  static final Limits OF_A_WATCH = new Limits(Duration.ofSeconds(30), Duration.ofSeconds(10));
}
