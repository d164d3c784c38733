package dev.wnm.core.takeover;

import dev.wnm.core.model.Node;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.model.Container;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** Which of the nodes that were found is which row: by service and container, as far as names go; else by both ports. */
final class NodeMatches {
  private final Map<Integer, FoundNode> byRow = new HashMap<>();
  private final Set<FoundNode> left;
  private final Map<Integer, String> containers;

  private NodeMatches(Collection<FoundNode> found, Map<Integer, String> containers) {
    left = new LinkedHashSet<>(found);
    this.containers = containers;
  }

  /** A service is unique within its container only; the container is empty for those that live in none. */
  private record Name(String container, String service) {}

  /** @param containers the names of containers by their row */
  static NodeMatches of(Collection<Node> rows, Collection<FoundNode> found, Map<Integer, String> containers) {
    NodeMatches matches = new NodeMatches(found, containers);
    matches.add(rows, row -> matches.name(row, row.service()), node -> name(node, node.facts().service()));
    matches.add(rows, row -> matches.name(row, bare(row.service())), node -> name(node, bare(node.facts().service())));
    matches.add(rows, row -> List.of(OptionalInt.of(row.ports().node()), row.ports().metrics()),
        node -> List.of(node.nodePort(), node.metricsPort()));
    return matches;
  }

  Optional<FoundNode> find(Node row) {
    return Optional.ofNullable(byRow.get(row.id()));
  }

  /** A service name without what systemd and launchd put behind it. */
  static String bare(String service) {
    return service.replaceFirst("\\.(service|plist)$", "");
  }

  /** Those that have no match yet and whose keys are the same. */
  private void add(Collection<Node> rows, Function<Node, Object> ofRow, Function<FoundNode, Object> ofNode) {
    Map<Object, FoundNode> byKey = new HashMap<>();
    left.forEach(node -> byKey.putIfAbsent(ofNode.apply(node), node));
    rows.stream().filter(row -> !byRow.containsKey(row.id()))
        .forEach(row -> Optional.ofNullable(byKey.remove(ofRow.apply(row))).ifPresent(node -> {
          byRow.put(row.id(), node);
          left.remove(node);
        }));
  }

  private Name name(Node row, String service) {
    return new Name(row.containerId().map(id -> containers.getOrDefault(id, "")).orElse(""), service);
  }

  private static Name name(FoundNode node, String service) {
    return new Name(node.facts().container().map(Container::name).orElse(""), service);
  }
}
