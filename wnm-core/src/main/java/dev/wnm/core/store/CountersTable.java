package dev.wnm.core.store;

import static dev.wnm.core.store.schema.Tables.HOST_COUNTERS;

import dev.wnm.core.model.HostCounters;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** The host's raw counters of the last cycle: one row, the counts in one text, a line {@code name=value} each. */
final class CountersTable {
  private static final long ID = 1;

  private CountersTable() {}

  static Optional<HostCounters> read(DSLContext sql) {
    return sql.selectFrom(HOST_COUNTERS).where(HOST_COUNTERS.ID.eq(ID)).fetchOptional().flatMap(CountersTable::counters);
  }

  static void save(DSLContext sql, HostCounters counters) {
    String text = new TreeMap<>(counters.values()).entrySet().stream()
        .map(count -> count.getKey() + "=" + count.getValue()).collect(Collectors.joining("\n"));
    sql.insertInto(HOST_COUNTERS, HOST_COUNTERS.ID, HOST_COUNTERS.BOOT_ID, HOST_COUNTERS.TAKEN_AT_MS, HOST_COUNTERS.COUNTERS)
        .values(ID, counters.bootId(), counters.takenAt().toEpochMilli(), text)
        .onConflict(HOST_COUNTERS.ID).doUpdate()
        .set(HOST_COUNTERS.BOOT_ID, DSL.excluded(HOST_COUNTERS.BOOT_ID))
        .set(HOST_COUNTERS.TAKEN_AT_MS, DSL.excluded(HOST_COUNTERS.TAKEN_AT_MS))
        .set(HOST_COUNTERS.COUNTERS, DSL.excluded(HOST_COUNTERS.COUNTERS))
        .execute();
  }

  /** Those that cannot be read are as good as none: rates are taken from the next ones on. */
  private static Optional<HostCounters> counters(Record row) {
    try {
      return Optional.of(read(row));
    } catch (RuntimeException e) {
      System.getLogger(CountersTable.class.getName()).log(System.Logger.Level.WARNING,
          "the row of table host_counters cannot be read, so this cycle knows no rates: {0}", e.toString());
      return Optional.empty();
    }
  }

  private static HostCounters read(Record row) {
    Map<String, Long> values = row.get(HOST_COUNTERS.COUNTERS).lines().collect(Collectors.toMap(
        line -> line.substring(0, line.lastIndexOf('=')), line -> Long.valueOf(line.substring(line.lastIndexOf('=') + 1))));
    return new HostCounters(row.get(HOST_COUNTERS.BOOT_ID), Instant.ofEpochMilli(row.get(HOST_COUNTERS.TAKEN_AT_MS)), values);
  }
}
