package dev.wnm.fleet.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A part of JSON that came from another machine: nothing in it is believed to be what it should be, too long, or free of control
 * characters. What a later version says besides is passed over.
 */
public final class JsonPart {
  private static final int MOST = 10_000;
  private static final long LATEST = Instant.parse("2200-01-01T00:00:00Z").getEpochSecond();

  private final String name;
  private final JsonObject json;

  private JsonPart(String name, JsonObject json) {
    this.name = name;
    this.json = json;
  }

  /** @param longest more characters are not read */
  public static JsonPart parse(String name, String text, int longest) throws UnreadableException {
    if (text.length() > longest) {
      throw new UnreadableException(name + " is longer than " + longest + " characters");
    }
    try {
      if (JsonParser.parseString(text) instanceof JsonObject object) {
        return new JsonPart(name, object);
      }
    } catch (RuntimeException | StackOverflowError wrong) {
      // Told below, without what it says.
    }
    throw new UnreadableException(name + " is no JSON object");
  }

  public String text(String key, int longest) throws UnreadableException {
    return Texts.plain(optionalText(key).orElseThrow(() -> missing(key)), longest);
  }

  public String text(String key, int longest, String otherwise) throws UnreadableException {
    return Texts.plain(optionalText(key).orElse(otherwise), longest);
  }

  public Optional<String> optionalText(String key) throws UnreadableException {
    Optional<JsonPrimitive> value = primitive(key);
    return value.map(JsonPrimitive::getAsString);
  }

  public long number(String key) throws UnreadableException {
    return optionalNumber(key).orElseThrow(() -> missing(key));
  }

  public OptionalLong optionalNumber(String key) throws UnreadableException {
    Optional<JsonPrimitive> value = primitive(key);
    try {
      return value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(new BigDecimal(value.get().getAsString()).longValueExact());
    } catch (ArithmeticException | NumberFormatException wrong) {
      throw new UnreadableException(key + " of " + name + " is no whole number");
    }
  }

  public OptionalInt optionalCount(String key) throws UnreadableException {
    OptionalLong number = optionalNumber(key);
    return number.isEmpty() ? OptionalInt.empty() : OptionalInt.of(count(key, number.getAsLong()));
  }

  public int count(String key) throws UnreadableException {
    return count(key, number(key));
  }

  private int count(String key, long number) throws UnreadableException {
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new UnreadableException(key + " of " + name + " is no count");
    }
    return (int) number;
  }

  public OptionalDouble optionalDecimal(String key) throws UnreadableException {
    Optional<JsonPrimitive> value = primitive(key);
    try {
      double number = value.isEmpty() ? 0 : value.get().getAsDouble();
      return value.isEmpty() || !Double.isFinite(number) ? OptionalDouble.empty() : OptionalDouble.of(number);
    } catch (NumberFormatException wrong) {
      throw new UnreadableException(key + " of " + name + " is no number");
    }
  }

  public boolean isTrue(String key) throws UnreadableException {
    Optional<JsonPrimitive> value = primitive(key);
    if (value.isPresent() && !value.get().isBoolean()) {
      throw new UnreadableException(key + " of " + name + " is neither true nor false");
    }
    return value.isPresent() && value.get().getAsBoolean();
  }

  public Instant time(String key) throws UnreadableException {
    return optionalTime(key).orElseThrow(() -> missing(key));
  }

  public Optional<Instant> optionalTime(String key) throws UnreadableException {
    OptionalLong seconds = optionalNumber(key);
    if (seconds.isPresent() && (seconds.getAsLong() < 0 || seconds.getAsLong() > LATEST)) {
      throw new UnreadableException(key + " of " + name + " is no time");
    }
    return seconds.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds.getAsLong()));
  }

  public JsonPart part(String key) throws UnreadableException {
    if (json.get(key) instanceof JsonObject object) {
      return new JsonPart(key + " of " + name, object);
    }
    throw missing(key);
  }

  public Optional<JsonPart> optionalPart(String key) throws UnreadableException {
    return isThere(key) ? Optional.of(part(key)) : Optional.empty();
  }

  public List<JsonPart> parts(String key) throws UnreadableException {
    List<JsonPart> parts = new ArrayList<>();
    for (JsonElement element : list(key)) {
      if (!(element instanceof JsonObject object)) {
        throw new UnreadableException(key + " of " + name + " has something that is no object");
      }
      parts.add(new JsonPart(key + " of " + name, object));
    }
    return parts;
  }

  public List<String> texts(String key, int longest) throws UnreadableException {
    List<String> texts = new ArrayList<>();
    for (JsonElement element : list(key)) {
      if (!element.isJsonPrimitive()) {
        throw new UnreadableException(key + " of " + name + " has something that is no text");
      }
      texts.add(Texts.plain(element.getAsString(), longest));
    }
    return texts;
  }

  public boolean isThere(String key) {
    return json.has(key) && !json.get(key).isJsonNull();
  }

  private JsonArray list(String key) throws UnreadableException {
    if (!isThere(key)) {
      return new JsonArray();
    }
    if (!(json.get(key) instanceof JsonArray array) || array.size() > MOST) {
      throw new UnreadableException(key + " of " + name + " is no list, or one of more than " + MOST);
    }
    return array;
  }

  public Map<String, String> textsByName(String key, int longest) throws UnreadableException {
    Map<String, String> texts = new TreeMap<>();
    Optional<JsonPart> part = optionalPart(key);
    for (String each : part.isEmpty() ? List.<String>of() : part.get().names()) {
      texts.put(Texts.plain(each, longest), part.get().text(each, longest));
    }
    return texts;
  }

  public Map<String, Integer> countsByName(String key, int longest) throws UnreadableException {
    Map<String, Integer> counts = new TreeMap<>();
    Optional<JsonPart> part = optionalPart(key);
    for (String each : part.isEmpty() ? List.<String>of() : part.get().names()) {
      counts.put(Texts.plain(each, longest), part.get().count(each));
    }
    return counts;
  }

  /** Its keys. */
  public List<String> names() throws UnreadableException {
    if (json.size() > MOST) {
      throw new UnreadableException(name + " has more than " + MOST + " entries");
    }
    return List.copyOf(json.keySet());
  }

  private Optional<JsonPrimitive> primitive(String key) throws UnreadableException {
    if (!isThere(key)) {
      return Optional.empty();
    }
    if (json.get(key) instanceof JsonPrimitive value) {
      return Optional.of(value);
    }
    throw new UnreadableException(key + " of " + name + " is neither a text nor a number");
  }

  private UnreadableException missing(String key) {
    return new UnreadableException(name + " says nothing of " + key);
  }
}
