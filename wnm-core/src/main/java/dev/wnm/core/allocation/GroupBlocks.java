package dev.wnm.core.allocation;

import dev.wnm.spi.model.ContainerGroup;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The container groups that a machine may come to have: group <i>k</i> of <i>m</i> nodes owns the ids (k−1)·m+1 to k·m.
 *
 * @param groups the most groups, 1 or more
 * @param size nodes in each, 1 or more
 */
public record GroupBlocks(int groups, int size) {
  public GroupBlocks {
    if (groups < 1 || size < 1) {
      throw new IllegalArgumentException(groups + " container groups of " + size + " nodes: both must be at least 1");
    }
  }

  /** As many groups as {@code nodeCap} nodes fill, and at least {@code minContainerCount}. */
  public static GroupBlocks forCap(int nodeCap, int maxNodePerContainer, int minContainerCount) {
    int needed = Math.toIntExact(((long) nodeCap + maxNodePerContainer - 1) / maxNodePerContainer);
    return new GroupBlocks(Math.max(1, Math.max(minContainerCount, needed)), maxNodePerContainer);
  }

  /** The highest id there can be; what {@link PortPlan#problem} is to be asked. */
  public long highestId() {
    return (long) groups * size;
  }

  /** The index of the group that owns this id, whether there may be such a group or not. */
  public int indexOf(int id) {
    return Math.floorDiv(id - 1, size) + 1;
  }

  public ContainerGroup group(int index) {
    return new ContainerGroup(index, size);
  }

  public List<ContainerGroup> all() {
    return IntStream.rangeClosed(1, groups).mapToObj(this::group).toList();
  }
}
