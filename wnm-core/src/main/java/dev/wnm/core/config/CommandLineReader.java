package dev.wnm.core.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Reads the words of a command line by the registry: {@code --name value}, {@code --name=value}, either spelling, any
 * unambiguous beginning of a name, and letters such as {@code -c FILE} or {@code -vq}. The last of several wins.
 *
 * <p>A flag takes its value only after {@code =} ({@code --no_upnp=false}), so that no stray word is taken for one. Written
 * here rather than with a library because these rules together (two spellings of every name that are one option,
 * beginnings of both, flags with values, and stray words as errors) are what the libraries do not agree with.
 */
final class CommandLineReader {
  private final Deque<String> words;
  private final List<GivenValue> given = new ArrayList<>();

  private CommandLineReader(List<String> words) {
    this.words = new ArrayDeque<>(words);
  }

  /** @throws BadInputException for an unknown or ambiguous option, a missing value, or a word that belongs to no option */
  static List<GivenValue> read(List<String> words) {
    CommandLineReader reader = new CommandLineReader(words);
    while (!reader.words.isEmpty()) {
      reader.readWord(reader.words.removeFirst());
    }
    return List.copyOf(reader.given);
  }

  private void readWord(String word) {
    if (word.startsWith("--") && word.length() > 2) {
      readName(word.substring(2));
    } else if (word.startsWith("-") && word.length() > 1 && !word.equals("--")) {
      readLetters(word.substring(1));
    } else {
      throw new BadInputException("the word '" + word + "' belongs to no option" + hintAtFlag());
    }
  }

  private void readName(String word) {
    int equals = word.indexOf('=');
    Option<?> option = Options.require(equals < 0 ? word : word.substring(0, equals), "");
    add(option, equals >= 0 ? word.substring(equals + 1) : option.isFlag() ? "true" : nextWord(option));
  }

  private void readLetters(String letters) {
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      Option<?> option = Options.withLetter(letter).orElseThrow(() -> new BadInputException("unknown option -" + letters
          + (Options.find(letters).isPresent() ? "; did you mean --" + letters + "?" : "; wnm --help lists all options")));
      if (!option.isFlag()) {
        String rest = letters.substring(i + 1);
        add(option, rest.isEmpty() ? nextWord(option) : rest.startsWith("=") ? rest.substring(1) : rest);
        return;
      }
      add(option, "true");
    }
  }

  /** The next word, unless it looks like an option; a number below zero and a lone dash do not. */
  private String nextWord(Option<?> option) {
    String next = words.isEmpty() ? "--" : words.removeFirst();
    if (next.startsWith("-") && next.length() > 1 && !next.matches("-[0-9.]+")) {
      throw new BadInputException(option + " needs a value: " + option.allowed()
          + (next.equals("--") ? "" : " (if '" + next + "' is its value, write " + option + "=" + next + ")"));
    }
    return next;
  }

  private void add(Option<?> option, String text) {
    if (!text.isEmpty() || option.isClearable()) {
      given.add(new GivenValue(option, text, Origin.COMMAND_LINE));
    } else if (option.scope() == Scope.ONCE || option.isFlag()) {
      throw new BadInputException(option + " needs a value: " + option.allowed());
    }
  }

  private String hintAtFlag() {
    if (given.isEmpty() || !given.get(given.size() - 1).option().isFlag()) {
      return "";
    }
    return " (a flag takes its value after =, as in " + given.get(given.size() - 1).option() + "=false)";
  }
}
