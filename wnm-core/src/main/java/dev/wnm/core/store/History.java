package dev.wnm.core.store;

import static dev.wnm.core.store.schema.Tables.HOST_SAMPLE;
import static dev.wnm.core.store.schema.Tables.NODE_SAMPLE;

import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeMetrics;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jooq.BatchBindStep;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Result;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Samples of the host and of the nodes, one per interval of {@link Retention}. A sample carries the time at which its
 * interval began, so that the table itself refuses a second one. What a node did not report, and what of
 * the host could not be measured, is NULL.
 */
final class History {
  private History() {}

  static void add(DSLContext sql, Collection<Node> nodes, Instant at) {
    if (nodes.isEmpty()) {
      return;
    }
    long slot = Retention.slot(at, Retention.NODE_INTERVAL);
    BatchBindStep batch = sql.batch(sql.insertInto(NODE_SAMPLE, NODE_SAMPLE.TAKEN_AT, NODE_SAMPLE.NODE_ID, NODE_SAMPLE.STATUS,
        NODE_SAMPLE.RECORDS, NODE_SAMPLE.CONNECTED_PEERS, NODE_SAMPLE.SHUNNED, NODE_SAMPLE.MEM, NODE_SAMPLE.CPU,
        NODE_SAMPLE.REWARDS).values(0L, 0L, "", 0L, 0L, 0L, 0L, 0L, "").onConflictDoNothing());
    for (Node node : nodes) {
      NodeMetrics metrics = node.metrics();
      batch = batch.bind(slot, (long) node.id(), node.status().name(), metrics.values().get(NodeMetric.RECORDS),
          metrics.values().get(NodeMetric.CONNECTED_PEERS), metrics.values().get(NodeMetric.SHUNNED),
          metrics.values().get(NodeMetric.MEM), metrics.values().get(NodeMetric.CPU),
          metrics.rewards().map(BigInteger::toString).orElse(null));
    }
    batch.execute();
  }

  static void add(DSLContext sql, HostMetrics host, int total, int running, Instant at) {
    sql.insertInto(HOST_SAMPLE)
        .set(HOST_SAMPLE.TAKEN_AT, Retention.slot(at, Retention.HOST_INTERVAL))
        .set(HOST_SAMPLE.USED_CPU_PERCENT, orNull(host.usedCpuPercent()))
        .set(HOST_SAMPLE.IO_WAIT_PERCENT, orNull(host.ioWaitPercent()))
        .set(HOST_SAMPLE.USED_MEM_PERCENT, orNull(host.usedMemoryPercent()))
        .set(HOST_SAMPLE.USED_HD_PERCENT, orNull(host.usedDiskPercent()))
        .set(HOST_SAMPLE.LOAD_AVERAGE_1, orNull(host.loadAverage1()))
        .set(HOST_SAMPLE.HDIO_READ_BYTES, orNull(host.diskReadBytesPerSecond()))
        .set(HOST_SAMPLE.HDIO_WRITE_BYTES, orNull(host.diskWriteBytesPerSecond()))
        .set(HOST_SAMPLE.NETIO_READ_BYTES, orNull(host.netReadBytesPerSecond()))
        .set(HOST_SAMPLE.NETIO_WRITE_BYTES, orNull(host.netWriteBytesPerSecond()))
        .set(HOST_SAMPLE.TOTAL_NODES, (long) total)
        .set(HOST_SAMPLE.RUNNING_NODES, (long) running)
        .onConflictDoNothing().execute();
  }

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static @Nullable Long orNull(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  static void thin(DSLContext sql, Instant now, int mostNodeSamples) {
    delete(sql, HOST_SAMPLE, HOST_SAMPLE.TAKEN_AT, Retention.expired(times(sql, HOST_SAMPLE, HOST_SAMPLE.TAKEN_AT), now));
    List<Long> times = new ArrayList<>(times(sql, NODE_SAMPLE, NODE_SAMPLE.TAKEN_AT));
    List<Long> expired = Retention.expired(times, now);
    delete(sql, NODE_SAMPLE, NODE_SAMPLE.TAKEN_AT, expired);
    // Counting reads the whole table, so it waits until something grew old enough: then the table may have grown, too.
    if (!expired.isEmpty()) {
      times.removeAll(expired);
      times.removeIf(time -> time >= Retention.untouched(now));
      int excess = sql.fetchCount(NODE_SAMPLE) - mostNodeSamples;
      for (int i = 0; i < times.size() && excess > 0; i++) {
        excess -= delete(sql, NODE_SAMPLE, NODE_SAMPLE.TAKEN_AT, List.of(times.get(i)));
      }
    }
  }

  /** The different times in a table, ascending: a hop through its primary key for each, not a read of every row. */
  private static List<Long> times(DSLContext sql, Table<?> table, Field<Long> column) {
    Result<Record1<Long>> times = sql.resultQuery(
        "WITH RECURSIVE hop(t) AS (SELECT MIN({0}) FROM {1} UNION ALL SELECT (SELECT MIN({0}) FROM {1} WHERE {0} > t) FROM hop"
            + " WHERE t IS NOT NULL) SELECT t FROM hop WHERE t IS NOT NULL", column, table).coerce(DSL.field("t", Long.class)).fetch();
    return times.getValues(0, Long.class);
  }

  private static int delete(DSLContext sql, Table<?> table, Field<Long> column, List<Long> times) {
    int deleted = 0;
    for (long time : times) {
      deleted += sql.deleteFrom(table).where(column.eq(time)).execute();
    }
    return deleted;
  }
}
