package dev.wnm.web.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.wnm.core.config.Option;
import dev.wnm.core.config.Options;
import dev.wnm.core.report.NodeColumns;
import dev.wnm.core.report.NodeLine;
import dev.wnm.core.report.ReportFormat;
import dev.wnm.core.report.StatusReport;
import dev.wnm.core.report.table.Column;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.Selection;
import dev.wnm.core.report.table.Table;
import dev.wnm.web.live.CycleCounts;
import dev.wnm.web.live.Snapshot;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How the colony is at one moment, in JSON. */
final class StateDocuments {
  /** What the page shows of a node. */
  private static final List<Column<NodeLine>> USUAL = Stream.of("id", "service", "group", "status", "version", "age", "seen", "peers", "records",
      "relevant_records", "max_records", "shunned", "gets", "puts", "memory", "cpu", "disk", "disk_measured", "relays", "process_measured", "uptime", "restarts", "port", "metrics_port", "wallet",
      "rewards", "payments", "network_size", "down_cause", "missed_probes", "failures", "retry_after", "last_error", "last_incident", "program",
      "manager_type", "peer_id").map(NodeColumns.ALL::require).toList();

  private StateDocuments() {}

  /**
   * The status report, and what the page needs beside it.
   *
   * @param trouble why it is old; empty when it is not
   * @param interval from the end of a cycle to the next; empty where no watch runs
   * @param cycles what they did; empty where no watch runs
   */
  static JsonObject status(Snapshot snapshot, Optional<String> trouble, Optional<Duration> interval, Optional<CycleCounts.Numbers> cycles) {
    JsonObject json = JsonParser.parseString(StatusReport.print(snapshot.status(), ReportFormat.JSON, Screen.NONE)).getAsJsonObject();
    json.addProperty("snapshot", snapshot.id());
    json.add("trouble_of_the_page", trouble.<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE));
    JsonObject watch = new JsonObject();
    watch.add("interval_seconds", interval.<JsonElement>map(time -> new JsonPrimitive(time.toSeconds())).orElse(JsonNull.INSTANCE));
    watch.add("last_end", Documents.time(cycles.flatMap(CycleCounts.Numbers::lastEnd)));
    watch.add("last_took_seconds", cycles.flatMap(CycleCounts.Numbers::lastTook).<JsonElement>map(took -> new JsonPrimitive(took.toMillis() / 1000.0))
        .orElse(JsonNull.INSTANCE));
    watch.add("cycles", cycles.<JsonElement>map(numbers -> new JsonPrimitive(numbers.cycles())).orElse(JsonNull.INSTANCE));
    watch.addProperty("host", hostName());
    watch.addProperty("database", snapshot.settings().get(Options.DBPATH).toString());
    json.add("watch", watch);
    return json;
  }

  /**
   * Nodes as rows.
   *
   * @param asked filter, sort and columns, as the options of these names have them
   * @throws dev.wnm.spi.config.BadInputException when they ask for what is not there
   */
  static Documents.Document nodes(Snapshot snapshot, Map<String, String> asked) {
    Map<String, String> texts = new HashMap<>(asked);
    texts.values().removeIf(String::isEmpty);
    Selection<NodeLine> selection = Selection.of(NodeColumns.ALL, snapshot.settings().with(texts, "the request"), snapshot.at());
    Selection.Selected<NodeLine> selected = selection.of(snapshot.lines());
    List<Column<NodeLine>> columns = selection.columns().orElse(USUAL);
    return out -> {
      out.beginObject();
      out.name("snapshot").value(snapshot.id());
      out.name("time").value(snapshot.at().getEpochSecond());
      out.name("of").value(selected.of());
      out.name("unknown").value(selected.unknown());
      out.name("rows");
      Documents.write(out, selected.rows(), line -> Table.json(columns, line));
      out.endObject();
    };
  }

  /** What can be asked of nodes. */
  static JsonArray columns() {
    return Documents.list(NodeColumns.ALL.all(), column -> {
      JsonObject entry = new JsonObject();
      entry.addProperty("name", column.name());
      entry.add("aliases", Documents.list(column.field().aliases(), JsonPrimitive::new));
      entry.addProperty("title", column.title());
      entry.addProperty("key", column.jsonName());
      entry.addProperty("kind", column.field().type().kind().name().toLowerCase(Locale.ROOT));
      entry.add("words", Documents.list(column.field().type().words(), JsonPrimitive::new));
      entry.addProperty("allowed", column.field().type().allowed());
      entry.addProperty("usual", USUAL.contains(column));
      return entry;
    });
  }

  /** Those that decisions depend on. */
  static JsonArray settings(Snapshot snapshot) {
    Map<String, String> texts = snapshot.settings().asText();
    return Documents.list(Options.OF_DECISIONS, option -> setting(option, Optional.ofNullable(texts.get(option.name()))));
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

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unknown) {
      return "";
    }
  }
}
