package dev.wnm.core.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wnm.core.allocation.ContainerPorts;
import dev.wnm.core.allocation.GroupBlocks;
import dev.wnm.core.allocation.PortPlan;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.PortRange;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** The report {@code container-ports}: the blocks of ports that container groups have or would have, and their use. */
public final class ContainerPortsReport {
  private ContainerPortsReport() {}

  /**
   * CSV with the plan, or JSON with the plan and its use. Ports for browsers are among it where any group has some.
   *
   * @param present the program that new nodes are of
   * @param containers those that there are; empty before {@code --init}
   * @param nodes those that there are
   */
  public static String print(Settings settings, NodeProgram present, List<Container> containers, List<Node> nodes, ReportFormat format) {
    PortPlan plan = settings.portPlan(NodePrograms.usual(), present);
    GroupBlocks blocks = GroupBlocks.forCap(settings.get(Options.NODE_CAP), settings.get(Options.MAX_NODE_PER_CONTAINER),
        settings.get(Options.MIN_CONTAINER_COUNT));
    List<ContainerPorts> rows = ContainerPorts.of(blocks, plan).stream()
        .map(row -> there(row, containers).map(container -> row.withBrowserPorts(container.browserPorts())).orElse(row)).toList();
    boolean browsers = rows.stream().anyMatch(row -> row.browserPorts().isPresent());
    return format.isJson() ? json(rows, browsers, blocks.size(), containers, nodes) : csv(rows, browsers);
  }

  private static Optional<Container> there(ContainerPorts row, List<Container> containers) {
    return containers.stream().filter(each -> each.isOfGroup() && each.name().equals(row.container())).findFirst();
  }

  private static String csv(List<ContainerPorts> rows, boolean browsers) {
    StringJoiner csv = new StringJoiner("\n").add(ContainerPorts.HEADER + (browsers ? ContainerPorts.BROWSERS : ""));
    rows.forEach(row -> csv.add(browsers ? row.csvWithBrowserPorts() : row.csv()));
    return csv.toString();
  }

  private static String json(List<ContainerPorts> rows, boolean browsers, int size, List<Container> containers, List<Node> nodes) {
    JsonArray array = new JsonArray();
    for (ContainerPorts row : rows) {
      Optional<Container> container = there(row, containers);
      List<Node> members = nodes.stream()
          .filter(node -> container.isPresent() && node.containerId().equals(container.get().id())).toList();
      JsonObject json = new JsonObject();
      json.addProperty("container", row.container());
      json.addProperty("metric_port_range", row.metricsPorts().toString());
      json.addProperty("node_port_range", row.nodePorts().toString());
      if (browsers) {
        json.add("browser_port_range", Json.text(row.browserPorts().map(PortRange::toString)));
      }
      json.addProperty("state", container.map(each -> each.running() ? "running" : "stopped").orElse("planned"));
      json.addProperty("nodes", members.size());
      json.addProperty("running", members.stream().filter(node -> node.status() == NodeStatus.RUNNING).count());
      json.addProperty("free", size - members.size());
      json.add("container_id", Json.text(container.map(Container::dockerId)));
      json.add("image", Json.text(container.map(Container::image)));
      array.add(json);
    }
    return Json.pretty(array);
  }
}
