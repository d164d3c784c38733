package dev.wnm.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/** JSON as wnm prints it: nulls shown, nothing escaped for HTML. */
final class Json {
  private static final GsonBuilder STYLE = new GsonBuilder().serializeNulls().disableHtmlEscaping();
  private static final Gson COMPACT = STYLE.create();
  private static final Gson PRETTY = STYLE.setPrettyPrinting().create();

  private Json() {}

  static String compact(Object value) {
    return COMPACT.toJson(value);
  }

  static String pretty(Object value) {
    return PRETTY.toJson(value);
  }
}
