package dev.wnm.managers.s6overlay;

import dev.wnm.managers.support.docker.ColonyNames;
import dev.wnm.managers.support.docker.ContainerLimits;
import dev.wnm.managers.support.docker.NetworkMode;
import dev.wnm.spi.manager.GroupSpec;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.model.Container;
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
 * @param groups how many groups there will be when the fleet is full
 * @param size the most nodes in a group
 * @param portStart where node ports begin, in thousands
 * @param metricsPortStart where metrics ports begin, in thousands
 * @param limits what a container may take
 */
record Plan(
    ColonyId colony, Path storage, String image, NetworkMode network, int groups, int size, int portStart, int metricsPortStart,
    ContainerLimits limits) {
  private static final int THOUSAND = 1_000;

  static Plan of(ManagerContext context) {
    int size = number(context, "max_node_per_container", 200);
    int groups = Math.max(number(context, "min_container_count", 1), (number(context, "node_cap", 20) + size - 1) / size);
    return new Plan(context.colony(), context.nodeStorage(), context.setting("docker_image").orElse(""),
        NetworkMode.of(context), groups, size, number(context, "port_start", 55), number(context, "metrics_port_start", 13),
        ContainerLimits.of(context, size));
  }

  private static int number(ManagerContext context, String option, int otherwise) {
    return context.setting(option).map(Integer::parseInt).orElse(otherwise);
  }

  /** The group of this name; empty when it is none of a plan, such as {@code a1}. */
  Optional<GroupSpec> group(String name) {
    return ContainerGroup.named(name, size).filter(group -> metricsPortStart * THOUSAND + group.lastId() <= PortRange.HIGHEST
            && portStart * THOUSAND + group.lastId() <= PortRange.HIGHEST)
        .map(group -> new GroupSpec(group, group.ports(portStart), group.ports(metricsPortStart)));
  }

  /** The container with the ports of its group, where it has one. */
  Container owning(Container container) {
    return group(container.name()).map(group -> container.owning(group.nodePorts(), group.metricsPorts())).orElse(container);
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
