package dev.wnm.cli.top;

import dev.wnm.core.history.Course;
import dev.wnm.core.history.History;
import dev.wnm.core.history.MachinePoint;
import dev.wnm.core.history.StatesPoint;
import dev.wnm.core.history.TimeRange;
import java.time.Duration;
import java.time.Instant;

/**
 * How the last day went, for the time line.
 *
 * @param range that day
 * @param states nodes by state
 * @param machine what was measured of it
 */
record Past(TimeRange range, Course<StatesPoint> states, Course<MachinePoint> machine) {
  private static final Duration LENGTH = Duration.ofDays(1);
  private static final int POINTS = 96;

  static Past of(History history, Instant now) {
    TimeRange range = TimeRange.last(LENGTH, now);
    return new Past(range, history.states(range, POINTS), history.machine(range, POINTS));
  }
}
