package dev.wnm.core.report;

import com.google.gson.JsonObject;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report {@code node-status}: a line for each node. */
public final class NodeStatusReport {
  private static final String COLUMNS = "%-20s%-55s%-15s%15s";

  private NodeStatusReport() {}

  /** @param nodes in the order in which they are to be shown; may be empty */
  public static String print(List<Node> nodes, ReportFormat format) {
    return NodeReport.print(nodes, format, NodeStatusReport::table, node -> json(node, format));
  }

  private static String table(List<Node> nodes) {
    return Stream.concat(
            Stream.of(COLUMNS.formatted("Service Name", "Peer ID", "Status", "Connected Peers")),
            nodes.stream().map(NodeStatusReport::row))
        .collect(Collectors.joining("\n"));
  }

  private static String row(Node node) {
    return COLUMNS.formatted(OneLine.of(node.service()), node.peerId().isEmpty() ? "-" : OneLine.of(node.peerId()),
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
