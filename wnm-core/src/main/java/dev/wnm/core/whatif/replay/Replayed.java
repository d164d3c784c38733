package dev.wnm.core.whatif.replay;

import dev.wnm.core.history.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How a fleet would have gone with other settings, beside how it went.
 *
 * @param range from the first recorded moment to the end of the last
 * @param settings the settings that were other, as texts by name
 * @param moments how many recorded moments it comes from
 * @param gaps times of which nothing is recorded; after each the replay goes on with what was recorded then
 * @param really how it went; what a person asked for is not counted
 * @param byHand how many operations a person asked for, which the replay leaves out
 * @param simulated how it would have gone
 * @param deviation by how many running nodes on the average a replay with the settings of the time differs from what was recorded
 * @param fits what nodes cost
 * @param course how many nodes there were, and would have been, over time
 */
public record Replayed(TimeRange range, Map<String, String> settings, int moments, List<TimeRange> gaps, Fate really, int byHand,
    Fate simulated, double deviation, List<Fit> fits, List<Point> course) {
  /** What is assumed, in sentences. */
  public static final List<String> ASSUMPTIONS = List.of(
      "A node costs the same whenever it runs, of the disk also while it is stopped; load averages follow within their 1, 5 and 15 minutes.",
      "Where nodes are on several disks, all are taken to be on the fullest one.",
      "What else the machine did is taken as it was measured.",
      "A start takes delay_start and succeeds. Nodes die and are set aside when they did, and failures forbid what they forbade then.",
      "Upgrades, restarts of hung nodes and what was done by hand are left out.");

  public Replayed {
    settings = Map.copyOf(settings);
    gaps = List.copyOf(gaps);
    fits = List.copyOf(fits);
    course = List.copyOf(course);
  }

  /** How long nothing is known within the range. */
  public Duration unknown() {
    return gaps.stream().map(TimeRange::length).reduce(Duration.ZERO, Duration::plus);
  }

  /**
   * The nodes at a time.
   *
   * @param at when
   * @param nodes all that there were
   * @param running those that ran
   * @param simulatedNodes all that there would have been
   * @param simulatedRunning those that would have run
   */
  public record Point(Instant at, int nodes, int running, int simulatedNodes, int simulatedRunning) {}
}
