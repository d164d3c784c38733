package dev.wnm.core.store;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeHealth;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.model.Version;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The nodes: rows of {@code node}, each with its row of {@code node_health}. */
final class NodeTable {
  /** The metrics that the Python wnm knows, too: columns of {@code node}. */
  static final List<NodeMetric> METRICS = Arrays.stream(NodeMetric.values()).filter(metric -> !metric.isOurs()).toList();
  /** Those that it does not know: columns of {@code node_health}, empty where nothing is known. */
  static final List<NodeMetric> OURS = Arrays.stream(NodeMetric.values()).filter(NodeMetric::isOurs).toList();

  /** The columns of texts of both tables. */
  static final List<String> TEXTS = List.of("node.manager_type", "node.node_name", "node.service", "node.user", "node.binary",
      "node.version", "node.root_dir", "node.log_dir", "node.network", "node.wallet", "node.peer_id", "node.status", "node.rewards",
      "node.host", "node.method", "node.layout", "node.environment", "node_health.down_cause", "node_health.last_error",
      "node_health.absent_metrics", "node_health.program", "node_health.log_file");

  /** The columns of {@code node_health} first: of two with one name, it is theirs that is read. */
  private static final String SELECT = "SELECT node_health.*, node.*, " + NodeRow.TYPES + ", " + Cells.textOf(TEXTS)
      + " AS text FROM node LEFT JOIN node_health ON node_health.node_id = node.id";

  private NodeTable() {}

  static List<Node> all(Connection connection) throws SQLException {
    return select(connection, " ORDER BY node.id");
  }

  static Optional<Node> find(Connection connection, int id) throws SQLException {
    return select(connection, " WHERE node.id = " + id).stream().findFirst();
  }

  private static List<Node> select(Connection connection, String which) throws SQLException {
    List<Node> nodes = new ArrayList<>();
    Set<Integer> containers = ContainerTable.all(connection).stream().map(container -> container.id().orElseThrow())
        .collect(Collectors.toSet());
    Sql.each(connection, SELECT + which, row -> NodeRow.parse(row, containers).ifPresent(nodes::add));
    return nodes;
  }

  /** Inserts or replaces, but for rows that cannot be read; call in a transaction. */
  static void save(Connection connection, Collection<Node> all) throws SQLException {
    List<Node> nodes = all.stream().filter(node -> node.status() != NodeStatus.UNREADABLE).toList();
    Sql.upsert(connection, "node", "id", nodes.stream().map(NodeTable::columns).iterator());
    Sql.upsert(connection, "node_health", "node_id", nodes.stream().map(NodeTable::healthColumns).iterator());
  }

  static void delete(Connection connection, Collection<Integer> ids) throws SQLException {
    for (int id : ids) {
      Sql.change(connection, "DELETE FROM node WHERE id = ?", id);
    }
  }

  private static Map<String, @Nullable Object> columns(Node node) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("id", (long) node.id());
    row.put("machine_id", MachineTable.ID);
    row.put("container_id", node.containerId().map(Integer::longValue).orElse(null));
    row.put("manager_type", node.managerType());
    row.put("node_name", node.nodeName());
    row.put("service", node.service());
    row.put("user", node.user());
    row.put("binary", node.binary().toString());
    row.put("version", node.version().map(Version::text).orElse(null));
    row.put("root_dir", node.rootDir().toString());
    row.put("log_dir", node.logDir().map(Path::toString).orElse(null));
    row.put("port", (long) node.ports().node());
    row.put("metrics_port", (long) node.ports().metrics().orElse(0));
    row.put("rpc_port", (long) node.ports().rpc().orElse(0));
    row.put("network", node.network());
    row.put("wallet", node.wallet());
    row.put("peer_id", node.peerId());
    row.put("status", node.status().name());
    row.put("timestamp", node.statusAt().getEpochSecond());
    // These columns may not be empty: the row of the node's health says which 0 is no measurement.
    METRICS.forEach(metric -> row.put(metric.column(), node.metrics().orZero(metric)));
    row.put("rewards", node.metrics().rewards().map(BigInteger::toString).orElse(null));
    row.put("age", node.createdAt().getEpochSecond());
    row.put("host", node.host());
    row.put("method", node.method());
    row.put("layout", node.layout());
    row.put("environment", node.environment());
    return row;
  }

  private static Map<String, @Nullable Object> healthColumns(Node node) {
    NodeHealth health = node.health();
    OptionalLong pid = health.pid();
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("node_id", (long) node.id());
    row.put("down_cause", health.downCause().name());
    row.put("missed_probes", (long) health.missedProbes());
    row.put("failures", (long) health.failures());
    row.put("retry_after", health.retryAfter().getEpochSecond());
    row.put("last_error", health.lastError());
    row.put("pid", pid.isPresent() ? pid.getAsLong() : null);
    row.put("absent_metrics", absent(node.metrics()));
    row.put("program", node.program().name());
    row.put("browser_port", (long) node.ports().browsers().orElse(0));
    row.put("log_file", node.logPosition().file());
    row.put("log_position", node.logPosition().bytes());
    OURS.forEach(metric -> row.put(metric.column(), node.metrics().values().get(metric)));
    return row;
  }

  /** The names of the columns whose 0 is no measurement. */
  private static String absent(NodeMetrics metrics) {
    return METRICS.stream().filter(metric -> metrics.find(metric).isEmpty()).map(NodeMetric::column).collect(Collectors.joining(","));
  }
}
