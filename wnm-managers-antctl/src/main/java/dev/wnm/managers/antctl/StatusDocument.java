package dev.wnm.managers.antctl;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.model.Version;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Reads what {@code antctl status --json} prints and what antctl's registry file holds, of every version: keys that are
 * unknown are passed over, missing ones are absent, and lines of a log around the document are not looked at.
 */
final class StatusDocument {
  /** ArbitrumSepolia is what antctl called the test network before 0.13. */
  private static final Map<String, String> NETWORKS = Map.of("ArbitrumOne", "evm-arbitrum-one",
      "ArbitrumSepoliaTest", "evm-arbitrum-sepolia-test", "ArbitrumSepolia", "evm-arbitrum-sepolia-test");
  /** Entries that a refusal names. */
  private static final int MOST_NAMED = 10;
  private static final int HIGHEST_PORT = 65_535;

  private StatusDocument() {}

  /**
   * The entries, in antctl's order. Blank text is a cluster without any: antctl prints nothing then.
   *
   * @throws OperationFailedException when there is no whole document in it
   */
  static List<Entry> parse(String text) throws OperationFailedException {
    if (text.isBlank()) {
      return List.of();
    }
    List<Entry> entries = new ArrayList<>();
    for (JsonElement node : document(text).getAsJsonArray("nodes")) {
      entry(node.getAsJsonObject()).ifPresent(entries::add);
    }
    return entries;
  }

  /**
   * The entries of a listing that somebody has saved. There is no antctl to ask about it, so nothing in it is passed over:
   * an entry that antctl would not have written makes it the listing of another program.
   *
   * @throws OperationFailedException when there is no whole document in it, or naming entries that are not antctl's
   */
  static List<Entry> listing(String text) throws OperationFailedException {
    if (text.isBlank()) {
      throw foreign("it is empty");
    }
    List<JsonElement> nodes = document(text).getAsJsonArray("nodes").asList();
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      JsonObject node = nodes.get(i).getAsJsonObject();
      String name = Stream.of("service_name", "name").map(key -> text(node, key)).filter(word -> !word.isEmpty()).findFirst()
          .map(word -> " (" + word + ")").orElse("");
      String entry = "entry " + (i + 1) + name + " ";
      problem(node).ifPresent(problem -> problems.add(entry + problem));
    }
    if (!problems.isEmpty()) {
      int more = problems.size() - MOST_NAMED;
      throw foreign(String.join("; ", problems.subList(0, Math.min(MOST_NAMED, problems.size())))
          + (more > 0 ? "; and " + more + " more" : ""));
    }
    return parse(text);
  }

  /** What shows that an entry is not one of antctl's, to follow its name; empty when nothing does. */
  private static Optional<String> problem(JsonObject node) {
    if (node.has("safenode_path")) {
      return Optional.of("is a safenode, of the program that came before antctl");
    }
    if (node.has("node_id") && !node.has("service_name")) {
      return Optional.of("has a node_id and no service_name, as the ant daemon's listing");
    }
    Optional<String> missing = Stream.of("service_name", "data_dir_path", "status").filter(key -> text(node, key).isEmpty())
        .findFirst();
    if (missing.isPresent()) {
      return missing.map(key -> "has no " + key);
    }
    return path(node, "data_dir_path").isEmpty() ? Optional.of("has a data_dir_path that is no path") : Optional.empty();
  }

  private static OperationFailedException foreign(String why) {
    return OperationFailedException.forNow("not a listing of antctl: " + why);
  }

  /** A log line may hold braces, too, so each line that begins like a document is tried. */
  private static JsonObject document(String text) throws OperationFailedException {
    String problem = "there is no JSON document in it";
    for (int start = next(text, 0); start >= 0; start = next(text, text.indexOf('\n', start))) {
      try (Reader rest = new StringReader(text); JsonReader reader = new JsonReader(rest)) {
        rest.skip(start);
        // Else one odd line could make it read on to the end, and so for each such line.
        reader.setStrictness(Strictness.STRICT);
        JsonElement element = JsonParser.parseReader(reader);
        if (element.isJsonObject() && isNodes(element.getAsJsonObject().get("nodes"))) {
          return element.getAsJsonObject();
        }
      } catch (JsonParseException | java.io.IOException e) {
        problem = "its JSON document is cut off or damaged";
      }
    }
    throw foreign(problem);
  }

  private static boolean isNodes(JsonElement nodes) {
    return nodes instanceof JsonArray array && array.asList().stream().allMatch(JsonElement::isJsonObject);
  }

  /** Where the next line begins with an opening brace, -1 when none does. @param from the end of a line, or 0; -1 for none */
  private static int next(String text, int from) {
    for (int line = from; line >= 0; line = text.indexOf('\n', line + 1)) {
      int first = line;
      while (first < text.length() && Character.isWhitespace(text.charAt(first)) && (first == line || text.charAt(first) != '\n')) {
        first++;
      }
      if (first < text.length() && text.charAt(first) == '{') {
        return first;
      }
    }
    return -1;
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

  /** antctl's word where it is none that wnm knows: never another network than the one that is said. */
  private static Optional<String> network(JsonElement network) {
    if (network instanceof JsonObject custom) {
      return custom.keySet().stream().findFirst().map(kind -> kind.equals("Custom") ? "evm-custom" : kind);
    }
    return network instanceof JsonPrimitive name
        ? Optional.of(NETWORKS.getOrDefault(name.getAsString(), name.getAsString()))
        : Optional.empty();
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
