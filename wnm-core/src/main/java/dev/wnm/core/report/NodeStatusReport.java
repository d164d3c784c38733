package dev.wnm.core.report;

import com.google.gson.JsonObject;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.spi.internal.PlainText;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report {@code node-status}: a line for each node. */
public final class NodeStatusReport {
  /** The Python wnm's columns; that of peer ids is wider where one needs more. */
  private static final String COLUMNS = "%%-20s%%-%ds%%-15s%%15s";
  private static final int PEER_ID_WIDTH = 55;

  private NodeStatusReport() {}

  /** @param nodes in the order in which they are to be shown; may be empty */
  public static String print(List<Node> nodes, ReportFormat format) {
    return NodeReport.print(nodes, format, NodeStatusReport::table, node -> json(node, format));
  }

  private static String table(List<Node> nodes) {
    int width = nodes.stream().mapToInt(node -> PlainText.of(node.peerId()).length() + 1).max().orElse(0);
    String columns = COLUMNS.formatted(Math.max(PEER_ID_WIDTH, width));
    return Stream.concat(
            Stream.of(columns.formatted("Service Name", "Peer ID", "Status", "Connected Peers")),
            nodes.stream().map(node -> row(columns, node)))
        .collect(Collectors.joining("\n"));
  }

  private static String row(String columns, Node node) {
    return columns.formatted(PlainText.of(node.service()), node.peerId().isEmpty() ? "-" : PlainText.of(node.peerId()),
        node.shownStatus(), MetricWords.text(node, NodeMetric.CONNECTED_PEERS));
  }

  private static JsonObject json(Node node, ReportFormat format) {
    JsonObject json = new JsonObject();
    json.addProperty("service_name", node.service());
    json.addProperty("peer_id", node.peerId());
    json.addProperty("status", format == ReportFormat.JSON_COMPAT ? node.status().name() : node.shownStatus());
    json.add("connected_peers", MetricWords.json(node, NodeMetric.CONNECTED_PEERS, format));
    return json;
  }
}
