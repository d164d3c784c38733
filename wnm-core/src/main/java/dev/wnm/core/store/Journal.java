package dev.wnm.core.store;

import static dev.wnm.core.store.schema.Tables.OPERATION;

import dev.wnm.core.model.OperationKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** The journal of operations. Entries are closed, never changed otherwise, and forgotten when they are old. */
final class Journal {
  private static final System.Logger LOG = System.getLogger(Journal.class.getName());

  /** How long a closed entry is kept. */
  static final Duration KEPT_FOR = Duration.ofDays(30);
  /** Of the closed entries, the newest this many are kept at most. */
  static final int MOST_KEPT = 100_000;

  /** A plan of an unusual size is not read; nobody understands an empty one, so that its entry stays open. */
  private static final Field<String> PLAN = DSL.field("CASE WHEN octet_length({0}) > {1} THEN '' ELSE {0} END", String.class,
      OPERATION.PLAN, DSL.inline(Cells.MOST_TEXT)).as("bounded_plan");

  /** What ends with a process that was begun. */
  private static final List<String> STARTING = Stream.of(OperationKind.ADD, OperationKind.START, OperationKind.RESTART,
      OperationKind.UPGRADE).map(OperationKind::stored).toList();

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

  static List<OpenOperation> open(DSLContext sql) {
    return sql.select(OPERATION.ID, OPERATION.KIND, OPERATION.NODE_ID, OPERATION.SERVICE, PLAN, OPERATION.OPENED_AT)
        .from(OPERATION).where(OPERATION.CLOSED_AT.isNull()).orderBy(OPERATION.ID).fetch(Journal::operation).stream()
        .flatMap(Optional::stream).toList();
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
  static Map<Integer, Instant> startsSince(DSLContext sql, Instant time) {
    Map<Integer, Instant> starts = new HashMap<>();
    sql.select(OPERATION.NODE_ID, DSL.max(OPERATION.CLOSED_AT)).from(OPERATION)
        .where(OPERATION.CLOSED_AT.ge(time.getEpochSecond())).and(OPERATION.NODE_ID.isNotNull())
        .and(OPERATION.OUTCOME.eq("DONE")).and(OPERATION.KIND.in(STARTING))
        .groupBy(OPERATION.NODE_ID)
        .forEach(row -> starts.put(row.value1().intValue(), Instant.ofEpochSecond(row.value2())));
    return starts;
  }

  static void thin(DSLContext sql, Instant now) {
    sql.deleteFrom(OPERATION)
        .where(OPERATION.CLOSED_AT.lt(now.minus(KEPT_FOR).getEpochSecond()))
        .or(OPERATION.CLOSED_AT.isNotNull().and(OPERATION.ID.le(newest(sql) - MOST_KEPT)))
        .execute();
  }

  private static long newest(DSLContext sql) {
    Long id = sql.select(OPERATION.ID).from(OPERATION).orderBy(OPERATION.ID.desc()).limit(1).fetchOne(OPERATION.ID);
    return id == null ? 0 : id;
  }

  /** Empty for a kind that only another version of wnm knows: its entry stays open for that one. */
  private static Optional<OpenOperation> operation(Record row) {
    String name = row.get(OPERATION.KIND);
    Optional<OperationKind> kind =
        Arrays.stream(OperationKind.values()).filter(known -> known.stored().equals(name)).findFirst();
    if (kind.isEmpty()) {
      LOG.log(System.Logger.Level.WARNING, "operation {0} is of a kind that this wnm does not know: {1}",
          row.get(OPERATION.ID).toString(), name);
    }
    Long nodeId = row.get(OPERATION.NODE_ID);
    return kind.map(known -> new OpenOperation(row.get(OPERATION.ID), known, nodeId == null || nodeId != nodeId.intValue() ? 0 : nodeId.intValue(),
        row.get(OPERATION.SERVICE), row.get(PLAN), Cells.seconds(row.get(OPERATION.OPENED_AT))));
  }
}
