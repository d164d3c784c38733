package dev.wnm.core.model;

import dev.wnm.spi.command.Shell;
import dev.wnm.spi.config.ShellWords;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads and writes the environment of nodes: {@code K=v K2="v 2"}. */
public final class NodeEnvironment {
  private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)", Pattern.DOTALL);

  private NodeEnvironment() {}

  /**
   * The variables in their order; the last value of a name counts.
   *
   * @throws IllegalArgumentException saying what is wrong, when a word is not {@code NAME=value} or a quote is left open
   */
  public static Map<String, String> parse(String text) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String word : ShellWords.split(text)) {
      Matcher matcher = ASSIGNMENT.matcher(word);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("must be NAME=value pairs separated by blanks ('" + word + "' is not one)");
      }
      variables.put(matcher.group(1), matcher.group(2));
    }
    return Collections.unmodifiableMap(variables);
  }

  /** The text that {@link #parse} reads as these variables. */
  public static String print(Map<String, String> variables) {
    return variables.entrySet().stream()
        .map(variable -> variable.getKey() + "=" + Shell.argument(variable.getValue()))
        .collect(Collectors.joining(" "));
  }
}
