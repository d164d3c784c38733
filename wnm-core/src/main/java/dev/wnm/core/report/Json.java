package dev.wnm.core.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** JSON as Python's json module writes it with an indent of 2: nothing but ASCII, decimals as {@link Decimals} has them. */
final class Json {
  private static final Gson PRETTY = new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();
  private static final Gson COMPACT = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
  private static final Pattern NOT_ASCII = Pattern.compile("[^\\x00-\\x7e]");

  private Json() {}

  /** Over several lines, without a line break at the end. */
  static String pretty(JsonElement value) {
    return ascii(PRETTY.toJson(value));
  }

  /** In one line. */
  static String line(JsonElement value) {
    return ascii(COMPACT.toJson(value));
  }

  /** null for what is no number. Parsed, because Gson keeps such a number as it was written. */
  static JsonElement decimal(double value) {
    return Double.isFinite(value) ? JsonParser.parseString(Decimals.text(value)) : JsonNull.INSTANCE;
  }

  /** null for what is unknown. */
  static JsonElement decimal(OptionalDouble value) {
    return value.isPresent() ? decimal(value.getAsDouble()) : JsonNull.INSTANCE;
  }

  /** null for what is unknown. */
  static JsonElement number(OptionalLong value) {
    return value.isPresent() ? new JsonPrimitive(value.getAsLong()) : JsonNull.INSTANCE;
  }

  /** The value's text; null where there is none. */
  static JsonElement text(Optional<?> value) {
    return value.<JsonElement>map(present -> new JsonPrimitive(present.toString())).orElse(JsonNull.INSTANCE);
  }

  /** Such characters stand in texts only, so each may be escaped wherever it is. */
  private static String ascii(String json) {
    return NOT_ASCII.matcher(json).replaceAll(match -> match.group().chars()
        .mapToObj("\\\\u%04x"::formatted).reduce("", String::concat));
  }
}
