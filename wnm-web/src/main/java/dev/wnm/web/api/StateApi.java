package dev.wnm.web.api;

import dev.wnm.core.config.Options;
import dev.wnm.core.decision.ActionType;
import dev.wnm.core.report.ReportFormat;
import dev.wnm.core.report.WhyNotReport;
import dev.wnm.core.report.table.Screen;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.web.http.Answer;
import dev.wnm.web.http.Refusal;
import dev.wnm.web.http.Request;
import dev.wnm.web.http.Routes;
import dev.wnm.web.live.LiveColony;
import dev.wnm.web.live.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How the colony is now: from the last snapshot, so that many readers cost no more than one. */
public final class StateApi {
  /** What can be asked for, by its word. */
  static final Map<String, ActionType> ACTIONS = Map.of("add", ActionType.ADD, "start", ActionType.START, "upgrade", ActionType.UPGRADE);
  private static final Set<String> OF_TABLES = Set.of("filter", "sort", "columns");

  private final LiveColony colony;

  public StateApi(LiveColony colony) {
    this.colony = colony;
  }

  /** @param base the beginning of each path */
  public void addTo(Routes routes, String base) {
    Answer description = Answer.of(Answer.JSON, description());
    Answer columns = Documents.answer(StateDocuments.columns());
    routes.get(base + "/openapi.json", request -> always(request, description));
    routes.get(base + "/columns", request -> always(request, columns));
    routes.get(base + "/status", this::status);
    routes.get(base + "/nodes", this::nodes);
    routes.get(base + "/settings", this::settings);
    routes.get(base + "/why-not/{action}", this::whyNot);
  }

  private static Answer always(Request request, Answer answer) {
    request.allowOnly(Set.of());
    return answer;
  }

  private Answer status(Request request) {
    request.allowOnly(Set.of());
    // What cycles did may change while a snapshot stays.
    return colony.now().part("status " + colony.cycles().cycles() + colony.trouble(), snapshot -> Documents.answer(StateDocuments.status(snapshot,
        colony.trouble(), Optional.of(colony.host().settings().get(Options.WATCH)), Optional.of(colony.cycles()))));
  }

  private Answer nodes(Request request) {
    request.allowOnly(OF_TABLES);
    Snapshot now = colony.now();
    try {
      return request.query().isEmpty() ? now.part("nodes", snapshot -> Documents.written(StateDocuments.nodes(snapshot, Map.of())))
          : Documents.written(StateDocuments.nodes(now, request.query()));
    } catch (BadInputException wrong) {
      throw Refusal.badRequest(String.valueOf(wrong.getMessage()));
    }
  }

  private Answer settings(Request request) {
    request.allowOnly(Set.of());
    return colony.now().part("settings", snapshot -> Documents.answer(StateDocuments.settings(snapshot)));
  }

  private Answer whyNot(Request request) throws IOException {
    request.allowOnly(Set.of());
    String word = request.part("action");
    if (!ACTIONS.containsKey(word)) {
      throw Refusal.notFound("there is only why-not of " + String.join(", ", ACTIONS.keySet().stream().sorted().toList()) + ", not of '" + word + "'");
    }
    return Answer.json(colony.ask(open -> WhyNotReport.print(open.whyNot(ACTIONS.get(word)), ReportFormat.JSON, Screen.NONE)));
  }

  private static byte[] description() {
    try (InputStream in = StateApi.class.getResourceAsStream("/dev/wnm/web/openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("this build lacks the description of its API");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
