package dev.wnm.cli.top;

import dev.wnm.core.config.Options;
import dev.wnm.core.report.NodeColumns;
import dev.wnm.core.report.NodeLine;
import dev.wnm.core.report.table.Selection;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.PlainText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The nodes that a filter lets through.
 *
 * @param lines they
 * @param remark what was left out; empty when nothing was
 * @param wrong why the filter is none, a sentence; all nodes are here then. Empty when it is one
 */
record Rows(List<NodeLine> lines, String remark, String wrong) {
  static final Rows NONE = new Rows(List.of(), "", "");

  /** @param filter as {@code --filter} has it; empty for all nodes */
  static Rows of(Optional<Snapshot> snapshot, String filter) {
    return snapshot.map(known -> of(known, filter)).orElse(NONE);
  }

  private static Rows of(Snapshot snapshot, String filter) {
    if (filter.isBlank()) {
      return new Rows(snapshot.lines(), "", "");
    }
    try {
      Selection.Selected<NodeLine> selected = Selection.of(NodeColumns.ALL,
          snapshot.settings().with(Map.of(Options.FILTER.name(), filter), "the filter"), snapshot.at()).of(snapshot.lines());
      return new Rows(selected.rows(), selected.remark().orElse(selected.of() + " of " + selected.of() + " match"), "");
    } catch (BadInputException wrong) {
      return new Rows(snapshot.lines(), "", PlainText.of(String.valueOf(wrong.getMessage())));
    }
  }
}
