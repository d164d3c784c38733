package dev.wnm.managers.s6overlay.supervisord;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code A="x",B='y'}, expanded, into variables; what supervisord would refuse is refused. */
final class EnvironmentText {
  /** Python's shlex with the characters that supervisord adds; private characters are marks of {@link Expander}. */
  private static final Pattern TOKEN = Pattern.compile(
      "\\s+|#[^\\n]*|(\"[^\"]*\"|'[^']*'|[\\w/.+\\-():\uE000\uE001][\\w/.+\\-():\"'\uE000\uE001]*|.)", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private EnvironmentText() {}

  static Map<String, String> read(String text, Place place) {
    List<String> tokens = new ArrayList<>();
    Matcher token = TOKEN.matcher(text);
    while (token.find()) {
      if (token.group(1) != null) {
        tokens.add(token.group(1));
      }
    }
    Map<String, String> variables = new LinkedHashMap<>();
    for (int i = 0; i < tokens.size(); i += 4) {
      if (i + 3 > tokens.size() || !tokens.get(i + 1).equals("=") || tokens.get(i + 2).matches("[\"',=]")) {
        throw place.refuse("environment must be KEY=\"value\",KEY2=\"value2\"; quote values with other signs than"
            + " letters, digits and _ / . + - ( ) :");
      }
      if (i + 3 < tokens.size() && !tokens.get(i + 3).equals(",")) {
        throw place.refuse("environment wants a comma after the value of " + tokens.get(i)
            + "; quote values with other signs than letters, digits and _ / . + - ( ) :");
      }
      if (!NAME.matcher(tokens.get(i)).matches()) {
        throw place.refuse("'" + tokens.get(i) + "' is no name of a variable that a shell could export");
      }
      variables.put(tokens.get(i), tokens.get(i + 2).replaceAll("^['\"]+|['\"]+$", ""));
    }
    return variables;
  }
}
