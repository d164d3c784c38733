package dev.wnm.core.store;

import dev.wnm.core.store.schema.DefaultSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Field;
import org.jooq.Table;

/**
 * Brings a new or older file, or one of the Python wnm, up to the newest schema: all of it in one transaction, so that a
 * failure or a crash leaves the file as it was.
 */
final class SchemaUpgrade {
  private static final System.Logger LOG = System.getLogger(SchemaUpgrade.class.getName());

  private final Path file;
  private final Connection connection;
  private final Connections connections;
  private final Clock clock;
  private final List<Migration> migrations;
  /** What is being done, for the message when it fails. */
  private String step = "";
  private Optional<Path> copy = Optional.empty();

  SchemaUpgrade(Path file, Connection connection, Connections connections, Clock clock, List<Migration> migrations) {
    this.file = file;
    this.connection = connection;
    this.connections = connections;
    this.clock = clock;
    this.migrations = migrations;
  }

  /**
   * Upgrades.
   *
   * @throws StoreException when the file cannot be used or an upgrade fails, which names the copy that was made before
   */
  void run() throws SQLException {
    SchemaState.of(connection).refuseUnusable(file);
    try {
      // Nobody may write from here on, so that the copy is of what is upgraded. That it is locked shows before one is made.
      Sql.inTransaction(connection, this::upgrade).ifPresent(kept ->
          LOG.log(System.Logger.Level.INFO, "brought {0} up to date; it was kept as it had been in {1}", file, kept));
    } catch (SQLException | StoreException e) {
      if (copy.isPresent()) {
        throw failed(copy.get(), e);
      }
      throw e;
    }
  }

  /** @return the copy of the file as it was; empty for one without tables */
  private Optional<Path> upgrade() throws SQLException {
    SchemaState state = SchemaState.of(connection);
    state.refuseUnusable(file);
    if (state.isEmpty()) {
      migrate(0);
      return Optional.empty();
    }
    SchemaState.refuseDamaged(file, connection);
    SchemaState.refuseDuplicates(file, connection);
    refuseForeign("machine", PythonSchema.MACHINE);
    refuseForeign("node", PythonSchema.NODE);
    if (state.tables().contains("container")) {
      refuseForeign("container", PythonSchema.CONTAINER);
    }
    copy = Optional.of(new Backup(file, connections, clock).make());
    completeColumns(state.tables());
    // Nodes whose container is gone have none now, and may so have come to have one name.
    SchemaState.refuseDuplicates(file, connection);
    migrate(state.version());
    step = "COMMIT";
    return copy;
  }

  private StoreException failed(Path kept, Exception cause) {
    String why = cause instanceof StoreException known
        ? known.getMessage()
        : SqliteErrors.explain(file, cause).getMessage() + ", at: " + step;
    return new StoreException(why + "; the file is as it was, and a copy of it is kept in " + kept, cause);
  }

  private void completeColumns(Set<String> tables) throws SQLException {
    complete("machine", PythonSchema.MACHINE);
    complete("node", PythonSchema.NODE);
    if (tables.contains("container")) {
      complete("container", PythonSchema.CONTAINER);
      // The Python wnm does not hold SQLite to its references; we do.
      run("UPDATE node SET container_id = NULL WHERE container_id NOT IN (SELECT id FROM container)");
    }
    if (tables.contains("alembic_version")) {
      run("UPDATE alembic_version SET version_num = '" + PythonSchema.NEWEST + "'");
    }
  }

  private void complete(String table, List<PythonSchema.Column> later) throws SQLException {
    List<String> present = present(table);
    for (PythonSchema.Column column : later) {
      if (!present.contains(column.name())) {
        run(column.addTo(table));
        if (column.name().equals("highest_node_id_used")) {
          run("UPDATE machine SET highest_node_id_used = (SELECT COALESCE(MAX(id), 0) FROM node)");
        }
      }
    }
  }

  /** @param later columns that a table of an older file may lack */
  private void refuseForeign(String table, List<PythonSchema.Column> later) throws SQLException {
    List<String> missing = new ArrayList<>(columnsOf(table));
    missing.removeAll(present(table));
    missing.removeAll(later.stream().map(PythonSchema.Column::name).toList());
    if (!missing.isEmpty()) {
      throw new StoreException("the database " + file + " is not one of wnm: its table " + table + " has no column "
          + missing.get(0));
    }
  }

  private List<String> present(String table) throws SQLException {
    return Sql.texts(connection, "SELECT name FROM pragma_table_info('" + table + "')");
  }

  private static List<String> columnsOf(String table) {
    Table<?> known = DefaultSchema.DEFAULT_SCHEMA.getTable(table);
    return known.fieldStream().map(Field::getName).toList();
  }

  /** @param version the last migration that the file has had */
  private void migrate(long version) throws SQLException {
    long reached = version;
    for (Migration migration : migrations) {
      if (migration.version() > version) {
        for (String statement : migration.statements()) {
          run(statement);
        }
        reached = migration.version();
      }
    }
    SchemaState.mark(connection, reached);
    if (!SchemaState.isCurrent(connection)) {
      throw new IllegalStateException("the migrations do not lead to schema " + SchemaState.VERSION);
    }
  }

  private void run(String statement) throws SQLException {
    step = statement.replaceAll("\\s+", " ");
    if (step.length() > 120) {
      step = step.substring(0, 120) + "…";
    }
    Sql.run(connection, statement);
  }
}
