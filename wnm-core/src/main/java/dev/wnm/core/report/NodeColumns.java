package dev.wnm.core.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.wnm.core.model.DownCause;
import dev.wnm.core.model.Incident;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.report.table.Column;
import dev.wnm.core.report.table.Columns;
import dev.wnm.core.report.table.Tone;
import dev.wnm.spi.internal.Human;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Everything that reports tell of nodes. In the order of JSON: first the Python wnm's columns of its {@code node} table, then what is
 * known beyond them.
 */
public final class NodeColumns {
  /** The Python wnm keeps one machine, and this is its number. */
  private static final long MACHINE_ID = 1;
  private static final int TOKEN_DIGITS = 18;
  private static final int BYTES_OF_MEM = 10_000;

  private static final List<Column<NodeLine>> LIST = List.of(
      number("id", "Id", node -> Optional.of((long) node.id())),
      number("machine_id", "Machine", node -> Optional.of(MACHINE_ID)),
      number("container_id", "Container row", node -> node.containerId().map(Integer::longValue)),
      text("manager_type", "Process manager", Node::managerType).aka("process_manager"),
      text("node_name", "Node name", Node::nodeName),
      text("service", "Service Name", Node::service).aka("service_name", "name").rank(0).cutTo(8),
      text("user", "User", Node::user),
      text("binary", "Bin Path", node -> node.binary().toString()),
      Column.version("version", "Version", (NodeLine line) -> line.node().version()).whenUnknown("unknown").rank(40),
      text("root_dir", "Data path", node -> node.rootDir().toString()),
      Column.text("log_dir", "Log path", (NodeLine line) -> line.node().logDir().map(Object::toString)).whenUnknown("unknown"),
      number("port", "Port", node -> Optional.of((long) node.ports().node())),
      number("metrics_port", "Metrics Port", node -> port(node.ports().metrics())),
      number("rpc_port", "RPC Port", node -> port(node.ports().rpc())),
      text("network", "Network", Node::network),
      text("wallet", "Rewards address", Node::wallet).aka("rewards_address").cutTo(10),
      Column.text("peer_id", "Peer ID", (NodeLine line) -> Optional.of(line.node().peerId()).filter(id -> !id.isEmpty()))
          .inJson("peer_id", line -> new JsonPrimitive(line.node().peerId())).rank(90).cutTo(10),
      Column.oneOf("status", "Status", Stream.of(NodeStatus.values()).map(Enum::name).toList(),
          (NodeLine line) -> Optional.of(line.node().shownStatus()).filter(word -> !line.node().isUnknown())).whenUnknown("UNKNOWN")
          .inJson("status", line -> new JsonPrimitive(line.node().shownStatus())).aka("state").rank(0).toned(NodeColumns::tone),
      time("seen", "Last seen", line -> known(line.node().statusAt())).inJson("timestamp", line -> seconds(line.node().statusAt())).rank(70),
      count("records", "Records", NodeMetric.RECORDS).rank(50),
      span("uptime", "Uptime", NodeMetric.UPTIME),
      count("shunned", "Shunned", NodeMetric.SHUNNED),
      count("peers", "Connected peers", NodeMetric.CONNECTED_PEERS).inJson("connected_peers").rank(10),
      count("gets", "Gets", NodeMetric.GETS),
      count("puts", "Puts", NodeMetric.PUTS),
      Column.size("memory", "Memory", (NodeLine line) -> metric(line.node(), NodeMetric.MEM).map(hundredths -> hundredths * BYTES_OF_MEM))
          .inJson("mem", of(NodeMetric.MEM)).rank(30),
      Column.percent("cpu", "CPU", (NodeLine line) -> metric(line.node(), NodeMetric.CPU).map(hundredths -> BigDecimal.valueOf(hundredths, 2)))
          .inJson("cpu", of(NodeMetric.CPU)).rank(35),
      count("open_connections", "Open connections", NodeMetric.OPEN_CONNECTIONS),
      count("total_peers", "Total peers", NodeMetric.TOTAL_PEERS),
      count("bad_peers", "Bad peers", NodeMetric.BAD_PEERS),
      count("relevant_records", "Relevant records", NodeMetric.REL_RECORDS).inJson("rel_records"),
      count("max_records", "Most records", NodeMetric.MAX_RECORDS),
      Column.decimal("rewards", "Rewards", (NodeLine line) -> line.node().metrics().rewards().map(attos -> new BigDecimal(attos, TOKEN_DIGITS)))
          .shownAs(line -> line.node().metrics().rewards().map(attos -> Human.decimal(new BigDecimal(attos, TOKEN_DIGITS).doubleValue()) + " ANT"))
          .inJson("rewards", line -> Json.text(line.node().metrics().rewards())),
      count("payments", "Payments", NodeMetric.PAYMENT_COUNT).inJson("payment_count"),
      span("live_time", "Live time", NodeMetric.LIVE_TIME),
      count("network_size", "Network size", NodeMetric.NETWORK_SIZE),
      Column.duration("age", "Age", NodeColumns::age).inJson("age", line -> seconds(line.node().createdAt()))
          .inFullAs(line -> age(line).map(age -> Human.time(age) + ", since " + Human.at(line.node().createdAt()))).rank(20),
      text("host", "Host", Node::host),
      text("method", "Made by", Node::method),
      text("layout", "Layout", Node::layout),
      text("environment", "Environment", Node::environment),
      text("program", "Program", node -> node.program().name()),
      number("browser_port", "Browser Port", node -> port(node.ports().browsers())),
      time("up_since", "Up since", NodeLine::upSince).inJson("up_since", epoch(NodeLine::upSince)),
      count("restarts", "Restarts", NodeMetric.RESTARTS).rank(60),
      process("threads", "Threads", NodeMetric.THREADS),
      process("open_files", "Open files", NodeMetric.OPEN_FILES),
      Column.size("disk", "Disk", NodeColumns::disk).inJson("disk_bytes", of(NodeMetric.DISK_BYTES))
          .inFullAs(line -> disk(line).map(bytes -> Human.bytes(bytes) + diskMeasured(line).map(at -> ", measured " + Human.ago(at, line.now())).orElse(""))),
      time("disk_measured", "Disk measured", NodeColumns::diskMeasured).inJson("disk_measured_at", of(NodeMetric.DISK_MEASURED_AT)),
      count("relays", "Relays", NodeMetric.RELAY_SESSIONS).inJson("relay_sessions"),
      count("audits_passed", "Audits passed", NodeMetric.AUDITS_PASSED),
      count("audits_failed", "Audits failed", NodeMetric.AUDITS_FAILED),
      time("process_measured", "Process measured", NodeLine::processMeasuredSince).inJson("process_measured_since", epoch(NodeLine::processMeasuredSince)),
      Column.oneOf("down_cause", "Down cause", Stream.of(DownCause.values()).filter(cause -> cause != DownCause.UNKNOWN).map(Enum::name).toList(),
          (NodeLine line) -> Optional.of(line.node().health().downCause()).filter(cause -> cause != DownCause.UNKNOWN).map(Enum::name))
          .shownAs(line -> Optional.of(line.node().health().downCause()).map(cause -> cause == DownCause.NONE ? "-" : cause.name())).inJson("down_cause", line -> new JsonPrimitive(line.node().health().downCause().name())),
      health("missed_probes", "Missed probes", node -> node.health().missedProbes()),
      health("failures", "Failures", node -> node.health().failures()),
      time("retry_after", "Retry after", NodeColumns::retryAfter).inJson("retry_after", epoch(NodeColumns::retryAfter)),
      text("last_error", "Last error", node -> node.health().lastError()).cutTo(20),
      number("pid", "PID", node -> node.health().pid().isPresent() ? Optional.of(node.health().pid().getAsLong()) : Optional.empty()),
      Column.text("last_incident", "Last incident", (NodeLine line) -> Optional.of(line.incident().map(Incident::words).orElse("")))
          .inJson("last_incident", line -> line.incident().map(NodeColumns::json).orElse(JsonNull.INSTANCE))
          .inFullAs(line -> line.incident().map(incident -> Human.atAndAgo(incident.seenAt(), line.now()) + ": " + incident.words())).cutTo(20),
      time("created", "Created", line -> known(line.node().createdAt())),
      Column.text("group", "Group", (NodeLine line) -> Optional.of(line.group().orElse(""))).inJson("group", line -> Json.text(line.group()))
          .aka("container").rank(25),
      Column.text("supervision", "Supervision", NodeLine::supervision).cutTo(20));

