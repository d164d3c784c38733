package dev.wnm.core.allocation;

import dev.wnm.core.allocation.GroupPlan.Slot;
import dev.wnm.spi.model.ContainerGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Spreads new nodes over container groups: each goes to the least loaded active group (ties: the lowest) and takes its
 * lowest free id. A group is created only when all active ones are full, but for the first few, which come at once. The first
 * node of each group is made before the others, which are made together.
 *
 * @param blocks the groups that there may be
 * @param minContainerCount groups to create before the first node is added
 */
public record GroupAllocator(GroupBlocks blocks, int minContainerCount) {
  /**
   * Finds places for {@code count} new nodes, or for as many as there is room for.
   *
   * @param existing the groups that exist, of the size of {@link #blocks()}
   * @throws IllegalArgumentException when an existing group has another size, so that blocks could overlap
   */
  public GroupPlan plan(Collection<GroupUse> existing, int count) {
    List<Load> loads = new ArrayList<>();
    Set<Integer> indexes = new HashSet<>();
    for (GroupUse use : existing) {
      if (use.group().size() != blocks.size()) {
        throw new IllegalArgumentException("group " + use.group().name() + " was made for " + use.group().size()
            + " nodes, but max_node_per_container is " + blocks.size());
      }
      indexes.add(use.group().index());
      if (use.active()) {
        loads.add(new Load(use.group(), use.takenIds()));
      }
    }
    List<ContainerGroup> newGroups = new ArrayList<>();
    List<List<Slot>> waves = new ArrayList<>();
    boolean opened = count > 0;
    while (opened && loads.size() < minContainerCount) {
      opened = open(loads, indexes, newGroups);
    }
    for (int i = 0; i < count; i++) {
      Optional<Load> least = leastLoaded(loads);
      if (least.isEmpty() && open(loads, indexes, newGroups)) {
        least = leastLoaded(loads);
      }
      if (least.isEmpty()) {
        break;
      }
      least.get().take(waves);
    }
    return new GroupPlan(newGroups, waves);
  }

  private Optional<Load> leastLoaded(List<Load> loads) {
    return loads.stream()
        .filter(load -> load.taken.size() < blocks.size())
        .min(Comparator.<Load>comparingInt(load -> load.taken.size()).thenComparingInt(load -> load.group.index()));
  }

  private boolean open(List<Load> loads, Set<Integer> indexes, List<ContainerGroup> newGroups) {
    List<Integer> free = NodeIds.lowestFree(1, blocks.groups(), indexes, 1);
    if (free.isEmpty()) {
      return false;
    }
    ContainerGroup group = blocks.group(free.get(0));
    indexes.add(group.index());
    newGroups.add(group);
    loads.add(new Load(group, Set.of()));
    return true;
  }

  /** A group while it is being filled. */
  private static final class Load {
    private final ContainerGroup group;
    private final Set<Integer> taken;
    private boolean hasFirst;

    Load(ContainerGroup group, Set<Integer> taken) {
      this.group = group;
      this.taken = new HashSet<>(taken);
    }

    void take(List<List<Slot>> waves) {
      int id = NodeIds.lowestFree(group.firstId(), group.lastId(), taken, 1).get(0);
      taken.add(id);
      int wave = hasFirst ? 1 : 0;
      hasFirst = true;
      while (waves.size() <= wave) {
        waves.add(new ArrayList<>());
      }
      waves.get(wave).add(new Slot(group, id));
    }
  }
}
