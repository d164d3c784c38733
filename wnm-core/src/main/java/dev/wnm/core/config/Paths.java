package dev.wnm.core.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what an operator writes as a path into an absolute one. */
final class Paths {
  private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");
  private static final String SQLITE = "sqlite:///";

  private Paths() {}

  /**
   * Replaces {@code $VAR} and {@code ${VAR}}, then a leading {@code ~}; a relative path starts from the current folder.
   *
   * @throws IllegalArgumentException saying what is wrong, when a variable is not set or the text cannot be a path
   */
  static Path expand(String text, Platform platform) {
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder expanded = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      String value = platform.environment().getOrDefault(name, "");
      if (value.isEmpty()) {
        throw new IllegalArgumentException("must be a path whose variables are set ($" + name + " is not)");
      }
      matcher.appendReplacement(expanded, Matcher.quoteReplacement(value));
    }
    matcher.appendTail(expanded);
    String path = expanded.toString();
    if (path.startsWith("~") && !path.equals("~") && !path.startsWith("~/")) {
      throw new IllegalArgumentException("must be a path that begins with /, ~/ or a name (~NAME is not known here)");
    }
    try {
      return path.startsWith("~")
          ? platform.home().resolve(path.substring(Math.min(2, path.length()))).normalize()
          : platform.currentFolder().resolve(path).normalize();
    } catch (InvalidPathException e) {
      boolean isAscii = path.chars().allMatch(letter -> letter < 128);
      throw new IllegalArgumentException("must be a path"
          + (isAscii ? "" : " whose letters the locale has (LC_ALL=C.UTF-8 has all)"), e);
    }
  }

  /** The file of a database: a path, or {@code sqlite:///PATH}, where an absolute PATH makes four slashes. */
  static Path database(String text, Platform platform) {
    if (text.startsWith(SQLITE) && text.length() > SQLITE.length()) {
      return expand(text.substring(SQLITE.length()), platform);
    }
    if (text.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")) {
      throw new IllegalArgumentException("must be a path or sqlite:///PATH");
    }
    return expand(text, platform);
  }
}
