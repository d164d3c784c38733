package dev.wnm.core.allocation;

import dev.wnm.spi.model.ContainerGroup;
import java.util.Set;

/**
 * A container group that exists, and what is in it.
 *
 * @param group the group
 * @param active whether it may take new nodes; one that may not still keeps its ids from others
 * @param takenIds ids of its nodes
 */
public record GroupUse(ContainerGroup group, boolean active, Set<Integer> takenIds) {
  public GroupUse {
    takenIds = Set.copyOf(takenIds);
    for (int id : takenIds) {
      if (!group.owns(id)) {
        throw new IllegalArgumentException("node id " + id + " is not one of group " + group.name() + "'s "
            + group.firstId() + "-" + group.lastId());
      }
    }
  }
}
