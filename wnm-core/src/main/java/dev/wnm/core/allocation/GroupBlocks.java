package dev.wnm.core.allocation;

import dev.wnm.spi.model.ContainerGroup;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The container groups that a machine may come to have: group <i>k</i> of <i>m</i> nodes owns the ids (k−1)·m+1 to k·m.
 *
 * @param most the most groups that are needed, 1 or more
 * @param size nodes in each, 1 or more
 * @param allowed the blocks that they may have
 */
public record GroupBlocks(int most, int size, BlockList allowed) {
  public GroupBlocks {
    if (most < 1 || size < 1) {
      throw new IllegalArgumentException(most + " container groups of " + size + " nodes: both must be at least 1");
    }
  }

  /** Those that may have any block. */
  public GroupBlocks(int most, int size) {
    this(most, size, BlockList.ALL);
  }

  /** As many groups as {@code nodeCap} nodes fill, and at least {@code minContainerCount}; fewer where that many blocks are not allowed. */
  public static GroupBlocks forCap(int nodeCap, int maxNodePerContainer, int minContainerCount, BlockList allowed) {
    int needed = Math.toIntExact(((long) nodeCap + maxNodePerContainer - 1) / maxNodePerContainer);
    return new GroupBlocks(Math.max(1, Math.max(minContainerCount, needed)), maxNodePerContainer, allowed);
  }

  /** How many there will be when the fleet is full. */
  public int groups() {
    return (int) indexes().count();
  }

  /** The indexes that they have then, lowest first. */
  IntStream indexes() {
    return allowed.lowest(most);
  }

  /** The highest id there can be; what {@link PortPlan#problem} is to be asked. */
  public long highestId() {
    return (long) indexes().max().orElseThrow() * size;
  }

  /** All ids that nodes of them may have. */
  public IntStream ids() {
    return indexes().flatMap(index -> IntStream.rangeClosed(group(index).firstId(), group(index).lastId()));
  }

  /** The index of the group that owns this id, whether there may be such a group or not. */
  public int indexOf(int id) {
    return Math.floorDiv(id - 1, size) + 1;
  }

  public ContainerGroup group(int index) {
    return new ContainerGroup(index, size);
  }

  /** Whether new nodes may go to the block of this group. */
  public boolean mayTake(ContainerGroup group) {
    return allowed.contains(group.index());
  }

  /** Whether all places of the blocks that are allowed are taken, however many nodes there may be. */
  public boolean areFull(Collection<Integer> takenIds) {
    return !allowed.areAll() && takenIds.stream().filter(id -> allowed.contains(indexOf(id))).distinct().count() >= (long) allowed.numbers().size() * size;
  }

  public List<ContainerGroup> all() {
    return indexes().mapToObj(this::group).toList();
  }
}
