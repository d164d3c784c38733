package dev.wnm.core.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a file says of its own schema.
 *
 * <p>The number of the last of our migrations that a file has had is its {@code user_version}, a field of SQLite's header
 * that belongs to the transaction which sets it. {@link #mark} alone writes it, and {@code application_id} with it, which
 * tells our file from those of other programs. A file of wnm 1.0 also has a table of the migrations that were run in it; it is
 * left as it is, and asked only where {@code user_version} says nothing.
 *
 * @param applicationId which program's file it is; 0 when it does not say, as the Python wnm's does not
 * @param version the number of the last of our migrations; 0 for none, or when the file does not say
 * @param tables the names of its tables
 * @param revision the Python wnm's revision, where it has one
 * @param machines rows in {@code machine}
 */
record SchemaState(long applicationId, long version, Set<String> tables, Optional<String> revision, long machines) {
  /** The schema that this wnm works with: the number of the newest file in {@code db/migration}. */
  static final long VERSION = 11;
  /** "wnm" and a zero byte. */
  private static final long OURS = 0x776e6d00;

  /** The table that wnm 1.0 noted its migrations in. */
  private static final String HISTORY = "flyway_schema_history";
  /** A table that our first migration makes, and the Python wnm does not know. */
  private static final String FIRST_OF_OURS = "setting";

  /** Whether nothing is to be migrated. Asked at every start, so it reads three numbers and no more. */
  static boolean isCurrent(Connection connection) throws SQLException {
    return Sql.number(connection, "PRAGMA application_id") == OURS
        && Sql.number(connection, "PRAGMA user_version") == VERSION
        && Sql.texts(connection, "SELECT version_num FROM alembic_version").equals(List.of(PythonSchema.NEWEST));
  }

  static SchemaState of(Connection connection) throws SQLException {
    Set<String> tables = new HashSet<>(
        Sql.texts(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"));
    List<String> revisions =
        tables.contains("alembic_version") ? Sql.texts(connection, "SELECT version_num FROM alembic_version") : List.of();
    return new SchemaState(Sql.number(connection, "PRAGMA application_id"), version(connection, tables), tables,
        revisions.stream().findFirst(),
        tables.contains("machine") ? Sql.number(connection, "SELECT COUNT(*) FROM machine") : 0);
  }

  private static long version(Connection connection, Set<String> tables) throws SQLException {
    long version = Sql.number(connection, "PRAGMA user_version");
    return version == 0 && tables.contains(HISTORY)
        ? Sql.number(connection, "SELECT COALESCE(MAX(CAST(version AS INTEGER)), 0) FROM " + HISTORY + " WHERE success")
        : version;
  }

  /** Notes that the file is ours and has had the migrations up to this one, if the transaction that it is in is committed. */
  static void mark(Connection connection, long version) throws SQLException {
    Sql.run(connection, "PRAGMA application_id = " + OURS);
    Sql.run(connection, "PRAGMA user_version = " + version);
  }

  /** Whether there is nothing in it yet; wnm 1.0 may have been killed when it had made one table. */
  boolean isEmpty() {
    return Set.of(HISTORY).containsAll(tables);
  }

  void refuseUnusable(Path file) {
    if (applicationId != 0 && applicationId != OURS || !isEmpty() && !tables.containsAll(Set.of("machine", "node"))) {
      throw new StoreException("the file " + file + " is a SQLite database of another program; name another with --dbpath");
    }
    if (version > VERSION) {
      throw new StoreException("the database " + file + " is from a newer wnm (its schema is " + version
          + ", this wnm knows up to " + VERSION + "); use that wnm");
    }
    if (version == 0 && tables.contains(FIRST_OF_OURS)) {
      throw new StoreException("the database " + file + " does not say which schema it has, as one made from an SQL dump does"
          + " not; put back a copy of the file itself, or, if it was dumped from one of this wnm, say so: sqlite3 " + file
          + " \"PRAGMA user_version = " + VERSION + "\"");
    }
    if (revision.isPresent() && !PythonSchema.REVISIONS.contains(revision.get())) {
      throw new StoreException("the database " + file + " is from a Python wnm newer than 0.5.0 (its revision is "
          + revision.get() + "), which this wnm does not know");
    }
    if (revision.isEmpty() && machines > 0) {
      throw new StoreException("the database " + file + " is from a Python wnm of before November 2025, whose files cannot be"
          + " brought up to date; move it away and start anew with --init");
    }
  }

  static void refuseDamaged(Path file, Connection connection) throws SQLException {
    Optional<String> damage = damage(connection);
    if (damage.isPresent()) {
      throw new StoreException("the database " + file + " is damaged (" + damage.get() + "); put back a"
          + " backup, or move the file away and start anew with --init");
    }
  }

  /** The first thing that SQLite finds wrong with a file, in a line; empty for a sound one. */
  static Optional<String> damage(Connection connection) throws SQLException {
    String finding = Sql.texts(connection, "PRAGMA quick_check(1)").get(0);
    return finding.equals("ok") ? Optional.empty() : Optional.of(finding.replaceAll("\\s+", " "));
  }

  static StoreException withoutSettings(Path file) {
    return new StoreException("the database " + file + " holds no settings yet: run wnm --init with --rewards_address first");
  }

  /** Two rows for one service are one real node counted twice, and only a person can say which row is right. */
  static void refuseDuplicates(Path file, Connection connection) throws SQLException {
    List<String> duplicates = Sql.texts(connection, "SELECT 'nodes ' || GROUP_CONCAT(id, ' and ') || ' are both ' || service"
        + " FROM node GROUP BY COALESCE(container_id, 0), service HAVING COUNT(*) > 1 ORDER BY MIN(id)");
    if (!duplicates.isEmpty()) {
      throw new StoreException("the database " + file + " lists nodes twice: " + String.join(", ", duplicates)
          + "; delete the wrong rows first (sqlite3 " + file + " \"DELETE FROM node WHERE id = …\")");
    }
  }
}
