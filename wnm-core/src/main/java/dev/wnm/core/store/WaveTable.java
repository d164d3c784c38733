package dev.wnm.core.store;

import static dev.wnm.core.store.schema.Tables.TRIAL;
import static dev.wnm.core.store.schema.Tables.WAVE;

import dev.wnm.core.model.Trial;
import dev.wnm.core.model.Wave;
import dev.wnm.spi.model.Version;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.DSLContext;

/** Binaries on their way to the nodes, and the nodes that have them on trial: rows of {@code wave} and {@code trial}. */
final class WaveTable {
  private WaveTable() {}

  static Optional<Wave> find(Connection connection, String binary) throws SQLException {
    return Sql.rows(connection, "SELECT * FROM wave WHERE binary = ?", WaveTable::wave, binary).stream().findFirst();
  }

  static List<Wave> all(Connection connection) throws SQLException {
    return Sql.rows(connection, "SELECT * FROM wave ORDER BY binary", WaveTable::wave);
  }

  /** Inserts or replaces. */
  static void save(DSLContext sql, Wave wave) {
    sql.deleteFrom(WAVE).where(WAVE.BINARY.eq(wave.binary())).execute();
    sql.insertInto(WAVE)
        .set(WAVE.BINARY, wave.binary())
        .set(WAVE.VERSION, text(wave.version()))
        .set(WAVE.SINCE, wave.since().getEpochSecond())
        .set(WAVE.PROVEN, wave.proven() ? 1L : 0L)
        .set(WAVE.HELD, wave.held() ? 1L : 0L)
        .set(WAVE.FAILURES, (long) wave.failures())
        .set(WAVE.RETRY_AFTER, wave.retryAfter().getEpochSecond())
        .set(WAVE.TROUBLE, wave.trouble())
        .execute();
  }

  static List<Trial> trials(Connection connection) throws SQLException {
    return Sql.rows(connection, "SELECT * FROM trial ORDER BY node_id", WaveTable::trial);
  }

  static Optional<Trial> trial(Connection connection, int nodeId) throws SQLException {
    return Sql.rows(connection, "SELECT * FROM trial WHERE node_id = ?", WaveTable::trial, (long) nodeId).stream().findFirst();
  }

  /** Inserts or replaces. */
  static void save(DSLContext sql, Trial trial) {
    delete(sql, trial.nodeId());
    sql.insertInto(TRIAL)
        .set(TRIAL.NODE_ID, (long) trial.nodeId())
        .set(TRIAL.BINARY, trial.binary())
        .set(TRIAL.VERSION, text(trial.version()))
        .set(TRIAL.VERSION_BEFORE, text(trial.before()))
        .set(TRIAL.BEGUN_AT, trial.begunAt().getEpochSecond())
        .set(TRIAL.ANSWERS_SINCE, trial.answersSince().map(Instant::getEpochSecond).orElse(null))
        .set(TRIAL.PID, trial.pid().isPresent() ? (Long) trial.pid().getAsLong() : null)
        .execute();
  }

  static void delete(DSLContext sql, int nodeId) {
    sql.deleteFrom(TRIAL).where(TRIAL.NODE_ID.eq((long) nodeId)).execute();
  }

  private static Wave wave(ResultSet row) throws SQLException {
    return new Wave(Cells.text(row, "binary"), Version.parse(Cells.text(row, "version")), Cells.seconds(row.getLong("since")),
        row.getLong("proven") != 0, row.getLong("held") != 0, (int) row.getLong("failures"), Cells.seconds(row.getLong("retry_after")),
        Cells.text(row, "trouble"));
  }

  private static Trial trial(ResultSet row) throws SQLException {
    Long pid = Cells.number(row, "pid");
    return new Trial((int) row.getLong("node_id"), Cells.text(row, "binary"), Version.parse(Cells.text(row, "version")),
        Version.parse(Cells.text(row, "version_before")), Cells.seconds(row.getLong("begun_at")),
        Optional.ofNullable(Cells.number(row, "answers_since")).map(Cells::seconds),
        pid == null ? OptionalLong.empty() : OptionalLong.of(pid));
  }

  private static String text(Optional<Version> version) {
    return version.map(Version::text).orElse("");
  }
}
