package dev.wnm.spi.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A container that nodes live in: a row of the {@code container} table.
 *
 * @param id its row; empty before it is stored
 * @param name what Docker and the operator call it, unique on the machine
 * @param dockerId Docker's id of it, another one each time the container is made anew
 * @param image what it was made from
 * @param running whether it runs
 * @param createdAt when it was made, whole seconds
 * @param nodePorts the node ports that it owns, where it is that of a {@link ContainerGroup}
 * @param metricsPorts their metrics ports
 * @param browserPorts the UDP ports at which browsers reach them, where it was made with some
 */
public record Container(
    Optional<Integer> id, String name, String dockerId, String image, boolean running, Instant createdAt,
    Optional<PortRange> nodePorts, Optional<PortRange> metricsPorts, Optional<PortRange> browserPorts) {
  /** A container that owns no ports. */
  public Container(
      Optional<Integer> id, String name, String dockerId, String image, boolean running, Instant createdAt) {
    this(id, name, dockerId, image, running, createdAt, Optional.empty(), Optional.empty(), Optional.empty());
  }

  public Container withId(int newId) {
    return new Container(Optional.of(newId), name, dockerId, image, running, createdAt, nodePorts, metricsPorts, browserPorts);
  }

  /** The same as the container of a group that owns these ports. */
  public Container owning(PortRange newNodePorts, PortRange newMetricsPorts, Optional<PortRange> newBrowserPorts) {
    return new Container(id, name, dockerId, image, running, createdAt, Optional.of(newNodePorts), Optional.of(newMetricsPorts),
        newBrowserPorts);
  }

  public Container stopped() {
    return new Container(id, name, dockerId, image, false, createdAt, nodePorts, metricsPorts, browserPorts);
  }

  /** Whether it is that of a {@link ContainerGroup}. */
  public boolean isOfGroup() {
    return nodePorts.isPresent();
  }
}
