package dev.wnm.managers.antctl;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonReader;
import dev.wnm.core.manager.CannotException;
import dev.wnm.core.model.Version;
import java.io.StringReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads what {@code antctl status --json} prints and what antctl's registry file holds, of every version: keys that are
 * unknown are passed over, missing ones are absent, and lines of a log around the document are not looked at.
 */
final class StatusDocument {
  private static final Map<String, String> NETWORKS =
      Map.of("ArbitrumOne", "evm-arbitrum-one", "ArbitrumSepoliaTest", "evm-arbitrum-sepolia-test");
  private static final int HIGHEST_PORT = 65_535;

  private StatusDocument() {}

  /**
   * The entries, in antctl's order. Blank text is a cluster without any: antctl prints nothing then.
   *
   * @throws CannotException when there is no whole document in it
   */
  static List<Entry> parse(String text) throws CannotException {
    if (text.isBlank()) {
      return List.of();
    }
    List<Entry> entries = new ArrayList<>();
    for (JsonElement node : document(text).getAsJsonArray("nodes")) {
      entry(node.getAsJsonObject()).ifPresent(entries::add);
    }
    return entries;
  }

  /** A log line may hold braces, too, so each line that begins like a document is tried. */
  private static JsonObject document(String text) throws CannotException {
    String problem = "there is no JSON document in it";
    for (int start = next(text, 0); start >= 0; start = next(text, start + 1)) {
      try (JsonReader reader = new JsonReader(new StringReader(text.substring(start)))) {
        JsonElement element = JsonParser.parseReader(reader);
        if (element.isJsonObject() && isNodes(element.getAsJsonObject().get("nodes"))) {
          return element.getAsJsonObject();
        }
      } catch (JsonParseException | java.io.IOException e) {
        problem = "its JSON document is cut off or damaged";
      }
    }
    throw CannotException.forNow("not a listing of antctl: " + problem);
  }

  private static boolean isNodes(JsonElement nodes) {
    return nodes instanceof JsonArray array && array.asList().stream().allMatch(JsonElement::isJsonObject);
  }

  /** Where the next line begins with an opening brace, -1 when none does. */
  private static int next(String text, int from) {
    int brace = text.indexOf('{', from);
    while (brace > 0 && !text.substring(text.lastIndexOf('\n', brace - 1) + 1, brace).isBlank()) {
      brace = text.indexOf('{', brace + 1);
    }
    return brace;
  }

  /** Nothing for an entry without a name or a folder, which nobody can do anything with. */
  private static Optional<Entry> entry(JsonObject node) {
    String service = text(node, "service_name");
    Optional<Path> data = path(node, "data_dir_path");
    if (service.isEmpty() || data.isEmpty()) {
      return Optional.empty();
    }
    OptionalInt number = integer(node, "number");
    String rpc = text(node, "rpc_socket_addr");
    return Optional.of(new Entry(service, number.isPresent() ? number : numberIn(service), text(node, "status"),
        port(text(node, "node_port")), port(text(node, "metrics_port")), port(rpc.substring(rpc.lastIndexOf(':') + 1)),
        data.get(), path(node, "log_dir_path").orElse(data.get().resolve("logs")),
        path(node, "antnode_path").orElse(data.get().resolve("antnode")), text(node, "rewards_address"),
        network(node.get("evm_network")), Version.parse(text(node, "version")), text(node, "peer_id"), text(node, "user")));
  }

  private static Optional<String> network(JsonElement network) {
    if (network instanceof JsonObject custom) {
      return custom.has("Custom") ? Optional.of("evm-custom") : Optional.empty();
    }
    return network instanceof JsonPrimitive name ? Optional.ofNullable(NETWORKS.get(name.getAsString())) : Optional.empty();
  }

  private static OptionalInt numberIn(String service) {
    return wholeNumber(service.replaceFirst("^antnode", ""));
  }

  private static OptionalInt integer(JsonObject node, String key) {
    return wholeNumber(text(node, key));
  }

  private static OptionalInt port(String text) {
    OptionalInt port = wholeNumber(text);
    return port.orElse(0) > 0 && port.orElse(0) <= HIGHEST_PORT ? port : OptionalInt.empty();
  }

  private static OptionalInt wholeNumber(String text) {
    try {
      return OptionalInt.of(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  private static Optional<Path> path(JsonObject node, String key) {
    try {
      return Optional.of(text(node, key)).filter(text -> !text.isEmpty()).map(Path::of);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Empty for what is missing, null, or no plain value. */
  private static String text(JsonObject node, String key) {
    return node.get(key) instanceof JsonPrimitive value ? value.getAsString() : "";
  }
}
