package dev.wnm.web.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.wnm.core.config.Options;
import dev.wnm.core.cycle.Order;
import dev.wnm.spi.command.Shell;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.web.http.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * What somebody asks for: something to be done to nodes, or other settings.
 *
 * @param order what is to be done; empty where only settings are to change
 * @param settings the settings to store, as texts by name
 * @param dryRun whether it is only to be said what would be done
 */
record Wish(Optional<Order> order, Map<String, String> settings, boolean dryRun) {
  private static final Set<String> ACTIONS = Set.of("add", "start", "stop", "upgrade", "remove", "disable", "enable", "survey");
  private static final Set<String> KEYS = Set.of("action", "nodes", "count", "confirm", "dry_run");
  /** More than these are confirmed by their number. */
  private static final int UNCONFIRMED = 10;
  private static final int MOST_NODES = 10_000;

  /** @throws Refusal when it cannot be asked for from here, or is not confirmed */
  static Wish ofNodes(String text) {
    JsonObject json = object(text);
    json.keySet().stream().filter(key -> !KEYS.contains(key)).findFirst().ifPresent(key -> {
      throw Refusal.badRequest("there is no key '" + key + "' in an order; there are " + String.join(", ", KEYS.stream().sorted().toList()));
    });
    String action = word(json, "action").orElse("");
    if (!ACTIONS.contains(action)) {
      throw Refusal.badRequest("action must be one of " + String.join(", ", ACTIONS.stream().sorted().toList()) + ", not '" + action
          + "'; teardown and others are only for the command line");
    }
    List<String> nodes = names(json);
    OptionalInt count = number(json, "count");
    boolean dryRun = isTrue(json, "dry_run");
    int affected = nodes.isEmpty() ? count.orElse(1) : nodes.size();
    boolean needsConfirmation = !action.equals("survey") && !dryRun && (affected > UNCONFIRMED || action.equals("remove"));
    if (needsConfirmation && number(json, "confirm").orElse(0) != affected) {
      throw new Refusal(409, "this is about " + affected + (affected == 1 ? " node" : " nodes") + ": say so with \"confirm\": " + affected);
    }
    try {
      return new Wish(Optional.of(new Order(action, nodes, count)), Map.of(), dryRun);
    } catch (BadInputException wrong) {
      throw Refusal.badRequest(String.valueOf(wrong.getMessage()));
    }
  }

  /** @throws Refusal when one of them is not to be changed from here */
  static Wish ofSettings(String text) {
    Map<String, String> settings = new LinkedHashMap<>();
    object(text).asMap().forEach((name, value) -> {
      if (Options.OF_DECISIONS.stream().noneMatch(option -> option.name().equals(name))) {
        throw Refusal.badRequest("'" + name + "' cannot be changed from here; wnm --" + (name.matches("[a-z_]+") ? name : "help") + " can");
      }
      if (!value.isJsonPrimitive()) {
        throw Refusal.badRequest(name + " must be a text or a number");
      }
      settings.put(name, value.getAsString());
    });
    if (settings.isEmpty()) {
      throw Refusal.badRequest("there is no setting in this");
    }
    return new Wish(Optional.empty(), settings, false);
  }

  /** The same as a command line. */
  String words() {
    StringBuilder words = new StringBuilder("wnm");
    order.ifPresent(asked -> {
      words.append(" --force_action ").append(asked.action());
      if (!asked.names().isEmpty()) {
        words.append(" --service_name ").append(Shell.word(String.join(",", asked.names())));
      }
      asked.count().ifPresent(count -> words.append(" --count ").append(count));
    });
    new TreeMap<>(settings).forEach((name, value) -> words.append(" --").append(name).append('=').append(Shell.word(value)));
    return words + (dryRun ? " --dry_run" : "");
  }

  private static JsonObject object(String text) {
    try {
      return JsonParser.parseString(text).getAsJsonObject();
    } catch (RuntimeException | StackOverflowError wrong) {
      throw Refusal.badRequest("a JSON object is expected");
    }
  }

  private static Optional<String> word(JsonObject json, String key) {
    Optional<JsonElement> value = Optional.ofNullable(json.get(key));
    value.filter(element -> !element.isJsonPrimitive()).ifPresent(element -> {
      throw Refusal.badRequest(key + " must be a text or a number, not '" + element + "'");
    });
    return value.map(JsonElement::getAsString);
  }

  /** Whoever writes anything but true or false may mean either. */
  private static boolean isTrue(JsonObject json, String key) {
    Optional<JsonElement> value = Optional.ofNullable(json.get(key));
    value.filter(element -> !(element instanceof JsonPrimitive primitive && primitive.isBoolean())).ifPresent(element -> {
      throw Refusal.badRequest(key + " must be true or false, not '" + element + "'");
    });
    return value.map(JsonElement::getAsBoolean).orElse(false);
  }

  private static OptionalInt number(JsonObject json, String key) {
    Optional<String> text = word(json, key);
    if (text.isPresent() && !text.get().matches("[1-9][0-9]{0,5}")) {
      throw Refusal.badRequest(key + " must be a whole number from 1, not '" + text.get() + "'");
    }
    return text.map(number -> OptionalInt.of(Integer.parseInt(number))).orElse(OptionalInt.empty());
  }

  /** By number or name. */
  private static List<String> names(JsonObject json) {
    if (!json.has("nodes")) {
      return List.of();
    }
    // An empty one is not the same as none: that lets the action choose.
    if (!(json.get("nodes") instanceof JsonArray list) || list.isEmpty() || list.size() > MOST_NODES) {
      throw Refusal.badRequest("nodes must be a list of 1 to " + MOST_NODES + " numbers or names");
    }
    List<String> names = new ArrayList<>();
    list.forEach(element -> {
      String name = element.isJsonPrimitive() ? element.getAsString() : "";
      if (!name.matches("[A-Za-z0-9_.@:-]{1,200}")) {
        throw Refusal.badRequest("'" + name + "' is no name of a node");
      }
      names.add(name);
    });
    return names;
  }
}
