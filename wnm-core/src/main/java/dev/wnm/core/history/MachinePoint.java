package dev.wnm.core.history;

import java.time.Instant;
import java.util.Map;

/**
 * The machine over one step of a {@link Course}.
 *
 * @param at when the step began
 * @param samples how many samples there are of it, 1 or more
 * @param values what was measured; without what is unknown in all of them
 */
public record MachinePoint(Instant at, int samples, Map<Measure, Spread> values) {
  public MachinePoint {
    values = Map.copyOf(values);
  }

  /** What a value was over several samples; the highest is kept so that thinning hides no peak. */
  public record Spread(double mean, double highest) {}
}
