package dev.wnm.core.report;

import com.google.gson.JsonObject;
import dev.wnm.core.report.table.Column;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.Selection;
import dev.wnm.core.report.table.Table;
import dev.wnm.spi.internal.PlainText;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The report {@code node-status-details}: all that is known of each node, a line each. */
public final class NodeDetailsReport {
  /** The lines of the Python wnm in its order, and ours among them. */
  private static final List<Column<NodeLine>> USUAL = NodeColumns.ALL.named("service", "group", "program", "version", "port", "metrics_port", "browser_port",
      "root_dir", "log_dir", "binary", "peers", "up_since", "restarts", "memory", "cpu", "threads", "open_files", "disk", "relays", "audits_passed",
      "audits_failed", "wallet", "age", "peer_id", "status", "down_cause", "missed_probes", "failures", "retry_after", "last_error", "pid", "last_incident",
      "supervision");
  /** Only nodes that have these have a line for them. */
  private static final Set<String> OF_SOME = Set.of("group", "metrics_port", "browser_port", "relays", "audits_passed", "audits_failed", "supervision");
  private static final List<Column<NodeLine>> PYTHON =
      NodeColumns.ALL.all().stream().takeWhile(column -> !column.name().equals("program")).toList();

  private NodeDetailsReport() {}

  /** @param nodes in the order in which they are to be shown when nothing else is asked for; may be empty */
  public static String print(List<NodeLine> nodes, Selection<NodeLine> selection, ReportFormat format, Screen screen) {
    NodeReport report = new NodeReport(nodes, selection, screen);
    return switch (format) {
      case JSON -> report.json(NodeDetailsReport::json);
      case JSON_COMPAT -> report.pythonJson(NodeDetailsReport::pythonJson);
      case CSV -> report.csv(NodeColumns.ALL.all());
      case TEXT, ENV, CONFIG, INFLUX_NTRACKING, INFLUX_COMPAT -> report.nodes().isEmpty() ? report.nothing() : text(report);
    };
  }

  private static String text(NodeReport report) {
    return report.nodes().stream().map(node -> report.columns().orElse(USUAL).stream()
            .filter(column -> report.columns().isPresent() || column.isThere(node) || !OF_SOME.contains(column.name()))
            .map(column -> column.title() + ": " + PlainText.of(column.inFull(node))).collect(Collectors.joining("\n")))
        .collect(Collectors.joining("\n\n", "", report.selected().remark().filter(remark -> report.screen().isTerminal())
            .map(remark -> "\n\n" + remark).orElse("")));
  }

  private static JsonObject json(NodeLine node) {
    JsonObject json = Table.json(NodeColumns.ALL.all(), node);
    if (node.supervision().isEmpty()) {
      json.remove("supervision");
    }
    return json;
  }

  private static JsonObject pythonJson(NodeLine node) {
    JsonObject json = Table.json(PYTHON, node);
    json.entrySet().forEach(entry -> entry.setValue(PythonShape.ofUnknown(entry.getKey(), entry.getValue())));
    return json;
  }
}
