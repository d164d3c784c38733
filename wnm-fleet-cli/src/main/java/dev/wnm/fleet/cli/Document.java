package dev.wnm.fleet.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.wnm.fleet.transport.FleetException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** What a command says to programs. What is not known is null; times are seconds since 1970, durations are seconds, all others as they are said. */
final class Document {
  private final JsonElement json;

  private Document(JsonElement json) {
    this.json = json;
  }

  Document() {
    this(new JsonObject());
  }

  /** One that is a list. */
  static Document list(Collection<?> values) {
    return new Document(element(values));
  }

  /** What another program said. @throws FleetException when it is no JSON */
  static Document read(String what, String text) throws FleetException {
    try {
      return new Document(JsonParser.parseString(text));
    } catch (JsonParseException wrong) {
      throw new FleetException(what + " is no JSON; ask without --json to see it", wrong);
    }
  }

  /** @param value a text, number, truth, time or duration; an {@link Optional}, a collection or a map of such; a document; anything else is said as a text */
  Document put(String name, Object value) {
    json.getAsJsonObject().add(name, element(value));
    return this;
  }

  JsonElement json() {
    return json;
  }

  private static JsonElement element(Object value) {
    if (value instanceof Optional<?> perhaps) {
      return perhaps.map(Document::element).orElse(JsonNull.INSTANCE);
    }
    if (value instanceof Collection<?> values) {
      JsonArray array = new JsonArray();
      values.forEach(each -> array.add(element(each)));
      return array;
    }
    if (value instanceof Map<?, ?> values) {
      JsonObject object = new JsonObject();
      values.forEach((name, each) -> object.add(name.toString(), element(each)));
      return object;
    }
    if (value instanceof Document document) {
      return document.json;
    }
    return value instanceof JsonElement element ? element : primitive(value);
  }

  private static JsonPrimitive primitive(Object value) {
    if (value instanceof Instant time) {
      return new JsonPrimitive(time.getEpochSecond());
    }
    if (value instanceof Duration time) {
      return new JsonPrimitive(time.toSeconds());
    }
    if (value instanceof Boolean truth) {
      return new JsonPrimitive(truth);
    }
    return value instanceof Number number ? new JsonPrimitive(number) : new JsonPrimitive(value.toString());
  }
}
