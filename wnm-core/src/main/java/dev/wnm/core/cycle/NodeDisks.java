package dev.wnm.core.cycle;

import dev.wnm.core.decision.Disk;
import dev.wnm.core.model.DecisionLimits;
import dev.wnm.core.model.Fleet;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.StorageSpace;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The disks that nodes are on, each judged by the same thresholds. While all storages are on one disk, that is the machine's
 * measurement alone.
 */
final class NodeDisks {
  /** Nothing was measured. */
  static final NodeDisks NONE = new NodeDisks(List.of(), Set.of(), Node::rootDir, new DecisionLimits.Band(100, 100));

  private final Map<Path, StorageSpace> spaces;
  private final Set<Path> ofNewNodes;
  private final Function<Node, Path> storageOf;
  private final DecisionLimits.Band limits;

  /**
   * @param measured the storages that were measured
   * @param ofNewNodes those that new nodes may come to
   */
  NodeDisks(Collection<StorageSpace> measured, Set<Path> ofNewNodes, Function<Node, Path> storageOf, DecisionLimits.Band limits) {
    spaces = measured.stream().collect(Collectors.toMap(StorageSpace::storage, space -> space, (one, same) -> one));
    this.ofNewNodes = Set.copyOf(ofNewNodes);
    this.storageOf = storageOf;
    this.limits = limits;
  }

  /** Whether a node's disk allows that it is started. */
  boolean haveRoomFor(Node node) {
    return !areSeveral() || limits.leavesRoom(usedFor(node));
  }

  /** Whether a node's disk asks for fewer nodes. */
  boolean areFullFor(Node node) {
    return !areSeveral() || limits.presses(usedFor(node));
  }

  /** How full the disks are that nodes are on. @return nothing while all are on one */
  List<Disk> of(Collection<Node> nodes) {
    if (!areSeveral()) {
      return List.of();
    }
    return spaces.values().stream().sorted((one, other) -> one.storage().compareTo(other.storage())).map(space ->
        new Disk(space.storage().toString(), space.usedPercent(), ofNewNodes.contains(space.storage()),
            count(nodes, space, NodeStatus.RUNNING), count(nodes, space, NodeStatus.STOPPED))).toList();
  }

  private int count(Collection<Node> nodes, StorageSpace space, NodeStatus status) {
    Predicate<Node> which = Fleet.in(status);
    return (int) nodes.stream().filter(which.and(node -> storageOf.apply(node).equals(space.storage()))).count();
  }

  private OptionalDouble usedFor(Node node) {
    return Optional.ofNullable(spaces.get(storageOf.apply(node))).map(StorageSpace::usedPercent).orElse(OptionalDouble.empty());
  }

  private boolean areSeveral() {
    return spaces.values().stream().map(StorageSpace::disk).distinct().count() > 1;
  }
}
