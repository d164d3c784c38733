package dev.wnm.spi.manager;

import dev.wnm.spi.model.ContainerGroup;
import dev.wnm.spi.model.PortRange;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A container group as core plans it: one container, and the block of ports that its nodes have.
 *
 * @param group its number and size; {@link ContainerGroup#name} is the name of its row and of {@link NodeSpec#group}
 * @param nodePorts the UDP ports of all the nodes that it can hold
 * @param metricsPorts their metrics ports
 * @param browserPorts their UDP ports for browsers; empty where nodes have none
 * @param image what its container is made from, instead of the image that the settings name
 */
public record GroupSpec(ContainerGroup group, PortRange nodePorts, PortRange metricsPorts, Optional<PortRange> browserPorts,
    Optional<String> image) {
  /** One of the image that the settings name, without ports for browsers. */
  public GroupSpec(ContainerGroup group, PortRange nodePorts, PortRange metricsPorts) {
    this(group, nodePorts, metricsPorts, Optional.empty(), Optional.empty());
  }

  /** The same of another image. */
  public GroupSpec withImage(String other) {
    return new GroupSpec(group, nodePorts, metricsPorts, browserPorts, Optional.of(other));
  }

  /** The same with these ports for browsers, or none. */
  public GroupSpec withBrowserPorts(Optional<PortRange> ports) {
    return new GroupSpec(group, nodePorts, metricsPorts, ports, image);
  }

  /** The blocks of ports that traffic from other machines comes to, one or two. */
  public List<PortRange> udpPorts() {
    return Stream.concat(Stream.of(nodePorts), browserPorts.stream()).toList();
  }

  public String name() {
    return group.name();
  }
}
