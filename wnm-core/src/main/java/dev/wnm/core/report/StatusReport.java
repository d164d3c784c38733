package dev.wnm.core.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.wnm.core.decision.GrowthForecast;
import dev.wnm.core.decision.PlannedAction;
import dev.wnm.core.decision.Resource;
import dev.wnm.core.model.Fleet;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.TextTable;
import dev.wnm.spi.internal.PlainText;
import dev.wnm.spi.model.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report {@code status}: on one screen whether all is well, what the next cycle would do, and why not more. Text, or JSON. */
public final class StatusReport {
  private static final String UNKNOWN = "unknown";
  private static final int WIDTH_OF_LABELS = 14;
  private static final List<String> HEADINGS = List.of("Resource", "Used", "Room below", "Pressure above", "");

  private StatusReport() {}

  /** As JSON where that is asked for, else as text. */
  public static String print(FleetStatus status, ReportFormat format) {
    return format.isJson() ? Json.pretty(json(status)) : text(status);
  }

  private static String text(FleetStatus status) {
    List<String> lines = new ArrayList<>(List.of(PlainText.of(Verdict.of(status).sentence()), ""));
    FleetStatus.Programs programs = status.programs();
    lines.add(line("Nodes", new Fleet(status.nodes()).inWords() + ", of at most " + status.nodeCap() + " (node_cap)"));
    lines.add(line("Program", forNewNodes(programs) + running(status)));
    lines.add(line("Self-upgrade", programs.selfUpgrade().entrySet().stream().map(each -> each.getKey() + " " + each.getValue().word())
        .collect(Collectors.joining(", ", "", programs.selfUpgrade().isEmpty() ? UNKNOWN : "")) + "; upgrades by wnm "
        + (programs.upgrades() ? "on" : "off") + " (enable_upgrade)"));
    status.health().troubles().forEach(trouble -> lines.add(line("Trouble", trouble)));
    status.health().brakes().forEach(brake -> lines.add(line("Trouble", brake)));
    lines.add(line("Next cycle", next(status)));
    if (!whyNotMore(status).isEmpty()) {
      lines.add(line("Why not more", String.join("; ", whyNotMore(status))));
    }
    growth(status).ifPresent(growth -> lines.add(line("Growth", growth.sentence())));
    lines.add("");
    lines.addAll(table(status.outlook().resources()));
    if (!programs.notes().isEmpty()) {
      lines.add("");
      programs.notes().forEach(note -> lines.add(line("Note", note)));
    }
    return String.join("\n", lines);
  }

  private static String line(String label, String text) {
    return String.format(Locale.ROOT, "%-" + WIDTH_OF_LABELS + "s%s", label + ":", PlainText.of(text));
  }

  private static String forNewNodes(FleetStatus.Programs programs) {
    return !programs.isUsable() ? "there is none for new nodes" : "new nodes get "
        + programs.present().map(release -> release.program().name() + " " + release.version()).orElse("an " + UNKNOWN + " version")
        + programs.binary().map(path -> " (" + path + ")").orElse(", which the process manager fetches");
  }

  /** Which versions of which programs the nodes are. */
  private static String running(FleetStatus status) {
    Map<String, Integer> counts = new TreeMap<>();
    readable(status).forEach(node -> counts.merge(node.program().name() + " "
        + node.version().map(Version::text).orElse("of " + UNKNOWN + " version"), 1, Integer::sum));
    return counts.isEmpty() ? "" : counts.entrySet().stream().map(entry -> entry.getValue() + " of " + entry.getKey())
        .collect(Collectors.joining(", ", "; nodes: ", ""));
  }

  private static Stream<Node> readable(FleetStatus status) {
    return status.nodes().stream().filter(node -> node.status() != NodeStatus.UNREADABLE);
  }

  private static String next(FleetStatus status) {
    if (status.health().unusable().isPresent()) {
      return "nothing: " + status.health().unusable().get();
    }
    long underWay = status.nodes().stream().filter(node -> node.status().inFlight()).count();
    return status.outlook().decision().actions().stream().map(action -> action.inWords() + " (" + action.reason() + ")")
        .collect(Collectors.joining("; ")) + (underWay == 0 ? "" : "; it looks first at " + underWay
        + (underWay == 1 ? " node that is" : " nodes that are") + " under way, which may change this");
  }

  /** Where nothing can be done, that is said already. */
  private static List<String> whyNotMore(FleetStatus status) {
    return status.health().unusable().isPresent() ? List.of() : status.outlook().notMore();
  }

  private static Optional<GrowthForecast> growth(FleetStatus status) {
    return status.growth().filter(growth -> status.health().unusable().isEmpty());
  }

