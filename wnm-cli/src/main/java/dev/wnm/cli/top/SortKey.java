package dev.wnm.cli.top;

import java.util.List;

/**
 * The column that nodes are sorted by.
 *
 * @param column its name; empty for the order of the colony
 * @param isDescending whether the greatest come first
 */
record SortKey(String column, boolean isDescending) {
  /** @param text as {@code --sort} has it, of one column; empty for the order of the colony */
  static SortKey of(String text) {
    return text.startsWith("-") ? new SortKey(text.substring(1), true) : new SortKey(text, false);
  }

  /** As {@code --sort} has it. */
  String text() {
    return (isDescending ? "-" : "") + column;
  }

  /** The other way round; the order of the colony has none. */
  SortKey reversed() {
    return column.isEmpty() ? this : new SortKey(column, !isDescending);
  }

  /** The column so many steps to the right, or left where below 0; before the first is the order of the colony, and nothing is behind the last. */
  SortKey moved(List<String> columns, int steps) {
    int place = Math.max(-1, Math.min(columns.indexOf(column) + steps, columns.size() - 1));
    return place < 0 ? of("") : new SortKey(columns.get(place), isDescending);
  }

  /** What the title of its column is followed by. */
  String mark() {
    return isDescending ? " \u2193" : " \u2191";
  }
}
