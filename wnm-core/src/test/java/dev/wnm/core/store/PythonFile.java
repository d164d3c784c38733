package dev.wnm.core.store;

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
      for (String table : PythonModels.TABLES) {
        Sql.run(connection, PythonModels.createTable(table));
      }
      for (String index : PythonModels.createIndexes()) {
        if (lacking.stream().noneMatch(column -> index.endsWith("(" + column.replace("node.", "") + ");"))) {
          Sql.run(connection, index);
        }
      }
      if (!revision.isEmpty()) {
        Sql.run(connection, PythonModels.createTable("alembic_version"));
        Sql.run(connection, "INSERT INTO alembic_version VALUES ('" + revision + "')");
      }
      for (String column : lacking) {
        Sql.run(connection, "ALTER TABLE " + column.replace(".", " DROP COLUMN "));
      }
      insert(connection, "machine", 1, "");
      for (int id = 1; id <= 3; id++) {
        insert(connection, "node", id, "antnode%04d.service".formatted(id));
      }
    }
  }

  /**
   * The same, made by the Python wnm of one revision and brought to another by its migrations, which leave DEFAULT clauses,
   * and nulls where its models have none.
   *
   * @param ahead whether its models had all the columns already that no migration adds
   */
  static void make(Path file, String made, String carriedTo, boolean ahead) throws SQLException {
    Set<String> lacking = PythonModels.TABLES.stream().flatMap(table -> PythonModels.columns(table).stream()
        .filter(column -> column.isNeverAdded() ? !ahead : !column.isIn(made))
        .map(column -> table + "." + column.name())).collect(Collectors.toSet());
    make(file, made, lacking);
    try (Connection connection = Colonies.plain(file)) {
      for (String table : PythonModels.TABLES) {
        for (PythonModels.Column column : PythonModels.columns(table)) {
          if (column.isIn(carriedTo) && !column.isIn(made)) {
            Sql.run(connection, column.addTo(table));
          }
        }
      }
      Sql.run(connection, "UPDATE alembic_version SET version_num = '" + carriedTo + "'");
      if (carriedTo.equals("e2f4a512d24c") && !made.equals(carriedTo)) {
        Sql.run(connection, "UPDATE machine SET highest_node_id_used = (SELECT COALESCE(MAX(id), 0) FROM node)");
      }
    }
  }

  /** As the Python wnm does: names every one of its own columns, and nothing else. */
  static void insert(Connection connection, String table, int id, String service) throws SQLException {
    List<String> present = Sql.texts(connection, "SELECT name FROM pragma_table_info('" + table + "')");
    List<PythonModels.Column> columns =
        PythonModels.columns(table).stream().filter(column -> present.contains(column.name())).toList();
    String names = columns.stream().map(PythonModels.Column::name).collect(Collectors.joining(", "));
    String values = columns.stream().map(column -> switch (column.name()) {
      case "id" -> Integer.toString(id);
      case "machine_id" -> "1";
      case "container_id", "highest_node_id_used" -> "NULL";
      case "service" -> "'" + service + "'";
      case "status" -> "'RUNNING'";
      case "version" -> "'0.4.7'";
      case "antctl_version" -> "'None'";
      case "rewards" -> "'12'";
      default -> column.type().matches("INTEGER|FLOAT") ? "5" : "'text'";
    }).collect(Collectors.joining(", "));
    Sql.run(connection, "INSERT INTO " + table + " (" + names + ") VALUES (" + values + ")");
  }
}
