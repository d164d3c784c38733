package dev.wnm.core.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plain statements for what jOOQ's generated classes do not cover (transactions, and the schema itself), and for what is asked at
 * every start: jOOQ's first query costs a third of a short run.
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
}
