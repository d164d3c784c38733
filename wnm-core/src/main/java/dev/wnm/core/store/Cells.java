package dev.wnm.core.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads of columns that may hold anything: other programs write these tables, too. */
final class Cells {
  static final long LAST_SECOND_OF_9999 = 253_402_300_799L;
  /** What a row of texts may hold before it is not read at all, in bytes: thousands of times what is usual. */
  static final int MOST_TEXT = 256 * 1024;

  private Cells() {}

  /** A time of Unix seconds: one before 1970 or after 9999 is taken as the nearest. Null is 1970. */
  static Instant seconds(@Nullable Long value) {
    return Instant.ofEpochSecond(value == null ? 0 : Math.max(0, Math.min(value, LAST_SECOND_OF_9999)));
  }

  /** A whole number; 0 for what is none. Null where there is nothing. */
  static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return value == 0 && row.wasNull() ? null : value;
  }

  /** A text; {@code ""} where there is nothing. */
  static String text(ResultSet row, String column) throws SQLException {
    String value = row.getString(column);
    return value == null ? "" : value;
  }

  /** An expression for how many bytes these columns of texts have, counted by SQLite without handing them over. */
  static String textOf(Collection<String> columns) {
    return columns.stream().map(column -> "coalesce(octet_length(" + column + "), 0)").collect(Collectors.joining(" + "));
  }
}
