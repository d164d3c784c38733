package dev.wnm.fleet.json;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Writes the JSON of this package: what is not known is left out. */
public final class JsonOut {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private final JsonObject json = new JsonObject();

  public JsonOut put(String key, String text) {
    json.addProperty(key, text);
    return this;
  }

  public JsonOut put(String key, long number) {
    json.addProperty(key, number);
    return this;
  }

  public JsonOut put(String key, boolean truth) {
    json.addProperty(key, truth);
    return this;
  }

  public JsonOut put(String key, Instant time) {
    return put(key, time.getEpochSecond());
  }

  public JsonOut putTime(String key, Optional<Instant> time) {
    time.ifPresent(known -> put(key, known));
    return this;
  }

  public JsonOut put(String key, OptionalInt number) {
    number.ifPresent(known -> put(key, known));
    return this;
  }

  public JsonOut put(String key, OptionalLong number) {
    number.ifPresent(known -> put(key, known));
    return this;
  }

  /** With three digits behind the point at most: a resource is not measured more closely. */
  public JsonOut put(String key, OptionalDouble number) {
    number.ifPresent(known -> json.addProperty(key, Math.round(known * 1_000) / 1_000d));
    return this;
  }

  public JsonOut put(String key, JsonOut part) {
    json.add(key, part.json);
    return this;
  }

  public JsonOut put(String key, Map<String, ?> values) {
    JsonObject object = new JsonObject();
    values.forEach((name, value) -> {
      if (value instanceof Number number) {
        object.addProperty(name, number);
      } else {
        object.addProperty(name, value.toString());
      }
    });
    json.add(key, object);
    return this;
  }

  public JsonOut putTexts(String key, Collection<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    json.add(key, array);
    return this;
  }

  public JsonOut putParts(String key, Collection<JsonOut> parts) {
    JsonArray array = new JsonArray();
    parts.forEach(part -> array.add(part.json));
    json.add(key, array);
    return this;
  }

  @Override
  public String toString() {
    return GSON.toJson(json);
  }
}
