package dev.wnm.web.api;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.core.colony.Colony;
import dev.wnm.core.decision.ActionType;
import dev.wnm.core.history.DecisionQuery;
import dev.wnm.core.history.History;
import dev.wnm.core.history.OperationQuery;
import dev.wnm.core.history.TimeRange;
import dev.wnm.core.report.ReportFormat;
import dev.wnm.core.report.WhyNotReport;
import dev.wnm.core.report.table.Screen;
import dev.wnm.web.live.Snapshot;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a page in one file holds: the answers that it would ask for. */
public final class Report {
  private static final Duration LENGTH = Duration.ofDays(7);
  private static final int POINTS = 600;
  /** What the view of decisions lists. */
  private static final int CYCLES = 500;

  private Report() {}

  /** By the paths under which the page asks, each with its answer. */
  public static JsonObject of(Colony colony) {
    Snapshot now = Snapshot.of(1, colony);
    TimeRange range = TimeRange.last(LENGTH, now.at());
    History history = colony.history();
    JsonObject answers = new JsonObject();
    answers.add("status", StateDocuments.status(now, Optional.empty(), Optional.empty(), Optional.empty()));
    answers.add("nodes", Documents.whole(StateDocuments.nodes(now, Map.of())));
    answers.add("columns", StateDocuments.columns());
    answers.add("settings", StateDocuments.settings(now));
    for (Map.Entry<String, ActionType> action : StateApi.ACTIONS.entrySet()) {
      answers.add("why-not/" + action.getKey(), JsonParser.parseString(WhyNotReport.print(colony.whyNot(action.getValue()), ReportFormat.JSON, Screen.NONE)));
    }
    answers.add("machine", Documents.machine(history.machine(range, POINTS)));
    answers.add("states", Documents.states(history.states(range, POINTS)));
    answers.add("decisions", Documents.list(history.decisions(new DecisionQuery(range, DecisionQuery.Which.ACTED_ON, HistoryApi.MOST_ROWS)), Documents::decision));
    answers.add("all-decisions", Documents.list(history.decisions(DecisionQuery.of(range, CYCLES)), Documents::decision));
    answers.add("operations", Documents.list(history.operations(OperationQuery.of(range, HistoryApi.MOST_ROWS)), Documents::operation));
    answers.add("incidents", Documents.list(history.incidents(range, Set.of(), HistoryApi.MOST_ROWS), Documents::incident));
    JsonObject data = new JsonObject();
    data.add("answers", answers);
    return data;
  }
}
