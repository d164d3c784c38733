package dev.wnm.core.report;

import java.util.List;

/** A table as text: columns as wide as their widest cell, two blanks between them, the last one as it is. */
final class TextTable {
  private static final String GAP = "  ";

  private TextTable() {}

  /**
   * Its lines.
   *
   * @param rows the heading first, all with as many cells, of one line each
   */
  static List<String> lines(List<List<String>> rows) {
    int columns = rows.isEmpty() ? 0 : rows.get(0).size();
    int[] widths = new int[columns];
    rows.forEach(row -> {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    });
    return rows.stream().map(row -> {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length())).append(GAP);
      }
      return line.toString().stripTrailing();
    }).toList();
  }
}
