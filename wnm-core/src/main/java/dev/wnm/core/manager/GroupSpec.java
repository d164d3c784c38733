package dev.wnm.core.manager;

import dev.wnm.core.model.ContainerGroup;
import dev.wnm.core.model.PortRange;

/**
 * A container group as core plans it: one container, and the block of ports that its nodes have.
 *
 * @param group its number and size; {@link ContainerGroup#name} is the name of its row and of {@link NodeSpec#group}
 * @param nodePorts the UDP ports of all the nodes that it can hold
 * @param metricsPorts their metrics ports
 */
public record GroupSpec(ContainerGroup group, PortRange nodePorts, PortRange metricsPorts) {
  public String name() {
    return group.name();
  }
}
