package dev.wnm.core.store;

import static dev.wnm.core.store.schema.Tables.NODE;
import static dev.wnm.core.store.schema.Tables.NODE_HEALTH;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeHealth;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.model.Version;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.BatchBindStep;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The nodes: rows of {@code node}, each with its row of {@code node_health}. */
final class NodeTable {
  /** The column of each metric that the Python wnm knows, too. */
  static final Map<NodeMetric, Field<Long>> METRICS = metricColumns(NODE, false);
  /** The column of each metric that it does not know; empty where nothing is known. */
  static final Map<NodeMetric, Field<Long>> OURS = metricColumns(NODE_HEALTH, true);

  private static final Field<Long> TEXT = Cells.textOf(NODE, NODE_HEALTH);

  private NodeTable() {}

  static List<Node> all(DSLContext sql) {
    return select(sql, DSL.noCondition());
  }

  static Optional<Node> find(DSLContext sql, int id) {
    return select(sql, NODE.ID.eq((long) id)).stream().findFirst();
  }

  private static List<Node> select(DSLContext sql, Condition condition) {
    List<Node> nodes = new ArrayList<>();
    Set<Integer> containers = ContainerTable.all(sql).stream().map(container -> container.id().orElseThrow())
        .collect(Collectors.toSet());
    // Row by row: thousands of rows held as jOOQ's records would be most of a cycle's memory.
    try (Cursor<Record> rows = sql.select(NODE.fields()).select(NODE_HEALTH.fields()).select(NodeRow.TYPES.values())
        .from(NODE).leftJoin(NODE_HEALTH).on(NODE_HEALTH.NODE_ID.eq(NODE.ID))
        .where(condition).and(TEXT.le((long) Cells.MOST_TEXT)).orderBy(NODE.ID)
        .fetchLazy()) {
      rows.forEach(row -> NodeRow.parse(row, containers).ifPresent(nodes::add));
    }
    List<Long> tooLarge = sql.select(NODE.ID).from(NODE).leftJoin(NODE_HEALTH).on(NODE_HEALTH.NODE_ID.eq(NODE.ID))
        .where(condition).and(TEXT.gt((long) Cells.MOST_TEXT)).and(NODE.ID.between(1L, (long) Integer.MAX_VALUE)).fetch(NODE.ID);
    if (!tooLarge.isEmpty()) {
      tooLarge.forEach(id -> nodes.add(NodeRow.unreadable(id.intValue(), "it holds more than " + Cells.MOST_TEXT + " bytes")));
      nodes.sort(Comparator.comparing(Node::id));
    }
    return nodes;
  }

  /** Inserts or replaces, but for rows that cannot be read; call in a transaction. */
  static void save(DSLContext sql, Collection<Node> all) {
    List<Node> nodes = all.stream().filter(node -> node.status() != NodeStatus.UNREADABLE).toList();
    upsert(sql, NODE, NODE.ID, nodes.stream().map(NodeTable::columns).toList());
    upsert(sql, NODE_HEALTH, NODE_HEALTH.NODE_ID, nodes.stream().map(NodeTable::healthColumns).toList());
  }

  static void delete(DSLContext sql, int id) {
    sql.deleteFrom(NODE).where(NODE.ID.eq((long) id)).execute();
  }

  /** One statement for all rows, which all name the same columns in the same order. */
  private static void upsert(DSLContext sql, Table<?> table, Field<Long> key, List<Map<Field<?>, Object>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    Map<Field<?>, Object> first = rows.get(0);
    Map<Field<?>, Object> update = new LinkedHashMap<>();
    first.keySet().stream().filter(field -> !field.equals(key)).forEach(field -> update.put(field, DSL.excluded(field)));
    Query statement =
        sql.insertInto(table, first.keySet()).values(first.values()).onConflict(key).doUpdate().set(update);
    BatchBindStep batch = sql.batch(statement);
    for (Map<Field<?>, Object> row : rows) {
      batch = batch.bind(row.values().toArray());
    }
    batch.execute();
  }

