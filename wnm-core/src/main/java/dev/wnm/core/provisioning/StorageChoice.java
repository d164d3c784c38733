package dev.wnm.core.provisioning;

import dev.wnm.core.allocation.StorageAllocator;
import dev.wnm.core.allocation.StorageRoom;
import dev.wnm.core.model.Fleet;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.StorageSpace;
import dev.wnm.spi.manager.NodeSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Where each new node goes. */
public final class StorageChoice {
  /** What a node is expected to take as long as none was measured. */
  private static final long USUAL_NODE_BYTES = 1L << 30;

  private final Supplier<Optional<Path>> next;

  private StorageChoice(Supplier<Optional<Path>> next) {
    this.next = next;
  }

  /** All to one storage, whose room is for others to judge. */
  static StorageChoice of(Path only) {
    return new StorageChoice(() -> Optional.of(only));
  }

  /**
   * Among several storages, by the room on their disks. None of which that is unknown gets any.
   *
   * @param storages those that may get nodes
   * @param spaces what was measured of their disks
   * @param fleet the nodes that there are
   * @param lessThanPercent a disk gets nodes only while less of it is used
   */
  static StorageChoice among(List<Path> storages, Collection<StorageSpace> spaces, Fleet fleet, double lessThanPercent) {
    long nodeBytes = Math.round(fleet.nodes().stream().flatMapToLong(node -> bytes(node).stream()).average().orElse(USUAL_NODE_BYTES));
    List<StorageRoom> rooms = new ArrayList<>();
    for (Path storage : storages) {
      List<Node> members = fleet.nodes().stream().filter(node -> NodeSpec.storageOf(node.rootDir()).equals(storage)).toList();
      long promised = members.stream().flatMapToLong(node -> bytes(node).stream()).map(bytes -> Math.max(0, nodeBytes - bytes)).sum();
      spaces.stream().filter(space -> space.storage().equals(storage) && space.isKnown()).forEach(space -> rooms.add(new StorageRoom(
          storage, space.disk(), space.usedBytes().getAsLong(), space.usableBytes().getAsLong(), promised, members.size())));
    }
    return new StorageChoice(new StorageAllocator(rooms, lessThanPercent, nodeBytes)::next);
  }

  private static OptionalLong bytes(Node node) {
    return node.metrics().find(NodeMetric.DISK_BYTES);
  }

  /** The storage of the next node; empty when none has room for one more. */
  Optional<Path> next() {
    return next.get();
  }
}
