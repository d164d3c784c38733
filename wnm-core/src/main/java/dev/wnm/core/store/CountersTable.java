package dev.wnm.core.store;

import dev.wnm.core.model.HostCounters;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The host's raw counters of the last cycle: one row, the counts in one text, a line {@code name=value} each. */
final class CountersTable {
  private static final long ID = 1;

  private CountersTable() {}

  static Optional<HostCounters> read(Connection connection) throws SQLException {
    return Sql.rows(connection, "SELECT boot_id, taken_at_ms, counters FROM host_counters WHERE id = ?", CountersTable::counters, ID)
        .stream().findFirst().flatMap(counters -> counters);
  }

  static void save(Connection connection, HostCounters counters) throws SQLException {
    String text = new TreeMap<>(counters.values()).entrySet().stream()
        .map(count -> count.getKey() + "=" + count.getValue()).collect(Collectors.joining("\n"));
    Sql.change(connection, "INSERT OR REPLACE INTO host_counters (id, boot_id, taken_at_ms, counters) VALUES (?, ?, ?, ?)",
        ID, counters.bootId(), counters.takenAt().toEpochMilli(), text);
  }

  /** Those that cannot be read are as good as none: rates are taken from the next ones on. */
  private static Optional<HostCounters> counters(ResultSet row) throws SQLException {
    try {
      return Optional.of(read(row));
    } catch (RuntimeException e) {
      System.getLogger(CountersTable.class.getName()).log(System.Logger.Level.WARNING,
          "the row of table host_counters cannot be read, so this cycle knows no rates: {0}", e.toString());
      return Optional.empty();
    }
  }

  private static HostCounters read(ResultSet row) throws SQLException {
    Map<String, Long> values = Cells.text(row, "counters").lines().collect(Collectors.toMap(
        line -> line.substring(0, line.lastIndexOf('=')), line -> Long.valueOf(line.substring(line.lastIndexOf('=') + 1))));
    return new HostCounters(Cells.text(row, "boot_id"), Instant.ofEpochMilli(row.getLong("taken_at_ms")), values);
  }
}
