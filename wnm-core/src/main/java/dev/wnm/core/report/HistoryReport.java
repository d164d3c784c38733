package dev.wnm.core.report;

import com.google.gson.JsonArray;
import dev.wnm.core.history.DecisionQuery;
import dev.wnm.core.history.History;
import dev.wnm.core.history.OperationQuery;
import dev.wnm.core.history.PastDecision;
import dev.wnm.core.history.PastOperation;
import dev.wnm.core.history.TimeRange;
import dev.wnm.core.model.Incident;
import dev.wnm.core.report.table.Column;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.Selection;
import dev.wnm.core.report.table.Table;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.Human;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was decided, what was done and what befell nodes: the answer to {@code --history}. Text, CSV, or JSON. */
public final class HistoryReport {
  private static final List<Column<HistoryLine>> USUAL = HistoryLine.ALL.named("time", "what", "node", "result", "why", "asked_by", "detail");

  private HistoryReport() {}

  /**
   * What is shown of history.
   *
   * @param lines all of the time, the newest first
   * @param since where that time begins
   * @param isWhole whether these are all that is kept of it
   * @param most no more than so many lines are shown
   */
  public record Extent(List<HistoryLine> lines, Instant since, boolean isWhole, int most) {
    public Extent {
      lines = List.copyOf(lines);
    }

    /**
     * What is kept of a time.
     *
     * @param nodes what was done to or befell these alone, by number, and the decisions that it follows from; empty means all
     */
    public static Extent of(History history, TimeRange range, Set<Integer> nodes, int most, Instant now) {
      List<PastOperation> operations = history.operations(OperationQuery.of(range, History.MOST).on(nodes));
      List<Incident> incidents = history.incidents(range, nodes, History.MOST);
      List<PastDecision> decisions = history.decisions(DecisionQuery.of(range, History.MOST));
      boolean isWhole = Stream.of(operations, incidents, decisions).allMatch(part -> part.size() < History.MOST);
      Set<Long> followed = operations.stream().flatMapToLong(operation -> operation.motive().decision().stream()).boxed().collect(Collectors.toSet());
      return new Extent(Stream.of(operations.stream().map(operation -> HistoryLine.of(operation, now)),
          incidents.stream().map(incident -> HistoryLine.of(incident, now)),
          decisions.stream().filter(decision -> nodes.isEmpty() || followed.contains(decision.id())).map(decision -> HistoryLine.of(decision, now)))
          .flatMap(lines -> lines).sorted(HistoryLine.NEWEST_FIRST).toList(), range.from(), isWhole, most);
    }
  }

  /** @throws BadInputException for a format that it does not have */
  public static String print(Extent extent, Selection<HistoryLine> selection, ReportFormat format, Screen screen, Instant now) {
    Selection.Selected<HistoryLine> selected = selection.of(extent.lines());
    List<HistoryLine> shown = selected.rows().subList(0, Math.min(extent.most(), selected.rows().size()));
    return switch (format) {
      case JSON -> {
        JsonArray array = new JsonArray();
        shown.forEach(line -> array.add(Table.json(selection.columns().orElse(HistoryLine.ALL.all()), line)));
        yield Json.pretty(array);
      }
      case CSV -> Table.csv(selection.columns().orElse(HistoryLine.ALL.all()), shown);
      case TEXT -> String.join("\n", text(extent, selected, shown, selection.columns().orElse(USUAL), screen, now));
      default -> throw new BadInputException("--history has no --report_format " + format.name().toLowerCase(Locale.ROOT).replace('_', '-')
          + "; it has text, json and csv");
    };
  }

  private static List<String> text(Extent extent, Selection.Selected<HistoryLine> selected, List<HistoryLine> shown, List<Column<HistoryLine>> columns,
      Screen screen, Instant now) {
    List<String> lines = new ArrayList<>(shown.isEmpty() ? List.of() : Table.lines(columns, shown, screen));
    if (extent.lines().isEmpty()) {
      lines.add("nothing was decided or done since " + Human.atAndAgo(extent.since(), now));
    }
    selected.remark().ifPresent(lines::add);
    int left = selected.rows().size() - shown.size();
    if (left > 0) {
      lines.add("… and " + left + " more; --lines " + selected.rows().size() + " shows them all");
    }
    if (!extent.isWhole()) {
      lines.add("… and some of what is older: no more than " + History.MOST + " of a kind are read at once; a shorter --since, or --node, leaves"
          + " nothing out");
    }
    return lines;
  }
}