  /** All of them. */
  public static final Columns<NodeLine> ALL = new Columns<>(LIST);

  private NodeColumns() {}

  /** What is known of it, but for what ends with a process of which nobody knows. */
  static Optional<Long> metric(Node node, NodeMetric metric) {
    return node.shownMetrics().find(metric).isPresent() ? Optional.of(node.shownMetrics().find(metric).getAsLong()) : Optional.empty();
  }

  private static Column<NodeLine> text(String name, String title, Function<Node, String> value) {
    return Column.text(name, title, (NodeLine line) -> Optional.of(value.apply(line.node())))
        .inJson(name, line -> new JsonPrimitive(value.apply(line.node())));
  }

  private static Column<NodeLine> number(String name, String title, Function<Node, Optional<Long>> value) {
    return Column.number(name, title, line -> value.apply(line.node()));
  }

  private static Column<NodeLine> count(String name, String title, NodeMetric metric) {
    return Column.count(name, title, line -> metric(line.node(), metric));
  }

  private static Column<NodeLine> health(String name, String title, Function<Node, Integer> value) {
    return Column.count(name, title, line -> Optional.of(value.apply(line.node()).longValue()));
  }

  private static Column<NodeLine> span(String name, String title, NodeMetric seconds) {
    return Column.<NodeLine>duration(name, title, line -> metric(line.node(), seconds).map(Duration::ofSeconds)).inJson(name, of(seconds));
  }

