package dev.wnm.core.report;

import com.google.gson.JsonArray;
import dev.wnm.core.allocation.ContainerPorts;
import dev.wnm.core.allocation.GroupBlocks;
import dev.wnm.core.allocation.PortPlan;
import dev.wnm.core.config.Settings;
import dev.wnm.core.model.Node;
import dev.wnm.core.report.table.Column;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.Selection;
import dev.wnm.core.report.table.Table;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.ContainerGroup;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Stream;

/**
 * The report {@code container-ports}: the blocks of ports that container groups have or would have, and their use. A pipe gets the plan as
 * CSV, since scripts read it; a terminal a table with the use.
 */
public final class ContainerPortsReport {
  private ContainerPortsReport() {}

  /**
   * Groups that are there are among it, whether they would be made today or not; and ports for browsers where any group has some.
   *
   * @param present the program that new nodes are of
   * @param containers those that there are; empty before {@code --init}
   * @param nodes those that there are
   */
  public static String print(Settings settings, NodeProgram present, List<Container> containers, List<Node> nodes, Selection<PortLine> selection,
      ReportFormat format, Screen screen) {
    PortPlan plan = settings.portPlan(NodePrograms.usual(), present);
    settings.requirePortsOfGroups(plan);
    GroupBlocks blocks = settings.groupBlocks();
    List<ContainerGroup> there = containers.stream().filter(Container::isOfGroup)
        .flatMap(container -> ContainerGroup.named(container.name(), blocks.size()).stream()).toList();
    List<PortLine> all = ContainerPorts.of(Stream.concat(blocks.all().stream(), there.stream()), plan).stream().map(row -> line(row, containers, nodes, blocks.size())).toList();
    boolean browsers = all.stream().anyMatch(line -> line.ports().browserPorts().isPresent());
    List<Column<PortLine>> usual = PortLine.ALL.all().stream().filter(column -> browsers || !column.name().equals("browser_ports")).toList();
    Selection.Selected<PortLine> selected = selection.of(all);
    if (format.isJson()) {
      JsonArray array = new JsonArray();
      selected.rows().forEach(line -> array.add(Table.json(selection.columns().orElse(usual), line)));
      return Json.pretty(array);
    }
    if (format == ReportFormat.CSV && selection.columns().isPresent()) {
      return Table.csv(selection.columns().get(), selected.rows());
    }
    if (format == ReportFormat.CSV || selection.columns().isEmpty() && !screen.isTerminal()) {
      return csv(selected.rows(), browsers);
    }
    return String.join("\n", Stream.concat(Table.lines(selection.columns().orElse(usual), selected.rows(), screen).stream(),
        selected.remark().filter(remark -> screen.isTerminal()).stream()).toList());
  }

  /** A group that is there has those ports for browsers that it was made with. */
  private static PortLine line(ContainerPorts row, List<Container> containers, List<Node> nodes, int size) {
    Optional<Container> there = containers.stream().filter(each -> each.isOfGroup() && each.name().equals(row.container())).findFirst();
    return new PortLine(there.map(container -> row.withBrowserPorts(container.browserPorts())).orElse(row), there,
        nodes.stream().filter(node -> there.isPresent() && node.containerId().equals(there.get().id())).toList(), size);
  }

  private static String csv(List<PortLine> rows, boolean browsers) {
    StringJoiner csv = new StringJoiner("\n").add(ContainerPorts.HEADER + (browsers ? ContainerPorts.BROWSERS : ""));
    rows.forEach(line -> csv.add(browsers ? line.ports().csvWithBrowserPorts() : line.ports().csv()));
    return csv.toString();
  }
}
