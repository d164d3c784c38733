package dev.wnm.core.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Notices that time did not pass as it should: that the machine slept, that all of it or this process stood still, or that the clock
 * was set. What was seen before says nothing then. Not for use by several threads.
 */
final class Timeline {
  /** NTP moves a clock by less within a few seconds. */
  private static final Duration JUMP = Duration.ofSeconds(2);
  /** A machine under load keeps us waiting; one that does so for longer has stood still. */
  private static final Duration GAP = Duration.ofSeconds(15);

  private final Ticks ticks;
  private long tick;
  private Instant time;

  Timeline(Ticks ticks) {
    this.ticks = ticks;
    tick = ticks.now();
    time = ticks.time();
  }

  /**
   * What was wrong with the time since the last call, a clause; empty when nothing was.
   *
   * @param expected how long it was to take at most; what is beyond that by much is a gap
   */
  Optional<String> trouble(Duration expected) {
    Duration passed = ticks.since(tick);
    Duration shown = Duration.between(time, ticks.time());
    tick = ticks.now();
    time = ticks.time();
    Duration jump = shown.minus(passed);
    if (jump.abs().compareTo(JUMP) > 0) {
      return Optional.of(jump.isNegative() ? "the clock was set back by " + jump.abs().toSeconds() + " s"
          : "the machine slept, or its clock was set forward, for " + jump.toSeconds() + " s");
    }
    Duration gap = passed.minus(expected);
    return gap.compareTo(GAP) > 0 ? Optional.of("nothing ran here for " + gap.toSeconds() + " s") : Optional.empty();
  }
}
