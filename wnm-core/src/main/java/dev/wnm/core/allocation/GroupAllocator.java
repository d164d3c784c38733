package dev.wnm.core.allocation;

import dev.wnm.core.allocation.GroupPlan.Slot;
import dev.wnm.spi.model.ContainerGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.PriorityQueue;
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
    // The least loaded first; those that are full are in it no more.
    PriorityQueue<Load> loads = new PriorityQueue<>(Comparator.comparingInt(Load::size).thenComparingInt(load -> load.group.index()));
    int active = 0;
    Set<Integer> indexes = new HashSet<>();
    for (GroupUse use : existing) {
      if (use.group().size() != blocks.size()) {
        throw new IllegalArgumentException("group " + use.group().name() + " was made for " + use.group().size()
            + " nodes, but max_node_per_container is " + blocks.size());
      }
      indexes.add(use.group().index());
      if (use.active()) {
        active++;
        put(loads, new Load(use.group(), use.takenIds()));
      }
    }
    List<ContainerGroup> newGroups = new ArrayList<>();
    List<List<Slot>> waves = new ArrayList<>();
    PrimitiveIterator.OfInt free = blocks.indexes().filter(index -> !indexes.contains(index)).iterator();
    boolean opened = count > 0;
    while (opened && active + newGroups.size() < minContainerCount) {
      opened = open(loads, free, newGroups);
    }
    for (int i = 0; i < count && (!loads.isEmpty() || open(loads, free, newGroups)); i++) {
      Load least = loads.remove();
      least.take(waves);
      put(loads, least);
    }
    return new GroupPlan(newGroups, waves);
  }

  private void put(PriorityQueue<Load> loads, Load load) {
    if (load.size() < blocks.size()) {
      loads.add(load);
    }
  }

  /** @param free the indexes that no group has */
  private boolean open(PriorityQueue<Load> loads, PrimitiveIterator.OfInt free, List<ContainerGroup> newGroups) {
    if (!free.hasNext()) {
      return false;
    }
    ContainerGroup group = blocks.group(free.nextInt());
    newGroups.add(group);
    put(loads, new Load(group, Set.of()));
    return true;
  }

  /** A group while it is being filled. */
  private static final class Load {
    private final ContainerGroup group;
    private final Set<Integer> taken;
    /** All below it are taken. */
    private int next;
    private int size;
    private boolean hasFirst;

    Load(ContainerGroup group, Set<Integer> taken) {
      this.group = group;
      this.taken = taken;
      next = group.firstId();
      size = taken.size();
    }

    int size() {
      return size;
    }

    void take(List<List<Slot>> waves) {
      while (taken.contains(next)) {
        next++;
      }
      int id = next++;
      size++;
      int wave = hasFirst ? 1 : 0;
      hasFirst = true;
      while (waves.size() <= wave) {
        waves.add(new ArrayList<>());
      }
      waves.get(wave).add(new Slot(group, id));
    }
  }
}
