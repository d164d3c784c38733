package dev.wnm.cli.top;

import dev.wnm.core.config.Options;
import dev.wnm.core.report.NodeColumns;
import dev.wnm.core.report.NodeLine;
import dev.wnm.core.report.table.Selection;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.PlainText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The nodes that a filter lets through, in some order.
 *
 * @param lines they
 * @param remark what was left out; empty when nothing was
 * @param wrong why the filter is none, a sentence; all nodes are here then. Empty when it is one
 */
record Rows(List<NodeLine> lines, String remark, String wrong) {
  static final Rows NONE = new Rows(List.of(), "", "");

  /**
   * Those of a snapshot.
   *
   * @param filter as {@code --filter} has it; empty for all nodes
   * @param sort as {@code --sort} has it; empty for the order of the colony
   */
  static Rows of(Optional<Snapshot> snapshot, String filter, String sort) {
    return snapshot.map(known -> of(known, filter.strip(), sort)).orElse(NONE);
  }

  private static Rows of(Snapshot snapshot, String filter, String sort) {
    try {
      Selection.Selected<NodeLine> selected = select(snapshot, filter, sort);
      return new Rows(selected.rows(), filter.isEmpty() ? "" : selected.remark().orElse(selected.of() + " of " + selected.of() + " match"), "");
    } catch (BadInputException wrong) {
      return new Rows(select(snapshot, "", sort).rows(), "", PlainText.of(String.valueOf(wrong.getMessage())));
    }
  }

  private static Selection.Selected<NodeLine> select(Snapshot snapshot, String filter, String sort) {
    Map<String, String> asked = new HashMap<>(Map.of(Options.FILTER.name(), filter, Options.SORT.name(), sort));
    asked.values().removeIf(String::isEmpty);
    return Selection.of(NodeColumns.ALL, snapshot.settings().with(asked, "the filter"), snapshot.at()).of(snapshot.lines());
  }
}
