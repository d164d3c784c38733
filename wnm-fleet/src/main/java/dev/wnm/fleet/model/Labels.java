package dev.wnm.fleet.model;

import dev.wnm.fleet.json.Texts;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an operator says of a host, such as {@code site=home,rack=2}. By {@code site}, hosts that share one public address are known.
 *
 * @param values by name, at most 16
 */
public record Labels(Map<String, String> values) {
  private static final int MOST = 16;
  private static final String NAME = "[a-z][a-z0-9_]{0,31}";
  private static final String VALUE = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
  private static final String SITE = "site";
  /** To follow "must be". */
  public static final String ALLOWED = "NAME=VALUE separated by commas, such as site=home,rack=2";

  /** None. */
  public static final Labels NONE = new Labels(Map.of());

  public Labels {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
    values.forEach((name, value) -> {
      if (!name.matches(NAME) || !value.matches(VALUE)) {
        throw new IllegalArgumentException("labels must be " + ALLOWED + ", not '" + Texts.shown(name + "=" + value) + "'");
      }
    });
    if (values.size() > MOST) {
      throw new IllegalArgumentException("a host has at most " + MOST + " labels, not " + values.size());
    }
  }

  /** @throws IllegalArgumentException when it is not {@link #ALLOWED} */
  public static Labels parse(String text) {
    Map<String, String> values = new TreeMap<>();
    for (String word : text.isEmpty() ? new String[0] : text.split(",")) {
      String[] parts = word.split("=", 2);
      if (parts.length != 2 || values.put(parts[0].strip(), parts[1].strip()) != null) {
        throw new IllegalArgumentException("labels must be " + ALLOWED + ", each once, not '" + Texts.shown(text) + "'");
      }
    }
    return new Labels(values);
  }

  /**
   * Hosts of one site share one public address. A host that has no label for it is a site of its own. Whether letters are large makes no
   * difference: that Home and home are two is never meant, and would give one block twice.
   */
  public String site(HostName host) {
    return values.getOrDefault(SITE, host.text()).toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return values.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()).collect(Collectors.joining(","));
  }
}
