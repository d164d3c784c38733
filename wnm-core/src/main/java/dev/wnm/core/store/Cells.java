package dev.wnm.core.store;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Reads of columns that may hold anything: other programs write these tables, too. */
final class Cells {
  static final long LAST_SECOND_OF_9999 = 253_402_300_799L;
  /** What a row of texts may hold before it is not read at all, in bytes: thousands of times what is usual. */
  static final int MOST_TEXT = 256 * 1024;

  private Cells() {}

  /** A time of Unix seconds: one before 1970 or after 9999 is taken as the nearest. Null is 1970. */
  static Instant seconds(Long value) {
    return Instant.ofEpochSecond(value == null ? 0 : Math.max(0, Math.min(value, LAST_SECOND_OF_9999)));
  }

  /** How many bytes the texts of a row of these tables have, counted by SQLite without handing them over. */
  static Field<Long> textOf(Table<?>... tables) {
    List<? extends Field<?>> texts = Arrays.stream(tables).flatMap(table -> Arrays.stream(table.fields()))
        .filter(field -> field.getType() == String.class).toList();
    return texts.stream().map(field -> DSL.field("coalesce(octet_length({0}), 0)", Long.class, field))
        .reduce(Field::plus).orElse(DSL.val(0L));
  }
}
