package dev.wnm.core.report.table;

import com.google.gson.JsonObject;
import dev.wnm.spi.internal.PlainText;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows in columns, in each format. */
public final class Table {
  private static final Pattern QUOTED_IN_CSV = Pattern.compile("[\",]|^\\s|\\s$");

  private Table() {}

  /** The titles, then a line for each row. */
  public static <T> List<String> lines(List<Column<T>> columns, List<T> rows, Screen screen) {
    return TextTable.lines(columns.stream().map(Column::heading).toList(),
        rows.stream().map(row -> columns.stream().map(column -> column.cell(row)).toList()).toList(), screen);
  }

  /**
   * As RFC 4180 has it, but with a line feed alone: the columns' names, then a line for each row. Sizes are bytes, times how long
   * something took are seconds, other times are in ISO 8601; what is not known is empty.
   */
  public static <T> String csv(List<Column<T>> columns, List<T> rows) {
    return Stream.concat(Stream.of(columns.stream().map(Column::name).collect(Collectors.joining(","))),
            rows.stream().map(row -> columns.stream().map(column -> inCsv(column.exact(row))).collect(Collectors.joining(","))))
        .collect(Collectors.joining("\n"));
  }

  /** One row by the columns' names in JSON. */
  public static <T> JsonObject json(List<Column<T>> columns, T row) {
    JsonObject json = new JsonObject();
    columns.forEach(column -> json.add(column.jsonName(), column.json(row)));
    return json;
  }

  private static String inCsv(String text) {
    String plain = PlainText.of(text);
    return QUOTED_IN_CSV.matcher(plain).find() ? "\"" + plain.replace("\"", "\"\"") + "\"" : plain;
  }
}
