package dev.wnm.core.allocation;

import dev.wnm.spi.model.ContainerGroup;
import dev.wnm.spi.model.PortRange;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The ports of one container group, as {@code --report container-ports} shows them.
 *
 * @param container the group's name
 * @param metricsPorts TCP ports of its nodes' metrics servers
 * @param nodePorts UDP ports of its nodes
 * @param browserPorts UDP ports at which browsers reach them; empty where there are none
 */
public record ContainerPorts(String container, PortRange metricsPorts, PortRange nodePorts, Optional<PortRange> browserPorts) {
  /** The first line of the CSV. */
  public static final String HEADER = "Container,Metric_port_range,Node_port_range";
  /** What it ends with where any group has ports for browsers. */
  public static final String BROWSERS = ",Browser_port_range";

  /**
   * The ports of groups, lowest first, each once.
   *
   * @throws IllegalArgumentException when a group's ports are no ports; see {@link PortPlan#problem}
   */
  public static List<ContainerPorts> of(Stream<ContainerGroup> groups, PortPlan plan) {
    return groups.distinct().sorted(Comparator.comparingInt(ContainerGroup::index)).map(group -> of(group, plan)).toList();
  }

  private static ContainerPorts of(ContainerGroup group, PortPlan plan) {
    return new ContainerPorts(group.name(), group.ports(plan.metricsPortStart()), group.ports(plan.portStart()),
        plan.browserPorts(group));
  }

  /** The same for a group that is there: it has those ports for browsers that it was made with. */
  public ContainerPorts withBrowserPorts(Optional<PortRange> ports) {
    return new ContainerPorts(container, metricsPorts, nodePorts, ports);
  }

  /** Such as {@code a1,13001-13200,55001-55200}. */
  public String csv() {
    return container + "," + metricsPorts + "," + nodePorts;
  }

  /** The same with the ports for browsers behind it. */
  public String csvWithBrowserPorts() {
    return csv() + "," + browserPorts.map(PortRange::toString).orElse("");
  }
}
