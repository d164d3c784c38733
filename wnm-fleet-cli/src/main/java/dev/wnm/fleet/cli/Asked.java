package dev.wnm.fleet.cli;

import dev.wnm.core.query.QueryException;
import dev.wnm.fleet.model.HostName;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.Human;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** What stands after a word of {@code wnm fleet}. */
final class Asked {
  private static final String JSON = "json";

  private final CommandLine line;

  private Asked(CommandLine line) {
    this.line = line;
  }

  /** @throws BadInputException when there is something that the command does not have */
  static Asked read(FleetCommand command, List<String> words) {
    try {
      return new Asked(new DefaultParser(false).parse(optionsOf(command), words.toArray(String[]::new), false));
    } catch (ParseException wrong) {
      throw new BadInputException(command.name() + ": " + wrong.getMessage() + "; 'wnm fleet " + command.name() + " --help' tells more");
    }
  }

  /** All options of a command. */
  static Options optionsOf(FleetCommand command) {
    Options options = command.options();
    if (command.speaksToPrograms()) {
      options.addOption(flag(JSON, "for programs: one JSON document, or one a line where it runs on"));
    }
    return options;
  }

  /** An option with a value. */
  static Option value(String name, String placeholder, String help) {
    return Option.builder().longOpt(name).hasArg().argName(placeholder).desc(help).get();
  }

  /** An option without. */
  static Option flag(String name, String help) {
    return Option.builder().longOpt(name).desc(help).get();
  }

  static Options options(Option... all) {
    Options options = new Options();
    List.of(all).forEach(options::addOption);
    return options;
  }

  /** The words that are no options. */
  List<String> words() {
    return line.getArgList();
  }

  /** The one word that is no option. @throws BadInputException when there are none or several */
  String word(String what) {
    if (words().size() != 1) {
      throw new BadInputException("one " + what + " is wanted, not " + (words().isEmpty() ? "none" : String.join(" ", words())));
    }
    return words().get(0);
  }

  /** The same as the name of a host. */
  HostName host() {
    return host(word("HOST"));
  }

  static HostName host(String text) {
    return checked("HOST", text, HostName::new);
  }

  boolean isForPrograms() {
    return has(JSON);
  }

  boolean has(String option) {
    return line.hasOption(option);
  }

  Optional<String> find(String option) {
    return Optional.ofNullable(line.getOptionValue(option));
  }

  /** All values of an option that may be given several times. */
  List<String> all(String option) {
    String[] values = line.getOptionValues(option);
    return values == null ? List.of() : List.of(values);
  }

  String get(String option, String otherwise) {
    return find(option).orElse(otherwise);
  }

  /** @throws BadInputException when it is not given */
  String require(String option) {
    return find(option).orElseThrow(() -> new BadInputException("--" + option + " is missing"));
  }

  int number(String option, int otherwise, int least, int most) {
    String text = get(option, Integer.toString(otherwise));
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
      throw new BadInputException("--" + option + " must be a whole number from " + least + " to " + most + ", not '" + text + "'");
    }
    return Integer.parseInt(text);
  }

  /** A time such as {@code 90s}, {@code 30m}, {@code 2h} or {@code 1d}. */
  Duration time(String option, String otherwise) {
    String text = get(option, otherwise);
    if (!text.matches("[0-9]{1,6}[smhd]")) {
      throw new BadInputException("--" + option + " must be a time such as 90s, 30m, 2h or 1d, not '" + text + "'");
    }
    return Human.span(text);
  }

  <T> T read(String option, String otherwise, Function<String, T> reader) {
    return checked("--" + option, get(option, otherwise), reader);
  }

  /** What a reader makes of a text. @throws BadInputException when that is not allowed */
  static <T> T checked(String what, String text, Function<String, T> reader) {
    try {
      return reader.apply(text);
    } catch (QueryException wrong) {
      throw new BadInputException(what + " '" + text + "': " + wrong.getMessage());
    } catch (IllegalArgumentException wrong) {
      throw new BadInputException(what + ": " + wrong.getMessage());
    }
  }
}
