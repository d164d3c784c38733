package dev.wnm.core.decision;

import java.util.Objects;
import java.util.Optional;

/**
 * What earlier failures forbid for now, each as the reason in words; empty where nothing does.
 *
 * @param upgrades why no node is upgraded
 * @param oneUpgrade whether no more than one node may be upgraded, since nobody knows yet how the new binary does
 * @param adds why no node is added
 * @param oneAdd whether no more than one node may be added, to see whether what ended others is still there
 * @param starts why some of the stopped nodes are not started; how many, {@link dev.wnm.core.model.FleetCounts#waiting} says
 */
public record Brakes(
    Optional<String> upgrades, boolean oneUpgrade, Optional<String> adds, boolean oneAdd, Optional<String> starts) {
  /** Nothing is forbidden. */
  public static final Brakes NONE = new Brakes(Optional.empty(), false, Optional.empty(), Optional.empty());

  public Brakes {
    Objects.requireNonNull(upgrades, "upgrades");
    Objects.requireNonNull(adds, "adds");
    Objects.requireNonNull(starts, "starts");
  }

  /** Brakes that do not limit adds to one. */
  public Brakes(Optional<String> upgrades, boolean oneUpgrade, Optional<String> adds, Optional<String> starts) {
    this(upgrades, oneUpgrade, adds, false, starts);
  }
}
