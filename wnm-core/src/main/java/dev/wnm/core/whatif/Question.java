package dev.wnm.core.whatif;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads lines as they are asked. A line that is wrong keeps what could be read of it, so that the answer can bear its id. Holds one after another. */
final class Question {
  private static final String SHAPE = "a line is {\"id\":…,\"config\":{…},\"metrics\":{…}}, id and config being optional";
  private static final String NOTHING = "{}";
  private static final Keys KEYS = new Keys(List.of("id", "config", "metrics"));

  private final Metrics metrics = new Metrics();
  private String id = "";
  private String config = NOTHING;
  /** One line after the other has the same. */
  private String lastConfig = NOTHING;
  private boolean hasMetrics;
  private @Nullable String problem;

  /** What was given as {@code "id"}, as it was written; empty when nothing was. */
  String id() {
    return id;
  }

  /** The settings, a JSON object; empty when none were given. */
  String config() {
    return config;
  }

  Metrics metrics() {
    return metrics;
  }

  /** What is wrong with the line, in one sentence. */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  void read(String line) {
    id = "";
    config = NOTHING;
    hasMetrics = false;
    problem = null;
    try {
      read(new JsonLine(line));
    } catch (JsonLine.NotJsonException e) {
      problem = e.getMessage();
    }
  }

  private void read(JsonLine json) {
    if (!json.isNext('{')) {
      if (!json.isNext('[')) {
        json.value();
      }
      problem = "not a JSON object; " + SHAPE;
      return;
    }
    for (boolean more = json.enter(); more; more = json.another()) {
      json.name();
      String name = json.kind() == JsonLine.Kind.TEXT ? "" : JsonLine.unescaped(json.line(), json.from(), json.to());
      int from = json.from();
      int to = json.to();
      switch (name.isEmpty() ? KEYS.find(json.line(), from, to) : KEYS.find(name, 0, name.length())) {
        case 0 -> id = valueOf(json);
        case 1 -> readConfig(json);
        case 2 -> readMetrics(json);
        default -> {
          json.value();
          problem = "unknown key \"" + (name.isEmpty() ? json.line().substring(from, to) : name) + "\"; " + SHAPE;
        }
      }
    }
    if (!json.isAtEnd()) {
      json.value();
      throw new JsonLine.NotJsonException(json.from() + 1);
    }
    if (problem == null && !hasMetrics) {
      problem = "\"metrics\" is missing; " + SHAPE;
    }
  }

  private static String valueOf(JsonLine json) {
    json.value();
    boolean isText = json.kind() == JsonLine.Kind.TEXT || json.kind() == JsonLine.Kind.ESCAPED_TEXT;
    return json.line().substring(isText ? json.from() - 1 : json.from(), isText ? json.to() + 1 : json.to());
  }

  private void readConfig(JsonLine json) {
    if (!json.isNext('{')) {
      notAnObject(json, "config");
    } else if (!json.passes(lastConfig)) {
      lastConfig = valueOf(json);
    }
    config = lastConfig;
  }

  private void readMetrics(JsonLine json) {
    hasMetrics = true;
    if (json.isNext('{')) {
      metrics.read(json);
    } else {
      notAnObject(json, "metrics");
    }
  }

  private void notAnObject(JsonLine json, String key) {
    json.value();
    problem = "\"" + key + "\" is not a JSON object; " + SHAPE;
  }
}
