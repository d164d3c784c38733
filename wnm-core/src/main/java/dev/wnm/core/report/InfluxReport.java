package dev.wnm.core.report;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.Version;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.StringJoiner;

/**
 * The report {@code influx-resources}: InfluxDB's line protocol, a line for each node and two for all of them. A field whose
 * value is not known is left out, and so is the line on the network's size when no node has an estimate.
 */
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
    networkSize(nodes).ifPresent(size -> lines.add("nodes_network size=" + (long) size + "i" + time));
    return String.join("\n", lines);
  }

  private static String fields(Node node) {
    StringJoiner fields = new StringJoiner(",");
    fields.add("PeerId=" + text(node.peerId()));
    fields.add("status=" + text(node.status().name()));
    fields.add("version=" + text(node.version().map(Version::text).orElse("")));
    whole(fields, "gets", node, NodeMetric.GETS);
    whole(fields, "puts", node, NodeMetric.PUTS);
    whole(fields, "up_time", node, NodeMetric.UPTIME);
    node.metrics().rewards().ifPresent(rewards -> fields.add("rewards=" + text(rewards.toString())));
    whole(fields, "records", node, NodeMetric.RECORDS);
    whole(fields, "connected_peers", node, NodeMetric.CONNECTED_PEERS);
    whole(fields, "network_size", node, NodeMetric.NETWORK_SIZE);
    whole(fields, "open_connections", node, NodeMetric.OPEN_CONNECTIONS);
    whole(fields, "total_peers", node, NodeMetric.TOTAL_PEERS);
    whole(fields, "shunned_count", node, NodeMetric.SHUNNED);
    whole(fields, "bad_peers", node, NodeMetric.BAD_PEERS);
    hundredths(fields, "mem", node, NodeMetric.MEM);
    hundredths(fields, "cpu", node, NodeMetric.CPU);
    whole(fields, "rel_records", node, NodeMetric.REL_RECORDS);
    whole(fields, "max_records", node, NodeMetric.MAX_RECORDS);
    whole(fields, "payment_count", node, NodeMetric.PAYMENT_COUNT);
    whole(fields, "live_time", node, NodeMetric.LIVE_TIME);
    return fields.toString();
  }

  /**
   * The sum of what nodes reported, left out when none did. It is exact: rewards are counted in units of which a token has 10^18,
   * more than a double can tell apart.
   */
  private static String totals(List<Node> nodes) {
    Optional<BigInteger> rewards = nodes.stream().flatMap(node -> node.metrics().rewards().stream()).reduce(BigInteger::add);
    return rewards.map(sum -> "rewards=\"" + sum + ".0\",").orElse("") + "nodes_running=" + count(nodes, NodeStatus.RUNNING)
        + "i,nodes_killed=" + (count(nodes, NodeStatus.STOPPED) + count(nodes, NodeStatus.DEAD)) + "i";
  }

  /** The mean of what running nodes estimate, leaving out those that have no estimate yet. */
  private static OptionalDouble networkSize(List<Node> nodes) {
    return nodes.stream()
        .filter(node -> node.status() == NodeStatus.RUNNING)
        .mapToLong(node -> node.metrics().orZero(NodeMetric.NETWORK_SIZE))
        .filter(size -> size != 0)
        .average();
  }

  private static long count(List<Node> nodes, NodeStatus status) {
    return nodes.stream().filter(node -> node.status() == status).count();
  }

  private static void whole(StringJoiner fields, String field, Node node, NodeMetric metric) {
    node.metrics().find(metric).ifPresent(value -> fields.add(field + "=" + value + "i"));
  }

  private static void hundredths(StringJoiner fields, String field, Node node, NodeMetric metric) {
    node.metrics().find(metric).ifPresent(value -> fields.add(field + "=" + Decimals.text(value / HUNDREDTHS)));
  }

  private static String text(String value) {
    return "\"" + OneLine.of(value).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
