package dev.wnm.core.store;

import dev.wnm.core.model.StorageList;
import dev.wnm.spi.internal.Known;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings: those that the Python wnm knows are columns of its {@code machine} row, all others are rows of
 * {@code setting}. All are text here; SQLite's column affinity makes numbers of what looks like one.
 */
final class MachineTable {
  /** The Python wnm reads and writes the row with this id only. */
  static final long ID = 1;

  private static final String STORAGES = "node_storage";

  /** Its columns but for the id. */
  static final List<String> COLUMNS = List.of("cpu_count", "node_cap", "cpu_less_than", "mem_less_than", "hd_less_than",
      "hdio_read_less_than", "hdio_write_less_than", "netio_read_less_than", "netio_write_less_than", "cpu_remove", "mem_remove",
      "hd_remove", "hdio_read_remove", "hdio_write_remove", "netio_read_remove", "netio_write_remove", "max_load_average_allowed",
      "desired_load_average", "delay_start", "delay_restart", "delay_upgrade", "delay_remove", "survey_delay", "action_delay",
      "node_storage", "rewards_address", "donate_address", "port_start", "metrics_port_start", "rpc_port_start",
      "highest_node_id_used", "last_stopped_at", "host", "crisis_bytes", "environment", "start_args", "max_concurrent_upgrades",
      "max_concurrent_starts", "max_concurrent_removals", "max_concurrent_operations", "node_removal_strategy", "process_manager",
      "max_node_per_container", "min_container_count", "docker_image", "no_upnp", "antnode_path", "antctl_path", "antctl_debug",
      "antctl_version");
  /** Those that hold no whole number. */
  static final Set<String> OTHER_THAN_NUMBERS = Set.of("max_load_average_allowed", "desired_load_average", "node_storage",
      "rewards_address", "donate_address", "host", "environment", "start_args", "node_removal_strategy", "process_manager",
      "docker_image", "antnode_path", "antctl_path", "antctl_version");

  private MachineTable() {}

  static Optional<Map<String, String>> read(Connection connection) throws SQLException {
    List<Map<String, String>> rows =
        Sql.rows(connection, "SELECT " + String.join(", ", COLUMNS) + " FROM machine WHERE id = ?", MachineTable::values, ID);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> values = rows.get(0);
    Sql.each(connection, "SELECT name, value FROM setting ORDER BY name", row -> {
      String name = row.getString(1);
      String value = row.getString(2);
      values.put(name, name.equals(STORAGES) && values.containsKey(name) ? whole(Known.of(values, name), value) : value);
    });
    return Optional.of(values);
  }

  /**
   * What a column and a row of {@code setting} say together. The Python wnm knows one node storage: the column has the first one, and
   * all of them are in the row, which counts until something else has written another one into the column.
   */
  private static String whole(String column, String setting) {
    return StorageList.split(setting).get(0).equals(column) ? setting : column;
  }

  private static Map<String, String> values(ResultSet row) throws SQLException {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < COLUMNS.size(); i++) {
      String value = row.getString(i + 1);
      if (value != null && !isUnset(COLUMNS.get(i), value)) {
        values.put(COLUMNS.get(i), value);
      }
    }
    return values;
  }

  /** Makes the row; columns that {@code values} does not name take the defaults of {@link PythonSchema}, else null. */
  static void create(Connection connection, Map<String, String> values) throws SQLException {
    Map<String, @Nullable Object> row = columns(values);
    PythonSchema.MACHINE.forEach(column -> row.putIfAbsent(column.name(), column.value().orElse(null)));
    row.put("id", ID);
    Sql.insert(connection, "INSERT INTO machine", row);
    saveSettings(connection, values);
  }

  static void save(Connection connection, Map<String, String> changed) throws SQLException {
    Map<String, @Nullable Object> columns = columns(changed);
    if (!columns.isEmpty()) {
      String set = columns.keySet().stream().map(column -> column + " = ?").collect(Collectors.joining(", "));
      if (Sql.change(connection, "UPDATE machine SET " + set + " WHERE id = " + ID, columns.values().toArray()) == 0) {
        throw new IllegalStateException("there is no machine row yet; it is made by createMachine");
      }
    }
    saveSettings(connection, changed);
  }

  private static Map<String, @Nullable Object> columns(Map<String, String> values) {
    Map<String, @Nullable Object> columns = new LinkedHashMap<>();
    for (String column : COLUMNS) {
      if (values.containsKey(column)) {
        String value = values.get(column);
        columns.put(column, stored(column, column.equals(STORAGES) ? StorageList.split(value).get(0) : value));
      }
    }
    return columns;
  }

  private static void saveSettings(Connection connection, Map<String, String> values) throws SQLException {
    if (values.containsKey(STORAGES)) {
      Sql.change(connection, "DELETE FROM setting WHERE name = ?", STORAGES);
    }
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    values.forEach((name, value) -> {
      if (!COLUMNS.contains(name) && !name.equals("id") || name.equals(STORAGES) && StorageList.split(value).size() > 1) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("name", name);
        row.put("value", value);
        rows.add(row);
      }
    });
    Sql.upsert(connection, "setting", "name", rows.iterator());
  }

  /** The form the Python wnm expects: flags as 0 and 1, what may be null and is not set as null. */
  private static @Nullable String stored(String column, String value) {
    if (isUnset(column, value)) {
      return null;
    }
    boolean number = !OTHER_THAN_NUMBERS.contains(column);
    return number && value.equalsIgnoreCase("true") ? "1" : number && value.equalsIgnoreCase("false") ? "0" : value;
  }

  /** The Python wnm writes the text {@code None} when an exported configuration is read back. */
  private static boolean isUnset(String column, String value) {
    return PythonSchema.isNullableText(column) && (value.isEmpty() || value.equals("None"));
  }
}
