package dev.wnm.core.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Plain statements for what jOOQ's generated classes do not cover (transactions, and the schema itself), and for what every cycle,
 * survey and report asks and saves: jOOQ's first query costs a third of a short run, and a row that it reads ten times as much as one
 * read here. What only operations need is written with jOOQ.
 */
final class Sql {
  private Sql() {}

  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Does all of {@code work} or, when it throws, nothing of it. Takes the write lock at once. */
  static <T> T inTransaction(Connection connection, Work<T> work) throws SQLException {
    run(connection, "BEGIN IMMEDIATE");
    try {
      T result = work.run();
      run(connection, "COMMIT");
      return result;
    } catch (SQLException | RuntimeException e) {
      rollBack(connection, e);
      throw e;
    }
  }

  /** SQLite itself rolls back after some errors, such as a full disk; that the second roll-back fails is then no news. */
  private static void rollBack(Connection connection, Exception cause) {
    try {
      run(connection, "ROLLBACK");
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /** What is done in a transaction. */
  interface Work<T> {
    T run() throws SQLException;
  }

  /** The first column of all rows. */
  static List<String> texts(Connection connection, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  /** The first column of the first row. @param parameter what stands for the question mark */
  static Optional<String> text(Connection connection, String sql, String parameter) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, parameter);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
      }
    }
  }

  static long number(Connection connection, String sql) throws SQLException {
    return Long.parseLong(texts(connection, sql).get(0));
  }

  /** What is made of a row of a result. */
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** What is done with a row of a result. */
  interface RowTaker {
    void take(ResultSet row) throws SQLException;
  }

  /** All rows. @param parameters numbers and texts that stand for the question marks */
  static <T> List<T> rows(Connection connection, String sql, RowReader<T> reader, Object... parameters) throws SQLException {
    List<T> rows = new ArrayList<>();
    each(connection, sql, row -> rows.add(reader.read(row)), parameters);
    return rows;
  }

  /** Hands over each row, without keeping any. */
  static void each(Connection connection, String sql, RowTaker taker, Object... parameters) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      bind(query, parameters);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          taker.take(rows);
        }
      }
    }
  }

  /** @return how many rows it changed */
  static int change(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return statement.executeUpdate();
    }
  }

  /** @param into such as {@code INSERT INTO decision} @param row values by column */
  static void insert(Connection connection, String into, Map<String, @Nullable Object> row) throws SQLException {
    change(connection, into + " (" + String.join(", ", row.keySet()) + ") VALUES (" + "?, ".repeat(row.size() - 1) + "?)",
        row.values().toArray());
  }

  /**
   * Inserts rows that all name the same columns in the same order, or replaces what is there with the same key.
   *
   * @param key the column that tells rows apart, one of a row's
   * @param rows values by column
   */
  static void upsert(Connection connection, String table, String key, Iterator<Map<String, @Nullable Object>> rows) throws SQLException {
    if (!rows.hasNext()) {
      return;
    }
    Map<String, @Nullable Object> row = rows.next();
    String updates = row.keySet().stream().filter(column -> !column.equals(key)).map(column -> column + " = excluded." + column)
        .collect(Collectors.joining(", "));
    try (PreparedStatement statement = connection.prepareStatement("INSERT INTO " + table + " (" + String.join(", ", row.keySet())
        + ") VALUES (" + "?, ".repeat(row.size() - 1) + "?) ON CONFLICT (" + key + ") DO UPDATE SET " + updates)) {
      bind(statement, row.values().toArray());
      statement.executeUpdate();
      while (rows.hasNext()) {
        bind(statement, rows.next().values().toArray());
        statement.executeUpdate();
      }
    }
  }

  static void bind(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }
}
