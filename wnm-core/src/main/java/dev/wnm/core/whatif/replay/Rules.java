package dev.wnm.core.whatif.replay;

import dev.wnm.core.model.DecisionLimits;
import java.time.Duration;
import java.time.Instant;

/** Which settings hold when. */
public interface Rules {
  /** Those that hold at a time. */
  Rule at(Instant time);

  /**
   * The settings that how a fleet goes depends on.
   *
   * @param limits what decisions depend on
   * @param delayStart how long a node that was started counts as starting
   */
  record Rule(DecisionLimits limits, Duration delayStart) {}
}
