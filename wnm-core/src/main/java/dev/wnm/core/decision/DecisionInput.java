package dev.wnm.core.decision;

import dev.wnm.core.model.DecisionLimits;
import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.HostMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that a decision depends on.
 *
 * @param limits the settings
 * @param host the machine as measured
 * @param fleet the nodes as counted
 * @param sinceLastStop time since nodes were last stopped or removed for pressure; empty means long ago
 * @param rebooted whether the machine came up anew since the last cycle
 * @param brakes what earlier failures forbid
 * @param disks the storages, where there are several; none where all nodes are on the one disk that {@code host} tells of
 */
public record DecisionInput(
    DecisionLimits limits, HostMetrics host, FleetCounts fleet, Optional<Duration> sinceLastStop, boolean rebooted,
    Brakes brakes, List<Disk> disks) {
  public DecisionInput {
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(fleet, "fleet");
    Objects.requireNonNull(sinceLastStop, "sinceLastStop");
    Objects.requireNonNull(brakes, "brakes");
    disks = List.copyOf(disks);
  }

  /** One whose nodes are all on one disk. */
  public DecisionInput(DecisionLimits limits, HostMetrics host, FleetCounts fleet, Optional<Duration> sinceLastStop, boolean rebooted,
      Brakes brakes) {
    this(limits, host, fleet, sinceLastStop, rebooted, brakes, List.of());
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

  /** How full the disk is that has the most room for new nodes; empty where no disk for them is known. */
  OptionalDouble roomiestDiskPercent() {
    return disks.isEmpty() ? host.usedDiskPercent()
        : disks.stream().filter(Disk::takesNodes).flatMapToDouble(disk -> disk.usedPercent().stream()).min();
  }

  /** Nodes RUNNING on disks that are too full. */
  int runningUnderDiskPressure() {
    return disks.isEmpty() ? fleet.running() : pressed().mapToInt(Disk::running).sum();
  }

  /** Nodes STOPPED on disks that are too full. */
  int stoppedUnderDiskPressure() {
    return disks.isEmpty() ? fleet.stopped() : pressed().mapToInt(Disk::stopped).sum();
  }

  /** Which storages are on disks that are too full, to end a sentence; empty where there is but one disk. */
  String disksUnderPressure() {
    return disks.isEmpty() ? "" : pressed().map(Disk::storage).collect(Collectors.joining(", ", " (", ")"));
  }

  private Stream<Disk> pressed() {
    return disks.stream().filter(disk -> limits.disk().presses(disk.usedPercent()));
  }
}
