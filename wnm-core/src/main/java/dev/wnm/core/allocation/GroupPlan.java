package dev.wnm.core.allocation;

import dev.wnm.spi.model.ContainerGroup;
import java.util.List;

/**
 * Where new nodes go.
 *
 * @param newGroups groups to create first, lowest first
 * @param waves new nodes, in two waves at most: the first of each group, so that what fails in all of them has failed in few, and
 *     then all others. Those of one wave are made at the same time, those of one group in one call.
 */
public record GroupPlan(List<ContainerGroup> newGroups, List<List<Slot>> waves) {
  public GroupPlan {
    newGroups = List.copyOf(newGroups);
    waves = waves.stream().map(List::copyOf).toList();
  }

  /** The places of all waves, first wave first. */
  public List<Slot> slots() {
    return waves.stream().flatMap(List::stream).toList();
  }

  /**
   * The place of one new node.
   *
   * @param group the group it lives in
   * @param id its id, one of the group's
   */
  public record Slot(ContainerGroup group, int id) {}
}
