package dev.wnm.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Checks JSON against the schemas of a description, strictly: it refuses keywords that it does not check, and objects that may hold more. */
final class Schemas {
  private static final Set<String> KNOWN =
      Set.of("$ref", "type", "enum", "anyOf", "properties", "required", "additionalProperties", "items", "minimum", "maximum", "description");

  private final JsonObject description;
  /** References to what a value was checked against. */
  private final Set<String> used = new TreeSet<>();

  Schemas(JsonObject description) {
    this.description = description;
  }

  /** What is wrong with a value, a sentence each. */
  List<String> faults(JsonElement schema, JsonElement value) {
    List<String> faults = new ArrayList<>();
    check(schema.getAsJsonObject(), value, "$", faults);
    return faults;
  }

  /** The names of the schemas that some value was checked against. */
  Set<String> used() {
    return used.stream().map(reference -> reference.substring(reference.lastIndexOf('/') + 1)).collect(Collectors.toSet());
  }

  /** What is found at a reference such as {@code #/components/schemas/Node}. */
  JsonObject resolve(JsonObject object) {
    if (!object.has("$ref")) {
      return object;
    }
    JsonElement found = description;
    for (String step : object.get("$ref").getAsString().substring(2).split("/")) {
      found = found.getAsJsonObject().get(step);
      if (found == null) {
        throw new AssertionError("there is no " + object.get("$ref"));
      }
    }
    return found.getAsJsonObject();
  }

  private void check(JsonObject schema, JsonElement value, String where, List<String> faults) {
    schema.keySet().stream().filter(key -> !KNOWN.contains(key)).forEach(key -> faults.add(where + ": the schema has " + key));
    if (schema.has("$ref")) {
      if (!value.isJsonNull()) {
        used.add(schema.get("$ref").getAsString());
      }
      check(resolve(schema), value, where, faults);
      required(schema, value, where, faults);
    } else if (schema.has("anyOf")) {
      if (schema.getAsJsonArray("anyOf").asList().stream().noneMatch(one -> faults(one, value).isEmpty())) {
        schema.getAsJsonArray("anyOf").forEach(one -> check(one.getAsJsonObject(), value, where, faults));
      }
    } else if (!schema.has("type")) {
      faults.add(where + ": the schema has no type");
    } else if (types(schema.get("type")).stream().noneMatch(type -> isOf(type, value))) {
      faults.add(where + ": " + value + " is no " + schema.get("type"));
    } else {
      inside(schema, value, where, faults);
    }
  }

  private void inside(JsonObject schema, JsonElement value, String where, List<String> faults) {
    if (schema.has("enum") && !schema.getAsJsonArray("enum").contains(value)) {
      faults.add(where + ": " + value + " is none of " + schema.get("enum"));
    }
    if (value instanceof JsonPrimitive number && number.isNumber()) {
      boolean isTooSmall = schema.has("minimum") && number.getAsBigDecimal().compareTo(schema.get("minimum").getAsBigDecimal()) < 0;
      boolean isTooGreat = schema.has("maximum") && number.getAsBigDecimal().compareTo(schema.get("maximum").getAsBigDecimal()) > 0;
      if (isTooSmall || isTooGreat) {
        faults.add(where + ": " + value + " is out of range");
      }
    } else if (value instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        check(schema.getAsJsonObject("items"), array.get(i), where + "[" + i + "]", faults);
      }
    } else if (value instanceof JsonObject object) {
      object(schema, object, where, faults);
    }
  }

  private void object(JsonObject schema, JsonObject value, String where, List<String> faults) {
    required(schema, value, where, faults);
    JsonObject properties = schema.has("properties") ? schema.getAsJsonObject("properties") : new JsonObject();
    JsonElement others = schema.get("additionalProperties");
    if (others == null) {
      faults.add(where + ": the schema does not say whether there may be more");
      return;
    }
    for (Map.Entry<String, JsonElement> entry : value.entrySet()) {
      String at = where + "." + entry.getKey();
      if (properties.has(entry.getKey())) {
        check(properties.getAsJsonObject(entry.getKey()), entry.getValue(), at, faults);
      } else if (others instanceof JsonObject other) {
        check(other, entry.getValue(), at, faults);
      } else if (!others.getAsBoolean()) {
        faults.add(at + " is not described");
      }
    }
  }

  private static void required(JsonObject schema, JsonElement value, String where, List<String> faults) {
    if (schema.has("required") && value instanceof JsonObject object) {
      schema.getAsJsonArray("required").asList().stream().map(JsonElement::getAsString).filter(name -> !object.has(name))
          .forEach(name -> faults.add(where + "." + name + " is missing"));
    }
  }

  private static List<String> types(JsonElement type) {
    return type instanceof JsonArray several ? several.asList().stream().map(JsonElement::getAsString).toList() : List.of(type.getAsString());
  }

  private static boolean isOf(String type, JsonElement value) {
    return switch (type) {
      case "null" -> value.isJsonNull();
      case "object" -> value.isJsonObject();
      case "array" -> value.isJsonArray();
      case "boolean" -> value instanceof JsonPrimitive primitive && primitive.isBoolean();
      case "string" -> value instanceof JsonPrimitive primitive && primitive.isString();
      case "number" -> value instanceof JsonPrimitive primitive && primitive.isNumber();
      case "integer" -> value instanceof JsonPrimitive primitive && primitive.isNumber() && isWhole(primitive.getAsBigDecimal());
      default -> throw new AssertionError("the schema has a type " + type);
    };
  }

  private static boolean isWhole(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0;
  }
}
