package dev.wnm.spi.manager;

import java.util.List;
import java.util.Map;

/**
 * Makes the containers that its nodes live in, each with a block of ports of its own. New nodes get the lowest free id in the
 * least loaded group's block.
 */
public interface HostsGroups extends RunsInContainers {
  /** The image that its settings name for new containers. */
  String image();

  /**
   * Makes the containers of these groups run, whatever has become of them: makes those that are missing anew, with the same
   * ports and data, starts those that do not run, whose nodes come back with them, and mends what else belongs to them, such
   * as rules of a firewall. What runs is left alone; one that dies again and again is {@link GroupResult.Failed}, with the count
   * and its last words. Called with all groups of the colony in each cycle, so it must be cheap where nothing is wrong, and
   * with a new group before its first node is created.
   *
   * @return an entry for each group, by name
   */
  Map<String, GroupResult> openGroups(List<GroupSpec> groups);

  /**
   * Makes a group's container anew from {@link GroupSpec#image}, where that is empty from the image that the settings name,
   * with the same ports and data, and returns when its nodes that had run run again. The old container need not work for that,
   * nor answer: nothing is asked in one that is broken. When it fails, core has the group made anew from the image before.
   */
  GroupResult rebuildGroup(GroupSpec group);

  /**
   * Removes the containers of groups that have no nodes any more, and all that belongs to them.
   *
   * @return an entry for each group, by name
   */
  Map<String, GroupResult> closeGroups(List<GroupSpec> groups);
}
