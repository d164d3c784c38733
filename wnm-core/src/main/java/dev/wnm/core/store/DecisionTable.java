package dev.wnm.core.store;

import dev.wnm.core.decision.Decision;
import dev.wnm.core.history.CycleRecord;
import dev.wnm.core.history.DecisionQuery;
import dev.wnm.core.history.DecisionText;
import dev.wnm.core.history.PastDecision;
import dev.wnm.core.history.SettingsChange;
import dev.wnm.core.history.TimeRange;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What cycles decided, and under which settings: rows of {@code decision} and {@code decision_settings}. */
final class DecisionTable {
  /** Decisions that lie further apart are not counted together: nobody knows what was in between. */
  private static final Duration APART = Duration.ofHours(1);
  private static final String ROW = "SELECT id, first_at, last_at, times, features, actions, not_more, numbers, took_ms FROM decision ";
  private static final String ACTED_ON = " AND EXISTS (SELECT 1 FROM operation WHERE decision_id = decision.id)";

  private DecisionTable() {}

  /** Keeps it, or counts it with the one before. @return its number */
  static long add(Connection connection, CycleRecord cycle) throws SQLException {
    String kind = DecisionText.kind(cycle);
    long now = cycle.at().getEpochSecond();
    List<Long> same = Sql.rows(connection, "SELECT id FROM decision WHERE id = (SELECT MAX(id) FROM decision) AND kind = ?"
        + " AND last_at BETWEEN ? AND ? AND NOT EXISTS (SELECT 1 FROM operation WHERE decision_id = decision.id)",
        row -> row.getLong(1), kind, now - APART.toSeconds(), now);
    Decision decision = cycle.outlook().decision();
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("last_at", now);
    row.put("features", DecisionText.features(decision.features()));
    row.put("actions", DecisionText.actions(decision.actions()));
    row.put("not_more", DecisionText.clauses(cycle.outlook().notMore()));
    row.put("numbers", DecisionText.numbers(cycle.input()));
    row.put("took_ms", null);
    if (!same.isEmpty()) {
      Sql.change(connection, "UPDATE decision SET last_at = ?, features = ?, actions = ?, not_more = ?, numbers = ?, took_ms = ?,"
          + " times = times + 1 WHERE id = " + same.get(0), row.values().toArray());
      return same.get(0);
    }
    row.put("kind", kind);
    row.put("first_at", now);
    row.put("times", 1);
    Sql.insert(connection, "INSERT INTO decision", row);
    return Sql.number(connection, "SELECT last_insert_rowid()");
  }

  static void ended(Connection connection, long id, Duration took) throws SQLException {
    Sql.change(connection, "UPDATE decision SET took_ms = ? WHERE id = ?", took.toMillis(), id);
  }

  static void noteSettings(Connection connection, CycleRecord cycle) throws SQLException {
    String settings = DecisionText.settings(cycle.settings());
    Sql.change(connection, "INSERT OR REPLACE INTO decision_settings (since, settings) SELECT ?1, ?2 WHERE ?2 IS NOT"
        + " (SELECT settings FROM decision_settings ORDER BY since DESC LIMIT 1)", cycle.at().getEpochSecond(), settings);
  }

  static List<PastDecision> find(Connection connection, DecisionQuery query) throws SQLException {
    return Sql.rows(connection, ROW + "WHERE last_at >= ? AND first_at < ?"
        + (query.which() == DecisionQuery.Which.ACTED_ON ? ACTED_ON : "") + " ORDER BY last_at DESC, id DESC LIMIT ?",
        DecisionTable::decision, query.range().from().getEpochSecond(), query.range().until().getEpochSecond(), query.most());
  }

  static Optional<PastDecision> find(Connection connection, long id) throws SQLException {
    return Sql.rows(connection, ROW + "WHERE id = ?", DecisionTable::decision, id).stream().findFirst();
  }

  static List<SettingsChange> settings(Connection connection, TimeRange range) throws SQLException {
    return Sql.rows(connection, "SELECT since, settings FROM decision_settings WHERE since < ?2 AND since >= COALESCE((SELECT MAX(since)"
        + " FROM decision_settings WHERE since <= ?1), 0) ORDER BY since", row ->
        new SettingsChange(Cells.seconds(row.getLong(1)), DecisionText.readSettings(row.getString(2))),
        range.from().getEpochSecond(), range.until().getEpochSecond());
  }

  private static PastDecision decision(ResultSet row) throws SQLException {
    long took = row.getLong("took_ms");
    Optional<Duration> duration = row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(Math.max(0, took)));
    return new PastDecision(row.getLong("id"), Cells.seconds(row.getLong("first_at")), Cells.seconds(row.getLong("last_at")),
        row.getInt("times"), DecisionText.readFeatures(row.getString("features")), DecisionText.readActions(row.getString("actions")),
        DecisionText.readClauses(row.getString("not_more")), DecisionText.readNumbers(row.getString("numbers")), duration);
  }
}
