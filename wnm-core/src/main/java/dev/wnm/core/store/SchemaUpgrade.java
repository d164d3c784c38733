package dev.wnm.core.store;

import dev.wnm.core.store.schema.DefaultSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jooq.Field;
import org.jooq.Table;

/**
 * Brings an older file, or one of the Python wnm, up to the newest schema. Every step is a transaction and can be repeated,
 * so a crash between two of them leaves a file that the next run completes.
 */
final class SchemaUpgrade {
  private static final System.Logger LOG = System.getLogger(SchemaUpgrade.class.getName());
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Path file;
  private final Connection connection;
  private final DataSource source;
  private final Clock clock;

  SchemaUpgrade(Path file, Connection connection, DataSource source, Clock clock) {
    this.file = file;
    this.connection = connection;
    this.source = source;
    this.clock = clock;
  }

  /** Upgrades; when it fails, the file is what it was, but for columns that the Python wnm knows and the file lacked. */
  void run() throws SQLException {
    SchemaState state = SchemaState.of(connection);
    state.refuseUnusable(file);
    if (state.isEmpty()) {
      migrate();
      return;
    }
    SchemaState.refuseDamaged(file, connection);
    SchemaState.refuseDuplicates(file, connection);
    Path backup = backUp();
    try {
      completeColumns(state.tables());
      migrate();
    } catch (SQLException | RuntimeException e) {
      ColonyFile.discard(backup);
      throw e;
    }
    LOG.log(System.Logger.Level.INFO, "brought {0} up to date; it was kept as it had been in {1}", file, backup);
  }

  private Path backUp() throws SQLException {
    String name = file.getFileName() + ".backup-" + STAMP.format(clock.instant());
    Path backup = file.resolveSibling(name);
    for (int i = 2; Files.exists(backup); i++) {
      backup = file.resolveSibling(name + "-" + i);
    }
    // Under another name until it is whole, so that no half copy is ever taken for a backup.
    Path part = file.resolveSibling(backup.getFileName() + ".part");
    ColonyFile.discard(part);
    ColonyFile.create(part);
    try (PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
      copy.setString(1, part.toString());
      copy.execute();
      Files.move(part, backup, StandardCopyOption.ATOMIC_MOVE);
    } catch (SQLException e) {
      ColonyFile.discard(part);
      throw e;
    } catch (IOException e) {
      ColonyFile.discard(part);
      throw new StoreException("the database " + file + " was not brought up to date: no copy could be kept as " + backup, e);
    }
    return backup;
  }

  private void completeColumns(Set<String> tables) throws SQLException {
    Sql.inTransaction(connection, () -> {
      complete("machine", PythonSchema.MACHINE);
      complete("node", PythonSchema.NODE);
      if (tables.contains("container")) {
        complete("container", PythonSchema.CONTAINER);
        // The Python wnm does not hold SQLite to its references; we do.
        Sql.run(connection, "UPDATE node SET container_id = NULL WHERE container_id NOT IN (SELECT id FROM container)");
      }
      if (tables.contains("alembic_version")) {
        Sql.run(connection, "UPDATE alembic_version SET version_num = '" + PythonSchema.NEWEST + "'");
      }
      return null;
    });
  }

  private void complete(String table, List<PythonSchema.Column> later) throws SQLException {
    List<String> present = Sql.texts(connection, "SELECT name FROM pragma_table_info('" + table + "')");
    for (PythonSchema.Column column : later) {
      if (!present.contains(column.name())) {
        Sql.run(connection, column.addTo(table));
        if (column.name().equals("highest_node_id_used")) {
          Sql.run(connection, "UPDATE machine SET highest_node_id_used = (SELECT COALESCE(MAX(id), 0) FROM node)");
        }
      }
    }
    List<String> complete = Sql.texts(connection, "SELECT name FROM pragma_table_info('" + table + "')");
    List<String> missing = new ArrayList<>(columnsOf(table));
    missing.removeAll(complete);
    if (!missing.isEmpty()) {
      throw new StoreException("the database " + file + " is not one of wnm: its table " + table + " has no column "
          + missing.get(0));
    }
  }

  private static List<String> columnsOf(String table) {
    Table<?> known = DefaultSchema.DEFAULT_SCHEMA.getTable(table);
    return known.fieldStream().map(Field::getName).toList();
  }

  private void migrate() throws SQLException {
    try {
      Flyway.configure(SchemaUpgrade.class.getClassLoader())
          .dataSource(source)
          .locations("classpath:db/migration")
          // A file of the Python wnm has tables but no history of ours: it starts before our first migration.
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw SqliteErrors.explain(file, e);
    }
    if (!SchemaState.of(connection).isCurrent()) {
      throw new IllegalStateException("the migrations do not lead to schema " + SchemaState.VERSION);
    }
  }
}
