package dev.wnm.core.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;

/** What stands in the Python wnm's JSON for what is not known: its scripts reckon with numbers. */
final class PythonShape {
  private PythonShape() {}

  /** @param key of a column that the Python wnm has */
  static JsonElement ofUnknown(String key, JsonElement value) {
    return !value.isJsonNull() ? value : switch (key) {
      case "container_id", "log_dir" -> value;
      case "version" -> new JsonPrimitive("None");
      case "rewards" -> new JsonPrimitive("0");
      default -> new JsonPrimitive(0);
    };
  }
}