  private static Column<NodeLine> time(String name, String title, Function<NodeLine, Optional<Instant>> value) {
    return Column.time(name, title, value, NodeLine::now);
  }

  /** What is only seen when its process is looked at, which need not be at each look at the node. */
  private static Column<NodeLine> process(String name, String title, NodeMetric metric) {
    return count(name, title, metric).inFullAs(line -> metric(line.node(), metric).map(value -> Human.count(value)
        + line.processMeasuredSince().map(time -> ", measured " + Human.ago(time, line.now()) + " or later").orElse("")));
  }

  private static Function<NodeLine, JsonElement> of(NodeMetric metric) {
    return line -> metric(line.node(), metric).<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE);
  }

  private static Function<NodeLine, JsonElement> epoch(Function<NodeLine, Optional<Instant>> time) {
    return line -> time.apply(line).<JsonElement>map(NodeColumns::seconds).orElse(JsonNull.INSTANCE);
  }

  private static JsonElement seconds(Instant time) {
    return new JsonPrimitive(time.getEpochSecond());
  }

  private static JsonElement json(Incident incident) {
    JsonObject json = new JsonObject();
    json.addProperty("kind", incident.kind().name());
    json.addProperty("seen_at", incident.seenAt().getEpochSecond());
    json.addProperty("cause", incident.cause());
    json.addProperty("words", incident.words());
    return json;
  }

  private static Optional<Long> port(OptionalInt port) {
    return port.isPresent() ? Optional.of((long) port.getAsInt()) : Optional.empty();
  }

  /** What a clock that was set back makes negative is not known. */
  private static Optional<Duration> age(NodeLine line) {
    return known(line.node().createdAt()).map(made -> Duration.between(made, line.now())).filter(age -> !age.isNegative());
  }

  private static Optional<Instant> known(Instant time) {
    return Optional.of(time).filter(some -> some.isAfter(Instant.EPOCH));
  }

  private static Optional<Instant> retryAfter(NodeLine line) {
    return known(line.node().health().retryAfter());
  }

  private static Optional<Instant> diskMeasured(NodeLine line) {
    return metric(line.node(), NodeMetric.DISK_MEASURED_AT).map(Instant::ofEpochSecond).flatMap(NodeColumns::known);
  }

  /** Where that was tried in vain, it has a time and no size. */
  private static Optional<Long> disk(NodeLine line) {
    return metric(line.node(), NodeMetric.DISK_BYTES);
  }

  /** How its state is coloured. What is unknown is neither good nor bad. */
  public static Tone tone(NodeLine line) {
    Node node = line.node();
    return node.isUnknown() ? Tone.FAINT : switch (node.status()) {
      case RUNNING -> Tone.GOOD;
      case DEAD -> Tone.BAD;
      case STOPPED -> node.health().isTroubled() ? Tone.BAD : Tone.PLAIN;
      case RESTARTING, UPGRADING, REMOVING, MIGRATING -> Tone.BUSY;
      case DISABLED, UNREADABLE -> Tone.FAINT;
    };
  }
}
