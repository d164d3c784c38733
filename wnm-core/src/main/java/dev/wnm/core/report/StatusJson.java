package dev.wnm.core.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.wnm.core.decision.GrowthForecast;
import dev.wnm.core.decision.PlannedAction;
import dev.wnm.core.decision.Resource;
import dev.wnm.core.history.PastDecision;
import dev.wnm.core.history.PastOperation;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.model.Version;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report {@code status} for programs. Times are Unix seconds; what is unknown is null. */
final class StatusJson {
  private static final String UNKNOWN = "unknown";

  private StatusJson() {}

  static JsonObject of(FleetStatus status) {
    Verdict verdict = Verdict.of(status);
    JsonObject json = new JsonObject();
    json.addProperty("verdict", verdict.kind().name().toLowerCase(Locale.ROOT));
    json.addProperty("sentence", verdict.sentence());
    json.addProperty("time", status.now().getEpochSecond());
    json.add("last_cycle", time(status.lastCycle()));
    json.add("nodes", counts(status));
    json.addProperty("node_cap", status.nodeCap());
    json.add("troubles", array(status.health().troubles(), problem -> new JsonPrimitive(problem.what())));
    json.add("brakes", array(status.health().brakes(), problem -> new JsonPrimitive(problem.what())));
    json.add("unusable", Json.text(status.health().unusable()));
    json.add("program", program(status.programs()));
    json.add("programs", programs(status));
    json.addProperty("enable_upgrade", status.programs().upgrades());
    json.add("next", array(status.health().unusable().isPresent() ? List.of() : status.outlook().decision().actions(), StatusJson::json));
    json.add("why_not_more", array(StatusReport.whyNotMore(status), JsonPrimitive::new));
    json.add("growth", StatusReport.growth(status).<JsonElement>map(StatusJson::json).orElse(JsonNull.INSTANCE));
    json.add("groups", status.groups().<JsonElement>map(StatusJson::json).orElse(JsonNull.INSTANCE));
    JsonObject limits = new JsonObject();
    status.limits().forEach(limits::addProperty);
    json.add("limits", limits);
    json.add("resources", array(status.outlook().resources(), resource -> json(resource, status.room())));
    json.add("notes", array(status.programs().notes(), JsonPrimitive::new));
    json.add("problems", array(verdict.problems(), StatusJson::json));
    json.add("last_decision", status.past().decision().<JsonElement>map(StatusJson::json).orElse(JsonNull.INSTANCE));
    json.add("last_operations", array(status.past().operations(), StatusJson::json));
    json.add("nodes_looked_at", time(status.past().lookedAt()));
    json.add("processes_measured", time(status.past().measuredAt()));
    return json;
  }

  private static JsonElement time(Optional<Instant> at) {
    return at.<JsonElement>map(time -> new JsonPrimitive(time.getEpochSecond())).orElse(JsonNull.INSTANCE);
  }

  private static JsonObject json(Problem problem) {
    JsonObject json = new JsonObject();
    json.addProperty("word", problem.word());
    json.addProperty("what", problem.what());
    json.addProperty("mend", problem.mend());
    return json;
  }

  private static JsonObject json(PastDecision decision) {
    JsonObject json = new JsonObject();
    json.addProperty("first", decision.first().getEpochSecond());
    json.addProperty("last", decision.last().getEpochSecond());
    json.addProperty("times", decision.times());
    json.add("actions", array(decision.actions(), StatusJson::json));
    json.add("why_not_more", array(decision.notMore(), JsonPrimitive::new));
    return json;
  }

  private static JsonObject json(PastOperation operation) {
    JsonObject json = new JsonObject();
    json.addProperty("id", operation.id());
    json.addProperty("kind", operation.kind().name());
    json.addProperty("node_id", operation.nodeId());
    json.addProperty("service", operation.service());
    json.addProperty("begun", operation.begun().getEpochSecond());
    json.add("ended", time(operation.ended()));
    json.addProperty("ending", operation.ending().name().toLowerCase(Locale.ROOT));
    json.addProperty("detail", operation.detail());
    json.addProperty("reason", operation.motive().reason());
    json.addProperty("asked_by", operation.motive().askedBy());
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
      List<Node> nodes = StatusReport.readable(status).filter(node -> node.program().name().equals(name)).toList();
      program.add("nodes_by_version", byVersion(nodes.stream()));
      program.add("running_by_version", byVersion(nodes.stream().filter(node -> node.shownStatus().equals(NodeStatus.RUNNING.name()))));
      programs.add(name, program);
    });
    return programs;
  }

  private static JsonObject byVersion(Stream<Node> nodes) {
    JsonObject versions = new JsonObject();
    nodes.collect(Collectors.groupingBy(node -> node.version().map(Version::text).orElse(UNKNOWN), TreeMap::new, Collectors.counting())).forEach(versions::addProperty);
    return versions;
  }

  private static JsonObject json(FleetStatus.Groups groups) {
    JsonObject json = new JsonObject();
    json.addProperty("size", groups.size());
    json.addProperty("port_start", groups.portStart());
    json.addProperty("blocks", groups.allowed().toString());
    json.add("there", array(groups.groups(), group -> {
      JsonObject there = new JsonObject();
      there.addProperty("name", group.group().name());
      there.addProperty("block", group.group().index());
      there.addProperty("nodes", group.nodes());
      there.addProperty("running", group.running());
      return there;
    }));
    return json;
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

  private static JsonObject json(Resource resource, FleetStatus.Room room) {
    JsonObject json = new JsonObject();
    json.addProperty("name", resource.name());
    json.add("used", Json.decimal(resource.used()));
    json.addProperty("state", resource.state().word());
    json.add(resource.room().option(), limitOf(resource.room()));
    json.add(resource.pressure().option(), limitOf(resource.pressure()));
    json.add("room_for_nodes", Optional.ofNullable(room.nodes().get(resource.name())).<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE));
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
