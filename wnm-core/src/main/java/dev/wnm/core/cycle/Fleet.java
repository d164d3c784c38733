package dev.wnm.core.cycle;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The nodes as they stand, and which of them come first for what.
 *
 * @param nodes all of them, by id
 */
record Fleet(List<Node> nodes) {
  /** By creation, then by id, so that the order is the same on every run. */
  private static final Comparator<Node> OLDEST_FIRST = Comparator.comparing(Node::createdAt).thenComparing(Node::id);

  Fleet {
    nodes = List.copyOf(nodes);
  }

  List<Node> oldest(Predicate<Node> which) {
    return nodes.stream().filter(which).sorted(OLDEST_FIRST).toList();
  }

  List<Node> youngest(Predicate<Node> which) {
    return nodes.stream().filter(which).sorted(OLDEST_FIRST.reversed()).toList();
  }

  static Predicate<Node> in(NodeStatus status) {
    return node -> node.status() == status;
  }
}