  private static Map<Field<?>, Object> columns(Node node) {
    Map<Field<?>, Object> row = new LinkedHashMap<>();
    row.put(NODE.ID, (long) node.id());
    row.put(NODE.MACHINE_ID, MachineTable.ID);
    row.put(NODE.CONTAINER_ID, node.containerId().map(Integer::longValue).orElse(null));
    row.put(NODE.MANAGER_TYPE, node.managerType());
    row.put(NODE.NODE_NAME, node.nodeName());
    row.put(NODE.SERVICE, node.service());
    row.put(NODE.USER, node.user());
    row.put(NODE.BINARY, node.binary().toString());
    row.put(NODE.VERSION, node.version().map(Version::text).orElse(null));
    row.put(NODE.ROOT_DIR, node.rootDir().toString());
    row.put(NODE.LOG_DIR, node.logDir().map(Path::toString).orElse(null));
    row.put(NODE.PORT, (long) node.ports().node());
    row.put(NODE.METRICS_PORT, (long) node.ports().metrics().orElse(0));
    row.put(NODE.RPC_PORT, (long) node.ports().rpc().orElse(0));
    row.put(NODE.NETWORK, node.network());
    row.put(NODE.WALLET, node.wallet());
    row.put(NODE.PEER_ID, node.peerId());
    row.put(NODE.STATUS, node.status().name());
    row.put(NODE.TIMESTAMP, node.statusAt().getEpochSecond());
    // These columns may not be empty: the row of the node's health says which 0 is no measurement.
    METRICS.forEach((metric, column) -> row.put(column, node.metrics().orZero(metric)));
    row.put(NODE.REWARDS, node.metrics().rewards().map(BigInteger::toString).orElse(null));
    row.put(NODE.AGE, node.createdAt().getEpochSecond());
    row.put(NODE.HOST, node.host());
    row.put(NODE.METHOD, node.method());
    row.put(NODE.LAYOUT, node.layout());
    row.put(NODE.ENVIRONMENT, node.environment());
    return row;
  }

  private static Map<Field<?>, Object> healthColumns(Node node) {
    NodeHealth health = node.health();
    OptionalLong pid = health.pid();
    Map<Field<?>, Object> row = new LinkedHashMap<>();
    row.put(NODE_HEALTH.NODE_ID, (long) node.id());
    row.put(NODE_HEALTH.DOWN_CAUSE, health.downCause().name());
    row.put(NODE_HEALTH.MISSED_PROBES, (long) health.missedProbes());
    row.put(NODE_HEALTH.FAILURES, (long) health.failures());
    row.put(NODE_HEALTH.RETRY_AFTER, health.retryAfter().getEpochSecond());
    row.put(NODE_HEALTH.LAST_ERROR, health.lastError());
    row.put(NODE_HEALTH.PID, pid.isPresent() ? pid.getAsLong() : null);
    row.put(NODE_HEALTH.ABSENT_METRICS, absent(node.metrics()));
    row.put(NODE_HEALTH.PROGRAM, node.program().name());
    row.put(NODE_HEALTH.BROWSER_PORT, (long) node.ports().browsers().orElse(0));
    row.put(NODE_HEALTH.LOG_FILE, node.logPosition().file());
    row.put(NODE_HEALTH.LOG_POSITION, node.logPosition().bytes());
    OURS.forEach((metric, column) -> row.put(column, node.metrics().values().get(metric)));
    return row;
  }

  /** The names of the columns whose 0 is no measurement. */
  private static String absent(NodeMetrics metrics) {
    return METRICS.entrySet().stream().filter(column -> metrics.find(column.getKey()).isEmpty())
        .map(column -> column.getValue().getName()).collect(Collectors.joining(","));
  }

  private static Map<NodeMetric, Field<Long>> metricColumns(Table<?> table, boolean ours) {
    Map<NodeMetric, Field<Long>> columns = new EnumMap<>(NodeMetric.class);
    for (NodeMetric metric : NodeMetric.values()) {
      if (metric.isOurs() == ours) {
        columns.put(metric, table.field(metric.column(), Long.class));
      }
    }
    return columns;
  }
}
