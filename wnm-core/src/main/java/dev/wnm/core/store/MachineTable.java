package dev.wnm.core.store;

import static dev.wnm.core.store.schema.Tables.MACHINE;
import static dev.wnm.core.store.schema.Tables.SETTING;

import dev.wnm.core.model.StorageList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The settings: those that the Python wnm knows are columns of its {@code machine} row, all others are rows of
 * {@code setting}. All are text here; SQLite's column affinity makes numbers of what looks like one.
 */
final class MachineTable {
  /** The Python wnm reads and writes the row with this id only. */
  static final long ID = 1;

  private static final String STORAGES = MACHINE.NODE_STORAGE.getName();

  private static final List<Field<?>> COLUMNS =
      Arrays.stream(MACHINE.fields()).filter(field -> !field.equals(MACHINE.ID)).toList();

  private MachineTable() {}

  static Optional<Map<String, String>> read(DSLContext sql) {
    Record row = sql.select(COLUMNS.stream().map(column -> column.coerce(String.class)).toList())
        .from(MACHINE).where(MACHINE.ID.eq(ID)).fetchOne();
    if (row == null) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Field<?> column : COLUMNS) {
      String value = row.get(column.getName(), String.class);
      if (value != null && !isUnset(column.getName(), value)) {
        values.put(column.getName(), value);
      }
    }
    sql.select(SETTING.NAME, SETTING.VALUE).from(SETTING).orderBy(SETTING.NAME)
        .forEach(setting -> values.compute(setting.value1(), (name, column) -> name.equals(STORAGES) && column != null
            ? whole(column, setting.value2()) : setting.value2()));
    return Optional.of(values);
  }

  /**
   * What a column and a row of {@code setting} say together. The Python wnm knows one node storage: the column has the first one, and
   * all of them are in the row, which counts until something else has written another one into the column.
   */
  private static String whole(String column, String setting) {
    return StorageList.split(setting).get(0).equals(column) ? setting : column;
  }

  /** Makes the row; columns that {@code values} does not name take the defaults of {@link PythonSchema}, else null. */
  static void create(DSLContext sql, Map<String, String> values) {
    Map<Field<?>, Object> row = columns(values);
    PythonSchema.MACHINE.forEach(column -> row.putIfAbsent(MACHINE.field(column.name()), DSL.val(column.value().orElse(null))));
    row.put(MACHINE.ID, ID);
    sql.insertInto(MACHINE).set(row).execute();
    saveSettings(sql, values);
  }

  static void save(DSLContext sql, Map<String, String> changed) {
    Map<Field<?>, Object> columns = columns(changed);
    if (!columns.isEmpty() && sql.update(MACHINE).set(columns).where(MACHINE.ID.eq(ID)).execute() == 0) {
      throw new IllegalStateException("there is no machine row yet; it is made by createMachine");
    }
    saveSettings(sql, changed);
  }

  private static Map<Field<?>, Object> columns(Map<String, String> values) {
    Map<Field<?>, Object> columns = new LinkedHashMap<>();
    for (Field<?> column : COLUMNS) {
      if (values.containsKey(column.getName())) {
        String value = values.get(column.getName());
        columns.put(column, DSL.val(stored(column, column.getName().equals(STORAGES) ? StorageList.split(value).get(0) : value)));
      }
    }
    return columns;
  }

  private static void saveSettings(DSLContext sql, Map<String, String> values) {
    values.forEach((name, value) -> {
      if (name.equals(STORAGES)) {
        sql.deleteFrom(SETTING).where(SETTING.NAME.eq(name)).execute();
      }
      if (MACHINE.field(name) == null || name.equals(STORAGES) && StorageList.split(value).size() > 1) {
        sql.insertInto(SETTING, SETTING.NAME, SETTING.VALUE).values(name, value)
            .onConflict(SETTING.NAME).doUpdate().set(SETTING.VALUE, DSL.excluded(SETTING.VALUE)).execute();
      }
    });
  }

  /** The form the Python wnm expects: flags as 0 and 1, what may be null and is not set as null. */
  private static @Nullable String stored(Field<?> column, String value) {
    if (isUnset(column.getName(), value)) {
      return null;
    }
    boolean number = column.getType() == Long.class;
    return number && value.equalsIgnoreCase("true") ? "1" : number && value.equalsIgnoreCase("false") ? "0" : value;
  }

  /** The Python wnm writes the text {@code None} when an exported configuration is read back. */
  private static boolean isUnset(String column, String value) {
    return PythonSchema.isNullableText(column) && (value.isEmpty() || value.equals("None"));
  }
}
