package dev.wnm.core.store;

import dev.wnm.core.history.PastOperation;
import dev.wnm.core.model.Event;
import dev.wnm.core.model.Incident;
import dev.wnm.core.model.KnownProblem;
import dev.wnm.core.model.Told;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is to be told of, to whom it was told, and from what the next event follows: rows of {@code event}, {@code told} and
 * {@code known_problem}. All methods throw {@link StoreException} when the database cannot be used; then nothing of the call was done.
 */
public final class EventLog {
  /** Long after everybody has been told, or given up. */
  private static final Duration KEPT = Duration.ofDays(7);
  private static final int MOST = 1_000;

  private final Database database;

  EventLog(Database database) {
    this.database = database;
  }

  /**
   * What a cycle has found.
   *
   * @param events in their order, without numbers
   * @param problems all that are known from now on
   * @param texts what else is remembered, as settings
   */
  public record Found(List<Event> events, Collection<KnownProblem> problems, Map<String, String> texts) {}

  /**
   * Keeps what a cycle has found, all or nothing.
   *
   * @param targets who is told; those who are new need not be told what was before
   */
  public void keep(Found found, Collection<String> targets, Instant now) {
    database.change(connection -> {
      for (String target : targets) {
        Sql.change(connection, "INSERT OR IGNORE INTO told SELECT ?, COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'event'), 0), 0, 0, 0, 0",
            target);
      }
      for (Event event : found.events()) {
        Sql.change(connection, "INSERT INTO event (seen_at, kind, problem, what, mend, nodes, node_count) VALUES (?, ?, ?, ?, ?, ?, ?)",
            event.at().getEpochSecond(), event.kind().word(), event.problem(), event.what(), event.mend(), String.join("\n", event.nodes()),
            event.count());
      }
      Sql.change(connection, "DELETE FROM event WHERE seen_at < ?", now.minus(KEPT).getEpochSecond());
      Sql.change(connection, "DELETE FROM known_problem");
      for (KnownProblem problem : found.problems()) {
        Sql.change(connection, "INSERT INTO known_problem (problem, subject, kind, what, first_seen, last_seen, told) VALUES (?, ?, ?, ?, ?, ?, ?)",
            problem.problem(), problem.subject(), problem.kind().word(), problem.what(), problem.firstSeen().getEpochSecond(),
            problem.lastSeen().getEpochSecond(), problem.told() ? 1 : 0);
      }
      MachineTable.save(connection, found.texts());
    });
  }

  /** What was wrong when {@link #keep} was last called, or a short time before. */
  public List<KnownProblem> problems() {
    return database.query(connection -> Sql.rows(connection, "SELECT * FROM known_problem ORDER BY first_seen, problem, subject",
        EventLog::problem)).stream().flatMap(Optional::stream).toList();
  }

  /** The events after one, the oldest first. @param most no more than so many */
  public List<Event> after(long number, int most) {
    return database.query(connection -> Sql.rows(connection, "SELECT * FROM event WHERE id > ? ORDER BY id LIMIT ?", EventLog::event, number, most))
        .stream().flatMap(Optional::stream).toList();
  }

  /** When there was last an event of a kind, as far as that is still kept. */
  public Optional<Instant> last(Event.Kind kind) {
    return database.query(connection -> Sql.rows(connection, "SELECT MAX(seen_at) AS seen_at FROM event WHERE kind = ?",
        row -> Optional.ofNullable(Cells.number(row, "seen_at")).map(Cells::seconds), kind.word()).get(0));
  }

  /** How far somebody was told; empty for one who is new. */
  public Optional<Told> told(String target) {
    return database.query(connection -> Sql.rows(connection, "SELECT * FROM told WHERE target = ?", row -> new Told(target, row.getLong("event_id"),
        row.getLong("delivered"), row.getLong("lost"), row.getInt("failures"), seconds(row, "retry_at")), target)).stream().findFirst();
  }

  /** Keeps how far these were told, all or none. What another has written that is further stays. */
  public void keep(Collection<Told> progress) {
    database.change(connection -> {
      for (Told told : progress) {
        Sql.change(connection, "INSERT INTO told VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (target) DO UPDATE SET event_id ="
            + " excluded.event_id, delivered = excluded.delivered, lost = excluded.lost, failures = excluded.failures, retry_at ="
            + " excluded.retry_at WHERE excluded.event_id >= event_id", told.target(), told.event(), told.delivered(), told.lost(), told.failures(),
            told.retryAt().getEpochSecond());
      }
    });
  }

  /** The number of the last incident that there ever was; 0 for none. */
  public long lastIncident() {
    return last("incident");
  }

  /** The number of the last operation that was ever begun; 0 for none. */
  public long lastOperation() {
    return last("operation");
  }

  private long last(String table) {
    return database.query(connection -> Sql.number(connection, "SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = '" + table + "'), 0)"));
  }

  /** The deaths of nodes that were noted after an incident and since a time, the oldest first. */
  public List<Incident> deathsAfter(long incident, Instant since) {
    return database.query(connection -> Sql.rows(connection, "SELECT node_id, substr(service, 1, 200) AS service, kind, seen_at,"
        + " substr(cause, 1, 4000) AS cause FROM incident WHERE id > ? AND seen_at >= ? AND kind = ? ORDER BY id LIMIT ?",
        IncidentTable::incident, incident, since.getEpochSecond(), Incident.Kind.DIED.name(), MOST)).stream().flatMap(Optional::stream).toList();
  }

  /**
   * The operations that failed and that nobody knew to have failed before.
   *
   * @param after those that were begun after this one,
   * @param open and these, which were not over when that was last asked
   * @param since those that failed before are no news
   */
  public List<PastOperation> failures(long after, Set<Long> open, Instant since) {
    String numbers = open.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return database.query(connection -> Journal.failures(connection, "(id > " + after + " OR id IN (" + numbers + "))", since, MOST));
  }

  /** The numbers of operations that are not over. */
  public Set<Long> openOperations() {
    return database.query(connection -> Set.copyOf(Sql.rows(connection, "SELECT id FROM operation WHERE closed_at IS NULL",
        row -> row.getLong(1))));
  }

  private static Instant seconds(ResultSet row, String column) throws SQLException {
    return Cells.seconds(row.getLong(column));
  }

  private static Optional<KnownProblem> problem(ResultSet row) throws SQLException {
    Optional<Event.Kind> kind = kind(row);
    return kind.isEmpty() ? Optional.empty() : Optional.of(new KnownProblem(Cells.text(row, "problem"), Cells.text(row, "subject"), kind.get(),
        Cells.text(row, "what"), seconds(row, "first_seen"), seconds(row, "last_seen"), row.getLong("told") != 0));
  }

  private static Optional<Event> event(ResultSet row) throws SQLException {
    Optional<Event.Kind> kind = kind(row);
    return kind.isEmpty() ? Optional.empty() : Optional.of(new Event(row.getLong("id"), kind.get(), seconds(row, "seen_at"),
        Cells.text(row, "problem"), Cells.text(row, "what"), Cells.text(row, "mend"), Cells.text(row, "nodes").lines().toList(),
        row.getInt("node_count")));
  }

  /** Empty for one that only another version of wnm knows. */
  private static Optional<Event.Kind> kind(ResultSet row) throws SQLException {
    String word = Cells.text(row, "kind");
    return Arrays.stream(Event.Kind.values()).filter(kind -> kind.word().equals(word)).findFirst();
  }
}
