package dev.wnm.core.whatif;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line as it was asked. A line that is wrong keeps what could be read of it, so that the answer can bear its id.
 *
 * @param id what was given as {@code "id"}, if anything
 * @param config settings by name; empty when none were given
 * @param metrics metrics by name
 * @param problem what is wrong with the line, in one sentence
 */
record Question(Optional<JsonElement> id, JsonObject config, JsonObject metrics, Optional<String> problem) {
  private static final Pattern COLUMN = Pattern.compile("column (\\d+)");

  static Question read(String line) {
    Draft draft = new Draft();
    try (JsonReader json = new JsonReader(new StringReader(line))) {
      json.setStrictness(Strictness.STRICT);
      draft.read(json);
    } catch (JsonParseException | IOException e) {
      draft.problem = "not valid JSON" + where(e);
    }
    return new Question(Optional.ofNullable(draft.id), draft.config == null ? new JsonObject() : draft.config,
        draft.metrics == null ? new JsonObject() : draft.metrics, Optional.ofNullable(draft.problem));
  }

  /** Gson's messages are for programmers; of use to others is only the place. */
  private static String where(Exception failure) {
    Matcher column = COLUMN.matcher(String.valueOf(failure.getMessage()));
    return column.find() ? " (column " + column.group(1) + ")" : "";
  }

  private static final class Draft {
    private @Nullable JsonElement id;
    private @Nullable JsonObject config;
    private @Nullable JsonObject metrics;
    private @Nullable String problem;

    void read(JsonReader json) throws IOException {
      if (json.peek() != JsonToken.BEGIN_OBJECT) {
        problem = "not a JSON object; " + SHAPE;
        return;
      }
      json.beginObject();
      while (json.hasNext()) {
        String key = json.nextName();
        JsonElement value = JsonParser.parseReader(json);
        switch (key) {
          case "id" -> id = value;
          case "config" -> config = object(key, value);
          case "metrics" -> metrics = object(key, value);
          default -> problem = "unknown key \"" + key + "\"; " + SHAPE;
        }
      }
      json.endObject();
      if (json.peek() != JsonToken.END_DOCUMENT) { // which strict reading says itself
        problem = "more than a JSON object; " + SHAPE;
      }
      if (problem == null && metrics == null) {
        problem = "\"metrics\" is missing; " + SHAPE;
      }
    }

    private JsonObject object(String key, JsonElement value) {
      if (value.isJsonObject()) {
        return value.getAsJsonObject();
      }
      problem = "\"" + key + "\" is not a JSON object; " + SHAPE;
      return new JsonObject();
    }
  }

  private static final String SHAPE = "a line is {\"id\":…,\"config\":{…},\"metrics\":{…}}, id and config being optional";
}
