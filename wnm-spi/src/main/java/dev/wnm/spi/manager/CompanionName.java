package dev.wnm.spi.manager;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which service that runs beside nodes is meant. Neither part can begin an option or leave a folder, so that both may stand in a
 * command line.
 *
 * @param group the container group that it runs in, such as {@code a1}
 * @param service what it is called there
 */
public record CompanionName(String group, String service) {
  private static final String PART = "[A-Za-z0-9_][A-Za-z0-9_.+@-]{0,199}";
  private static final Pattern NAME = Pattern.compile("(" + PART + ")/(" + PART + ")");

  /** @throws IllegalArgumentException when one of the two is no name */
  public CompanionName {
    if (!NAME.matcher(group + "/" + service).matches()) {
      throw new IllegalArgumentException("'" + group + "/" + service + "' is no GROUP/SERVICE");
    }
  }

  /** Reads {@code GROUP/SERVICE}; empty when it is none. */
  public static Optional<CompanionName> parse(String text) {
    Matcher parts = NAME.matcher(text);
    return parts.matches() ? Optional.of(new CompanionName(parts.group(1), parts.group(2))) : Optional.empty();
  }

  /** {@code a1/caddy}. */
  @Override
  public String toString() {
    return group + "/" + service;
  }
}
