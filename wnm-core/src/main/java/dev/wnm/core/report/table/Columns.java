package dev.wnm.core.report.table;

import dev.wnm.core.query.Fields;
import java.util.List;
import java.util.stream.Stream;

/**
 * All columns that there are of rows of one kind.
 *
 * @param <T> the row
 */
public final class Columns<T> {
  private final List<Column<T>> all;
  private final Fields<T> fields;

  /** @throws IllegalArgumentException when two have one name */
  public Columns(List<Column<T>> all) {
    this.all = List.copyOf(all);
    fields = new Fields<>(all.stream().map(Column::field).toList());
  }

  /** In their order. */
  public List<Column<T>> all() {
    return all;
  }

  /** Those of these names, which are some. */
  public List<Column<T>> named(String... names) {
    return Stream.of(names).map(this::require).toList();
  }

  Fields<T> fields() {
    return fields;
  }

  public Column<T> require(String name) {
    return fields.find(name).flatMap(field -> all.stream().filter(column -> column.field() == field).findFirst())
        .orElseThrow(() -> new IllegalArgumentException(fields.none(name)));
  }
}
