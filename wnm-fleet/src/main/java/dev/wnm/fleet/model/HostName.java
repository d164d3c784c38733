package dev.wnm.fleet.model;

import dev.wnm.fleet.json.Texts;

/**
 * What operators call a host. It is given by {@code fleet invite}, stands in the host's certificate, and is never changed.
 *
 * @param text 1 to 63 small letters, digits and {@code -}, which is neither first nor last: good as a label of DNS and of a subject
 */
public record HostName(String text) implements Comparable<HostName> {
  private static final String PATTERN = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  /** To follow "must be". */
  public static final String ALLOWED = "1 to 63 small letters, digits and '-', which is neither first nor last";

  public HostName {
    if (!text.matches(PATTERN)) {
      throw new IllegalArgumentException("the name of a host must be " + ALLOWED + ", not '" + Texts.shown(text) + "'");
    }
  }

  /** Whether it could be one. */
  public static boolean fits(String text) {
    return text.matches(PATTERN);
  }

  @Override
  public int compareTo(HostName other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
