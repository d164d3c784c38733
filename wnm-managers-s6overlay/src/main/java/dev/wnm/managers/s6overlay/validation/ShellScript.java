package dev.wnm.managers.s6overlay.validation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The commands of a shell script, as far as they are plain to see: what variables, patterns or other commands put together is not
 * known, and is not guessed. It never fails: what it does not understand it leaves out. Not thread-safe.
 */
final class ShellScript {
  private static final Set<String> BEFORE_COMMANDS = Set.of("if", "then", "elif", "else", "while", "until", "do", "!", "{", "time");
  private static final Set<String> ENDS = Set.of("fi", "done", "}", "esac");

  private final String code;
  private final List<List<Word>> commands;
  private final Map<String, Set<String>> assigned;
  private final Set<String> functions;
  private final List<String> hereDocuments = new ArrayList<>();
  private final List<Word> words = new ArrayList<>();
  private int cases;
  private boolean isPattern;
  private int at;

  private ShellScript(String code, List<List<Word>> commands, Map<String, Set<String>> assigned, Set<String> functions) {
    this.code = code;
    this.commands = commands;
    this.assigned = assigned;
    this.functions = functions;
  }

  /**
   * What is in a script.
   *
   * @param commands each with its words; none is empty
   * @param assigned what variables are surely set to, somewhere in it
   * @param functions that it defines
   */
  record Content(List<List<Word>> commands, Map<String, Set<String>> assigned, Set<String> functions) {}

  static Content read(String code) {
    List<List<Word>> commands = new ArrayList<>();
    Map<String, Set<String>> assigned = new HashMap<>();
    Set<String> functions = new HashSet<>();
    new ShellScript(code, commands, assigned, functions).read();
    return new Content(commands, assigned, functions);
  }

