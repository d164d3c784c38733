package dev.wnm.core.store;

import static dev.wnm.core.store.schema.Tables.OPERATION;

import dev.wnm.core.history.OperationQuery;
import dev.wnm.core.history.PastOperation;
import dev.wnm.core.model.Motive;
import dev.wnm.core.model.OperationKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;

/** The journal of operations. Entries are closed, never changed otherwise, and forgotten when they are old. */
final class Journal {
  private static final System.Logger LOG = System.getLogger(Journal.class.getName());

  /** A plan of an unusual size is not read; nobody understands an empty one, so that its entry stays open. */
  private static final String OPEN = "SELECT id, kind, node_id, service, CASE WHEN octet_length(plan) > " + Cells.MOST_TEXT
      + " THEN '' ELSE plan END AS bounded_plan, opened_at FROM operation WHERE closed_at IS NULL ORDER BY id";

  private static final String PAST = "SELECT id, kind, node_id, substr(service, 1, 200) AS service, substr(reason, 1, 2000) AS reason,"
      + " decision_id, asked_by, opened_at, closed_at, outcome, substr(COALESCE(detail, ''), 1, 4000) AS detail FROM operation WHERE ";

  /** What ends with a process that was begun. */
  private static final String STARTING = Stream.of(OperationKind.ADD, OperationKind.START, OperationKind.RESTART,
      OperationKind.UPGRADE).map(kind -> "'" + kind.stored() + "'").collect(Collectors.joining(", "));

  private Journal() {}

  static long begin(DSLContext sql, OperationKind kind, int nodeId, String service, String plan, Motive motive, Instant now) {
    return sql.insertInto(OPERATION)
        .set(OPERATION.KIND, kind.stored())
        .set(OPERATION.NODE_ID, (long) nodeId)
        .set(OPERATION.SERVICE, service)
        .set(OPERATION.PLAN, plan)
        .set(OPERATION.OPENED_AT, now.getEpochSecond())
        .set(OPERATION.DECISION_ID, motive.decision().isPresent() ? motive.decision().getAsLong() : null)
        .set(OPERATION.REASON, motive.reason())
        .set(OPERATION.ASKED_BY, motive.askedBy())
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

  /** The newest first. */
  static List<PastOperation> find(Connection connection, OperationQuery query) throws SQLException {
    StringBuilder where = new StringBuilder();
    in(where, "node_id", query.nodes());
    in(where, "decision_id", query.decisions());
    in(where, "kind", query.kinds().stream().map(kind -> "'" + kind.stored() + "'").toList());
    in(where, "COALESCE(outcome, 'OPEN')", query.endings().stream().map(ending -> "'" + ending + "'").toList());
    return Sql.rows(connection, PAST + "opened_at >= ? AND opened_at < ?" + where + " ORDER BY opened_at DESC, id DESC LIMIT ?", Journal::past,
        query.range().from().getEpochSecond(), query.range().until().getEpochSecond(), query.most())
        .stream().flatMap(Optional::stream).toList();
  }

  /** Those that failed, the oldest first. @param which a condition @param since and not before this time */
  static List<PastOperation> failures(Connection connection, String which, Instant since, int most) throws SQLException {
    return Sql.rows(connection, PAST + which + " AND outcome = 'FAILED' AND closed_at >= ? ORDER BY id LIMIT ?", Journal::past,
        since.getEpochSecond(), most).stream().flatMap(Optional::stream).toList();
  }

  /** @param values numbers, or words of enums between quotes */
  private static void in(StringBuilder where, String column, Collection<?> values) {
    if (!values.isEmpty()) {
      where.append(" AND ").append(column).append(values.stream().map(String::valueOf).collect(Collectors.joining(", ", " IN (", ")")));
    }
  }

  private static Optional<PastOperation> past(ResultSet row) throws SQLException {
    Optional<OperationKind> kind = kind(row.getString("kind"));
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    long decision = row.getLong("decision_id");
    OptionalLong decisionId = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(decision);
    long closed = row.getLong("closed_at");
    Optional<Instant> ended = row.wasNull() ? Optional.empty() : Optional.of(Cells.seconds(closed));
    PastOperation.Ending ending = ended.isEmpty() ? PastOperation.Ending.OPEN
        : "DONE".equals(row.getString("outcome")) ? PastOperation.Ending.DONE : PastOperation.Ending.FAILED;
    return Optional.of(new PastOperation(row.getLong("id"), kind.get(), row.getInt("node_id"), row.getString("service"),
        new Motive(row.getString("reason"), decisionId, row.getString("asked_by")), Cells.seconds(row.getLong("opened_at")), ended,
        ending, row.getString("detail")));
  }

  private static Optional<OperationKind> kind(String stored) {
    return Arrays.stream(OperationKind.values()).filter(known -> known.stored().equals(stored)).findFirst();
  }

  /** Empty for a kind that only another version of wnm knows: its entry stays open for that one. */
  private static Optional<OpenOperation> operation(ResultSet row) throws SQLException {
    long id = row.getLong("id");
    String name = Cells.text(row, "kind");
    Optional<OperationKind> kind = kind(name);
    if (kind.isEmpty()) {
      LOG.log(System.Logger.Level.WARNING, "operation {0} is of a kind that this wnm does not know: {1}", Long.toString(id), name);
      return Optional.empty();
    }
    long nodeId = row.getLong("node_id");
    return Optional.of(new OpenOperation(id, kind.get(), nodeId != (int) nodeId ? 0 : (int) nodeId, Cells.text(row, "service"),
        Cells.text(row, "bounded_plan"), Cells.seconds(row.getLong("opened_at"))));
  }
}
