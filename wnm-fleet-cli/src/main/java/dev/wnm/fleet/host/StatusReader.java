package dev.wnm.fleet.host;

import dev.wnm.fleet.json.JsonPart;
import dev.wnm.fleet.json.UnreadableException;
import dev.wnm.fleet.model.GroupsJson;
import dev.wnm.fleet.model.HostState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/** Reads what {@code --report status --json} and {@code --report machine-config --json} say. */
final class StatusReader {
  private static final int LONGEST = 4 << 20;
  private static final int LONGEST_TEXT = 1_000;
  private static final Set<String> NO_STATUS = Set.of("total", "in_trouble");
  private static final Set<String> NO_THRESHOLD = Set.of("name", "used", "state", "room_for_nodes");

  private StatusReader() {}

  /** A report on the machine. */
  record Status(HostState.Nodes nodes, List<HostState.Resource> resources, HostState.Outlook outlook, Map<String, String> limits,
      Optional<HostState.Groups> groups) {}

  static Status status(String report) throws UnreadableException {
    JsonPart json = JsonPart.parse("wnm's report", report, LONGEST);
    Optional<JsonPart> groups = json.optionalPart("groups");
    return new Status(nodes(json), resources(json), outlook(json), json.textsByName("limits", LONGEST_TEXT),
        groups.isEmpty() ? Optional.empty() : Optional.of(GroupsJson.read(groups.get())));
  }

  /** What {@code --report machine-config --json} says of {@code hold}. */
  static boolean isOnHold(String report) throws UnreadableException {
    JsonPart json = JsonPart.parse("wnm's settings", report, LONGEST);
    if (!json.isThere("hold")) {
      throw new UnreadableException("wnm's settings do not say whether it is on hold");
    }
    return json.isTrue("hold");
  }

  private static HostState.Nodes nodes(JsonPart json) throws UnreadableException {
    JsonPart counts = json.part("nodes");
    Map<String, Integer> byStatus = new TreeMap<>();
    for (String name : counts.names()) {
      if (!NO_STATUS.contains(name)) {
        byStatus.put(name, counts.count(name));
      }
    }
    Map<String, Integer> byVersion = new TreeMap<>();
    JsonPart programs = json.part("programs");
    for (String program : programs.names()) {
      programs.part(program).countsByName("running_by_version", LONGEST_TEXT).forEach((version, count) -> byVersion.put(program + " " + version, count));
    }
    return new HostState.Nodes(byStatus, byVersion, json.optionalCount("node_cap"), counts.optionalCount("in_trouble"), json.optionalTime("nodes_looked_at"));
  }

  private static List<HostState.Resource> resources(JsonPart json) throws UnreadableException {
    List<HostState.Resource> resources = new ArrayList<>();
    for (JsonPart part : json.parts("resources")) {
      List<OptionalDouble> thresholds = new ArrayList<>();
      for (String name : part.names()) {
        if (!NO_THRESHOLD.contains(name)) {
          thresholds.add(part.optionalDecimal(name));
        }
      }
      resources.add(new HostState.Resource(part.text("name", LONGEST_TEXT), part.text("state", LONGEST_TEXT), part.optionalDecimal("used"),
          thresholds.isEmpty() ? OptionalDouble.empty() : thresholds.get(0), thresholds.size() < 2 ? OptionalDouble.empty() : thresholds.get(1),
          part.optionalNumber("room_for_nodes")));
    }
    return resources;
  }

  private static HostState.Outlook outlook(JsonPart json) throws UnreadableException {
    List<HostState.Trouble> troubles = new ArrayList<>();
    for (JsonPart part : json.parts("problems")) {
      troubles.add(new HostState.Trouble(part.text("word", LONGEST_TEXT, ""), part.text("what", LONGEST_TEXT), part.text("mend", LONGEST_TEXT, "")));
    }
    JsonPart last = json.isThere("last_decision") ? json.part("last_decision") : json;
    boolean isDecided = json.isThere("last_decision");
    return new HostState.Outlook(json.text("verdict", LONGEST_TEXT), json.text("sentence", LONGEST_TEXT), troubles, actions(json, "next"),
        json.texts("why_not_more", LONGEST_TEXT), isDecided ? String.join("; ", actions(last, "actions")) : "",
        isDecided ? last.optionalTime("last") : json.optionalTime("none"));
  }

  private static List<String> actions(JsonPart json, String key) throws UnreadableException {
    List<String> actions = new ArrayList<>();
    for (JsonPart part : json.parts(key)) {
      int count = part.count("count");
      actions.add(part.text("type", LONGEST_TEXT).toLowerCase(Locale.ROOT) + (count == 0 ? "" : " " + count) + " (" + part.text("reason", LONGEST_TEXT, "")
          + ")");
    }
    return actions;
  }
}
