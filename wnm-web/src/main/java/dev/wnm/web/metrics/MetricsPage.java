package dev.wnm.web.metrics;

import dev.wnm.core.config.Options;
import dev.wnm.core.decision.ActionType;
import dev.wnm.core.decision.Resource;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.report.FleetStatus;
import dev.wnm.web.http.Answer;
import dev.wnm.web.http.EventStreams;
import dev.wnm.web.live.CycleCounts;
import dev.wnm.web.live.LiveColony;
import dev.wnm.web.live.Snapshot;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code /metrics}: machine, colony, nodes, and wnm itself. Names follow the conventions of Prometheus: base units, the unit at the end.
 */
public final class MetricsPage {
  private final LiveColony colony;
  private final EventStreams streams;

  public MetricsPage(LiveColony colony, EventStreams streams) {
    this.colony = colony;
    this.streams = streams;
  }

  /** The page now. It is made once for each snapshot and number of cycles: with thousands of nodes it is megabytes, however many ask. */
  public Answer answer() {
    return colony.now().part("metrics " + colony.cycles().cycles(), this::page);
  }

  private Answer page(Snapshot snapshot) {
    PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    return Answer.of(writer.getContentType(), out -> {
      writer.write(out, new MetricSnapshots(ofColony(snapshot)), EscapingScheme.DEFAULT);
      for (NodeSeries series : NodeSeries.ALL) {
        writer.write(out, new MetricSnapshots(series.of(snapshot.lines())), EscapingScheme.DEFAULT);
      }
      writer.write(out, new MetricSnapshots(ofProgram(snapshot)), EscapingScheme.DEFAULT);
    });
  }

  private List<MetricSnapshot> ofProgram(Snapshot now) {
    CycleCounts.Numbers cycles = colony.cycles();
    Runtime jvm = Runtime.getRuntime();
    Gauges values = new Gauges();
    String version = MetricsPage.class.getPackage().getImplementationVersion();
    values.gauge("wnm_build_info", "The version of wnm; always 1.", Labels.of("version", version == null ? "unknown" : version), 1);
    values.gauge("wnm_snapshot_timestamp_seconds", "When the colony was last looked at for this page.", Labels.EMPTY, now.at().getEpochSecond());
    cycles.lastEnd().ifPresent(end -> values.gauge("wnm_cycle_last_end_timestamp_seconds", "When the last cycle of this program ended.", Labels.EMPTY,
        end.getEpochSecond()));
    cycles.lastTook().ifPresent(took -> values.gauge("wnm_cycle_last_duration_seconds", "How long it ran.", Labels.EMPTY, took.toMillis() / 1000.0));
    values.counter("wnm_cycles", "Cycles since this program began.", Labels.EMPTY, cycles.cycles());
    values.counter("wnm_cycles_failed", "Cycles since this program began in which something failed.", Labels.EMPTY, cycles.failed());
    // From 0 on: of a series that begins with 1 Prometheus does not know that it grew.
    for (OperationKind kind : OperationKind.values()) {
      operations(values, kind.name(), "done", cycles.done().getOrDefault(kind, 0L));
      operations(values, kind.name(), "failed", cycles.failures().getOrDefault(kind, 0L));
    }
    values.gauge("wnm_cycle_interval_seconds", "From the end of a cycle to the next.", Labels.EMPTY,
        colony.host().settings().get(Options.WATCH).toSeconds());
    values.gauge("wnm_event_streams", "Clients that listen to events.", Labels.EMPTY, streams.size());
    values.gauge("wnm_memory_bytes", "Heap of this program in use.", Labels.EMPTY, jvm.totalMemory() - jvm.freeMemory());
    values.gauge("wnm_start_timestamp_seconds", "When this program began.", Labels.EMPTY,
        ManagementFactory.getRuntimeMXBean().getStartTime() / 1000.0);
    return values.all();
  }

  private static void operations(Gauges values, String kind, String ending, long count) {
    values.counter("wnm_operations", "Operations on nodes in cycles since this program began.",
        Labels.of("kind", kind.toLowerCase(Locale.ROOT), "ending", ending), count);
  }

  private static List<MetricSnapshot> ofColony(Snapshot snapshot) {
    FleetStatus status = snapshot.status();
    Gauges values = new Gauges();
    status.outlook().resources().forEach(resource -> resource(values, resource));
    Map<String, Long> byStatus = status.nodes().stream().collect(Collectors.groupingBy(Node::shownStatus, Collectors.counting()));
    for (String word : statuses()) {
      values.gauge("wnm_nodes", "Nodes by status.", Labels.of("status", word), byStatus.getOrDefault(word, 0L));
    }
    values.gauge("wnm_nodes_most", "How many nodes there may be (node_cap).", Labels.EMPTY, status.nodeCap());
    values.gauge("wnm_nodes_in_trouble", "Nodes of which something is wrong.", Labels.EMPTY, status.health().troubled());
    values.gauge("wnm_growth_planned_nodes", "Nodes that the next cycle would start or add.", Labels.EMPTY,
        status.outlook().decision().actions().stream().filter(action -> action.type() == ActionType.ADD || action.type() == ActionType.START)
            .mapToInt(action -> action.count()).sum());
    status.lastCycle().ifPresent(at -> values.gauge("wnm_cycle_last_timestamp_seconds", "When the last cycle measured the machine, whoever ran it.",
        Labels.EMPTY, at.getEpochSecond()));
    return values.all();
  }

  private static List<String> statuses() {
    List<String> words = new ArrayList<>(List.of("UNKNOWN"));
    for (NodeStatus status : NodeStatus.values()) {
      words.add(status.name());
    }
    return words;
  }

  /** In the unit of the thresholds: per cent, a load, or bytes a second; the label says of what. */
  private static void resource(Gauges values, Resource resource) {
    Labels labels = Labels.of("resource", resource.name());
    values.gauge("wnm_resource_used", "What the machine has in use, in the unit of its thresholds.", labels, resource.used());
    limit(values, resource, "room", resource.room());
    limit(values, resource, "pressure", resource.pressure());
  }

  private static void limit(Gauges values, Resource resource, String kind, Resource.Limit limit) {
    if (limit.isOn()) {
      values.gauge("wnm_resource_limit", "Nodes are added only below room, and stopped above pressure.",
          Labels.of("resource", resource.name(), "kind", kind, "setting", limit.option()), limit.value());
    }
  }
}
