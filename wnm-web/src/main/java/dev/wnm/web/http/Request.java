package dev.wnm.web.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request that may be answered.
 *
 * @param parts what stands in the path in place of {@code {name}}, by name
 * @param query the parameters after the question mark, each once
 * @param caller whose token it came with; empty where it came without one
 * @param body what it carries
 */
public record Request(Map<String, String> parts, Map<String, String> query, Optional<String> caller, InputStream body) {
  /** No order is longer. */
  private static final int MOST_BODY_BYTES = 1 << 18;

  public Request {
    parts = Map.copyOf(parts);
    query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
  }

  /** What stands in the path in place of {@code {name}}. */
  public String part(String name) {
    return Optional.ofNullable(parts.get(name)).orElseThrow(() -> new IllegalArgumentException("this path has no " + name));
  }

  /** A parameter; empty where it was not given, or is empty. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name)).filter(text -> !text.isEmpty());
  }

  /** A whole number. @throws Refusal when it is none, or beyond the limits */
  public int number(String name, int usual, int least, int most) {
    Optional<String> text = parameter(name);
    if (text.isEmpty()) {
      return usual;
    }
    boolean isNumber = text.get().matches("[0-9]{1,9}");
    int number = isNumber ? Integer.parseInt(text.get()) : -1;
    if (number < least || number > most) {
      throw Refusal.badRequest(name + " must be a whole number from " + least + " to " + most + ", not '" + text.get() + "'");
    }
    return number;
  }

  /** @throws Refusal when another parameter is given than these, which would be passed over in silence */
  public void allowOnly(Set<String> names) {
    query.keySet().stream().filter(name -> !names.contains(name)).findFirst().ifPresent(name -> {
      throw Refusal.badRequest("there is no parameter '" + name + "' here" + (names.isEmpty() ? "" : "; there are "
          + String.join(", ", names.stream().sorted().toList())));
    });
  }

  /** The text that it carries. @throws Refusal when that is too long */
  public String text() throws IOException {
    byte[] bytes = body.readNBytes(MOST_BODY_BYTES + 1);
    if (bytes.length > MOST_BODY_BYTES) {
      throw new Refusal(413, "a request carries at most " + MOST_BODY_BYTES + " bytes");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** @throws Refusal when a parameter comes twice, or is not encoded as it should be */
  static Map<String, String> parameters(Optional<String> rawQuery) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : rawQuery.orElse("").split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        if (parameters.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1))) != null) {
          throw Refusal.badRequest("the parameter '" + name + "' is given twice");
        }
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException wrong) {
      throw Refusal.badRequest("'" + text + "' is not encoded as a part of an address is");
    }
  }
}
