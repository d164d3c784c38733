package dev.wnm.core.store;

import static dev.wnm.core.store.schema.Tables.INCIDENT;

import dev.wnm.core.history.TimeRange;
import dev.wnm.core.model.Incident;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** What befell nodes: rows of {@code incident}. */
final class IncidentTable {
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

  /** The newest first. @param nodes of these alone; empty means all */
  static List<Incident> find(Connection connection, TimeRange range, Set<Integer> nodes, int most) throws SQLException {
    String which = nodes.isEmpty() ? "" : nodes.stream().map(String::valueOf).collect(Collectors.joining(", ", " AND node_id IN (", ")"));
    return Sql.rows(connection, "SELECT node_id, substr(service, 1, 200) AS service, kind, seen_at, substr(cause, 1, 4000) AS cause"
        + " FROM incident WHERE seen_at >= ? AND seen_at < ?" + which + " ORDER BY seen_at DESC, id DESC LIMIT ?", row ->
        incident(row.getInt("node_id"), row.getString("service"), row.getString("kind"), row.getLong("seen_at"), row.getString("cause")),
        range.from().getEpochSecond(), range.until().getEpochSecond(), most).stream().flatMap(Optional::stream).toList();
  }

  private static Optional<Incident> incident(Record row) {
    return incident(row.get(INCIDENT.NODE_ID).intValue(), row.get(INCIDENT.SERVICE), row.get(INCIDENT.KIND), row.get(INCIDENT.SEEN_AT),
        row.get(INCIDENT.CAUSE));
  }

  /** Empty for a kind that only another version of wnm knows. */
  private static Optional<Incident> incident(int nodeId, String service, String kind, long seenAt, String cause) {
    return Arrays.stream(Incident.Kind.values()).filter(known -> known.name().equals(kind)).findFirst()
        .map(known -> new Incident(nodeId, service, known, Cells.seconds(seenAt), cause));
  }
}
