package dev.wnm.core.allocation;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses storages for new nodes, one after another: that whose disk has the most space after what its nodes are still expected to
 * take and what was given out before; of several on one disk, that with the fewest nodes. Not for several threads at once.
 */
public final class StorageAllocator {
  private final List<StorageRoom> rooms;
  private final double lessThanPercent;
  private final long nodeBytes;
  private final Map<String, Long> promised = new HashMap<>();
  private final Map<Path, Integer> nodes = new HashMap<>();
  private final Map<String, Integer> given = new HashMap<>();

  /**
   * @param rooms those to choose from, in the order in which they are preferred where all else is equal
   * @param lessThanPercent a disk is chosen only while less of it is used, with what was given out before; 0 to 100
   * @param nodeBytes what a node is expected to take, 0 or more
   */
  public StorageAllocator(List<StorageRoom> rooms, double lessThanPercent, long nodeBytes) {
    this.rooms = List.copyOf(rooms);
    this.lessThanPercent = lessThanPercent;
    this.nodeBytes = nodeBytes;
    rooms.forEach(room -> {
      promised.merge(room.disk(), room.promisedBytes(), Long::sum);
      nodes.put(room.storage(), room.nodes());
    });
  }

  /** The storage of the next node; empty when no disk has room for one more. */
  public Optional<Path> next() {
    Optional<StorageRoom> best = rooms.stream().filter(this::hasRoom).min(Comparator.<StorageRoom>comparingLong(room -> -spare(room))
        .thenComparingInt(room -> nodes.getOrDefault(room.storage(), 0)));
    best.ifPresent(room -> {
      given.merge(room.disk(), 1, Integer::sum);
      nodes.merge(room.storage(), 1, Integer::sum);
    });
    return best.map(StorageRoom::storage);
  }

  private boolean hasRoom(StorageRoom room) {
    double used = room.usedBytes() + (double) nodeBytes * given.getOrDefault(room.disk(), 0);
    return 100.0 * used < lessThanPercent * ((double) room.usedBytes() + room.usableBytes());
  }

  private long spare(StorageRoom room) {
    return room.usableBytes() - promised.getOrDefault(room.disk(), 0L) - nodeBytes * given.getOrDefault(room.disk(), 0);
  }
}
