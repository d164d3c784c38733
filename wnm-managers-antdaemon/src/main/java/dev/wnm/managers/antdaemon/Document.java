package dev.wnm.managers.antdaemon;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.wnm.spi.model.Version;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What the daemon answers, read with care: it may be of another release than those that wnm was tried with. */
final class Document {
  private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private Document() {}

  /** A name and a number of a node. */
  record Listed(int id, String service) {}

  /** What the daemon says of its disks. @param level {@code green}, {@code warning} or {@code critical} */
  record Health(String level, List<String> summaries) {
    Health {
      summaries = List.copyOf(summaries);
    }
  }

  /** Something in it is not as expected. */
  static final class OddException extends Exception {
    private static final long serialVersionUID = 1L;

    OddException(String message) {
      super(message);
    }
  }

  @FunctionalInterface
  private interface Reading<T> {
    T of(JsonObject json) throws OddException;
  }

  /** That of {@code GET /nodes/status}. */
  static List<Listed> listed(String body) throws OddException {
    return read(body, json -> {
      List<Listed> nodes = new ArrayList<>();
      for (JsonElement node : json.getAsJsonArray("nodes")) {
        nodes.add(new Listed(node.getAsJsonObject().get("node_id").getAsInt(),
            service(node.getAsJsonObject().get("name").getAsString())));
      }
      return nodes;
    });
  }

  /** That of {@code GET /nodes/ID}. */
  static Entry node(String body) throws OddException {
    return read(body, Document::entry);
  }

  /** The only node of {@code POST /nodes}. */
  static Entry added(String body) throws OddException {
    return read(body, json -> entry(json.getAsJsonArray("nodes_added").get(0).getAsJsonObject()));
  }

  /** That of {@code GET /health}. */
  static Health health(String body) throws OddException {
    return read(body, json -> {
      List<String> summaries = new ArrayList<>();
      for (JsonElement check : json.getAsJsonArray("checks")) {
        if (!check.getAsJsonObject().get("level").getAsString().equals("green")) {
          summaries.add(check.getAsJsonObject().get("summary").getAsString());
        }
      }
      return new Health(json.get("overall").getAsString(), summaries);
    });
  }

  /** The daemon's reason in the answer to a call that failed; the answer itself where it is no such document. */
  static String error(String body) {
    try {
      return JsonParser.parseString(body).getAsJsonObject().get("error").getAsString();
    } catch (RuntimeException e) { // any other form
      return body;
    }
  }

  private static <T> T read(String body, Reading<T> reading) throws OddException {
    try {
      return reading.of(JsonParser.parseString(body).getAsJsonObject());
    } catch (JsonParseException | IllegalStateException | NullPointerException | UnsupportedOperationException
        | ClassCastException | NumberFormatException | IndexOutOfBoundsException e) {
      throw new OddException("it is no such document: " + e.getClass().getSimpleName());
    }
  }

  private static Entry entry(JsonObject json) throws OddException {
    Map<String, String> environment = new TreeMap<>();
    json.getAsJsonObject("env_variables").entrySet()
        .forEach(variable -> environment.put(variable.getKey(), variable.getValue().getAsString()));
    return new Entry(json.get("id").getAsInt(), service(json.get("service_name").getAsString()), json.get("rewards_address").getAsString(),
        path(json.get("data_dir").getAsString()),
        has(json, "log_dir") ? Optional.of(path(json.get("log_dir").getAsString())) : Optional.empty(),
        has(json, "node_port") ? OptionalInt.of(json.get("node_port").getAsInt()) : OptionalInt.empty(),
        path(json.get("binary_path").getAsString()), Version.parse(json.get("version").getAsString()), environment,
        (has(json, "evm_network") ? json.get("evm_network").getAsString() : "arbitrum-one").replace('_', '-'),
        has(json, "eviction") ? Optional.of(eviction(json.getAsJsonObject("eviction"))) : Optional.empty(),
        has(json, "status") ? json.get("status").getAsString() : "stopped",
        has(json, "pid") ? OptionalLong.of(json.get("pid").getAsLong()) : OptionalLong.empty(),
        has(json, "uptime_secs") ? Optional.of(Duration.ofSeconds(json.get("uptime_secs").getAsLong())) : Optional.empty());
  }

  private static Entry.Eviction eviction(JsonObject json) throws OddException {
    try {
      return new Entry.Eviction(json.get("reason").getAsString(), Instant.ofEpochSecond(json.get("evicted_at").getAsLong()),
          json.get("reclaimed_bytes").getAsLong());
    } catch (DateTimeException e) {
      throw new OddException("it has a time that is none");
    }
  }

  private static boolean has(JsonObject json, String name) {
    return json.has(name) && !json.get(name).isJsonNull();
  }

  private static String service(String name) throws OddException {
    if (!SERVICE.matcher(name).matches()) {
      throw new OddException("it has a node whose name is none");
    }
    return name;
  }

  private static Path path(String text) throws OddException {
    try {
      Path path = Path.of(text);
      if (path.isAbsolute()) {
        return path.normalize();
      }
    } catch (InvalidPathException e) {
      // As one that is not absolute.
    }
    throw new OddException("it has a path that is not absolute: '" + text + "'");
  }
}
