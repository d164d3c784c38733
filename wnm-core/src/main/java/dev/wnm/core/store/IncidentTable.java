package dev.wnm.core.store;

import static dev.wnm.core.store.schema.Tables.INCIDENT;

import dev.wnm.core.history.TimeRange;
import dev.wnm.core.model.Incident;
import java.sql.Connection;
import java.sql.ResultSet;
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
  static Map<Integer, Incident> last(Connection connection) throws SQLException {
    Map<Integer, Incident> last = new HashMap<>();
    Sql.each(connection, "SELECT * FROM incident WHERE id IN (SELECT MAX(id) FROM incident GROUP BY node_id)",
        row -> incident(row).ifPresent(incident -> last.put(incident.nodeId(), incident)));
    return last;
  }

  /** The newest first. @param nodes of these alone; empty means all */
  static List<Incident> find(Connection connection, TimeRange range, Set<Integer> nodes, int most) throws SQLException {
    String which = nodes.isEmpty() ? "" : nodes.stream().map(String::valueOf).collect(Collectors.joining(", ", " AND node_id IN (", ")"));
    return Sql.rows(connection, "SELECT node_id, substr(service, 1, 200) AS service, kind, seen_at, substr(cause, 1, 4000) AS cause"
        + " FROM incident WHERE seen_at >= ? AND seen_at < ?" + which + " ORDER BY seen_at DESC, id DESC LIMIT ?", IncidentTable::incident,
        range.from().getEpochSecond(), range.until().getEpochSecond(), most).stream().flatMap(Optional::stream).toList();
  }

  /** Empty for a kind that only another version of wnm knows. */
  static Optional<Incident> incident(ResultSet row) throws SQLException {
    String name = Cells.text(row, "kind");
    Optional<Incident.Kind> kind = Arrays.stream(Incident.Kind.values()).filter(known -> known.name().equals(name)).findFirst();
    return kind.isEmpty() ? Optional.empty() : Optional.of(new Incident((int) row.getLong("node_id"), Cells.text(row, "service"),
        kind.get(), Cells.seconds(row.getLong("seen_at")), Cells.text(row, "cause")));
  }
}
