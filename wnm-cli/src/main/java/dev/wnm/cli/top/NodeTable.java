package dev.wnm.cli.top;

import dev.wnm.core.report.NodeColumns;
import dev.wnm.core.report.NodeLine;
import dev.wnm.core.report.table.Column;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.Table;
import dev.wnm.core.report.table.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The nodes as a table, of which only the rows that are seen are made. */
final class NodeTable {
  /** For the cursor and the mark. */
  private static final int MARGIN = 2;
  private static final int RANK_OF_ERRORS = 15;
  private static final int LEAST_ERROR = 10;
  private static final String GROUP = "group";

  /** The one that is shown. */
  static final NodeTable USUAL = new NodeTable();

  private final List<Column<NodeLine>> columns;

  private NodeTable() {
    this(List.of(usual("service"), usual(GROUP), usual("status"), usual("age"), usual("version"), usual("port"), usual("peers").titled("Peers"), usual("records"),
        usual("shunned"), usual("memory"), usual("cpu"), usual("restarts"), usual("last_error").rank(RANK_OF_ERRORS).cutTo(LEAST_ERROR)));
  }

  private static Column<NodeLine> usual(String name) {
    return NodeColumns.ALL.require(name);
  }

  NodeTable(List<Column<NodeLine>> columns) {
    this.columns = List.copyOf(columns);
  }

  /**
   * The titles and the rows around the cursor.
   *
   * @param rows how many lines there are for it, 1 or more; where it is one, that is the row under the cursor
   */
  List<String> lines(Model model, Screen screen, int columnsOfScreen, int rows) {
    List<NodeLine> all = model.rows().lines();
    if (all.isEmpty()) {
      return List.of(model.filter().isEmpty() || !model.rows().wrong().isEmpty() ? "there are no nodes" : "no node matches");
    }
    int seen = Math.max(1, rows - 1);
    int first = Math.max(0, Math.min(model.cursor() - seen / 2, all.size() - seen));
    List<NodeLine> window = all.subList(first, Math.min(all.size(), first + seen));
    Screen narrower = new Screen(true, OptionalInt.of(Math.max(1, columnsOfScreen - MARGIN)), screen.isColoured());
    List<String> table = Table.lines(marked(columns(all), SortKey.of(model.sort())), window, narrower);
    List<String> lines = new ArrayList<>();
    if (rows > 1) {
      lines.add(" ".repeat(MARGIN) + table.get(0));
    }
    for (int i = 0; i < window.size(); i++) {
      boolean isHere = first + i == model.cursor();
      boolean isMarked = model.marked().contains(window.get(i).node().id());
      lines.add(screen.paint(Tone.STRONG, (isHere ? ">" : " ") + (isMarked ? "*" : " ")) + table.get(i + 1));
    }
    return lines;
  }

  /** The names of the columns that are shown of these nodes, from the left. */
  List<String> names(List<NodeLine> all) {
    return columns(all).stream().map(Column::name).toList();
  }

  private static List<Column<NodeLine>> marked(List<Column<NodeLine>> columns, SortKey key) {
    return columns.stream().map(column -> column.name().equals(key.column()) ? column.titled(column.title() + key.mark()) : column).toList();
  }

  /** Where there are no groups, their column says nothing. */
  private List<Column<NodeLine>> columns(List<NodeLine> all) {
    boolean hasGroups = all.stream().anyMatch(line -> line.group().isPresent());
    return columns.stream().filter(column -> hasGroups || !column.name().equals(GROUP)).toList();
  }
}
