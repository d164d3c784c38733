package dev.wnm.core.history;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.core.decision.ActionType;
import dev.wnm.core.decision.DecisionInput;
import dev.wnm.core.decision.Feature;
import dev.wnm.core.decision.Features;
import dev.wnm.core.decision.PlannedAction;
import dev.wnm.core.model.Cause;
import dev.wnm.core.model.FleetCounts;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Decisions as texts, in which they are kept. What cannot be read of a text, as another version of wnm may have written it, is left out. */
public final class DecisionText {
  private DecisionText() {}

  /** The same for decisions that differ in figures only. */
  public static String kind(CycleRecord cycle) {
    StringJoiner kind = new StringJoiner("|");
    kind.add(features(cycle.outlook().decision().features()));
    cycle.outlook().decision().actions().forEach(action ->
        kind.add(action.type() + " " + action.target() + " " + action.count() + " " + Cause.kind(action.reason())));
    cycle.outlook().notMore().forEach(clause -> kind.add(Cause.kind(clause)));
    return kind.toString();
  }

  /** The names of those that hold. */
  public static String features(Features features) {
    return features.holding().stream().map(Feature::key).collect(Collectors.joining(","));
  }

  /** The features that a text names. */
  public static Features readFeatures(String text) {
    Set<String> names = Set.of(text.split(","));
    Set<Feature> holding = EnumSet.noneOf(Feature.class);
    for (Feature feature : Feature.values()) {
      if (names.contains(feature.key())) {
        holding.add(feature);
      }
    }
    return new Features(holding);
  }

  /** Actions as a JSON list. */
  public static String actions(List<PlannedAction> actions) {
    JsonArray list = new JsonArray();
    for (PlannedAction action : actions) {
      JsonObject json = new JsonObject();
      json.addProperty("type", action.type().name());
      json.addProperty("target", action.target().name());
      json.addProperty("count", action.count());
      json.addProperty("priority", action.priority());
      json.addProperty("reason", action.reason());
      list.add(json);
    }
    return list.toString();
  }

  /** The actions of a JSON list. */
  public static List<PlannedAction> readActions(String text) {
    try {
      return StreamSupport.stream(JsonParser.parseString(text).getAsJsonArray().spliterator(), false)
          .map(JsonElement::getAsJsonObject).map(json -> new PlannedAction(ActionType.valueOf(json.get("type").getAsString()),
              PlannedAction.Target.valueOf(json.get("target").getAsString()), json.get("count").getAsInt(),
              json.get("priority").getAsInt(), json.get("reason").getAsString())).toList();
    } catch (RuntimeException | StackOverflowError unreadable) {
      return List.of();
    }
  }

  /** Clauses as a JSON list. */
  public static String clauses(List<String> clauses) {
    JsonArray list = new JsonArray();
    clauses.forEach(list::add);
    return list.toString();
  }

  /** The clauses of a JSON list. */
  public static List<String> readClauses(String text) {
    try {
      return StreamSupport.stream(JsonParser.parseString(text).getAsJsonArray().spliterator(), false)
          .map(JsonElement::getAsString).toList();
    } catch (RuntimeException | StackOverflowError unreadable) {
      return List.of();
    }
  }

  /** What a decision was made from, as {@code --what_if} takes it for {@code metrics}; without what is unknown. */
  public static String numbers(DecisionInput input) {
    JsonObject json = new JsonObject();
    counts(input.fleet()).forEach(json::addProperty);
    for (Measure measure : Measure.values()) {
      measure.of(input.host()).ifPresent(value -> json.addProperty(whatIfKey(measure), whole(value)));
    }
    input.sinceLastStop().ifPresent(since -> json.addProperty("seconds_since_last_stop", since.toSeconds()));
    return json.toString();
  }

  /** The numbers of a JSON object by their keys. */
  public static Map<String, Double> readNumbers(String text) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    try {
      JsonParser.parseString(text).getAsJsonObject().asMap().forEach((key, value) -> numbers.put(key, value.getAsDouble()));
    } catch (RuntimeException | StackOverflowError unreadable) {
      return Map.of();
    }
    return numbers;
  }

  /** Settings as a JSON object. */
  public static String settings(Map<String, String> settings) {
    JsonObject json = new JsonObject();
    settings.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> json.addProperty(entry.getKey(), entry.getValue()));
    return json.toString();
  }

  /** The settings of a JSON object. */
  public static Map<String, String> readSettings(String text) {
    try {
      Map<String, String> settings = new LinkedHashMap<>();
      JsonParser.parseString(text).getAsJsonObject().asMap().forEach((key, value) -> settings.put(key, value.getAsString()));
      return settings;
    } catch (RuntimeException | StackOverflowError unreadable) {
      return Map.of();
    }
  }

  private static Map<String, Integer> counts(FleetCounts fleet) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("total_nodes", fleet.total());
    counts.put("running_nodes", fleet.running());
    counts.put("stopped_nodes", fleet.stopped());
    counts.put("restarting_nodes", fleet.restarting());
    counts.put("upgrading_nodes", fleet.upgrading());
    counts.put("migrating_nodes", fleet.migrating());
    counts.put("removing_nodes", fleet.removing());
    counts.put("dead_nodes", fleet.dead());
    counts.put("backing_off_nodes", fleet.backingOff());
    counts.put("waiting_nodes", fleet.waiting());
    counts.put("hung_nodes", fleet.hung());
    counts.put("nodes_to_upgrade", fleet.outdated());
    return counts;
  }

  private static String whatIfKey(Measure measure) {
    return measure == Measure.IO_WAIT ? "io_wait" : measure.key();
  }

  /** Without a fraction of zero. */
  private static Number whole(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return (long) value;
    }
    return Math.rint(value * 100) / 100;
  }
}
