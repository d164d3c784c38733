package dev.wnm.cli.packaged;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A look into, and where a test needs it a hand in, the database by plain SQL. */
record ColonyFile(Path file) {
  /** The rows of a query, each by column name; what is null has no entry. */
  List<Map<String, String>> rows(String sql) {
    try (Connection connection = open(); Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(sql)) {
      List<Map<String, String>> rows = new ArrayList<>();
      while (results.next()) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) {
          String value = results.getString(i);
          if (value != null) {
            row.put(results.getMetaData().getColumnName(i), value);
          }
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw new AssertionError(file + ": " + sql, e);
    }
  }

  void change(String sql) {
    try (Connection connection = open(); Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new AssertionError(file + ": " + sql, e);
    }
  }

  /** All that the database holds, by table. */
  Map<String, List<Map<String, String>>> content() {
    Map<String, List<Map<String, String>>> content = new TreeMap<>();
    for (Map<String, String> table : rows("SELECT name FROM sqlite_master WHERE type = 'table'")) {
      content.put(table.get("name"), rows("SELECT * FROM " + table.get("name")));
    }
    return content;
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file + "?busy_timeout=15000");
  }
}
