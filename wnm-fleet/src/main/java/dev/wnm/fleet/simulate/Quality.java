package dev.wnm.fleet.simulate;

import java.time.Duration;
import java.util.Optional;

/**
 * What a version does to nodes.
 *
 * @param killsAfter after how long it ends every node that has it; empty for one that does not
 */
public record Quality(Optional<Duration> killsAfter) {
  /** Nothing. */
  public static final Quality GOOD = new Quality(Optional.empty());
}
