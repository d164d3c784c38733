package dev.wnm.core.whatif;

/**
 * Steps through one line of JSON, as strictly as RFC 8259. Makes no object for what nobody asks for: what was stepped over last is told by
 * {@link #kind}, {@link #from} and {@link #to}.
 */
final class JsonLine {
  /** What a value is. */
  enum Kind {
    /** A text without escapes. */
    TEXT,
    /** A text with escapes. */
    ESCAPED_TEXT,
    NUMBER,
    /** true or false. */
    TRUTH,
    NULL,
    /** An object or a list. */
    COMPOUND
  }

  /** The line is not JSON. */
  static final class NotJsonException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int column;

    /** @param column where that shows, from 1 */
    NotJsonException(int column) {
      super("not valid JSON (column " + column + ")", null, false, false);
      this.column = column;
    }

    int column() {
      return column;
    }
  }

  private static final int DEEPEST = 255;

  private final String line;
  private int at;
  private int depth;
  private Kind kind = Kind.NULL;
  private int from;
  private int to;

  JsonLine(String line) {
    this.line = line;
  }

  String line() {
    return line;
  }

  Kind kind() {
    return kind;
  }

  /** Where the value begins; of a text, behind its quote. */
  int from() {
    return from;
  }

  /** Where it ends: the first character behind it; of a text, its closing quote. */
  int to() {
    return to;
  }

  /** Passes over blanks. @return whether this comes next */
  boolean isNext(char c) {
    skipBlanks();
    return at < line.length() && line.charAt(at) == c;
  }

  /** Whether nothing comes any more. */
  boolean isAtEnd() {
    skipBlanks();
    return at == line.length();
  }

  void expect(char c) {
    if (!isNext(c)) {
      throw wrong();
    }
    at++;
  }

  /** Begins an object. @return whether it has a member, whose name comes next */
  boolean enter() {
    expect('{');
    return !leave();
  }

  /** Behind a member. @return whether another one comes */
  boolean another() {
    if (leave()) {
      return false;
    }
    expect(',');
    return true;
  }

  private boolean leave() {
    if (isNext('}')) {
      at++;
      return true;
    }
    return false;
  }

  /** Steps over a member's name, which becomes the last value, and its colon. */
  void name() {
    skipBlanks();
    string();
    expect(':');
  }

  /** If exactly this comes next, which is a whole object, steps over it. */
  boolean passes(String object) {
    skipBlanks();
    if (!line.startsWith(object, at)) {
      return false;
    }
    from = at;
    at += object.length();
    to = at;
    kind = Kind.COMPOUND;
    return true;
  }

  /** Steps over a value. */
  void value() {
    skipBlanks();
    if (at == line.length()) {
      throw wrong();
    }
    char c = line.charAt(at);
    if (c == '"') {
      string();
    } else if (c == '{' || c == '[') {
      compound(c);
    } else if (c == '-' || c >= '0' && c <= '9') {
      number();
    } else if (c == 't') {
      word("true", Kind.TRUTH);
    } else if (c == 'f') {
      word("false", Kind.TRUTH);
    } else {
      word("null", Kind.NULL);
    }
  }

  private void compound(char open) {
    int begin = at;
    if (++depth > DEEPEST) {
      throw wrong();
    }
    if (open == '{') {
      for (boolean more = enter(); more; more = another()) {
        name();
        value();
      }
    } else {
      list();
    }
    depth--;
    from = begin;
    to = at;
    kind = Kind.COMPOUND;
  }

  private void list() {
    expect('[');
    if (!isNext(']')) {
      value();
      while (!isNext(']')) {
        expect(',');
        value();
      }
    }
    at++;
  }

  private void string() {
    if (at >= line.length() || line.charAt(at) != '"') {
      throw wrong();
    }
    int begin = ++at;
    Kind found = Kind.TEXT;
    while (true) {
      if (at >= line.length()) {
        throw wrong();
      }
      char c = line.charAt(at);
      if (c == '"') {
        break;
      }
      if (c < ' ') {
        throw wrong();
      }
      if (c == '\\') {
        found = Kind.ESCAPED_TEXT;
        escape();
      }
      at++;
    }
    from = begin;
    to = at++;
    kind = found;
  }

  private void escape() {
    at++;
    char c = at < line.length() ? line.charAt(at) : ' ';
    if (c == 'u') {
      for (int i = 0; i < 4; i++) {
        at++;
        if (at >= line.length() || Character.digit(line.charAt(at), 16) < 0) {
          throw wrong();
        }
      }
    } else if ("\"\\/bfnrt".indexOf(c) < 0) {
      throw wrong();
    }
  }

  private void number() {
    int begin = at;
    if (line.charAt(at) == '-') {
      at++;
    }
    if (at < line.length() && line.charAt(at) == '0') {
      at++;
    } else {
      digits();
    }
    if (at < line.length() && line.charAt(at) == '.') {
      at++;
      digits();
    }
    if (at < line.length() && (line.charAt(at) == 'e' || line.charAt(at) == 'E')) {
      at++;
      if (at < line.length() && (line.charAt(at) == '+' || line.charAt(at) == '-')) {
        at++;
      }
      digits();
    }
    from = begin;
    to = at;
    kind = Kind.NUMBER;
  }

  private void digits() {
    int begin = at;
    while (at < line.length() && line.charAt(at) >= '0' && line.charAt(at) <= '9') {
      at++;
    }
    if (at == begin) {
      throw wrong();
    }
  }

  private void word(String word, Kind found) {
    if (!line.startsWith(word, at)) {
      throw wrong();
    }
    from = at;
    at += word.length();
    to = at;
    kind = found;
  }

  private void skipBlanks() {
    while (at < line.length()) {
      char c = line.charAt(at);
      if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
        return;
      }
      at++;
    }
  }

  private NotJsonException wrong() {
    return new NotJsonException(at + 1);
  }

  /** A text with its escapes resolved. @param from behind its quote @param to its closing quote */
  static String unescaped(String line, int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      char c = line.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      i++;
      switch (line.charAt(i)) {
        case 'u' -> {
          text.append((char) Integer.parseInt(line.substring(i + 1, i + 5), 16));
          i += 4;
        }
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 't' -> text.append('\t');
        default -> text.append(line.charAt(i));
      }
    }
    return text.toString();
  }
}
