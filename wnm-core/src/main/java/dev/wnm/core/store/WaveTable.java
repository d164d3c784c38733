package dev.wnm.core.store;

import static dev.wnm.core.store.schema.Tables.TRIAL;
import static dev.wnm.core.store.schema.Tables.WAVE;

import dev.wnm.core.model.Trial;
import dev.wnm.core.model.Wave;
import dev.wnm.spi.model.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Binaries on their way to the nodes, and the nodes that have them on trial: rows of {@code wave} and {@code trial}. */
final class WaveTable {
  private WaveTable() {}

  static Optional<Wave> find(DSLContext sql, String binary) {
    return sql.selectFrom(WAVE).where(WAVE.BINARY.eq(binary)).fetchOptional(WaveTable::wave);
  }

  static List<Wave> all(DSLContext sql) {
    return sql.selectFrom(WAVE).orderBy(WAVE.BINARY).fetch(WaveTable::wave);
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

  static List<Trial> trials(DSLContext sql) {
    return sql.selectFrom(TRIAL).orderBy(TRIAL.NODE_ID).fetch(WaveTable::trial);
  }

  static Optional<Trial> trial(DSLContext sql, int nodeId) {
    return sql.selectFrom(TRIAL).where(TRIAL.NODE_ID.eq((long) nodeId)).fetchOptional(WaveTable::trial);
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

  private static Wave wave(Record row) {
    return new Wave(row.get(WAVE.BINARY), Version.parse(row.get(WAVE.VERSION)), Cells.seconds(row.get(WAVE.SINCE)),
        row.get(WAVE.PROVEN) != 0, row.get(WAVE.HELD) != 0, row.get(WAVE.FAILURES).intValue(),
        Cells.seconds(row.get(WAVE.RETRY_AFTER)), row.get(WAVE.TROUBLE));
  }

  private static Trial trial(Record row) {
    Long pid = row.get(TRIAL.PID);
    return new Trial(row.get(TRIAL.NODE_ID).intValue(), row.get(TRIAL.BINARY), Version.parse(row.get(TRIAL.VERSION)),
        Version.parse(row.get(TRIAL.VERSION_BEFORE)), Cells.seconds(row.get(TRIAL.BEGUN_AT)),
        Optional.ofNullable(row.get(TRIAL.ANSWERS_SINCE)).map(Cells::seconds),
        pid == null ? OptionalLong.empty() : OptionalLong.of(pid));
  }

  private static String text(Optional<Version> version) {
    return version.map(Version::text).orElse("");
  }
}
