package dev.wnm.core.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Takes a script of SQL apart, so that each statement can be run, and named when it fails. */
final class SqlScript {
  private static final Pattern TRIGGER = Pattern.compile("CREATE\\s+(?:TEMP\\s+|TEMPORARY\\s+)?TRIGGER\\s.*", Pattern.DOTALL);
  /** The end of a trigger, whose body has semicolons of its own. */
  private static final Pattern END = Pattern.compile(".*;\\s*END\\s*", Pattern.DOTALL);

  private final String text;
  private final List<String> statements = new ArrayList<>();
  private final StringBuilder statement = new StringBuilder();
  private int at;

  private SqlScript(String text) {
    this.text = text;
  }

  /** The statements in order, without comments and without the semicolon at the end. */
  static List<String> statements(String text) {
    return new SqlScript(text).split();
  }

  private List<String> split() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (text.startsWith("--", at)) {
        skipTo("\n");
      } else if (text.startsWith("/*", at)) {
        skipTo("*/");
      } else if (c == '\'' || c == '"' || c == '`') {
        takeQuoted(c);
      } else if (c == ';' && isWhole()) {
        end();
        at++;
      } else {
        statement.append(c);
        at++;
      }
    }
    end();
    return statements;
  }

  private void skipTo(String end) {
    int found = text.indexOf(end, at);
    at = found < 0 ? text.length() : found + end.length();
    statement.append(' ');
  }

  /** A doubled quote stands for itself; read as two texts side by side it comes out the same. */
  private void takeQuoted(char quote) {
    int found = text.indexOf(quote, at + 1);
    int end = found < 0 ? text.length() : found + 1;
    statement.append(text, at, end);
    at = end;
  }

  private boolean isWhole() {
    String written = statement.toString().strip().toUpperCase(Locale.ROOT);
    return !TRIGGER.matcher(written).matches() || END.matcher(written).matches();
  }

  private void end() {
    if (!statement.toString().isBlank()) {
      statements.add(statement.toString().strip());
    }
    statement.setLength(0);
  }
}
