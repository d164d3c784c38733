package dev.wnm.core.report;

import dev.wnm.core.model.Incident;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeHealth;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.model.Container;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A row of a report on nodes: a node, and what is known of it elsewhere.
 *
 * @param node as it is stored
 * @param group the container that it lives in, if any
 * @param supervision what its process manager's own tool says of it
 * @param incident the last thing that befell it
 * @param measured when the processes of all nodes were last looked at; it may have been since
 * @param now what ages are reckoned from
 */
public record NodeLine(Node node, Optional<String> group, Optional<String> supervision, Optional<Incident> incident, Optional<Instant> measured,
    Instant now) {

  /** A node of which nothing else is known. */
  public static NodeLine of(Node node, Instant now) {
    return new NodeLine(node, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), now);
  }

  /**
   * Nodes in the order in which they are to be shown.
   *
   * @param containers those that nodes may live in
   */
  public static List<NodeLine> of(List<Node> nodes, List<Container> containers, Instant now) {
    Map<Integer, String> names = containers.stream().filter(container -> container.id().isPresent())
        .collect(Collectors.toMap(container -> container.id().orElseThrow(), Container::name));
    return nodes.stream().map(node -> new NodeLine(node, node.containerId().map(names::get), Optional.empty(), Optional.empty(), Optional.empty(),
        now)).toList();
  }

  /**
   * The same with what a look beyond the stored row tells.
   *
   * @param words what its process manager's own tool says of it
   * @param last the last thing that befell it
   * @param lastMeasured when the processes of all nodes were last looked at
   */
  public NodeLine with(Optional<String> words, Optional<Incident> last, Optional<Instant> lastMeasured) {
    return new NodeLine(node, group, words, last, lastMeasured, now);
  }

  /** The same with what its process manager's own tool says of it. */
  public NodeLine saying(Optional<String> words) {
    return with(words, incident, measured);
  }

  /** The same node as its row alone has it, whatever has become of it since: as the Python wnm shows it. */
  NodeLine asStored() {
    NodeHealth health = node.health();
    return new NodeLine(node.isUnknown() ? node.withHealth(NodeHealth.FRESH.answered(health.pid())) : node, group, supervision, incident, measured, now);
  }

  /** When its process started; empty where that is not known, or it has none. */
  Optional<Instant> upSince() {
    return NodeColumns.metric(node, NodeMetric.UPTIME).filter(any -> node.status() == NodeStatus.RUNNING)
        .map(node.statusAt()::minusSeconds);
  }

  /** Since when its process was looked at; empty where it runs none, or that is not known. */
  Optional<Instant> processMeasuredSince() {
    return measured.filter(time -> node.status() == NodeStatus.RUNNING && !node.isUnknown());
  }
}
