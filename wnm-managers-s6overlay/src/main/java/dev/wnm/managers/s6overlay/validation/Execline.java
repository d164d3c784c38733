package dev.wnm.managers.s6overlay.validation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Reads execline as execlineb and s6-rc-compile do: words, quotes with escapes, comments, and braces that stand alone. */
final class Execline {
  private static final String ESCAPES = "abtnvfr";
  private static final String ESCAPED = "\u0007\b\t\n\u000b\f\r";
  private static final char END = '\0';

  private final String text;
  private final Deque<List<Word>> blocks = new ArrayDeque<>();
  private int at;

  private Execline(String text) {
    this.text = text;
  }

  /** @throws ExeclineSyntaxException saying what is wrong */
  static List<Word> parse(String text) throws ExeclineSyntaxException {
    return new Execline(text).read();
  }

  private List<Word> read() throws ExeclineSyntaxException {
    blocks.push(new ArrayList<>());
    while (true) {
      char c = peek();
      if (c == END) {
        break;
      }
      if (c == '\\' && at + 1 >= text.length()) {
        // A last backslash between words is nothing.
        break;
      }
      if (isBlank(c) || c == '\\' && text.charAt(at + 1) == '\n') {
        at += c == '\\' ? 2 : 1;
      } else if (c == '#') {
        while (peek() != END && peek() != '\n') {
          at++;
        }
      } else {
        word();
      }
    }
    if (blocks.size() > 1) {
      throw new ExeclineSyntaxException("has a { without a }");
    }
    return blocks.pop();
  }

  private void word() throws ExeclineSyntaxException {
    StringBuilder word = new StringBuilder();
    boolean isQuoted = false;
    for (char c = peek(); c != END && !isBlank(c); c = peek()) {
      at++;
      if (c == '"') {
        isQuoted = true;
        quoted(word);
      } else if (c == '\\') {
        if (peek() == END) {
          throw new ExeclineSyntaxException("ends with a backslash");
        }
        word.append(text.charAt(at++));
        isQuoted = true;
      } else {
        word.append(c);
      }
    }
    if (!isQuoted && word.toString().equals("{")) {
      if (peek() == END) {
        throw new ExeclineSyntaxException("has a { without a }");
      }
      blocks.push(new ArrayList<>());
    } else if (!isQuoted && word.toString().equals("}")) {
      List<Word> block = blocks.pop();
      if (blocks.isEmpty()) {
        throw new ExeclineSyntaxException("has a } without a {");
      }
      blocks.peek().add(Word.ofBlock(block));
    } else {
      blocks.peek().add(word.indexOf("$") < 0 ? Word.known(word.toString()) : Word.unknown(word.toString()));
    }
  }

  private void quoted(StringBuilder word) throws ExeclineSyntaxException {
    while (true) {
      char c = peek();
      if (c == END) {
        throw new ExeclineSyntaxException("has a quote that is not closed");
      }
      at++;
      if (c == '"') {
        return;
      }
      if (c != '\\') {
        word.append(c);
      } else if (peek() == END) {
        throw new ExeclineSyntaxException("has a quote that is not closed");
      } else if (Character.digit(peek(), 10) >= 0 && peek() < 128) {
        number(word);
        if (peek() == END) {
          // As execline has it: a number may end the script.
          return;
        }
      } else {
        char escaped = text.charAt(at++);
        if (escaped != '\n') {
          int which = ESCAPES.indexOf(escaped);
          word.append(which < 0 ? escaped : ESCAPED.charAt(which));
        }
      }
    }
  }

  /** {@code \65}, {@code \0101} or {@code \0x41}: a byte, and not the first one. */
  private void number(StringBuilder word) throws ExeclineSyntaxException {
    int radix = 10;
    int most = 3;
    if (peek() == '0') {
      at++;
      radix = peek() == 'x' ? 16 : 8;
      if (radix == 16) {
        at++;
        most = 2;
      }
    }
    int from = at;
    while (at - from < most && peek() < 128 && Character.digit(peek(), radix) >= 0) {
      at++;
    }
    int value = from == at ? 0 : Integer.parseInt(text.substring(from, at), radix);
    if (value < 1 || value > 255) {
      throw new ExeclineSyntaxException("has a quoted number that is no character");
    }
    word.append((char) value);
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private static boolean isBlank(char c) {
    return c > END && c <= ' ' && c != '\u007f';
  }
}
