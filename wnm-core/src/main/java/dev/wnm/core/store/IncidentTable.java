package dev.wnm.core.store;

import static dev.wnm.core.store.schema.Tables.INCIDENT;

import dev.wnm.core.model.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** What befell nodes: rows of {@code incident}. */
final class IncidentTable {
  private static final Duration KEPT_FOR = Duration.ofDays(30);
  /** The newest this many are kept at most. */
  private static final int MOST_KEPT = 100_000;

  private IncidentTable() {}

  static void add(DSLContext sql, Collection<Incident> incidents) {
    for (Incident incident : incidents) {
      sql.insertInto(INCIDENT)
          .set(INCIDENT.NODE_ID, (long) incident.nodeId())
          .set(INCIDENT.SERVICE, incident.service())
          .set(INCIDENT.KIND, incident.kind().name())
          .set(INCIDENT.SEEN_AT, incident.seenAt().getEpochSecond())
          .set(INCIDENT.CAUSE, incident.cause())
          .execute();
    }
  }

  /** The last one of each node, by its id. */
  static Map<Integer, Incident> last(DSLContext sql) {
    Map<Integer, Incident> last = new HashMap<>();
    sql.selectFrom(INCIDENT).where(INCIDENT.ID.in(sql.select(DSL.max(INCIDENT.ID)).from(INCIDENT).groupBy(INCIDENT.NODE_ID)))
        .forEach(row -> incident(row).ifPresent(incident -> last.put(incident.nodeId(), incident)));
    return last;
  }

  static void thin(DSLContext sql, Instant now) {
    Long newest = sql.select(DSL.max(INCIDENT.ID)).from(INCIDENT).fetchOne(0, Long.class);
    sql.deleteFrom(INCIDENT).where(INCIDENT.SEEN_AT.lt(now.minus(KEPT_FOR).getEpochSecond()))
        .or(INCIDENT.ID.le((newest == null ? 0 : newest) - MOST_KEPT)).execute();
  }

  /** Empty for a kind that only another version of wnm knows. */
  private static Optional<Incident> incident(Record row) {
    String name = row.get(INCIDENT.KIND);
    return Arrays.stream(Incident.Kind.values()).filter(kind -> kind.name().equals(name)).findFirst()
        .map(kind -> new Incident(row.get(INCIDENT.NODE_ID).intValue(), row.get(INCIDENT.SERVICE), kind,
            Instant.ofEpochSecond(row.get(INCIDENT.SEEN_AT)), row.get(INCIDENT.CAUSE)));
  }
}
