package dev.wnm.core.report;

import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What decisions are made from.
 *
 * @param host the machine's latest measurement
 * @param nodes all nodes
 * @param counts the same nodes counted, with the versions that upgrades depend on
 * @param antnode the binary that new and upgraded nodes get, if it was found
 * @param sinceLastStop how long ago a node was last stopped or removed for pressure, if it ever was
 */
public record MachineState(
    HostMetrics host, List<Node> nodes, FleetCounts counts, Optional<Path> antnode, Optional<Duration> sinceLastStop) {
  public MachineState {
    nodes = List.copyOf(nodes);
  }
}
