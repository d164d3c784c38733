package dev.wnm.managers.s6overlay.supervisord;

import dev.wnm.spi.command.Shell;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/** Writes texts into shell scripts so that the shell takes them as they are. */
final class ShText {
  private ShText() {}

  /** One word that stands for the text; variables marked by {@link Expander} are read when the script runs. */
  static String quote(String text) {
    StringBuilder word = new StringBuilder();
    Matcher variable = Expander.READ_AT_START.matcher(text);
    int from = 0;
    while (variable.find()) {
      word.append(literal(text.substring(from, variable.start())));
      word.append("\"${").append(variable.group(1)).append("?is not set}\"");
      from = variable.end();
    }
    word.append(literal(text.substring(from)));
    return word.isEmpty() ? "''" : word.toString();
  }

  /**
   * Shell lines for the variables in texts. s6-overlay leaves out those that are empty; its folder of variables tells them
   * from those that are not set.
   */
  static String emptyOnes(String texts) {
    return Expander.READ_AT_START.matcher(texts).results().map(found -> found.group(1)).distinct()
        .map(name -> "[ -n \"${" + name + "+set}\" ] || [ ! -e /run/s6/container_environment/" + name + " ] || " + name + "=\n")
        .collect(Collectors.joining());
  }

  private static String literal(String text) {
    return text.isEmpty() ? "" : Shell.inSingleQuotes(text);
  }
}
