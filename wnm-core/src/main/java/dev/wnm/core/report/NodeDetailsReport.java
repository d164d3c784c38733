package dev.wnm.core.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.wnm.core.model.DownCause;
import dev.wnm.core.model.Incident;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeHealth;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.internal.PlainText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The report {@code node-status-details}: all that is known of each node. */
public final class NodeDetailsReport {
  /** The Python wnm keeps one machine, and this is its number. */
  private static final int MACHINE_ID = 1;
  private static final int DIGITS_OF_MEGABYTES = 6;

  private NodeDetailsReport() {}

  /** Without the words of process managers. @param nodes in the order in which they are to be shown; may be empty */
  public static String print(List<Node> nodes, ReportFormat format) {
    return print(nodes, Map.of(), Map.of(), Optional.empty(), format);
  }

  /**
   * @param nodes in the order in which they are to be shown; may be empty
   * @param supervision what the process manager's own tool says of nodes, by id; of those that it says something of
   * @param incidents the last thing that befell each node, by id; of those that anything befell
   * @param measured when the processes of all nodes were last looked at; those of some may have been since
   */
  public static String print(List<Node> nodes, Map<Integer, String> supervision, Map<Integer, Incident> incidents,
      Optional<Instant> measured, ReportFormat format) {
    return NodeReport.print(nodes, format,
        shown -> shown.stream().map(node -> block(node, supervision, incidents, measured)).collect(Collectors.joining("\n\n")),
        node -> format == ReportFormat.JSON_COMPAT ? pythonJson(node) : json(node, supervision, incidents, measured));
  }

  private static String block(Node node, Map<Integer, String> supervision, Map<Integer, Incident> incidents, Optional<Instant> measured) {
    Map<String, Object> lines = lines(node, measured);
    lines.put("Last incident", Optional.ofNullable(incidents.get(node.id()))
        .map(incident -> incident.seenAt() + " " + incident.words()).orElse("-"));
    if (supervision.containsKey(node.id())) {
      lines.put("Supervision", supervision.get(node.id()));
    }
    return lines.entrySet().stream()
        .map(line -> line.getKey() + ": " + PlainText.of(line.getValue().toString()))
        .collect(Collectors.joining("\n"));
  }

  private static Map<String, Object> lines(Node node, Optional<Instant> measured) {
    NodeHealth health = node.health();
    Map<String, Object> lines = new LinkedHashMap<>();
    lines.put("Service Name", node.service());
    lines.put("Program", node.program().name());
    lines.put("Version", node.version().<Object>map(version -> version).orElse("unknown"));
    lines.put("Port", node.ports().node());
    node.ports().metrics().ifPresent(port -> lines.put("Metrics Port", port));
    node.ports().browsers().ifPresent(port -> lines.put("Browser Port", port));
    lines.put("Data path", node.rootDir());
    lines.put("Log path", node.logDir().<Object>map(folder -> folder).orElse("unknown"));
    lines.put("Bin Path", node.binary());
    lines.put("Connected peers", MetricWords.text(node, NodeMetric.CONNECTED_PEERS));
    lines.put("Up since", upSince(node).<Object>map(time -> time).orElse("-"));
    lines.put("Restarts", MetricWords.text(node, NodeMetric.RESTARTS));
    lines.put("Memory", MetricWords.hundredths(node, NodeMetric.MEM, " MB"));
    lines.put("CPU", MetricWords.hundredths(node, NodeMetric.CPU, " %"));
    lines.put("Threads", ofProcess(node, NodeMetric.THREADS, measured));
    lines.put("Open files", ofProcess(node, NodeMetric.OPEN_FILES, measured));
    lines.put("Disk", disk(node));
    node.metrics().find(NodeMetric.RELAY_SESSIONS).ifPresent(any -> lines.put("Relays", MetricWords.text(node, NodeMetric.RELAY_SESSIONS)));
    node.metrics().find(NodeMetric.AUDITS_PASSED).ifPresent(any -> lines.put("Audits of others",
        MetricWords.text(node, NodeMetric.AUDITS_PASSED) + " passed, " + MetricWords.text(node, NodeMetric.AUDITS_FAILED) + " failed"));
    lines.put("Rewards address", node.wallet());
    lines.put("Age", node.createdAt().getEpochSecond());
    lines.put("Peer ID", orDash(node.peerId()));
    lines.put("Status", node.shownStatus());
    lines.put("Down cause", health.downCause() == DownCause.NONE ? "-" : health.downCause());
    lines.put("Missed probes", health.missedProbes());
    lines.put("Failures", health.failures());
    lines.put("Retry after", retryAfter(health).<Object>map(time -> time).orElse("-"));
    lines.put("Last error", orDash(health.lastError()));
    lines.put("PID", health.pid().isPresent() ? health.pid().getAsLong() : "-");
    return lines;
  }

