package dev.wnm.core.model;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

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

  /** The processes of nodes as far as they are known; those of containers have other numbers there. */
  public Set<Long> processes() {
    return nodes.stream().filter(node -> node.containerId().isEmpty()).flatMap(node -> node.health().pid().stream().boxed())
        .collect(Collectors.toSet());
  }
}
