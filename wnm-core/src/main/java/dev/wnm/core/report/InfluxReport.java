package dev.wnm.core.report;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.Version;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** The report {@code influx-resources}: InfluxDB's line protocol, a line for each node and two for all of them. */
public final class InfluxReport {
  private static final double HUNDREDTHS = 100;

  private InfluxReport() {}

  /**
   * @param nodes in the order in which they are to be shown; may be empty
   * @param now the time that every line bears
   */
  public static String print(List<Node> nodes, Instant now) {
    if (nodes.isEmpty()) {
      return "# No nodes found";
    }
    String time = " " + BigInteger.valueOf(now.getEpochSecond()).multiply(BigInteger.valueOf(1_000_000_000))
        .add(BigInteger.valueOf(now.getNano()));
    List<String> lines = new ArrayList<>();
    nodes.forEach(node -> lines.add("nodes,id=" + node.id() + " " + fields(node) + time));
    lines.add("nodes_totals " + totals(nodes) + time);
    lines.add("nodes_network size=" + networkSize(nodes) + "i" + time);
    return String.join("\n", lines);
  }

  private static String fields(Node node) {
    StringJoiner fields = new StringJoiner(",");
    fields.add("PeerId=" + text(node.peerId()));
    fields.add("status=" + text(node.status().name()));
    fields.add("version=" + text(node.version().map(Version::text).orElse("")));
    fields.add(whole("gets", node, NodeMetric.GETS));
    fields.add(whole("puts", node, NodeMetric.PUTS));
    fields.add(whole("up_time", node, NodeMetric.UPTIME));
    fields.add("rewards=" + text(node.metrics().rewards().toString()));
    fields.add(whole("records", node, NodeMetric.RECORDS));
    fields.add(whole("connected_peers", node, NodeMetric.CONNECTED_PEERS));
    fields.add(whole("network_size", node, NodeMetric.NETWORK_SIZE));
    fields.add(whole("open_connections", node, NodeMetric.OPEN_CONNECTIONS));
    fields.add(whole("total_peers", node, NodeMetric.TOTAL_PEERS));
    fields.add(whole("shunned_count", node, NodeMetric.SHUNNED));
    fields.add(whole("bad_peers", node, NodeMetric.BAD_PEERS));
    fields.add(hundredths("mem", node, NodeMetric.MEM));
    fields.add(hundredths("cpu", node, NodeMetric.CPU));
    fields.add(whole("rel_records", node, NodeMetric.REL_RECORDS));
    fields.add(whole("max_records", node, NodeMetric.MAX_RECORDS));
    fields.add(whole("payment_count", node, NodeMetric.PAYMENT_COUNT));
    fields.add(whole("live_time", node, NodeMetric.LIVE_TIME));
    return fields.toString();
  }

  /** The sum is exact: rewards are counted in units of which a token has 10^18, more than a double can tell apart. */
  private static String totals(List<Node> nodes) {
    BigInteger rewards = nodes.stream().map(node -> node.metrics().rewards()).reduce(BigInteger.ZERO, BigInteger::add);
    return "rewards=\"" + rewards + ".0\",nodes_running=" + count(nodes, NodeStatus.RUNNING) + "i,nodes_killed="
        + (count(nodes, NodeStatus.STOPPED) + count(nodes, NodeStatus.DEAD)) + "i";
  }

  /** The mean of what running nodes estimate, leaving out those that have no estimate yet; 0 when none has. */
  private static long networkSize(List<Node> nodes) {
    return (long) nodes.stream()
        .filter(node -> node.status() == NodeStatus.RUNNING)
        .mapToLong(node -> node.metrics().orZero(NodeMetric.NETWORK_SIZE))
        .filter(size -> size != 0)
        .average().orElse(0);
  }

  private static long count(List<Node> nodes, NodeStatus status) {
    return nodes.stream().filter(node -> node.status() == status).count();
  }

  private static String whole(String field, Node node, NodeMetric metric) {
    return field + "=" + node.metrics().orZero(metric) + "i";
  }

  private static String hundredths(String field, Node node, NodeMetric metric) {
    return field + "=" + Decimals.text(node.metrics().orZero(metric) / HUNDREDTHS);
  }

  private static String text(String value) {
    return "\"" + OneLine.of(value).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
