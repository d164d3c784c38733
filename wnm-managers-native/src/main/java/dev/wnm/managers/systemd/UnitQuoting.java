package dev.wnm.managers.systemd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Words as unit files have them: quoted for systemd, and read back by its rules, which are those of systemd.syntax(7). */
final class UnitQuoting {
  private static final Map<Character, Character> ESCAPES = Map.of('n', '\n', 't', '\t', 'r', '\r', 's', ' ', 'a', '\u0007',
      'b', '\b', 'f', '\f', 'v', '\u000b');

  private UnitQuoting() {}

  /** A word that systemd reads as this text, whatever is in it. Variables are not thought of. */
  static String quote(String text) {
    String escaped = text.replace("%", "%%").replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
        .replace("\t", "\\t").replace("\r", "\\r");
    return text.matches("[\\w@+=:,./-]+") ? text : '"' + escaped + '"';
  }

  /**
   * The words of a value, without quotes and escapes; a quote that does not end holds the rest. Specifiers such as {@code %h}
   * stay as they are.
   */
  static List<String> split(String value) {
    List<String> words = new ArrayList<>();
    StringBuilder word = null;
    char quote = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (quote == 0 && Character.isWhitespace(c)) {
        if (word != null) {
          words.add(word.toString());
          word = null;
        }
        continue;
      }
      word = word == null ? new StringBuilder() : word;
      if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == '\\' && i + 1 < value.length()) {
        i = unescape(value, i + 1, word);
      } else {
        word.append(c);
      }
    }
    if (word != null) {
      words.add(word.toString());
    }
    return words;
  }

  /** Appends what the escape after a backslash means. @return the index of its last character */
  private static int unescape(String value, int at, StringBuilder word) {
    char c = value.charAt(at);
    if (c == 'x' && at + 2 < value.length() && value.substring(at + 1, at + 3).matches("[0-9a-fA-F]{2}")) {
      word.append((char) Integer.parseInt(value.substring(at + 1, at + 3), 16));
      return at + 2;
    }
    word.append(ESCAPES.getOrDefault(c, c));
    return at;
  }
}
