package dev.wnm.managers.s6overlay.supervisord;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds calls of supervisorctl in shell code, as far as they are plain to see: a command of its own whose words hold no
 * variables. Not thread-safe.
 */
final class ShellCalls {
  /**
   * @param start where the call begins
   * @param end behind its last word
   * @param words those after supervisorctl
   * @param isPlain whether the words are all of it, and are known
   * @param isRead whether what it prints goes to another program
   */
  record Call(int start, int end, List<String> words, boolean isPlain, boolean isRead) {}

  private static final Set<String> BEFORE_COMMANDS = Set.of("if", "then", "elif", "else", "while", "until", "do", "!", "{");

  private record Word(int start, int end, String value, boolean isKnown) {}

  private final String code;
  private final int end;
  private final boolean isRead;
  private final List<Call> calls;
  private final List<Word> words = new ArrayList<>();
  private boolean wordsGoOnBehindRedirection;
  private boolean sawRedirection;
  private boolean afterPipe;
  private int at;

  private ShellCalls(String code, int start, int end, boolean isRead, List<Call> calls) {
    this.code = code;
    this.at = start;
    this.end = end;
    this.isRead = isRead;
    this.calls = calls;
  }

  /** In the order of the text; what stands in comments is left out, and all from a here-document on. */
  static List<Call> in(String code) {
    List<Call> calls = new ArrayList<>();
    new ShellCalls(code, 0, code.length(), false, calls).read();
    return calls;
  }

  private void read() {
    boolean isTarget = false;
    while (at < end) {
      char c = code.charAt(at);
      if (c == '\\' && at + 1 < end && code.charAt(at + 1) == '\n') {
        at += 2;
      } else if (c == ' ' || c == '\t' || c == '\r') {
        at++;
      } else if (c == '#') {
        int line = code.indexOf('\n', at);
        at = line < 0 || line > end ? end : line;
      } else if (c == '\n' || c == ';' || c == '(' || c == ')') {
        endCommand(false);
        at++;
      } else if (c == '&' && at + 1 < end && code.charAt(at + 1) == '>') {
        at++;
      } else if (c == '&' || c == '|') {
        boolean isDouble = at + 1 < end && code.charAt(at + 1) == c;
        endCommand(c == '|' && !isDouble);
        at += isDouble ? 2 : 1;
      } else if (c == '<' || c == '>') {
        if (code.startsWith("<<", at)) {
          endCommand(true);
          return;
        }
        sawRedirection = true;
        isTarget = true;
        at++;
        while (at < end && "<>&|".indexOf(code.charAt(at)) >= 0) {
          at++;
        }
      } else {
        Word word = word();
        boolean isDescriptor = word.value().matches("\\d+") && at < end && "<>".indexOf(code.charAt(at)) >= 0;
        if (!isTarget && !isDescriptor && !(words.isEmpty() && BEFORE_COMMANDS.contains(word.value()))) {
          wordsGoOnBehindRedirection |= sawRedirection;
          words.add(word);
        }
        isTarget = false;
      }
    }
    endCommand(false);
  }

  private void endCommand(boolean byPipe) {
    if (!words.isEmpty() && words.get(0).isKnown() && words.get(0).value().matches("(.*/)?supervisorctl")) {
      List<Word> rest = words.subList(1, words.size());
      boolean isPlain = !wordsGoOnBehindRedirection && rest.stream().allMatch(Word::isKnown);
      calls.add(new Call(words.get(0).start(), words.get(words.size() - 1).end(), rest.stream().map(Word::value).toList(),
          isPlain && !(afterPipe && rest.isEmpty()), isRead || byPipe));
    }
    words.clear();
    sawRedirection = false;
    wordsGoOnBehindRedirection = false;
    afterPipe = byPipe;
  }

  /** Reads a word, and the code of substitutions in it. */
  private Word word() {
    int start = at;
    boolean isKnown = true;
    boolean inDouble = false;
    StringBuilder value = new StringBuilder();
    while (at < end) {
      char c = code.charAt(at);
      if (!inDouble && " \t\r\n;&|()<>".indexOf(c) >= 0) {
        break;
      }
      if (c == '\'' && !inDouble) {
        int close = code.indexOf('\'', at + 1);
        close = close < 0 || close >= end ? end : close;
        value.append(code, Math.min(at + 1, close), close);
        at = Math.min(end, close + 1);
      } else if (c == '"') {
        inDouble = !inDouble;
        at++;
      } else if (c == '\\') {
        isKnown = false;
        at = Math.min(end, at + 2);
      } else if (c == '$' && at + 1 < end && code.charAt(at + 1) == '(' || c == '`') {
        isKnown = false;
        substitution(c == '`' ? at + 1 : at + 2, c);
      } else {
        // The marks of Expander are variables, too.
        isKnown &= c != '$' && c != '\uE000' && (inDouble || c != '?' && c != '[');
        value.append(c);
        at++;
      }
    }
    return new Word(start, at, value.toString(), isKnown);
  }

  private void substitution(int from, char opener) {
    int to = opener == '`' ? code.indexOf('`', from) : closing(from);
    to = to < 0 || to > end ? end : to;
    new ShellCalls(code, from, to, true, calls).read();
    at = Math.min(end, to + 1);
  }

  private int closing(int from) {
    int depth = 1;
    for (int i = from; i < end; i++) {
      char c = code.charAt(i);
      if (c == '\'') {
        int close = code.indexOf('\'', i + 1);
        i = close < 0 ? end : close;
      } else if (c == '\\') {
        i++;
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return i;
      }
    }
    return end;
  }
}
