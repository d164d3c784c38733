package dev.wnm.core.store;

import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeMetrics;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Samples of the host and of the nodes, one per interval of {@link Retention}. A sample carries the time at which its
 * interval began, so that the table itself refuses a second one. What a node did not report, and what of
 * the host could not be measured, is NULL.
 */
final class History {
  private History() {}

  static void add(Connection connection, Collection<Node> nodes, Instant at) throws SQLException {
    long slot = Retention.slot(at, Retention.NODE_INTERVAL);
    try (PreparedStatement insert = connection.prepareStatement("INSERT OR IGNORE INTO node_sample (taken_at, node_id, status, records,"
        + " connected_peers, shunned, mem, cpu, rewards) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (Node node : nodes) {
        NodeMetrics metrics = node.metrics();
        Sql.bind(insert, slot, node.id(), node.status().name(), metrics.values().get(NodeMetric.RECORDS),
            metrics.values().get(NodeMetric.CONNECTED_PEERS), metrics.values().get(NodeMetric.SHUNNED),
            metrics.values().get(NodeMetric.MEM), metrics.values().get(NodeMetric.CPU),
            metrics.rewards().map(BigInteger::toString).orElse(null));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  static void add(Connection connection, HostMetrics host, int total, int running, Instant at) throws SQLException {
    Sql.change(connection, "INSERT OR IGNORE INTO host_sample (taken_at, used_cpu_percent, io_wait_percent, used_mem_percent,"
        + " used_hd_percent, load_average_1, hdio_read_bytes, hdio_write_bytes, netio_read_bytes, netio_write_bytes, total_nodes,"
        + " running_nodes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", Retention.slot(at, Retention.HOST_INTERVAL),
        orNull(host.usedCpuPercent()), orNull(host.ioWaitPercent()), orNull(host.usedMemoryPercent()), orNull(host.usedDiskPercent()),
        orNull(host.loadAverage1()), orNull(host.diskReadBytesPerSecond()), orNull(host.diskWriteBytesPerSecond()),
        orNull(host.netReadBytesPerSecond()), orNull(host.netWriteBytesPerSecond()), total, running);
  }

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static @Nullable Long orNull(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  static void thin(Connection connection, Instant now, int mostNodeSamples) throws SQLException {
    delete(connection, "host_sample", Retention.expired(times(connection, "host_sample"), now));
    List<Long> times = new ArrayList<>(times(connection, "node_sample"));
    List<Long> expired = Retention.expired(times, now);
    delete(connection, "node_sample", expired);
    // Counting reads the whole table, so it waits until something grew old enough: then the table may have grown, too.
    if (!expired.isEmpty()) {
      times.removeAll(expired);
      times.removeIf(time -> time >= Retention.untouched(now));
      long excess = Sql.number(connection, "SELECT COUNT(*) FROM node_sample") - mostNodeSamples;
      for (int i = 0; i < times.size() && excess > 0; i++) {
        excess -= delete(connection, "node_sample", List.of(times.get(i)));
      }
    }
  }

  /** The different times in a table, ascending: a hop through its primary key for each, not a read of every row. */
  private static List<Long> times(Connection connection, String table) throws SQLException {
    return Sql.rows(connection, "WITH RECURSIVE hop(t) AS (SELECT MIN(taken_at) FROM " + table + " UNION ALL SELECT (SELECT MIN(taken_at)"
        + " FROM " + table + " WHERE taken_at > t) FROM hop WHERE t IS NOT NULL) SELECT t FROM hop WHERE t IS NOT NULL",
        row -> row.getLong(1));
  }

  private static int delete(Connection connection, String table, List<Long> times) throws SQLException {
    int deleted = 0;
    for (long time : times) {
      deleted += Sql.change(connection, "DELETE FROM " + table + " WHERE taken_at = ?", time);
    }
    return deleted;
  }
}
