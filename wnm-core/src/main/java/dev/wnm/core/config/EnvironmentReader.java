package dev.wnm.core.config;

import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.NearestWord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads options from environment variables, those of the process and those of a {@code .env} file. */
final class EnvironmentReader {
  private static final String PREFIX = "WNM_";
  private static final Pattern ASSIGNMENT = Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_]\\w*)\\s*=\\s*(.*)");
  private static final Pattern QUOTED = Pattern.compile("([\"'])(.*?)\\1\\s*(?:#.*)?");

  private final OptionRegistry registry;

  EnvironmentReader(OptionRegistry registry) {
    this.registry = registry;
  }

  /**
   * What the process's environment says; an empty variable says nothing, nor does the None that the
   * machine-config report has for what is not set. {@code WNM_X} wins over {@code X}.
   */
  List<GivenValue> read(Map<String, String> environment) {
    return read(environment, Origin::variable);
  }

  /**
   * What a {@code .env} file says: {@code KEY=value} lines, {@code export} in front and quotes around the value allowed.
   *
   * @throws BadInputException when it cannot be read or a line does not fit
   */
  List<GivenValue> readFile(Path file) {
    Map<String, String> variables = new LinkedHashMap<>();
    List<String> lines = TextFile.lines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || line.strip().startsWith("#")) {
        continue;
      }
      Matcher matcher = ASSIGNMENT.matcher(line);
      if (!matcher.matches()) {
        throw new BadInputException(file + " line " + (i + 1) + ": '" + Origin.shown(line) + "' is not of the form KEY=value");
      }
      variables.put(matcher.group(1), value(matcher.group(2)));
    }
    return read(variables, name -> new Origin(Origin.Level.ENVIRONMENT, name + " in " + file));
  }

  /** A warning for each {@code WNM_} variable that looks like a misspelt one of ours, or that asks for something once. */
  List<String> warnings(Map<String, String> environment) {
    return environment.keySet().stream()
        .filter(name -> name.startsWith(PREFIX))
        .sorted()
        .flatMap(name -> warning(name.substring(PREFIX.length()).toLowerCase(Locale.ROOT)).stream()
            .map(warning -> "the environment variable " + name + " " + warning))
        .toList();
  }

  private static String value(String written) {
    Matcher quoted = QUOTED.matcher(written);
    return quoted.matches() ? quoted.group(2) : written.replaceFirst("(?<=\\s)#.*$", "").strip();
  }

  private Optional<String> warning(String name) {
    Optional<Option<?>> option = registry.find(name);
    if (option.isPresent()) {
      return option.filter(known -> known.scope() == Scope.ONCE)
          .map(once -> "is ignored: " + once + " is taken from the command line only");
    }
    if (name.equals(FirewallMode.DISABLED)) {
      return Optional.empty();
    }
    List<String> settings =
        registry.all().stream().filter(known -> !known.variables().isEmpty()).map(Option::name).toList();
    return NearestWord.to(name, settings)
        .map(near -> "is none of wnm's; did you mean " + PREFIX + near.toUpperCase(Locale.ROOT) + "?");
  }

  private List<GivenValue> read(Map<String, String> environment, Function<String, Origin> origin) {
    List<GivenValue> given = new ArrayList<>();
    for (Option<?> option : registry.all()) {
      for (String variable : option.variables()) {
        String text = environment.getOrDefault(variable, "").strip();
        if (!option.isNothing(text)) {
          given.add(new GivenValue(option, text, origin.apply(variable)));
        }
      }
    }
    return given;
  }
}
