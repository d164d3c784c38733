package dev.wnm.core.report;

import static dev.wnm.core.report.InfluxSums.hundredths;

import dev.wnm.core.model.MachineUse;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.model.Version;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The report {@code influx-resources}: lines for InfluxDB with the measurements, tags, fields and types of NTracking's script
 * {@code influx-resources.sh}, so that they go into the same bucket and its dashboard shows them. Rewards are decimals in whole
 * tokens, times are whole tens of seconds, and {@code networ_size} is spelled as there.
 *
 * <p>Where the script writes 0 for a node that does not answer, a field whose value is not known is left out here, as is a line
 * of which nothing is known. What the script asks of web sites (wallet, exchange rates) is not told.
 */
public final class NTrackingReport {
  private static final Duration STEP = Duration.ofSeconds(10);
  private static final int TOKEN_DIGITS = 18;
  private static final Set<NodeStatus> RUNNING = EnumSet.of(NodeStatus.RUNNING);
  private static final Set<NodeStatus> DOWN =
      EnumSet.of(NodeStatus.STOPPED, NodeStatus.DEAD, NodeStatus.DISABLED, NodeStatus.REMOVING);

  private NTrackingReport() {}

  /**
   * @param nodes in the order in which they are to be shown; may be empty
   * @param use of the machine, of all nodes on it
   * @param now the time that every line bears
   */
  public static String print(List<Node> nodes, MachineUse use, Instant now) {
    String time = InfluxLine.time(now, STEP);
    List<InfluxLine> lines = new ArrayList<>();
    nodes.forEach(node -> lines.add(line(node)));
    List<Node> known = nodes.stream().filter(node -> !node.isUnknown()).toList();
    lines.add(new InfluxLine("nodes_totals")
        .exact("rewards", InfluxSums.rewards(nodes).map(NTrackingReport::tokens))
        .whole("nodes_running", InfluxSums.count(known, RUNNING))
        .whole("nodes_killed", InfluxSums.count(known, DOWN)));
    lines.add(new InfluxLine("nodes_totals")
        .whole("total_disk", use.storageMebibytes())
        .whole("Disk_percent", use.diskPercent()));
    lines.add(new InfluxLine("nodes_network").whole("size", InfluxSums.networkSize(nodes)));
    lines.add(new InfluxLine("nodes").decimal("latency", use.latencyMillis()));
    return String.join("\n", lines.stream().flatMap(line -> line.at(time).stream()).toList());
  }

  private static InfluxLine line(Node node) {
    InfluxLine line = new InfluxLine("nodes").tag("id", "%04d".formatted(node.id()))
        .text("PeerId", Optional.of(node.peerId()).filter(peer -> !peer.isEmpty()))
        .text("status", status(node))
        .text("version", node.version().map(Version::text));
    whole(line, node, "gets", NodeMetric.GETS);
    whole(line, node, "puts", NodeMetric.PUTS);
    whole(line, node, "up_time", NodeMetric.UPTIME);
    line.exact("rewards", node.metrics().rewards().map(NTrackingReport::tokens));
    whole(line, node, "records", NodeMetric.RECORDS);
    whole(line, node, "connected_peers", NodeMetric.CONNECTED_PEERS);
    whole(line, node, "networ_size", NodeMetric.NETWORK_SIZE);
    whole(line, node, "open_connections", NodeMetric.OPEN_CONNECTIONS);
    whole(line, node, "total_peers", NodeMetric.TOTAL_PEERS);
    whole(line, node, "bad_peers", NodeMetric.BAD_PEERS);
    line.decimal("mem", hundredths(node.shownMetrics(), NodeMetric.MEM))
        .decimal("cpu", hundredths(node.shownMetrics(), NodeMetric.CPU));
    whole(line, node, "rel_records", NodeMetric.REL_RECORDS);
    whole(line, node, "max_records", NodeMetric.MAX_RECORDS);
    whole(line, node, "payment_count", NodeMetric.PAYMENT_COUNT);
    whole(line, node, "live_time", NodeMetric.LIVE_TIME);
    // antnode counts three kinds of shunning; wnm keeps the one by the close group.
    whole(line, node, "shunned_closedgroup", NodeMetric.SHUNNED);
    return line;
  }

  /** One of NTracking's two words; none while a node is on its way up, or nobody can say what has become of it. */
  private static Optional<String> status(Node node) {
    return node.isUnknown() ? Optional.empty()
        : RUNNING.contains(node.status()) ? Optional.of("Running")
        : DOWN.contains(node.status()) ? Optional.of("Stopped") : Optional.empty();
  }

  private static BigDecimal tokens(BigInteger smallestUnits) {
    return new BigDecimal(smallestUnits, TOKEN_DIGITS).stripTrailingZeros();
  }

  private static void whole(InfluxLine line, Node node, String field, NodeMetric metric) {
    line.whole(field, node.shownMetrics().find(metric));
  }
}
