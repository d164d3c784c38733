package dev.wnm.core.query;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a query's text.
 *
 * @param kind what it is
 * @param text what it says: of a quoted one what is between the quotes
 * @param place where it begins
 */
record Token(Kind kind, String text, int place) {
  enum Kind {
    WORD,
    QUOTED,
    SIGN,
    OPEN,
    CLOSE,
    COMMA,
    END
  }

  private static final String SIGNS = "=!<>~";
  private static final String APART = SIGNS + "(),'\"";

  /** @throws QueryException for a quote that does not end */
  static List<Token> of(String text) {
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = at + 1;
      if (Character.isWhitespace(c)) {
        at = end;
        continue;
      }
      if (c == '\'' || c == '"') {
        end = text.indexOf(c, at + 1) + 1;
        if (end == 0) {
          throw new QueryException(at, Place.inWords(text, at) + ": a quote begins here, and does not end");
        }
        tokens.add(new Token(Kind.QUOTED, text.substring(at + 1, end - 1), at));
      } else if (c == '(' || c == ')' || c == ',') {
        tokens.add(new Token(c == '(' ? Kind.OPEN : c == ')' ? Kind.CLOSE : Kind.COMMA, String.valueOf(c), at));
      } else if (SIGNS.indexOf(c) >= 0) {
        while (end < text.length() && SIGNS.indexOf(text.charAt(end)) >= 0) {
          end++;
        }
        tokens.add(new Token(Kind.SIGN, text.substring(at, end), at));
      } else {
        while (end < text.length() && !Character.isWhitespace(text.charAt(end)) && APART.indexOf(text.charAt(end)) < 0) {
          end++;
        }
        tokens.add(new Token(Kind.WORD, text.substring(at, end), at));
      }
      at = end;
    }
    tokens.add(new Token(Kind.END, "", text.length()));
    return tokens;
  }

  boolean is(String keyword) {
    return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
  }
}
