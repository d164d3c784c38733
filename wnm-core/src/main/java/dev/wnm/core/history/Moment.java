package dev.wnm.core.history;

import dev.wnm.core.decision.Brakes;
import dev.wnm.core.decision.DecisionInput;
import dev.wnm.core.model.DecisionLimits;
import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.HostMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * All that a decision was made from at a time, but for the settings.
 *
 * @param at when
 * @param host the machine as it was measured
 * @param fleet the nodes as they were counted before the decision
 * @param sinceLastStop time since nodes were last stopped or removed for pressure; empty means long before
 * @param rebooted whether the machine had come up anew
 * @param brakes what earlier failures forbade
 * @param beyondCap how many nodes there might be beyond the cap, 0 or more
 */
public record Moment(Instant at, HostMetrics host, FleetCounts fleet, Optional<Duration> sinceLastStop, boolean rebooted, Brakes brakes,
    int beyondCap) {
  /** What a decision under some settings would have been made from. */
  public DecisionInput under(DecisionLimits limits) {
    return new DecisionInput(limits.withMoreNodes(beyondCap), host, fleet, sinceLastStop, rebooted, brakes);
  }
}
