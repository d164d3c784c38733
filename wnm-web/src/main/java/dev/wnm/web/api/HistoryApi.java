package dev.wnm.web.api;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.core.colony.Colony;
import dev.wnm.core.colony.NamedNodes;
import dev.wnm.core.history.DecisionQuery;
import dev.wnm.core.history.NodeLife;
import dev.wnm.core.history.OperationQuery;
import dev.wnm.core.history.PastDecision;
import dev.wnm.core.history.TimeRange;
import dev.wnm.core.report.NodeColumns;
import dev.wnm.core.report.NodeLifeReport;
import dev.wnm.core.report.NodeLine;
import dev.wnm.core.report.ReplayReport;
import dev.wnm.core.report.ReportFormat;
import dev.wnm.core.report.table.Table;
import dev.wnm.core.whatif.replay.Replayed;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.LogRequest;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.web.http.Answer;
import dev.wnm.web.http.Refusal;
import dev.wnm.web.http.Request;
import dev.wnm.web.http.Routes;
import dev.wnm.web.live.LiveColony;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was: courses, decisions, operations, the lives of nodes, and how it would have gone with other settings. */
public final class HistoryApi {
  private static final int USUAL_POINTS = 300;
  private static final int MOST_POINTS = 2_000;
  private static final int USUAL_LINES = 200;
  private static final int MOST_LINES = 5_000;
  private static final int USUAL_ROWS = 500;
  /** Of one kind in an answer; the page asks for so many, and says that there may be more when it gets them. */
  static final int MOST_ROWS = 5_000;

  private final LiveColony colony;
  /** A replay takes a core for a while. */
  private final Semaphore replays = new Semaphore(1);

  public HistoryApi(LiveColony colony) {
    this.colony = colony;
  }

  /** @param base the beginning of each path */
  public void addTo(Routes routes, String base) {
    routes.get(base + "/machine", this::machine);
    routes.get(base + "/states", this::states);
    routes.get(base + "/decisions", this::decisions);
    routes.get(base + "/decisions/{id}", this::decision);
    routes.get(base + "/operations", this::operations);
    routes.get(base + "/incidents", this::incidents);
    routes.get(base + "/nodes/{id}", this::life);
    routes.get(base + "/nodes/{id}/course", this::course);
    routes.get(base + "/nodes/{id}/log", this::log);
    routes.get(base + "/what-if", this::whatIf);
  }

  private Answer machine(Request request) throws IOException {
    TimeRange range = range(request, "points");
    int points = request.number("points", USUAL_POINTS, 1, MOST_POINTS);
    return Documents.answer(colony.ask(open -> Documents.machine(open.history().machine(range, points))));
  }

  private Answer states(Request request) throws IOException {
    TimeRange range = range(request, "points");
    int points = request.number("points", USUAL_POINTS, 1, MOST_POINTS);
    return Documents.answer(colony.ask(open -> Documents.states(open.history().states(range, points))));
  }

  private Answer course(Request request) throws IOException {
    TimeRange range = range(request, "points");
    int points = request.number("points", USUAL_POINTS, 1, MOST_POINTS);
    int node = line(request).node().id();
    return Documents.answer(colony.ask(open -> Documents.node(open.history().node(node, range, points))));
  }

  private Answer decisions(Request request) throws IOException {
    TimeRange range = range(request, "limit", "acted");
    DecisionQuery.Which which = switch (request.parameter("acted").orElse("no")) {
      case "yes" -> DecisionQuery.Which.ACTED_ON;
      case "no" -> DecisionQuery.Which.ALL;
      default -> throw Refusal.badRequest("acted must be yes or no, not '" + request.query().get("acted") + "'");
    };
    int limit = request.number("limit", USUAL_ROWS, 1, MOST_ROWS);
    return Documents.answer(colony.ask(open -> Documents.list(open.history().decisions(new DecisionQuery(range, which, limit)), Documents::decision)));
  }

  private Answer decision(Request request) throws IOException {
    request.allowOnly(Set.of());
    long id = id(request);
    Optional<PastDecision> decision = colony.ask(open -> open.history().decision(id));
    return Documents.answer(decision.map(Documents::decision).orElseThrow(() -> Refusal.notFound("there is no decision " + id + ", or it is not kept any more")));
  }

