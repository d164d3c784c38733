package dev.wnm.core.report;

import static dev.wnm.core.report.InfluxSums.hundredths;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.model.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The report {@code influx-resources} in the shape of the Python wnm, for a database that its lines are in: a line for each node and
 * two for all of them, rewards as texts in the token's smallest unit. A database of NTracking refuses these lines.
 */
public final class InfluxCompatReport {
  private InfluxCompatReport() {}

  /**
   * @param nodes in the order in which they are to be shown; may be empty
   * @param now the time that every line bears
   */
  public static String print(List<Node> nodes, Instant now) {
    if (nodes.isEmpty()) {
      return "# No nodes found";
    }
    String time = InfluxLine.time(now, Duration.ofNanos(1));
    List<String> lines = new ArrayList<>();
    nodes.forEach(node -> line(node).at(time).ifPresent(lines::add));
    new InfluxLine("nodes_totals")
        .text("rewards", InfluxSums.rewards(nodes).map(sum -> sum + ".0"))
        .whole("nodes_running", InfluxSums.count(nodes, Set.of(NodeStatus.RUNNING)))
        .whole("nodes_killed", InfluxSums.count(nodes, Set.of(NodeStatus.STOPPED, NodeStatus.DEAD)))
        .at(time).ifPresent(lines::add);
    new InfluxLine("nodes_network").whole("size", InfluxSums.networkSize(nodes)).at(time).ifPresent(lines::add);
    return String.join("\n", lines);
  }

  private static InfluxLine line(Node node) {
    InfluxLine line = new InfluxLine("nodes").tag("id", Integer.toString(node.id()))
        .text("PeerId", Optional.of(node.peerId()))
        .text("status", Optional.of(node.status().name()))
        .text("version", Optional.of(node.version().map(Version::text).orElse("")));
    whole(line, node, "gets", NodeMetric.GETS);
    whole(line, node, "puts", NodeMetric.PUTS);
    whole(line, node, "up_time", NodeMetric.UPTIME);
    line.text("rewards", node.metrics().rewards().map(Object::toString));
    whole(line, node, "records", NodeMetric.RECORDS);
    whole(line, node, "connected_peers", NodeMetric.CONNECTED_PEERS);
    whole(line, node, "network_size", NodeMetric.NETWORK_SIZE);
    whole(line, node, "open_connections", NodeMetric.OPEN_CONNECTIONS);
    whole(line, node, "total_peers", NodeMetric.TOTAL_PEERS);
    whole(line, node, "shunned_count", NodeMetric.SHUNNED);
    whole(line, node, "bad_peers", NodeMetric.BAD_PEERS);
    line.decimal("mem", hundredths(node.metrics(), NodeMetric.MEM))
        .decimal("cpu", hundredths(node.metrics(), NodeMetric.CPU));
    whole(line, node, "rel_records", NodeMetric.REL_RECORDS);
    whole(line, node, "max_records", NodeMetric.MAX_RECORDS);
    whole(line, node, "payment_count", NodeMetric.PAYMENT_COUNT);
    whole(line, node, "live_time", NodeMetric.LIVE_TIME);
    return line;
  }

  private static void whole(InfluxLine line, Node node, String field, NodeMetric metric) {
    line.whole(field, node.metrics().find(metric));
  }
}
