package dev.wnm.web.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.wnm.core.config.Option;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.report.NodeColumns;
import dev.wnm.core.report.NodeLine;
import dev.wnm.core.report.ReportFormat;
import dev.wnm.core.report.StatusReport;
import dev.wnm.core.report.table.Column;
import dev.wnm.core.report.table.Selection;
import dev.wnm.core.report.table.Table;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.web.http.Answer;
import dev.wnm.web.http.Refusal;
import dev.wnm.web.http.Request;
import dev.wnm.web.http.Routes;
import dev.wnm.web.live.LiveColony;
import dev.wnm.web.live.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How the colony is now: from the last snapshot, so that many readers cost no more than one. */
public final class StateApi {
  /** What the page shows of a node. */
  private static final List<Column<NodeLine>> USUAL = columns("id", "service", "group", "status", "version", "age", "seen", "peers", "records",
      "relevant_records", "max_records", "shunned", "gets", "puts", "memory", "cpu", "disk", "uptime", "restarts", "port", "metrics_port", "wallet",
      "rewards", "payments", "network_size", "down_cause", "missed_probes", "failures", "retry_after", "last_error", "last_incident", "program",
      "manager_type", "peer_id");
  private static final Set<String> OF_TABLES = Set.of("filter", "sort", "columns");

  private final LiveColony colony;

  public StateApi(LiveColony colony) {
    this.colony = colony;
  }

  /** @param base the beginning of each path */
  public void addTo(Routes routes, String base) {
    Answer description = Answer.text("application/json", resource("/dev/wnm/web/openapi.json"));
    routes.get(base + "/openapi.json", request -> description);
    routes.get(base + "/status", this::status);
    routes.get(base + "/nodes", this::nodes);
    routes.get(base + "/columns", request -> columns());
    routes.get(base + "/settings", this::settings);
  }

  private Answer status(Request request) {
    request.allowOnly(Set.of());
    Snapshot now = colony.now();
    JsonObject json = now.part("status", snapshot -> Answer.json(StatusReport.print(snapshot.status(), ReportFormat.JSON))).text()
        .transform(text -> JsonParser.parseString(text).getAsJsonObject());
    json.addProperty("snapshot", now.id());
    json.add("trouble_of_the_page", colony.trouble().<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE));
    json.add("watch", watch(now));
    return Documents.answer(json);
  }

  private JsonObject watch(Snapshot now) {
    JsonObject watch = new JsonObject();
    watch.addProperty("interval_seconds", colony.host().settings().get(Options.WATCH).toSeconds());
    watch.add("last_end", Documents.time(colony.cycles().lastEnd()));
    watch.addProperty("last_took_seconds", colony.cycles().lastTook().toMillis() / 1000.0);
    watch.addProperty("cycles", colony.cycles().cycles());
    watch.addProperty("host", hostName());
    watch.addProperty("database", now.settings().get(Options.DBPATH).toString());
    return watch;
  }

  private Answer nodes(Request request) {
    request.allowOnly(OF_TABLES);
    Snapshot now = colony.now();
    return request.query().isEmpty() ? now.part("nodes", snapshot -> table(snapshot, Map.of())) : table(now, request.query());
  }

  private static Answer table(Snapshot snapshot, Map<String, String> asked) {
    try {
      Map<String, String> texts = new HashMap<>(asked);
      texts.values().removeIf(String::isEmpty);
      Selection<NodeLine> selection = Selection.of(NodeColumns.ALL, snapshot.settings().with(texts, "the request"), snapshot.at());
      Selection.Selected<NodeLine> selected = selection.of(snapshot.lines());
      JsonObject json = new JsonObject();
      json.addProperty("snapshot", snapshot.id());
      json.addProperty("time", snapshot.at().getEpochSecond());
      json.addProperty("of", selected.of());
      json.addProperty("unknown", selected.unknown());
      List<Column<NodeLine>> columns = selection.columns().orElse(USUAL);
      json.add("rows", Documents.list(selected.rows(), line -> Table.json(columns, line)));
      return Documents.answer(json);
    } catch (BadInputException wrong) {
      throw Refusal.badRequest(String.valueOf(wrong.getMessage()));
    }
  }

  private static Answer columns() {
    JsonArray json = Documents.list(NodeColumns.ALL.all(), column -> {
      JsonObject entry = new JsonObject();
      entry.addProperty("name", column.name());
      entry.add("aliases", Documents.list(column.field().aliases(), JsonPrimitive::new));
      entry.addProperty("title", column.title());
      entry.addProperty("key", column.jsonName());
      entry.addProperty("allowed", column.field().type().allowed());
      return entry;
    });
    return Documents.answer(json);
  }

  private Answer settings(Request request) {
    request.allowOnly(Set.of());
    return colony.now().part("settings", snapshot -> {
      Settings settings = snapshot.settings();
      Map<String, String> texts = settings.asText();
      return Documents.answer(Documents.list(Options.OF_DECISIONS, option -> setting(option, Optional.ofNullable(texts.get(option.name())))));
    });
  }

  private static JsonObject setting(Option<?> option, Optional<String> value) {
    JsonObject json = new JsonObject();
    json.addProperty("name", option.name());
    json.add("value", value.<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE));
    json.addProperty("unit", option.unit());
    json.addProperty("allowed", option.allowed());
    json.addProperty("help", option.help());
    return json;
  }

  private static List<Column<NodeLine>> columns(String... names) {
    return List.of(names).stream().map(NodeColumns.ALL::require).toList();
  }

  private static String hostName() {
    try {
      return java.net.InetAddress.getLocalHost().getHostName();
    } catch (IOException unknown) {
      return "";
    }
  }

  private static String resource(String name) {
    try (InputStream in = StateApi.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("this build lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