  private Answer operations(Request request) throws IOException {
    TimeRange range = range(request, "limit", "node", "decision");
    int limit = request.number("limit", USUAL_ROWS, 1, MOST_ROWS);
    OperationQuery all = OperationQuery.of(range, limit);
    OperationQuery ofNode = request.parameter("node").isEmpty() ? all : all.on(Set.of(request.number("node", 1, 1, Integer.MAX_VALUE)));
    OperationQuery query = request.parameter("decision").isEmpty() ? ofNode
        : ofNode.following(Set.of((long) request.number("decision", 1, 1, Integer.MAX_VALUE)));
    return Documents.answer(colony.ask(open -> Documents.list(open.history().operations(query), Documents::operation)));
  }

  private Answer incidents(Request request) throws IOException {
    TimeRange range = range(request, "limit");
    int limit = request.number("limit", USUAL_ROWS, 1, MOST_ROWS);
    return Documents.answer(colony.ask(open -> Documents.list(open.history().incidents(range, Set.of(), limit), Documents::incident)));
  }

  private Answer life(Request request) throws IOException {
    request.allowOnly(Set.of());
    NodeLine line = line(request);
    TimeRange range = new TimeRange(line.node().createdAt(), now().plusSeconds(1));
    JsonObject json = new JsonObject();
    NodeLife life = colony.ask(open -> {
      String told = NodeLifeReport.print(open.explain(new NamedNodes(List.of(line.node()), Map.of())), ReportFormat.JSON);
      JsonObject explained = JsonParser.parseString(told).getAsJsonArray().get(0).getAsJsonObject();
      List.of("node", "added", "added_by", "life").forEach(explained::remove);
      json.add("explained", explained);
      return open.history().life(line.node().id(), range, 1);
    });
    json.add("node", Table.json(NodeColumns.ALL.all(), line));
    json.add("operations", Documents.list(life.operations(), Documents::operation));
    json.add("incidents", Documents.list(life.incidents(), Documents::incident));
    json.add("added_by", life.addedBy().<JsonElement>map(Documents::decision).orElse(JsonNull.INSTANCE));
    return Documents.answer(json);
  }

  private Answer log(Request request) throws IOException {
    request.allowOnly(Set.of("lines", "since", "after"));
    NodeLine line = line(request);
    LogRequest last = LogRequest.last(request.number("lines", USUAL_LINES, 1, MOST_LINES));
    LogRequest recent = request.parameter("since").map(Spans::length).map(last::within).orElse(last);
    LogRequest wanted = request.parameter("after").map(position -> recent.after(position, Duration.ZERO)).orElse(recent);
    try (Colony open = colony.open()) {
      return Documents.answer(Documents.log(open.logs().of(line.node()).source().part(wanted)));
    } catch (ManagerUnavailableException e) {
      throw new Refusal(503, String.valueOf(e.getMessage()));
    }
  }

  private Answer whatIf(Request request) throws IOException {
    request.allowOnly(Set.of("since", "set"));
    Duration length = request.parameter("since").map(Spans::length).orElse(Duration.ofDays(7));
    Map<String, String> settings = request.parameter("set").map(HistoryApi::settings).orElse(Map.of());
    if (!replays.tryAcquire()) {
      throw new Refusal(429, "another replay is under way");
    }
    try {
      Optional<Replayed> replayed = colony.ask(open -> open.replay(length, settings, "set"));
      return replayed.map(replay -> Answer.json(ReplayReport.print(replay, ReportFormat.JSON)))
          .orElseThrow(() -> Refusal.notFound("nothing is recorded of that time"));
    } catch (BadInputException wrong) {
      throw Refusal.badRequest(String.valueOf(wrong.getMessage()));
    } finally {
      replays.release();
    }
  }

  private static Map<String, String> settings(String text) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String pair : text.split(",")) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw Refusal.badRequest("set must be settings such as cpu_less_than=60,node_cap=50, not '" + text + "'");
      }
      settings.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return settings;
  }

  private NodeLine line(Request request) {
    long id = id(request);
    return colony.now().lines().stream().filter(line -> line.node().id() == id).findFirst()
        .orElseThrow(() -> Refusal.notFound("there is no node with the number " + id));
  }

  private static long id(Request request) {
    String text = request.part("id");
    if (!text.matches("[0-9]{1,15}")) {
      throw Refusal.badRequest("'" + text + "' is no number");
    }
    return Long.parseLong(text);
  }

  private TimeRange range(Request request, String... others) {
    request.allowOnly(Stream.concat(Spans.NAMES.stream(), Stream.of(others)).collect(Collectors.toSet()));
    return Spans.of(request, now());
  }

  private Instant now() {
    return colony.host().tools().clock().instant();
  }
}
