package dev.wnm.web.metrics;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.report.NodeLine;
import dev.wnm.spi.model.Version;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.DoubleUnaryOperator;

/**
 * One metric of all nodes. Each is made when its turn comes: all at once they would be hundreds of thousands of objects.
 *
 * @param adds a node's value, where it is known. A node that is not known to run has none of what ends with its process
 */
record NodeSeries(BiConsumer<Gauges, NodeLine> adds) {
  private static final double HUNDREDTHS = 100.0;
  private static final double PERCENT = 100.0;
  private static final double BYTES_OF_MEM = 10_000;

  static final List<NodeSeries> ALL = List.of(
      new NodeSeries((values, line) -> isUp(line.node()).ifPresent(up ->
          values.gauge("wnm_node_up", "1 when the node is known to run, 0 when it is known not to.", labels(line), up ? 1 : 0))),
      new NodeSeries((values, line) -> values.gauge("wnm_node_info", "What the node is; always 1.", Labels.of("node", line.node().service(), "group",
          line.group().orElse(""), "program", line.node().program().name(), "version", line.node().version().map(Version::text).orElse("unknown"), "status",
          line.node().shownStatus()), 1)),
      new NodeSeries((values, line) -> values.gauge("wnm_node_seen_timestamp_seconds", "When the node was last seen.", labels(line),
          known(line.node().statusAt()))),
      new NodeSeries((values, line) -> values.gauge("wnm_node_created_timestamp_seconds", "When the node was made.", labels(line),
          known(line.node().createdAt()))),
      new NodeSeries((values, line) -> values.gauge("wnm_node_missed_probes", "Probes in a row without an answer.", labels(line),
          line.node().health().missedProbes())),
      gauge("wnm_node_uptime_seconds", "How long its process has run.", NodeMetric.UPTIME, DoubleUnaryOperator.identity()),
      gauge("wnm_node_connected_peers", "Peers that it is connected to.", NodeMetric.CONNECTED_PEERS, DoubleUnaryOperator.identity()),
      gauge("wnm_node_records", "Records that it stores.", NodeMetric.RECORDS, DoubleUnaryOperator.identity()),
      gauge("wnm_node_relevant_records", "Records that it is responsible for.", NodeMetric.REL_RECORDS, DoubleUnaryOperator.identity()),
      gauge("wnm_node_shunned", "Peers that shun it.", NodeMetric.SHUNNED, DoubleUnaryOperator.identity()),
      gauge("wnm_node_memory_bytes", "Memory of its process.", NodeMetric.MEM, hundredths -> hundredths * BYTES_OF_MEM),
      gauge("wnm_node_cpu_ratio", "Share of all CPUs that its process uses.", NodeMetric.CPU, hundredths -> hundredths / HUNDREDTHS / PERCENT),
      gauge("wnm_node_disk_bytes", "Bytes in its data folder.", NodeMetric.DISK_BYTES, DoubleUnaryOperator.identity()),
      gauge("wnm_node_network_size", "How many nodes it estimates the network to have.", NodeMetric.NETWORK_SIZE, DoubleUnaryOperator.identity()),
      counter("wnm_node_restarts", "How often its process ended without an order.", NodeMetric.RESTARTS),
      counter("wnm_node_payments", "Payments since its process began.", NodeMetric.PAYMENT_COUNT));

  private static NodeSeries gauge(String name, String help, NodeMetric metric, DoubleUnaryOperator inUnit) {
    return new NodeSeries((values, line) -> {
      OptionalLong known = line.node().shownMetrics().find(metric);
      values.gauge(name, help, labels(line), known.isPresent() ? OptionalDouble.of(inUnit.applyAsDouble(known.getAsLong())) : OptionalDouble.empty());
    });
  }

  private static NodeSeries counter(String name, String help, NodeMetric metric) {
    return new NodeSeries((values, line) -> line.node().shownMetrics().find(metric).ifPresent(count -> values.counter(name, help, labels(line), count)));
  }

  /** Of these nodes; empty where nothing is known of any. */
  List<MetricSnapshot> of(List<NodeLine> lines) {
    Gauges values = new Gauges();
    lines.forEach(line -> adds.accept(values, line));
    return values.all();
  }

  private static Labels labels(NodeLine line) {
    return Labels.of("node", line.node().service(), "group", line.group().orElse(""));
  }

  /** Empty as well between an order to start and the first look at it. */
  private static Optional<Boolean> isUp(Node node) {
    return node.isUnknown() ? Optional.empty() : switch (node.status()) {
      case RUNNING -> Optional.of(true);
      case STOPPED, DISABLED, REMOVING, DEAD -> Optional.of(false);
      case RESTARTING, UPGRADING, MIGRATING, UNREADABLE -> Optional.empty();
    };
  }

  private static OptionalLong known(Instant time) {
    return time.isAfter(Instant.EPOCH) ? OptionalLong.of(time.getEpochSecond()) : OptionalLong.empty();
  }
}
