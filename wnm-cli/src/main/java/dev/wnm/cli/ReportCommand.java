package dev.wnm.cli;

import dev.wnm.core.colony.Colony;
import dev.wnm.core.colony.Dependencies;
import dev.wnm.core.colony.PageWriter;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.cycle.NodeNames;
import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.Node;
import dev.wnm.core.program.NodeBinary;
import dev.wnm.core.report.CompanionLine;
import dev.wnm.core.report.CompanionsReport;
import dev.wnm.core.report.ContainerPortsReport;
import dev.wnm.core.report.InfluxCompatReport;
import dev.wnm.core.report.MachineConfigReport;
import dev.wnm.core.report.MachineMetricsReport;
import dev.wnm.core.report.MachineState;
import dev.wnm.core.report.NTrackingReport;
import dev.wnm.core.report.NodeColumns;
import dev.wnm.core.report.NodeDetailsReport;
import dev.wnm.core.report.NodeLine;
import dev.wnm.core.report.NodeStatusReport;
import dev.wnm.core.report.PortLine;
import dev.wnm.core.report.ReportFormat;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.Selection;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.program.NodeProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** {@code --report}: prints what the database holds, and for machine-metrics what the machine does now. Writes nothing. */
final class ReportCommand {
  private static final System.Logger LOG = System.getLogger(ReportCommand.class.getName());

  private final Dependencies tools;
  private final Settings asked;
  private final Screen screen;
  private final Instant now;

  /**
   * @param asked what the command line says
   * @param screen what the report is shown on
   */
  ReportCommand(Dependencies tools, Settings asked, Screen screen) {
    this.tools = tools;
    this.asked = asked;
    this.screen = screen;
    now = tools.clock().instant();
  }

  /** @throws BadInputException when rows or columns are asked for that there are not; nothing was looked at then */
  void check() {
    switch (asked.get(Options.REPORT)) {
      case "companions" -> Selection.of(CompanionLine.ALL, asked, now);
      case "container-ports" -> Selection.of(PortLine.ALL, asked, now);
      default -> Selection.of(NodeColumns.ALL, asked, now);
    }
  }

  String print(SettingsResolver resolver) throws IOException, ManagerUnavailableException {
    String report = asked.get(Options.REPORT);
    if (report.equals("container-ports") && !Files.exists(resolver.database())) {
      Settings settings = resolver.settle(Map.of(), List.of());
      return ports(settings, present(settings, tools), List.of(), List.of());
    }
    try (Colony colony = Colony.openToRead(resolver, tools)) {
      Settings settings = colony.settings();
      ReportFormat format = ReportFormat.of(settings);
      return switch (report) {
        case "node-status" -> NodeStatusReport.print(NodeLine.of(selected(colony), colony.containers(), now), Selection.of(NodeColumns.ALL, asked, now),
            format, screen);
        case "node-status-details" -> NodeDetailsReport.print(details(colony), Selection.of(NodeColumns.ALL, asked, now), format, screen);
        case "influx-resources" -> format == ReportFormat.INFLUX_COMPAT
            ? InfluxCompatReport.print(selected(colony), now)
            : NTrackingReport.print(selected(colony), colony.machineUse(), now);
        case "machine-config" -> MachineConfigReport.print(settings, colony.stored(), format);
        case "machine-metrics" -> MachineMetricsReport.print(state(colony, colony.measure(), now), settings, format);
        case "container-ports" -> ports(settings, colony.binary().program(), colony.containers(), colony.nodes());
        case "companions" -> CompanionsReport.print(colony.companions().all(), Selection.of(CompanionLine.ALL, asked, now), format, screen, now);
        case "html" -> ServiceLoader.load(PageWriter.class).findFirst().orElseThrow(() -> new BadInputException("this wnm was built without the page"))
            .write(colony);
        default -> throw new IllegalArgumentException(report);
      };
    }
  }

  private String ports(Settings settings, NodeProgram present, List<Container> containers, List<Node> nodes) {
    return ContainerPortsReport.print(settings, present, containers, nodes, Selection.of(PortLine.ALL, asked, now), ReportFormat.of(settings), screen);
  }

  /** What the nodes would be of a colony that there is not yet; the usual program where no other is found. */
  private static NodeProgram present(Settings settings, Dependencies tools) {
    Path configured = settings.get(Options.ANTNODE_PATH);
    try {
      return NodeBinary.ask(NodeBinary.locate(configured, tools.runner()), tools.runner()).program();
    } catch (NodeBinary.UnusableException e) {
      return NodeBinary.missing(configured).program();
    }
  }

  private List<NodeLine> details(Colony colony) {
    List<Node> nodes = selected(colony);
    Map<Integer, String> words = colony.describe(nodes);
    return colony.lines(nodes, now).stream().map(line -> line.saying(Optional.ofNullable(words.get(line.node().id())))).toList();
  }

  private static List<Node> selected(Colony colony) {
    List<String> names = colony.settings().serviceNames();
    if (names.isEmpty()) {
      return colony.nodes();
    }
    NodeNames resolved = NodeNames.resolve(names, colony.nodes());
    resolved.unknown().forEach(name -> LOG.log(System.Logger.Level.WARNING, "there is no node {0}", name));
    return resolved.found();
  }

  /** The machine's metrics as JSON, for the log. */
  static String metrics(Colony colony, HostMetrics host, Instant now) {
    return MachineMetricsReport.print(state(colony, host, now), colony.settings(), ReportFormat.JSON);
  }

  private static MachineState state(Colony colony, HostMetrics host, Instant now) {
    NodeBinary binary = colony.binary();
    List<Node> nodes = colony.nodes();
    return new MachineState(host, nodes, FleetCounts.of(nodes, binary.release(), now, colony.startOrder().waiting(),
        colony.settings().get(Options.RESTART_AFTER_MISSED_PROBES)),
        Optional.of(binary.path()).filter(Files::exists), colony.sinceLastPressureStop());
  }
}
