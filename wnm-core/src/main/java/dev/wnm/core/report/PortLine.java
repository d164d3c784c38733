package dev.wnm.core.report;

import dev.wnm.core.allocation.ContainerPorts;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.report.table.Column;
import dev.wnm.core.report.table.Columns;
import dev.wnm.core.report.table.Tone;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.PortRange;
import java.util.List;
import java.util.Optional;

/**
 * A row of the report {@code container-ports}: a container group that there is or would be.
 *
 * @param ports the ports that it has or would have
 * @param container its container, where there is one
 * @param nodes those in it
 * @param size how many nodes it holds
 */
public record PortLine(ContainerPorts ports, Optional<Container> container, List<Node> nodes, int size) {
  /** All that there is to tell, in the order of JSON. */
  public static final Columns<PortLine> ALL = new Columns<>(List.of(
      Column.text("group", "Group", (PortLine line) -> Optional.of(line.ports.container())).inJson("container").aka("name").rank(0),
      Column.text("metrics_ports", "Metrics Ports", (PortLine line) -> Optional.of(line.ports.metricsPorts().toString())).inJson("metric_port_range").rank(20),
      Column.text("node_ports", "Node Ports", (PortLine line) -> Optional.of(line.ports.nodePorts().toString())).inJson("node_port_range").rank(10),
      Column.text("browser_ports", "Browser Ports", (PortLine line) -> line.ports.browserPorts().map(PortRange::toString)).inJson("browser_port_range"),
      Column.oneOf("state", "State", List.of("running", "stopped", "planned"), (PortLine line) -> Optional.of(line.state())).aka("status").rank(0)
          .toned(line -> switch (line.state()) {
            case "running" -> Tone.GOOD;
            case "stopped" -> Tone.BAD;
            default -> Tone.FAINT;
          }),
      Column.count("nodes", "Nodes", (PortLine line) -> Optional.of((long) line.nodes.size())).rank(5),
      Column.count("running", "Running", (PortLine line) -> Optional.of(line.running())).rank(6),
      Column.count("free", "Free", (PortLine line) -> Optional.of((long) line.size - line.nodes.size())).rank(7),
      Column.text("engine_id", "Engine id", (PortLine line) -> line.container.map(Container::dockerId)).inJson("container_id").rank(60).cutTo(12),
      Column.text("image", "Image", (PortLine line) -> line.container.map(Container::image)).rank(55).cutTo(12)));

  private String state() {
    return container.map(each -> each.running() ? "running" : "stopped").orElse("planned");
  }

  private long running() {
    return nodes.stream().filter(node -> node.status() == NodeStatus.RUNNING).count();
  }
}
