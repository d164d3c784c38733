package dev.wnm.core.store;

import dev.wnm.core.history.Course;
import dev.wnm.core.history.NodePoint;
import dev.wnm.core.history.TimeRange;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.core.model.NodeStatus;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Samples of the nodes, as {@link HostSamples} are of the host. What a node did not report is NULL. */
final class NodeSamples {
  /** What is kept of a node's metrics; each has a column of its name. */
  private static final List<NodeMetric> KEPT = List.of(NodeMetric.RECORDS, NodeMetric.CONNECTED_PEERS, NodeMetric.SHUNNED, NodeMetric.MEM,
      NodeMetric.CPU, NodeMetric.RESTARTS);
  private static final String COLUMNS = KEPT.stream().map(metric -> metric.column() + ", ").collect(Collectors.joining());

  private NodeSamples() {}

  static void add(Connection connection, Collection<Node> nodes, Instant at) throws SQLException {
    long slot = Retention.slot(at, Retention.NODE_INTERVAL);
    try (PreparedStatement insert = connection.prepareStatement("INSERT OR IGNORE INTO node_sample (taken_at, node_id, status, " + COLUMNS
        + "rewards) VALUES (?, ?, ?, " + "?, ".repeat(KEPT.size()) + "?)")) {
      for (Node node : nodes) {
        int column = 1;
        insert.setLong(column++, slot);
        insert.setLong(column++, node.id());
        insert.setString(column++, node.status().name());
        for (NodeMetric metric : KEPT) {
          insert.setObject(column++, node.metrics().values().get(metric));
        }
        insert.setString(column, node.metrics().rewards().map(BigInteger::toString).orElse(null));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** A hop through the primary key for each time, since samples lie together by time and not by node. */
  static Course<NodePoint> course(Connection connection, int nodeId, TimeRange range, Duration step) throws SQLException {
    List<NodePoint> points = new ArrayList<>();
    long[] lastStep = {Long.MIN_VALUE};
    Sql.each(connection, "WITH RECURSIVE hop(t) AS (SELECT MIN(taken_at) FROM node_sample WHERE taken_at >= ?1 UNION ALL"
        + " SELECT (SELECT MIN(taken_at) FROM node_sample WHERE taken_at > t) FROM hop WHERE t < ?2)"
        + " SELECT taken_at, status, " + COLUMNS + "rewards FROM hop CROSS JOIN node_sample ON taken_at = t AND node_id = ?3 WHERE t < ?2"
        + " ORDER BY t", row -> {
          long at = row.getLong(1);
          // Of each step the last one stays.
          if (Math.floorDiv(at, step.toSeconds()) == lastStep[0]) {
            points.remove(points.size() - 1);
          }
          lastStep[0] = Math.floorDiv(at, step.toSeconds());
          points.add(point(row));
        }, range.from().getEpochSecond(), range.until().getEpochSecond(), nodeId);
    return new Course<>(step, points);
  }

  private static NodePoint point(ResultSet row) throws SQLException {
    Map<NodeMetric, Long> values = new EnumMap<>(NodeMetric.class);
    for (int i = 0; i < KEPT.size(); i++) {
      long value = row.getLong(3 + i);
      if (!row.wasNull()) {
        values.put(KEPT.get(i), value);
      }
    }
    String status = row.getString(2);
    String rewards = row.getString(3 + KEPT.size());
    return new NodePoint(Instant.ofEpochSecond(row.getLong(1)),
        Arrays.stream(NodeStatus.values()).filter(known -> known.name().equals(status)).findFirst(), new NodeMetrics(values,
            Optional.ofNullable(rewards).filter(text -> text.matches("[0-9]{1,80}")).map(BigInteger::new)));
  }
}
