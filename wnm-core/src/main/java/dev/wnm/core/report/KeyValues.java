package dev.wnm.core.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.wnm.spi.command.Shell;
import dev.wnm.spi.internal.PlainText;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes named values line by line, with Python's words for true, false and nothing. */
final class KeyValues {
  private KeyValues() {}

  /** {@code key: value} lines. */
  static String text(JsonObject values) {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + PlainText.of(word(entry.getValue())))
        .collect(Collectors.joining("\n"));
  }

  /**
   * {@code KEY=value} lines for a shell.
   *
   * @param quoted keys whose values stand in quotes even where they need none: scripts know them so
   */
  static String env(JsonObject values, Set<String> quoted) {
    return values.entrySet().stream()
        .map(entry -> {
          String word = word(entry.getValue());
          return entry.getKey().toUpperCase(Locale.ROOT) + "="
              + (quoted.contains(entry.getKey()) ? Shell.quoted(word) : Shell.word(word));
        })
        .collect(Collectors.joining("\n"));
  }

  /** {@code None}, {@code True}, {@code False}, a number, a text as it is, or a map as {@code {'key': value}}. */
  static String word(JsonElement value) {
    if (value.isJsonNull()) {
      return "None";
    }
    if (value.isJsonObject()) {
      return value.getAsJsonObject().entrySet().stream()
          .map(entry -> "'" + entry.getKey() + "': " + word(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    JsonPrimitive primitive = value.getAsJsonPrimitive();
    return primitive.isBoolean() ? (primitive.getAsBoolean() ? "True" : "False") : primitive.getAsString();
  }
}
