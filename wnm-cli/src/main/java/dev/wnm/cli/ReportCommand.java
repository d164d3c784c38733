package dev.wnm.cli;

import dev.wnm.core.colony.Colony;
import dev.wnm.core.colony.Dependencies;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.cycle.NodeNames;
import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.Node;
import dev.wnm.core.program.NodeBinary;
import dev.wnm.core.report.CompanionsReport;
import dev.wnm.core.report.ContainerPortsReport;
import dev.wnm.core.report.InfluxCompatReport;
import dev.wnm.core.report.MachineConfigReport;
import dev.wnm.core.report.MachineMetricsReport;
import dev.wnm.core.report.MachineState;
import dev.wnm.core.report.NTrackingReport;
import dev.wnm.core.report.NodeDetailsReport;
import dev.wnm.core.report.NodeStatusReport;
import dev.wnm.core.report.ReportFormat;
import dev.wnm.core.report.StatusReport;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.program.NodeProgram;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code --report}: prints what the database holds, and for status and machine-metrics what the machine does now. Writes nothing. */
final class ReportCommand {
  private static final System.Logger LOG = System.getLogger(ReportCommand.class.getName());

  private ReportCommand() {}

  static ExitCode print(SettingsResolver resolver, Dependencies tools, String report, PrintStream out)
      throws IOException, ManagerUnavailableException {
    if (report.equals("container-ports") && !Files.exists(resolver.database())) {
      Settings settings = resolver.settle(Map.of(), List.of());
      out.println(ContainerPortsReport.print(settings, present(settings, tools), List.of(), List.of(), ReportFormat.of(settings)));
      return ExitCode.DONE;
    }
    try (Colony colony = Colony.openToRead(resolver, tools)) {
      Settings settings = colony.settings();
      ReportFormat format = ReportFormat.of(settings);
      String text = switch (report) {
        case "status" -> StatusReport.print(colony.status(), format);
        case "node-status" -> NodeStatusReport.print(selected(colony), format);
        case "node-status-details" -> details(colony, format);
        case "influx-resources" -> format == ReportFormat.INFLUX_COMPAT
            ? InfluxCompatReport.print(selected(colony), tools.clock().instant())
            : NTrackingReport.print(selected(colony), colony.machineUse(), tools.clock().instant());
        case "machine-config" -> MachineConfigReport.print(settings, colony.stored(), format);
        case "machine-metrics" -> MachineMetricsReport.print(
            state(colony, colony.measure(), tools.clock().instant()), settings, format);
        case "container-ports" -> ContainerPortsReport.print(settings, colony.binary().program(), colony.containers(), colony.nodes(), format);
        case "companions" -> CompanionsReport.print(colony.companions().all(), format, tools.clock().instant());
        default -> throw new IllegalArgumentException(report);
      };
      out.println(text);
      return ExitCode.DONE;
    }
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

  private static String details(Colony colony, ReportFormat format) {
    List<Node> nodes = selected(colony);
    return NodeDetailsReport.print(nodes, colony.describe(nodes), colony.lastIncidents(nodes), colony.lastMeasurement(), format);
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
