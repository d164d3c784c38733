package dev.wnm.core.probe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One line of OpenMetrics text: {@code series{label="value",…} value [timestamp] [# exemplar]}.
 *
 * @param series its name
 * @param labels its labels with their values unescaped
 * @param value its value as written
 */
record Sample(String series, Map<String, String> labels, String value) {
  /** Empty when the line is malformed. */
  static Optional<Sample> parse(String line) {
    return new Parser(line).sample();
  }

  /** Whether a name of a series or a label may have it, as a character or, which is the same here, a byte. */
  static boolean isNamePart(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ':';
  }

  private static final class Parser {
    private final String line;
    private int at;

    Parser(String line) {
      this.line = line;
    }

    Optional<Sample> sample() {
      String series = name();
      Map<String, String> labels = new LinkedHashMap<>();
      skipBlanks();
      if (series.isEmpty() || (is('{') && !labels(labels))) {
        return Optional.empty();
      }
      skipBlanks();
      int start = at;
      while (at < line.length() && line.charAt(at) > ' ') {
        at++;
      }
      return start == at ? Optional.empty() : Optional.of(new Sample(series, labels, line.substring(start, at)));
    }

    /** @return whether they are well formed up to their closing brace */
    private boolean labels(Map<String, String> labels) {
      at++;
      skipBlanks();
      while (!is('}')) {
        String name = name();
        skipBlanks();
        if (name.isEmpty() || !take('=')) {
          return false;
        }
        skipBlanks();
        StringBuilder value = new StringBuilder();
        if (!take('"') || !quoted(value)) {
          return false;
        }
        labels.put(name, value.toString());
        skipBlanks();
        if (!take(',') && !is('}')) {
          return false;
        }
        skipBlanks();
      }
      return take('}');
    }

    /** @return whether the closing quote was found */
    private boolean quoted(StringBuilder value) {
      while (at < line.length()) {
        char next = line.charAt(at++);
        if (next == '"') {
          return true;
        }
        if (next == '\\' && at < line.length()) {
          char escaped = line.charAt(at++);
          value.append(escaped == 'n' ? '\n' : escaped);
        } else {
          value.append(next);
        }
      }
      return false;
    }

    private String name() {
      int start = at;
      while (at < line.length() && isNamePart(line.charAt(at))) {
        at++;
      }
      return line.substring(start, at);
    }

    private void skipBlanks() {
      while (is(' ') || is('\t')) {
        at++;
      }
    }

    private boolean is(char c) {
      return at < line.length() && line.charAt(at) == c;
    }

    private boolean take(char c) {
      boolean there = is(c);
      at += there ? 1 : 0;
      return there;
    }
  }
}
