package dev.wnm.managers.s6overlay;

import dev.wnm.managers.support.docker.ColonyNames;
import dev.wnm.managers.support.docker.ContainerLimits;
import dev.wnm.managers.support.docker.DockerOptions;
import dev.wnm.managers.support.docker.NetworkMode;
import dev.wnm.spi.manager.GroupLayout;
import dev.wnm.spi.manager.GroupSpec;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.model.ContainerGroup;
import dev.wnm.spi.model.PortRange;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the settings say of container groups.
 *
 * @param colony whose groups they are
 * @param storage the folder that holds a folder for each group
 * @param image what containers are made from
 * @param network how their nodes are reached
 * @param layout how many groups there are, and their blocks
 * @param limits what a container may take
 */
record GroupSettings(
    ColonyId colony, Path storage, String image, NetworkMode network, GroupLayout layout, ContainerLimits limits) {
  private static final int THOUSAND = 1_000;

  static GroupSettings of(ManagerContext context) {
    return new GroupSettings(context.colony(), context.nodeStorage(), context.get(DockerOptions.IMAGE), NetworkMode.of(context),
        context.groups(), ContainerLimits.of(context, context.groups().size()));
  }

  int size() {
    return layout.size();
  }

  /** How many groups there will be when the fleet is full. */
  int groups() {
    return layout.groups();
  }

  /** The group of this name, such as {@code a1}, as it would be made; empty when it is none of these. */
  Optional<GroupSpec> group(String name) {
    return ContainerGroup.named(name, size()).filter(group -> layout.metricsPortStart() * THOUSAND + group.lastId() <= PortRange.HIGHEST
            && layout.portStart() * THOUSAND + group.lastId() <= PortRange.HIGHEST)
        .map(group -> new GroupSpec(group, group.ports(layout.portStart()), group.ports(layout.metricsPortStart()))
            .withBrowserPorts(browserPorts(group)));
  }

  private Optional<PortRange> browserPorts(ContainerGroup group) {
    return layout.browserPortStart().isPresent() && layout.browserPortStart().getAsInt() * THOUSAND + group.lastId() <= PortRange.HIGHEST
        ? Optional.of(group.ports(layout.browserPortStart().getAsInt())) : Optional.empty();
  }

  ColonyNames names() {
    return new ColonyNames(colony);
  }

  /** What Docker calls the container of a group. */
  String containerName(String group) {
    return names().container(group);
  }

  GroupVolume volume(String group) {
    return new GroupVolume(storage.resolve(group));
  }
}