  /** The columns of the {@code node} table in the order of the Python wnm, then what we know beyond them. */
  private static JsonObject json(Node node, Map<Integer, String> supervision, Map<Integer, Incident> incidents, Optional<Instant> measured) {
    NodeHealth health = node.health();
    JsonObject json = columns(node, JsonNull.INSTANCE, ReportFormat.JSON);
    json.addProperty("program", node.program().name());
    json.add("browser_port", port(node.ports().browsers(), ReportFormat.JSON));
    json.add("up_since", upSince(node).<JsonElement>map(time -> new JsonPrimitive(time.getEpochSecond())).orElse(JsonNull.INSTANCE));
    add(json, node, ReportFormat.JSON, NodeMetric.RESTARTS, NodeMetric.THREADS, NodeMetric.OPEN_FILES, NodeMetric.DISK_BYTES,
        NodeMetric.DISK_MEASURED_AT, NodeMetric.RELAY_SESSIONS, NodeMetric.AUDITS_PASSED, NodeMetric.AUDITS_FAILED);
    json.add("process_measured_since", measuredSince(node, measured).<JsonElement>map(time -> new JsonPrimitive(time.getEpochSecond()))
        .orElse(JsonNull.INSTANCE));
    json.addProperty("down_cause", health.downCause().name());
    json.addProperty("missed_probes", health.missedProbes());
    json.addProperty("failures", health.failures());
    json.add("retry_after", retryAfter(health).<JsonElement>map(time -> new JsonPrimitive(time.getEpochSecond()))
        .orElse(JsonNull.INSTANCE));
    json.addProperty("last_error", health.lastError());
    json.add("pid", health.pid().isPresent() ? new JsonPrimitive(health.pid().getAsLong()) : JsonNull.INSTANCE);
    json.add("last_incident", Optional.ofNullable(incidents.get(node.id())).map(NodeDetailsReport::incident)
        .orElse(JsonNull.INSTANCE));
    if (supervision.containsKey(node.id())) {
      json.addProperty("supervision", supervision.get(node.id()));
    }
    return json;
  }

  private static JsonElement incident(Incident incident) {
    JsonObject json = new JsonObject();
    json.addProperty("kind", incident.kind().name());
    json.addProperty("seen_at", incident.seenAt().getEpochSecond());
    json.addProperty("cause", incident.cause());
    return json;
  }

  private static JsonObject pythonJson(Node node) {
    return columns(node, new JsonPrimitive("None"), ReportFormat.JSON_COMPAT);
  }

