package dev.wnm.spi.manager;

import dev.wnm.spi.model.ContainerGroup;
import dev.wnm.spi.model.PortRange;
import java.util.Optional;

/**
 * A container group as core plans it: one container, and the block of ports that its nodes have.
 *
 * @param group its number and size; {@link ContainerGroup#name} is the name of its row and of {@link NodeSpec#group}
 * @param nodePorts the UDP ports of all the nodes that it can hold
 * @param metricsPorts their metrics ports
 * @param image what its container is made from, instead of the image that the settings name
 */
public record GroupSpec(ContainerGroup group, PortRange nodePorts, PortRange metricsPorts, Optional<String> image) {
  /** One of the image that the settings name. */
  public GroupSpec(ContainerGroup group, PortRange nodePorts, PortRange metricsPorts) {
    this(group, nodePorts, metricsPorts, Optional.empty());
  }

  /** The same of another image. */
  public GroupSpec withImage(String other) {
    return new GroupSpec(group, nodePorts, metricsPorts, Optional.of(other));
  }

  public String name() {
    return group.name();
  }
}
