package dev.wnm.core.store;

import dev.wnm.core.decision.DecisionEngine;
import dev.wnm.core.decision.DecisionInput;
import dev.wnm.core.history.CycleRecord;
import dev.wnm.core.model.DecisionLimits;
import dev.wnm.core.model.DecisionLimits.Band;
import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.HostCounters;
import dev.wnm.core.model.HostMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Cycles that were, for tests of history. */
final class PastCycles {
  static final DecisionLimits LIMITS = new DecisionLimits(10, new Band(50, 70), new Band(60, 75), new Band(75, 90), new Band(3, 5),
      new Band(0, 0), new Band(0, 0), new Band(0, 0), new Band(0, 0), new DecisionLimits.Concurrency(1, 1, 1, 1), Duration.ofMinutes(5),
      true, 0);
  static final HostCounters COUNTERS = new HostCounters("boot", Colonies.NOW, Map.of());

  private PastCycles() {}

  static CycleRecord of(Instant at, HostMetrics host, FleetCounts fleet) {
    DecisionInput input = new DecisionInput(LIMITS, host, fleet, Optional.of(Duration.ofHours(2)), false);
    return new CycleRecord(at, input, DecisionEngine.outlook(input), Map.of("node_cap", "10"));
  }
}
