package dev.wnm.core.config;

import dev.wnm.spi.command.Shell;
import dev.wnm.spi.config.BadInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/**
 * Reads the words of a command line: {@code --name value}, {@code --name=value}, either spelling, any unambiguous beginning
 * of a name, and letters such as {@code -c FILE} or {@code -vq}. Two values for one option are refused, in whatever spelling.
 *
 * <p>Names are resolved by the registry before Commons CLI takes the words apart: two spellings that are one option, and
 * the beginnings of both, are beyond it. A flag takes its value only after {@code =} ({@code --no_upnp=false}), so that no
 * stray word is taken for one.
 */
final class CommandLineReader {
  private final OptionRegistry registry;

  CommandLineReader(OptionRegistry registry) {
    this.registry = registry;
  }

  /**
   * @throws BadInputException for an unknown or ambiguous option, a missing value, a second value, or a word that belongs to no
   *     option
   */
  List<GivenValue> read(List<String> words) {
    try {
      String[] resolved = resolve(words).toArray(String[]::new);
      CommandLine line = DefaultParser.builder().setAllowPartialMatching(false).setStripLeadingAndTrailingQuotes(false).get()
          .parse(grammar(), resolved);
      if (!line.getArgList().isEmpty()) {
        throw stray(line.getArgList().get(0), words);
      }
      List<GivenValue> given = new ArrayList<>();
      for (org.apache.commons.cli.Option parsed : line.getOptions()) {
        add(given, parsed);
      }
      refuseSecondValues(given);
      return List.copyOf(given);
    } catch (MissingArgumentException e) {
      throw missing(optionOf(e.getOption()), "");
    } catch (UnrecognizedOptionException e) {
      throw unknownLetters(e.getOption());
    } catch (ParseException e) {
      throw new BadInputException("the command line cannot be read: " + e.getMessage());
    }
  }

  /** Every long name takes a value, also a flag's; a letter of a flag takes none, so that letters can stand together. */
  private org.apache.commons.cli.Options grammar() {
    org.apache.commons.cli.Options grammar = new org.apache.commons.cli.Options();
    for (Option<?> option : registry.all()) {
      grammar.addOption(org.apache.commons.cli.Option.builder().longOpt(option.name()).hasArg().get());
      option.letter().ifPresent(letter -> grammar.addOption(
          org.apache.commons.cli.Option.builder(letter.toString()).hasArg(!option.isFlag()).get()));
    }
    return grammar;
  }

  /** The words with each name written out as the registry has it, and a value behind every name that needs one. */
  private List<String> resolve(List<String> words) {
    List<String> resolved = new ArrayList<>();
    Optional<Option<?>> waiting = Optional.empty();
    for (String word : words) {
      boolean isOption = word.startsWith("-") && word.length() > 1 && !word.matches("-[0-9.]+");
      if (waiting.isPresent() && isOption) {
        endBare(waiting.get(), word, resolved);
        waiting = Optional.empty();
      }
      if (word.equals("--")) {
        throw stray(word, words);
      }
      boolean isName = waiting.isEmpty() && word.startsWith("--") && word.length() > 2;
      if (isOption && !isName && !isLetters(word.substring(1))) {
        throw unknownLetters(word);
      }
      waiting = Optional.empty();
      if (isName && !word.contains("=")) {
        OptionRegistry.Spelling spelling = registry.requireSpelling(word.substring(2), "");
        Option<?> option = spelling.option();
        resolved.add("--" + option.name() + (option.isFlag() ? "=" + spelling.text("true") : ""));
        waiting = option.isFlag() ? Optional.empty() : Optional.of(option);
      } else if (isName) {
        int equals = word.indexOf('=');
        OptionRegistry.Spelling spelling = registry.requireSpelling(word.substring(2, equals), "");
        resolved.add("--" + spelling.option().name() + "=" + spelling.text(word.substring(equals + 1)));
      } else {
        resolved.add(word);
      }
    }
    if (waiting.isPresent()) {
      endBare(waiting.get(), "", resolved);
    }
    return resolved;
  }

  /** The last of these has no value behind it. @param next what stands there instead */
  private static void endBare(Option<?> option, String next, List<String> resolved) {
    String text = option.bare().orElseThrow(() -> missing(option, next));
    resolved.set(resolved.size() - 1, "--" + option.name() + "=" + text);
  }

  /** Commons CLI would take {@code -version} for a name; here a single dash stands before letters only. */
  private boolean isLetters(String word) {
    return registry.withLetter(word.charAt(0)).isPresent() && registry.find(word).isEmpty();
  }

  private void add(List<GivenValue> given, org.apache.commons.cli.Option parsed) {
    Option<?> option = optionOf(parsed);
    String text = parsed.getValue() == null ? option.isFlag() ? "true" : "" : parsed.getValue();
    if (!text.isEmpty() || option.isClearable()) {
      given.add(new GivenValue(option, text, Origin.COMMAND_LINE));
    } else if (option.scope() == Scope.ONCE || option.isFlag()) {
      throw new BadInputException(option + " needs a value: " + option.allowed());
    }
  }

  /** Which of two was meant, nobody can tell. A flag that is said twice in the same way means what it means. */
  private static void refuseSecondValues(List<GivenValue> given) {
    Map<Option<?>, String> texts = new HashMap<>();
    for (GivenValue value : given) {
      String earlier = texts.put(value.option(), value.text());
      if (earlier != null && !(value.option().isFlag() && earlier.equals(value.text()))) {
        throw new BadInputException(value.option() + " is given twice, as '" + earlier + "' and as '" + value.text()
            + "'; say it once");
      }
    }
  }

  private Option<?> optionOf(org.apache.commons.cli.Option parsed) {
    return parsed.getLongOpt() != null
        ? registry.require(parsed.getLongOpt(), "")
        : registry.withLetter(parsed.getOpt().charAt(0)).orElseThrow();
  }

  /** @param next the word that stands where the value should, because it looks like an option; may be empty */
  private static BadInputException missing(Option<?> option, String next) {
    return new BadInputException(option + " needs a value: " + option.allowed()
        + (next.isEmpty() || next.equals("--") ? "" : " (if '" + next + "' is its value, write " + option + "=" + Shell.word(next) + ")"));
  }

  private BadInputException unknownLetters(String word) {
    String letters = word.replaceFirst("^-+", "");
    return new BadInputException("unknown option -" + letters
        + (registry.find(letters).isPresent() ? "; did you mean --" + letters + "?" : "; wnm --help lists all options"));
  }

  private BadInputException stray(String word, List<String> words) {
    int at = words.indexOf(word);
    String before = at > 0 ? words.get(at - 1) : "";
    boolean afterFlag = before.startsWith("--") && registry.find(before.substring(2)).filter(Option::isFlag).isPresent();
    return new BadInputException("the word '" + word + "' belongs to no option"
        + (afterFlag ? " (a flag takes its value after =, as in " + before + "=false)" : ""));
  }
}
