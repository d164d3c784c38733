package dev.wnm.core.decision;

import dev.wnm.core.model.DecisionLimits;
import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.HostMetrics;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * All that a decision depends on.
 *
 * @param limits the settings
 * @param host the machine as measured
 * @param fleet the nodes as counted
 * @param sinceLastStop time since nodes were last stopped or removed for pressure; empty means long ago
 * @param rebooted whether the machine came up anew since the last cycle
 * @param brakes what earlier failures forbid
 */
public record DecisionInput(
    DecisionLimits limits, HostMetrics host, FleetCounts fleet, Optional<Duration> sinceLastStop, boolean rebooted,
    Brakes brakes) {
  public DecisionInput {
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(fleet, "fleet");
    Objects.requireNonNull(sinceLastStop, "sinceLastStop");
    Objects.requireNonNull(brakes, "brakes");
  }

  /** One without brakes. */
  public DecisionInput(
      DecisionLimits limits, HostMetrics host, FleetCounts fleet, Optional<Duration> sinceLastStop, boolean rebooted) {
    this(limits, host, fleet, sinceLastStop, rebooted, Brakes.NONE);
  }

  /** Whether the last stop for pressure is so recent that its effect may not be measured yet. */
  boolean settling() {
    return sinceLastStop.isPresent() && sinceLastStop.get().compareTo(limits.delayRemove()) < 0;
  }
}
