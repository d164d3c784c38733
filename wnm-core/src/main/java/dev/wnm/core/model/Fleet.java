package dev.wnm.core.model;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The nodes as they stand, and which of them come first for what.
 *
 * @param nodes all of them, by id
 */
public record Fleet(List<Node> nodes) {
  /** By creation, then by id, so that the order is the same on every run. */
  private static final Comparator<Node> OLDEST_FIRST = Comparator.comparing(Node::createdAt).thenComparing(Node::id);

  public Fleet {
    nodes = List.copyOf(nodes);
  }

  public List<Node> oldest(Predicate<Node> which) {
    return nodes.stream().filter(which).sorted(OLDEST_FIRST).toList();
  }

  public List<Node> youngest(Predicate<Node> which) {
    return nodes.stream().filter(which).sorted(OLDEST_FIRST.reversed()).toList();
  }

  public static Predicate<Node> in(NodeStatus status) {
    return node -> node.status() == status;
  }

  /** How many there are and what they do, such as {@code 3 nodes (2 running, 1 restarting)}; of those that die again and again, of what. */
  public String inWords() {
    Map<NodeStatus, Integer> counts = new EnumMap<>(NodeStatus.class);
    nodes.stream().filter(node -> !node.isUnknown() && !node.isCrashLoop())
        .forEach(node -> counts.merge(node.status(), 1, Integer::sum));
    long unknown = nodes.stream().filter(Node::isUnknown).count();
    String byStatus = Stream.of(
            counts.entrySet().stream().map(entry -> entry.getValue() + " " + entry.getKey().name().toLowerCase(Locale.ROOT)),
            loops().stream(),
            Stream.of(unknown + " unknown").filter(words -> unknown > 0))
        .flatMap(words -> words).collect(Collectors.joining(", "));
    return nodes.size() + (nodes.size() == 1 ? " node" : " nodes") + (byStatus.isEmpty() ? "" : " (" + byStatus + ")");
  }

  /** Nodes that die again and again, and what the first of them ended with. */
  private Optional<String> loops() {
    List<Node> loops = nodes.stream().filter(Node::isCrashLoop).toList();
    return loops.stream().min(Comparator.comparing(Node::id)).map(first ->
        loops.size() + " restarting: " + first.service() + " " + first.health().lastError());
  }

  /** The processes of nodes as far as they are known; those of containers have other numbers there. */
  public Set<Long> processes() {
    return nodes.stream().filter(node -> node.containerId().isEmpty()).flatMap(node -> node.health().pid().stream().boxed())
        .collect(Collectors.toSet());
  }
}