  /** @param unknown what stands for a version that is not known */
  private static JsonObject columns(Node node, JsonElement unknown, ReportFormat format) {
    JsonObject json = new JsonObject();
    json.addProperty("id", node.id());
    json.addProperty("machine_id", MACHINE_ID);
    json.add("container_id", node.containerId().<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE));
    json.addProperty("manager_type", node.managerType());
    json.addProperty("node_name", node.nodeName());
    json.addProperty("service", node.service());
    json.addProperty("user", node.user());
    json.addProperty("binary", node.binary().toString());
    json.add("version", node.version().<JsonElement>map(version -> new JsonPrimitive(version.text())).orElse(unknown));
    json.addProperty("root_dir", node.rootDir().toString());
    json.add("log_dir", Json.text(node.logDir()));
    json.addProperty("port", node.ports().node());
    json.add("metrics_port", port(node.ports().metrics(), format));
    json.add("rpc_port", port(node.ports().rpc(), format));
    json.addProperty("network", node.network());
    json.addProperty("wallet", node.wallet());
    json.addProperty("peer_id", node.peerId());
    json.addProperty("status", format == ReportFormat.JSON_COMPAT ? node.status().name() : node.shownStatus());
    json.addProperty("timestamp", node.statusAt().getEpochSecond());
    add(json, node, format, NodeMetric.RECORDS, NodeMetric.UPTIME, NodeMetric.SHUNNED, NodeMetric.CONNECTED_PEERS, NodeMetric.GETS,
        NodeMetric.PUTS, NodeMetric.MEM, NodeMetric.CPU, NodeMetric.OPEN_CONNECTIONS, NodeMetric.TOTAL_PEERS,
        NodeMetric.BAD_PEERS, NodeMetric.REL_RECORDS, NodeMetric.MAX_RECORDS);
    json.add("rewards", MetricWords.rewards(node, format));
    add(json, node, format, NodeMetric.PAYMENT_COUNT, NodeMetric.LIVE_TIME, NodeMetric.NETWORK_SIZE);
    json.addProperty("age", node.createdAt().getEpochSecond());
    json.addProperty("host", node.host());
    json.addProperty("method", node.method());
    json.addProperty("layout", node.layout());
    json.addProperty("environment", node.environment());
    return json;
  }

  /** When its process started; empty where that is not known, or it has none. */
  private static Optional<Instant> upSince(Node node) {
    OptionalLong uptime = node.shownMetrics().find(NodeMetric.UPTIME);
    return uptime.isPresent() && node.status() == NodeStatus.RUNNING ? Optional.of(node.statusAt().minusSeconds(uptime.getAsLong()).truncatedTo(ChronoUnit.SECONDS))
        : Optional.empty();
  }

  /** What is only seen when its process is looked at, which need not be at each look at the node. */
  private static String ofProcess(Node node, NodeMetric metric, Optional<Instant> measured) {
    return MetricWords.text(node, metric) + (node.shownMetrics().find(metric).isEmpty() ? ""
        : measuredSince(node, measured).map(time -> ", measured at " + time + " or later").orElse(""));
  }

  /** Since when its process was looked at; empty where it runs none, or that is not known. */
  private static Optional<Instant> measuredSince(Node node, Optional<Instant> measured) {
    return measured.filter(time -> node.status() == NodeStatus.RUNNING && !node.isUnknown());
  }

  private static String disk(Node node) {
    OptionalLong bytes = node.shownMetrics().find(NodeMetric.DISK_BYTES);
    OptionalLong at = node.shownMetrics().find(NodeMetric.DISK_MEASURED_AT);
    return bytes.isEmpty() || at.isEmpty() ? "-" : BigDecimal.valueOf(bytes.getAsLong()).movePointLeft(DIGITS_OF_MEGABYTES)
        .setScale(1, RoundingMode.HALF_UP) + " MB, measured at " + Instant.ofEpochSecond(at.getAsLong());
  }

  /** None is 0 for the Python wnm. */
  private static JsonElement port(OptionalInt port, ReportFormat format) {
    return port.isPresent() || format == ReportFormat.JSON_COMPAT ? new JsonPrimitive(port.orElse(0)) : JsonNull.INSTANCE;
  }

  private static void add(JsonObject json, Node node, ReportFormat format, NodeMetric... metrics) {
    for (NodeMetric metric : metrics) {
      json.add(metric.column(), MetricWords.json(node, metric, format));
    }
  }

  private static Optional<Instant> retryAfter(NodeHealth health) {
    return Optional.of(health.retryAfter()).filter(time -> time.isAfter(Instant.EPOCH));
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }
}
