package dev.wnm.core.store;

import static dev.wnm.core.store.schema.Tables.OPERATION;

import dev.wnm.core.model.OperationKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;

/** The journal of operations. Entries are closed, never changed otherwise, and forgotten when they are old. */
final class Journal {
  private static final System.Logger LOG = System.getLogger(Journal.class.getName());

  /** How long a closed entry is kept. */
  static final Duration KEPT_FOR = Duration.ofDays(30);
  /** Of the closed entries, the newest this many are kept at most. */
  static final int MOST_KEPT = 100_000;

  /** A plan of an unusual size is not read; nobody understands an empty one, so that its entry stays open. */
  private static final String OPEN = "SELECT id, kind, node_id, service, CASE WHEN octet_length(plan) > " + Cells.MOST_TEXT
      + " THEN '' ELSE plan END AS bounded_plan, opened_at FROM operation WHERE closed_at IS NULL ORDER BY id";

  /** What ends with a process that was begun. */
  private static final String STARTING = Stream.of(OperationKind.ADD, OperationKind.START, OperationKind.RESTART,
      OperationKind.UPGRADE).map(kind -> "'" + kind.stored() + "'").collect(Collectors.joining(", "));

  private Journal() {}

  static long begin(DSLContext sql, OperationKind kind, int nodeId, String service, String plan, Instant now) {
    return sql.insertInto(OPERATION)
        .set(OPERATION.KIND, kind.stored())
        .set(OPERATION.NODE_ID, (long) nodeId)
        .set(OPERATION.SERVICE, service)
        .set(OPERATION.PLAN, plan)
        .set(OPERATION.OPENED_AT, now.getEpochSecond())
        .returningResult(OPERATION.ID).fetchOne().value1();
  }

  static List<OpenOperation> open(Connection connection) throws SQLException {
    return Sql.rows(connection, OPEN, Journal::operation).stream().flatMap(Optional::stream).toList();
  }

  static void close(DSLContext sql, long id, boolean succeeded, String detail, Instant now) {
    int closed = sql.update(OPERATION)
        .set(OPERATION.CLOSED_AT, now.getEpochSecond())
        .set(OPERATION.OUTCOME, succeeded ? "DONE" : "FAILED")
        .set(OPERATION.DETAIL, detail)
        .where(OPERATION.ID.eq(id)).and(OPERATION.CLOSED_AT.isNull()).execute();
    if (closed == 0) {
      throw new IllegalArgumentException("operation " + id + " is not open");
    }
  }

  /** When each node was last started successfully, by its id; of nodes that were since that time. */
  static Map<Integer, Instant> startsSince(Connection connection, Instant time) throws SQLException {
    Map<Integer, Instant> starts = new HashMap<>();
    Sql.each(connection, "SELECT node_id, MAX(closed_at) FROM operation WHERE closed_at >= ? AND node_id IS NOT NULL AND outcome = 'DONE'"
        + " AND kind IN (" + STARTING + ") GROUP BY node_id",
        row -> starts.put((int) row.getLong(1), Instant.ofEpochSecond(row.getLong(2))), time.getEpochSecond());
    return starts;
  }

  static void thin(Connection connection, Instant now) throws SQLException {
    Sql.change(connection, "DELETE FROM operation WHERE closed_at < ? OR closed_at IS NOT NULL AND id <= (SELECT MAX(id) FROM operation) - ?",
        now.minus(KEPT_FOR).getEpochSecond(), MOST_KEPT);
  }

  /** Empty for a kind that only another version of wnm knows: its entry stays open for that one. */
  private static Optional<OpenOperation> operation(ResultSet row) throws SQLException {
    long id = row.getLong("id");
    String name = Cells.text(row, "kind");
    Optional<OperationKind> kind =
        Arrays.stream(OperationKind.values()).filter(known -> known.stored().equals(name)).findFirst();
    if (kind.isEmpty()) {
      LOG.log(System.Logger.Level.WARNING, "operation {0} is of a kind that this wnm does not know: {1}", Long.toString(id), name);
      return Optional.empty();
    }
    long nodeId = row.getLong("node_id");
    return Optional.of(new OpenOperation(id, kind.get(), nodeId != (int) nodeId ? 0 : (int) nodeId, Cells.text(row, "service"),
        Cells.text(row, "bounded_plan"), Cells.seconds(row.getLong("opened_at"))));
  }
}
