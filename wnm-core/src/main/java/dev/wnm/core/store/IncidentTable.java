package dev.wnm.core.store;

import static dev.wnm.core.store.schema.Tables.INCIDENT;

import dev.wnm.core.model.Incident;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;

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
  static Map<Integer, Incident> last(Connection connection) throws SQLException {
    Map<Integer, Incident> last = new HashMap<>();
    Sql.each(connection, "SELECT * FROM incident WHERE id IN (SELECT MAX(id) FROM incident GROUP BY node_id)",
        row -> incident(row).ifPresent(incident -> last.put(incident.nodeId(), incident)));
    return last;
  }

  static void thin(Connection connection, Instant now) throws SQLException {
    Sql.change(connection, "DELETE FROM incident WHERE seen_at < ? OR id <= (SELECT MAX(id) FROM incident) - ?",
        now.minus(KEPT_FOR).getEpochSecond(), MOST_KEPT);
  }

  /** Empty for a kind that only another version of wnm knows. */
  private static Optional<Incident> incident(ResultSet row) throws SQLException {
    String name = Cells.text(row, "kind");
    Optional<Incident.Kind> kind = Arrays.stream(Incident.Kind.values()).filter(known -> known.name().equals(name)).findFirst();
    return kind.isEmpty() ? Optional.empty() : Optional.of(new Incident((int) row.getLong("node_id"), Cells.text(row, "service"),
        kind.get(), Instant.ofEpochSecond(row.getLong("seen_at")), Cells.text(row, "cause")));
  }
}
