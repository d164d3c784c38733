package dev.wnm.core.store;

import dev.wnm.core.history.HistoryLimits;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Forgets what of history has had its time: samples as their {@link Retention} says, whatever is older than the limits allow, and, where
 * the file holds more than it may, the oldest of all tables. Work that is not closed is never forgotten.
 */
final class Thinning {
  /** Of operations, incidents and decisions the newest this many are kept at most. */
  static final int MOST_EVENTS = 100_000;
  /** What is younger stays even in a file that is full of other things: cycles look back that far. */
  private static final Duration NEEDED = Duration.ofHours(1);
  /** How many steps it takes at most to bring a file that is too large below its limit. */
  private static final int STEPS = 50;

  /** A table, and the column that says how old a row is. */
  private record Dated(String table, String column) {}

  private static final List<Dated> SAMPLES = List.of(new Dated("host_sample", "taken_at"), new Dated("node_sample", "taken_at"));
  private static final List<Dated> EVENTS =
      List.of(new Dated("decision", "last_at"), new Dated("incident", "seen_at"), new Dated("operation", "closed_at"));

  private final Connection connection;
  private final Instant now;

  Thinning(Connection connection, Instant now) {
    this.connection = connection;
    this.now = now;
  }

  void run(HistoryLimits limits) throws SQLException {
    thin("host_sample", Retention.HOST);
    thin("node_sample", Retention.NODES);
    forgetBefore(now.minus(limits.age()).getEpochSecond());
    for (Dated events : EVENTS) {
      Sql.change(connection, "DELETE FROM " + events.table() + " WHERE " + events.column() + " IS NOT NULL AND id <= (SELECT MAX(id) FROM "
          + events.table() + ") - " + MOST_EVENTS);
    }
    shrinkTo(limits.bytes());
  }

  /** Looks at what may have become too dense only, and at that time by time, not row by row. */
  private void thin(String table, Retention retention) throws SQLException {
    List<Long> times = Sql.rows(connection, "WITH RECURSIVE hop(t) AS (SELECT MIN(taken_at) FROM " + table + " UNION ALL"
        + " SELECT (SELECT MIN(taken_at) FROM " + table + " WHERE taken_at > t) FROM hop WHERE t < ?1) SELECT t FROM hop WHERE t < ?1",
        row -> row.getLong(1), retention.wholeSince(now));
    for (long time : retention.expired(times, now)) {
      Sql.change(connection, "DELETE FROM " + table + " WHERE taken_at = ?", time);
    }
  }

  /** @return how many rows went */
  private int forgetBefore(long time) throws SQLException {
    int forgotten = 0;
    for (Dated samples : SAMPLES) {
      forgotten += Sql.change(connection, "DELETE FROM " + samples.table() + " WHERE taken_at < ?", time);
    }
    for (Dated events : EVENTS) {
      forgotten += Sql.change(connection, "DELETE FROM " + events.table() + " WHERE " + events.column() + " < ?", time);
    }
    // Which settings held at the oldest time stays known.
    return forgotten + Sql.change(connection, "DELETE FROM decision_settings WHERE since < (SELECT MAX(since) FROM decision_settings"
        + " WHERE since <= ?)", time);
  }

  private void shrinkTo(long bytes) throws SQLException {
    if (used() <= bytes) {
      return;
    }
    long newest = now.minus(NEEDED).getEpochSecond();
    long oldest = oldest();
    long step = Math.max(1, (newest - oldest) / STEPS + 1);
    for (long time = oldest; used() > bytes && time < newest; ) {
      time = Math.min(newest, time + step);
      forgetBefore(time);
    }
  }

  private long oldest() throws SQLException {
    long oldest = now.getEpochSecond();
    for (List<Dated> tables : List.of(SAMPLES, EVENTS)) {
      for (Dated table : tables) {
        oldest = Math.min(oldest, Sql.number(connection, "SELECT COALESCE(MIN(" + table.column() + "), " + oldest + ") FROM " + table.table()));
      }
    }
    return oldest;
  }

  /** Bytes in the file that hold something. What is free is used again before the file grows. */
  private long used() throws SQLException {
    return (Sql.number(connection, "PRAGMA page_count") - Sql.number(connection, "PRAGMA freelist_count"))
        * Sql.number(connection, "PRAGMA page_size");
  }
}