  private static List<String> table(List<Resource> resources) {
    List<List<String>> rows = new ArrayList<>(List.of(HEADINGS));
    resources.forEach(resource -> rows.add(List.of(resource.name(), resource.inWords(), limit(resource.room()),
        limit(resource.pressure()), resource.state().word())));
    return TextTable.lines(rows, Screen.NONE);
  }

  private static String limit(Resource.Limit limit) {
    return limit.inWords() + " (" + limit.option() + ")";
  }

  private static JsonObject json(FleetStatus status) {
    Verdict verdict = Verdict.of(status);
    JsonObject json = new JsonObject();
    json.addProperty("verdict", verdict.kind().name().toLowerCase(Locale.ROOT));
    json.addProperty("sentence", verdict.sentence());
    json.addProperty("time", status.now().getEpochSecond());
    json.add("last_cycle", status.lastCycle().<JsonElement>map(at -> new JsonPrimitive(at.getEpochSecond())).orElse(JsonNull.INSTANCE));
    json.add("nodes", counts(status));
    json.addProperty("node_cap", status.nodeCap());
    json.add("troubles", array(status.health().troubles(), JsonPrimitive::new));
    json.add("brakes", array(status.health().brakes(), JsonPrimitive::new));
    json.add("unusable", Json.text(status.health().unusable()));
    json.add("program", program(status.programs()));
    json.add("programs", programs(status));
    json.addProperty("enable_upgrade", status.programs().upgrades());
    json.add("next", array(status.health().unusable().isPresent() ? List.of() : status.outlook().decision().actions(), StatusReport::json));
    json.add("why_not_more", array(whyNotMore(status), JsonPrimitive::new));
    json.add("growth", growth(status).<JsonElement>map(StatusReport::json).orElse(JsonNull.INSTANCE));
    json.add("resources", array(status.outlook().resources(), StatusReport::json));
    json.add("notes", array(status.programs().notes(), JsonPrimitive::new));
    return json;
  }

  /** By the words of the reports on nodes. */
  private static JsonObject counts(FleetStatus status) {
    JsonObject counts = new JsonObject();
    counts.addProperty("total", status.nodes().size());
    counts.addProperty("in_trouble", status.health().troubled());
    Map<String, Long> byStatus = status.nodes().stream().collect(Collectors.groupingBy(Node::shownStatus, TreeMap::new, Collectors.counting()));
    byStatus.forEach(counts::addProperty);
    return counts;
  }

  private static JsonObject program(FleetStatus.Programs programs) {
    JsonObject program = new JsonObject();
    program.add("path", Json.text(programs.binary()));
    program.add("name", Json.text(programs.present().map(release -> release.program().name())));
    program.add("version", Json.text(programs.present().map(release -> release.version().text())));
    return program;
  }

  /** Each program in use, with how many nodes there are of each version. */
  private static JsonObject programs(FleetStatus status) {
    JsonObject programs = new JsonObject();
    status.programs().selfUpgrade().forEach((name, self) -> {
      JsonObject program = new JsonObject();
      program.addProperty("self_upgrade", self.word());
      JsonObject versions = new JsonObject();
      readable(status).filter(node -> node.program().name().equals(name)).collect(Collectors.groupingBy(node ->
          node.version().map(Version::text).orElse(UNKNOWN), TreeMap::new, Collectors.counting())).forEach(versions::addProperty);
      program.add("nodes_by_version", versions);
      programs.add(name, program);
    });
    return programs;
  }

  private static JsonObject json(PlannedAction action) {
    JsonObject json = new JsonObject();
    json.addProperty("type", action.type().name());
    json.addProperty("target", action.target().name());
    json.addProperty("count", action.count());
    json.addProperty("reason", action.reason());
    return json;
  }

  private static JsonObject json(GrowthForecast growth) {
    JsonObject json = new JsonObject();
    json.addProperty("nodes", growth.nodes());
    json.addProperty("seconds", growth.time().toSeconds());
    json.addProperty("sentence", growth.sentence());
    return json;
  }

  private static JsonObject json(Resource resource) {
    JsonObject json = new JsonObject();
    json.addProperty("name", resource.name());
    json.add("used", Json.decimal(resource.used()));
    json.addProperty("state", resource.state().word());
    json.add(resource.room().option(), limitOf(resource.room()));
    json.add(resource.pressure().option(), limitOf(resource.pressure()));
    return json;
  }

  /** null where it is switched off. */
  private static JsonElement limitOf(Resource.Limit limit) {
    return limit.isOn() ? Json.decimal(limit.value()) : JsonNull.INSTANCE;
  }

  private static <T> JsonArray array(Collection<T> values, Function<T, JsonElement> element) {
    JsonArray array = new JsonArray();
    values.forEach(value -> array.add(element.apply(value)));
    return array;
  }
}
