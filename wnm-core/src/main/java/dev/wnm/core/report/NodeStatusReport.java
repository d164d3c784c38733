package dev.wnm.core.report;

import com.google.gson.JsonObject;
import dev.wnm.core.report.table.Column;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.Selection;
import dev.wnm.core.report.table.Table;
import dev.wnm.spi.internal.PlainText;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The report {@code node-status}: a line for each node. A pipe gets the table of the Python wnm, since scripts read it; a terminal gets as
 * many columns as fit, and a line that sums them up.
 */
public final class NodeStatusReport {
  /** The Python wnm's columns; that of peer ids is wider where one needs more. */
  private static final String PYTHON_COLUMNS = "%%-20s%%-%ds%%-15s%%15s";
  private static final int PEER_ID_WIDTH = 55;
  private static final List<Column<NodeLine>> PYTHON = NodeColumns.ALL.named("service", "peer_id", "status", "peers");
  private static final List<Column<NodeLine>> USUAL = NodeColumns.ALL.named("service", "status", "peers", "age", "version", "records", "memory", "cpu",
      "restarts", "peer_id");
  private static final List<Column<NodeLine>> OF_GROUPS = NodeColumns.ALL.named("service", "group", "status", "peers", "age", "version", "records",
      "memory", "cpu", "restarts", "peer_id");

  private NodeStatusReport() {}

  /** @param nodes in the order in which they are to be shown when nothing else is asked for; may be empty */
  public static String print(List<NodeLine> nodes, Selection<NodeLine> selection, ReportFormat format, Screen screen) {
    NodeReport report = new NodeReport(nodes, selection, screen);
    return switch (format) {
      case JSON -> report.json(NodeStatusReport::json);
      case JSON_COMPAT -> report.pythonJson(NodeStatusReport::pythonJson);
      case CSV -> report.csv(PYTHON);
      case TEXT, ENV, CONFIG, INFLUX_NTRACKING, INFLUX_COMPAT -> text(report);
    };
  }

  private static String text(NodeReport report) {
    if (report.nodes().isEmpty()) {
      return report.nothing();
    }
    Screen screen = report.screen();
    if (report.columns().isEmpty() && !screen.isTerminal()) {
      return pythonTable(report.nodes());
    }
    boolean hasGroups = report.nodes().stream().anyMatch(node -> node.group().isPresent());
    List<String> lines = Table.lines(report.columns().orElse(hasGroups ? OF_GROUPS : USUAL), report.nodes(), screen);
    return String.join("\n", screen.isTerminal() ? Stream.concat(lines.stream(), Stream.of(report.sum())).toList() : lines);
  }

  private static String pythonTable(List<NodeLine> nodes) {
    int width = nodes.stream().mapToInt(line -> PlainText.of(line.node().peerId()).length() + 1).max().orElse(0);
    String columns = PYTHON_COLUMNS.formatted(Math.max(PEER_ID_WIDTH, width));
    return Stream.concat(
            Stream.of(columns.formatted("Service Name", "Peer ID", "Status", "Connected Peers")),
            nodes.stream().map(line -> columns.formatted(PYTHON.stream().map(column -> PlainText.of(column.inFull(line))).toArray())))
        .collect(Collectors.joining("\n"));
  }

  /** Its own name for what the other reports call {@code service}. */
  private static JsonObject json(NodeLine line) {
    JsonObject json = new JsonObject();
    json.addProperty("service_name", line.node().service());
    Table.json(PYTHON.subList(1, PYTHON.size()), line).entrySet().forEach(entry -> json.add(entry.getKey(), entry.getValue()));
    return json;
  }

  private static JsonObject pythonJson(NodeLine stored) {
    JsonObject json = json(stored);
    json.add("connected_peers", PythonShape.ofUnknown("connected_peers", json.get("connected_peers")));
    return json;
  }
}
