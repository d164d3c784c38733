package dev.wnm.core.config;

import dev.wnm.spi.config.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads config files: one {@code key value}, {@code key=value}, {@code key: value}, {@code --key value} or lone {@code key}
 * (a flag that is on) a line. Quotes around a value are removed; lines that begin with {@code #}, {@code ;}, {@code [} or
 * {@code ---} are skipped; a {@code #} or {@code ;} after a blank begins a comment.
 */
final class ConfigFileReader {
  private static final Pattern SKIPPED = Pattern.compile("\\s*(?:[#;\\[].*|---.*)?");
  private static final Pattern LINE =
      Pattern.compile("\\s*(?:--)?(?<key>[\\w][\\w-]*)(?:(?<separator>\\s*[:=]\\s*|\\s+)(?<value>.*))?");
  private static final Pattern QUOTED = Pattern.compile("([\"'])(.*?)\\1\\s*(?:[#;].*)?");
  private static final Pattern COMMENT = Pattern.compile("(?:^|(?<=\\s))[#;].*$");

  private final OptionRegistry registry;

  ConfigFileReader(OptionRegistry registry) {
    this.registry = registry;
  }

  /**
   * @throws BadInputException when the file cannot be read, or a line does not fit, names no option, or names one that
   *     belongs on the command line
   */
  List<GivenValue> read(Path file) {
    List<GivenValue> given = new ArrayList<>();
    List<String> lines = TextFile.lines(file);
    for (int i = 0; i < lines.size(); i++) {
      readLine(lines.get(i), Origin.line(file, i + 1)).ifPresent(given::add);
    }
    return given;
  }

  Optional<GivenValue> readLine(String line, Origin origin) {
    if (SKIPPED.matcher(line).matches()) {
      return Optional.empty();
    }
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new BadInputException(origin.where() + ": '" + Origin.shown(line) + "' is not of the form key = value");
    }
    String key = matcher.group("key");
    if (PythonNames.REPORTED_ONLY.contains(key)) {
      return Optional.empty();
    }
    OptionRegistry.Spelling spelling = registry.requireSpelling(key, origin.where() + ": ");
    Option<?> option = spelling.option();
    if (option.scope() == Scope.ONCE) {
      throw new BadInputException(origin.where() + ": " + option + " asks for something once, so it is taken from the"
          + " command line only");
    }
    String text = matcher.group("separator") == null ? "" : value(matcher.group("value"));
    boolean lone = text.isEmpty() && (matcher.group("separator") == null || matcher.group("separator").isBlank());
    if (lone && !option.isFlag()) {
      throw new BadInputException(origin.where() + ": " + option + " needs a value: " + option.allowed());
    }
    if (lone) {
      return Optional.of(new GivenValue(option, spelling.text("true"), origin));
    }
    return option.isNothing(text) ? Optional.empty() : Optional.of(new GivenValue(option, spelling.text(text), origin));
  }

  private static String value(String written) {
    Matcher quoted = QUOTED.matcher(written);
    return quoted.matches() ? quoted.group(2) : COMMENT.matcher(written).replaceFirst("").strip();
  }
}