  private void read() {
    boolean isTarget = false;
    boolean isDelimiter = false;
    while (at < code.length()) {
      char c = code.charAt(at);
      if (isPattern && !Character.isWhitespace(c) && c != '#') {
        pattern();
      } else if (code.startsWith("\\\n", at)) {
        at += 2;
      } else if (c == '\n') {
        endCommand();
        at++;
        skipHereDocuments();
      } else if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '#') {
        int line = code.indexOf('\n', at);
        at = line < 0 ? code.length() : line;
      } else if (c == ';' || c == '&' || c == '|') {
        separator(c);
      } else if (c == '(' || c == ')') {
        if (c == '(' && words.size() == 1 && code.startsWith("()", at) && words.get(0).isKnown()) {
          functions.add(words.get(0).text());
          words.clear();
          at++;
        }
        endCommand();
        at++;
      } else if (c == '<' || c == '>') {
        isDelimiter = code.startsWith("<<", at);
        isTarget = true;
        while (at < code.length() && "<>&|-".indexOf(code.charAt(at)) >= 0) {
          at++;
        }
        // >&- has no word behind it.
        isTarget = code.charAt(at - 1) != '-' || isDelimiter;
      } else {
        Word word = word();
        if (isTarget) {
          if (isDelimiter) {
            hereDocuments.add(word.text());
          }
        } else if (!isDescriptor(word)) {
          add(word);
        }
        isTarget = false;
        isDelimiter = false;
      }
    }
    endCommand();
  }

  private void separator(char c) {
    int from = at;
    while (at < code.length() && code.charAt(at) == c) {
      at++;
    }
    if (c == '&' && at < code.length() && code.charAt(at) == '>') {
      return;
    }
    endCommand();
    isPattern = cases > 0 && c == ';' && at - from > 1;
  }

  private boolean isDescriptor(Word word) {
    return word.text().matches("\\d+") && at < code.length() && "<>".indexOf(code.charAt(at)) >= 0;
  }

  private void add(Word word) {
    if (words.isEmpty() && word.isKnown() && BEFORE_COMMANDS.contains(word.text())) {
      return;
    }
    if (words.isEmpty() && word.isKnown() && ENDS.contains(word.text())) {
      if (word.text().equals("esac")) {
        cases = Math.max(0, cases - 1);
      }
      return;
    }
    words.add(word);
    if (words.size() == 3 && words.get(0).is("case") && word.is("in")) {
      words.clear();
      cases++;
      isPattern = true;
    }
  }

  /** Skips what stands before the commands of a case. */
  private void pattern() {
    isPattern = false;
    if (code.startsWith("esac", at) && (at + 4 == code.length() || !Character.isLetterOrDigit(code.charAt(at + 4)))) {
      at += 4;
      cases--;
      return;
    }
    while (at < code.length() && code.charAt(at) != ')') {
      if (code.charAt(at) == '\'' || code.charAt(at) == '"' || code.charAt(at) == '\\') {
        word();
      } else {
        at++;
      }
    }
    at++;
  }

  private void endCommand() {
    while (!words.isEmpty() && words.get(0).text().matches("(?s)[A-Za-z_][A-Za-z0-9_]*=.*")) {
      Word assignment = words.remove(0);
      int equals = assignment.text().indexOf('=');
      if (assignment.isKnown()) {
        assigned.computeIfAbsent(assignment.text().substring(0, equals), name -> new LinkedHashSet<>())
            .add(assignment.text().substring(equals + 1));
      }
    }
    if (!words.isEmpty() && !words.get(0).is("for") && !words.get(0).is("case")) {
      commands.add(List.copyOf(words));
    }
    words.clear();
  }

  private void skipHereDocuments() {
    for (String delimiter : hereDocuments) {
      while (at < code.length()) {
        int end = code.indexOf('\n', at);
        String line = code.substring(at, end < 0 ? code.length() : end);
        at = end < 0 ? code.length() : end + 1;
        if (line.replaceFirst("^\t+", "").equals(delimiter)) {
          break;
        }
      }
    }
    hereDocuments.clear();
  }

  private Word word() {
    StringBuilder text = new StringBuilder();
    boolean isKnown = true;
    boolean inDouble = false;
    while (at < code.length()) {
      char c = code.charAt(at);
      if (!inDouble && (Character.isWhitespace(c) || ";&|()<>".indexOf(c) >= 0)) {
        break;
      }
      if (c == '\'' && !inDouble) {
        int close = code.indexOf('\'', at + 1);
        close = close < 0 ? code.length() : close;
        text.append(code, at + 1, close);
        at = Math.min(code.length(), close + 1);
      } else if (c == '"') {
        inDouble = !inDouble;
        at++;
      } else if (c == '\\' && at + 1 < code.length()) {
        char next = code.charAt(at + 1);
        if (inDouble && "$`\"\\\n".indexOf(next) < 0) {
          text.append(c);
        }
        if (next != '\n') {
          text.append(next);
        }
        at += 2;
      } else if (c == '$' || c == '`') {
        isKnown &= !expansion(text);
      } else {
        isKnown &= inDouble || "*?[~".indexOf(c) < 0 || c == '~' && text.length() > 0;
        text.append(c);
        at++;
      }
    }
    return isKnown ? Word.known(text.toString()) : Word.unknown(text.toString());
  }

  /** Reads what is put in by the shell; the commands in it are commands, too. @return whether it is one, and no plain dollar */
  private boolean expansion(StringBuilder text) {
    int from = at;
    if (code.charAt(at) == '`') {
      int close = code.indexOf('`', at + 1);
      close = close < 0 ? code.length() : close;
      new ShellScript(code.substring(at + 1, close), commands, assigned, functions).read();
      at = Math.min(code.length(), close + 1);
    } else if (code.startsWith("$((", at)) {
      at = closing(at + 1, '(', ')');
    } else if (code.startsWith("$(", at)) {
      int end = closing(at + 1, '(', ')');
      new ShellScript(code.substring(at + 2, Math.max(at + 2, end - 1)), commands, assigned, functions).read();
      at = end;
    } else if (code.startsWith("${", at)) {
      at = closing(at + 1, '{', '}');
    } else {
      at++;
      int name = at;
      while (at < code.length() && (Character.isLetterOrDigit(code.charAt(at)) || code.charAt(at) == '_')) {
        at++;
      }
      if (at == name && at < code.length() && "@*#?-$!".indexOf(code.charAt(at)) >= 0) {
        at++;
      }
    }
    text.append(code, from, at);
    return at > from + 1;
  }

  /** Behind the bracket that closes the one here. */
  private int closing(int from, char opens, char closes) {
    int depth = 0;
    for (int i = from; i < code.length(); i++) {
      char c = code.charAt(i);
      if (c == '\'') {
        int close = code.indexOf('\'', i + 1);
        i = close < 0 ? code.length() : close;
      } else if (c == '\\') {
        i++;
      } else if (c == opens) {
        depth++;
      } else if (c == closes && --depth == 0) {
        return i + 1;
      }
    }
    return code.length();
  }

  /** What a word may be: itself, or all that the variable it consists of is surely set to somewhere. */
  static Set<String> values(Word word, Content content) {
    if (word.isKnown()) {
      return Set.of(word.text());
    }
    String name = word.text().replaceFirst("^\\$\\{?([A-Za-z_][A-Za-z0-9_]*)\\}?$", "$1");
    return name.equals(word.text()) ? Set.of() : new TreeSet<>(content.assigned().getOrDefault(name, Set.of()));
  }
}
