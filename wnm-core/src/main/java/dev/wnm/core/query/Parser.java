package dev.wnm.core.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a query:
 *
 * <pre>
 * query      = part { "or" part }
 * part       = piece { "and" piece }
 * piece      = "not" piece | "(" query ")" | comparison
 * comparison = FIELD sign value | FIELD [ "not" ] "in" "(" value { "," value } ")" | YES-OR-NO-FIELD
 * sign       = "=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "~"
 * value      = "unknown" | WORD | 'TEXT' | "TEXT"
 * </pre>
 */
final class Parser<T> {
  static final int LONGEST = 4_000;
  static final int DEEPEST = 50;
  /** No value of several words is longer. */
  private static final int LONGEST_VALUE = 60;
  private static final String UNKNOWN = "unknown";

  private final Fields<T> fields;
  private final String text;
  private final Instant now;
  private final List<Token> tokens;
  private int next;
  private int depth;

  Parser(Fields<T> fields, String text, Instant now) {
    if (text.length() > LONGEST) {
      throw new QueryException(LONGEST, "it has " + text.length() + " characters, and may have " + LONGEST);
    }
    this.fields = fields;
    this.text = text;
    this.now = now;
    tokens = Token.of(text);
  }

  Query<T> parse() {
    Condition<T> condition = query();
    if (peek().kind() != Token.Kind.END) {
      throw wrong("and, or or the end is expected here");
    }
    return new Query<>(condition);
  }

  private Condition<T> query() {
    List<Condition<T>> parts = new ArrayList<>(List.of(part()));
    while (skip("or")) {
      parts.add(part());
    }
    return Condition.any(parts);
  }

  private Condition<T> part() {
    List<Condition<T>> pieces = new ArrayList<>(List.of(piece()));
    while (skip("and")) {
      pieces.add(piece());
    }
    return Condition.all(pieces);
  }

  private Condition<T> piece() {
    if (++depth > DEEPEST) {
      throw wrong("there may be " + DEEPEST + " brackets and nots in one another, and here is one more");
    }
    Condition<T> piece = skip("not") ? Condition.not(piece()) : skip(Token.Kind.OPEN) ? inBrackets() : comparison();
    depth--;
    return piece;
  }

  private Condition<T> inBrackets() {
    Condition<T> inside = query();
    if (!skip(Token.Kind.CLOSE)) {
      throw wrong("and, or or ) is expected here");
    }
    return inside;
  }

  private Condition<T> comparison() {
    Token name = peek();
    if (name.kind() != Token.Kind.WORD || name.is("and") || name.is("or") || name.is("in")) {
      throw wrong("a field, not or ( is expected here, as in " + fields.example());
    }
    Field<T, ?> field = fields.find(name.text()).orElseThrow(() -> wrong(fields.none(name.text())));
    next++;
    return comparison(field);
  }

  private <V> Condition<T> comparison(Field<T, V> field) {
    if (skip("in")) {
      return in(field);
    }
    if (peek().is("not") && tokens.get(next + 1).is("in")) {
      next += 2;
      return Condition.not(in(field));
    }
    if (peek().kind() != Token.Kind.SIGN) {
      return alone(field);
    }
    Operator operator = Operator.of(peek().text()).filter(field.type()::takes).orElseThrow(() -> wrong(signs(field)));
    next++;
    if (operator == Operator.CONTAINS) {
      return Condition.contains(field, wordOrText(field));
    }
    if (peek().is(UNKNOWN)) {
      if (operator.isOfOrder()) {
        throw wrong("unknown is compared with = or != only");
      }
      next++;
      return operator == Operator.EQUAL ? Condition.unknown(field) : Condition.not(Condition.unknown(field));
    }
    return Condition.compared(field, operator, value(field));
  }

  /** What is of yes or no may stand alone. */
  private <V> Condition<T> alone(Field<T, V> field) {
    Optional<V> yes = field.type().takes(Operator.CONTAINS) ? Optional.empty() : field.type().read("yes", now);
    return Condition.compared(field, Operator.EQUAL, yes.orElseThrow(() -> wrong(signs(field))));
  }

  private <V> Condition<T> in(Field<T, V> field) {
    if (!skip(Token.Kind.OPEN)) {
      throw wrong("( is expected behind in, as in " + field.name() + " in (a, b)");
    }
    List<Condition<T>> values = new ArrayList<>();
    do {
      values.add(skip(UNKNOWN) ? Condition.unknown(field) : Condition.compared(field, Operator.EQUAL, value(field)));
    } while (skip(Token.Kind.COMMA));
    if (!skip(Token.Kind.CLOSE)) {
      throw wrong(", or ) is expected here");
    }
    return Condition.any(values);
  }

  /** As many words as there are in it, where its type is written in several. */
  private <V> V value(Field<T, V> field) {
    int first = next;
    String words = wordOrText(field);
    Optional<V> found = field.type().read(words, now);
    int end = next;
    boolean isQuoted = tokens.get(first).kind() == Token.Kind.QUOTED;
    while (!isQuoted && field.type().isOfSeveralWords() && peek().kind() == Token.Kind.WORD && !peek().is("and") && !peek().is("or")
        && words.length() < LONGEST_VALUE) {
      words += " " + peek().text();
      next++;
      Optional<V> longer = field.type().read(words, now);
      if (longer.isPresent()) {
        found = longer;
        end = next;
      }
    }
    next = found.isPresent() ? end : first;
    return found.orElseThrow(() -> wrong(field.name() + " must be " + field.type().allowed() + ", or unknown"));
  }

  private String wordOrText(Field<T, ?> field) {
    Token token = peek();
    if (token.kind() != Token.Kind.WORD && token.kind() != Token.Kind.QUOTED) {
      throw wrong(field.name() + " must be " + field.type().allowed() + ", or unknown");
    }
    next++;
    return token.text();
  }

  private static String signs(Field<?, ?> field) {
    return field.name() + " is compared with " + String.join(" ", field.type().signs());
  }

  private Token peek() {
    return tokens.get(next);
  }

  private boolean skip(String keyword) {
    boolean isNext = peek().is(keyword);
    next += isNext ? 1 : 0;
    return isNext;
  }

  private boolean skip(Token.Kind kind) {
    boolean isNext = peek().kind() == kind;
    next += isNext ? 1 : 0;
    return isNext;
  }

  private QueryException wrong(String rule) {
    return new QueryException(peek().place(), Place.inWords(text, peek().place()) + ": " + rule);
  }
}
