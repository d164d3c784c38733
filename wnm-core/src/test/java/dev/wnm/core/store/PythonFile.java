package dev.wnm.core.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes files such as the Python wnm leaves behind. */
final class PythonFile {
  private static final Map<String, List<PythonSchema.Column>> LATER_COLUMNS = Map.of(
      "machine", PythonSchema.MACHINE, "container", PythonSchema.CONTAINER, "node", PythonSchema.NODE);

  private PythonFile() {}

  /** {@code table.column} of all that older files may lack. */
  static Set<String> laterColumns() {
    return LATER_COLUMNS.entrySet().stream()
        .flatMap(table -> table.getValue().stream().map(column -> table.getKey() + "." + column.name()))
        .collect(Collectors.toSet());
  }

  /**
   * A file with a machine and three nodes.
   *
   * @param revision of its schema; empty for a file of before the migrations
   * @param lacking {@code table.column} of what it does not have
   */
  static void make(Path file, String revision, Collection<String> lacking) throws SQLException {
    try (Connection connection = Colonies.plain(file)) {
      for (String table : List.of("machine", "container", "node")) {
        Sql.run(connection, createTable(table));
      }
      Sql.run(connection, "CREATE INDEX ix_node_status ON node (status)");
      if (!revision.isEmpty()) {
        Sql.run(connection, createTable("alembic_version"));
        Sql.run(connection, "INSERT INTO alembic_version VALUES ('" + revision + "')");
      }
      insert(connection, "machine", 1, "");
      for (int id = 1; id <= 3; id++) {
        insert(connection, "node", id, "antnode%04d.service".formatted(id));
      }
      for (String column : lacking) {
        Sql.run(connection, "ALTER TABLE " + column.replace(".", " DROP COLUMN "));
      }
    }
  }

  /** As the Python wnm does: names every one of its own columns, and nothing else. */
  static void insert(Connection connection, String table, int id, String service) throws SQLException {
    List<String> names = Sql.texts(connection, "SELECT name FROM pragma_table_info('" + table + "')");
    List<String> types = Sql.texts(connection, "SELECT type FROM pragma_table_info('" + table + "')");
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      values.append(i == 0 ? "" : ", ").append(switch (names.get(i)) {
        case "id" -> Integer.toString(id);
        case "machine_id" -> "1";
        case "container_id", "highest_node_id_used" -> "NULL";
        case "service" -> "'" + service + "'";
        case "status" -> "'RUNNING'";
        case "version" -> "'0.4.7'";
        case "antctl_version" -> "'None'";
        case "rewards" -> "'12'";
        default -> types.get(i).matches("INTEGER|FLOAT") ? "5" : "'text'";
      });
    }
    Sql.run(connection, "INSERT INTO " + table + " (" + String.join(", ", names) + ") VALUES (" + values + ")");
  }

  /** The statement of our first migration, which keeps to the Python wnm's names, types and order. */
  private static String createTable(String table) {
    try (var in = ColonyStore.class.getResourceAsStream("/db/migration/V1__colony.sql")) {
      String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      int start = script.indexOf("CREATE TABLE IF NOT EXISTS " + table + " (");
      return script.substring(start, script.indexOf(";", start));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
