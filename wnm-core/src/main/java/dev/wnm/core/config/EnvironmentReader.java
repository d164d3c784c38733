package dev.wnm.core.config;

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
  private static final Pattern ASSIGNMENT = Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_]\\w*)\\s*=\\s*(.*)");
  private static final Pattern QUOTED = Pattern.compile("([\"'])(.*?)\\1\\s*(?:#.*)?");

  private EnvironmentReader() {}

  /** What the process's environment says; an empty variable says nothing, and {@code WNM_X} wins over {@code X}. */
  static List<GivenValue> read(Map<String, String> environment) {
    return read(environment, Origin::variable);
  }

  /**
   * What a {@code .env} file says: {@code KEY=value} lines, {@code export} in front and quotes around the value allowed.
   *
   * @throws BadInputException when it cannot be read or a line does not fit
   */
  static List<GivenValue> readFile(Path file) {
    Map<String, String> variables = new LinkedHashMap<>();
    List<String> lines = TextFile.lines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || line.strip().startsWith("#")) {
        continue;
      }
      Matcher matcher = ASSIGNMENT.matcher(line);
      if (!matcher.matches()) {
        throw new BadInputException(file + " line " + (i + 1) + ": '" + line.strip() + "' is not of the form KEY=value");
      }
      Matcher quoted = QUOTED.matcher(matcher.group(2));
      variables.put(matcher.group(1), quoted.matches() ? quoted.group(2) : matcher.group(2).replaceFirst("\\s+#.*$", "").strip());
    }
    return read(variables, name -> new Origin(Origin.Level.ENVIRONMENT, name + " in " + file));
  }

  /** A warning for each variable that looks like a misspelt one of ours. */
  static List<String> misspelt(Map<String, String> environment) {
    List<String> known = Options.all().stream().flatMap(option -> option.variables().stream())
        .map(name -> name.toLowerCase(Locale.ROOT)).toList();
    List<String> warnings = new ArrayList<>();
    for (String name : environment.keySet().stream().filter(variable -> variable.startsWith("WNM_")).sorted().toList()) {
      Optional<String> near = known.contains(name.toLowerCase(Locale.ROOT)) ? Optional.empty() : NearestWord.to(name, known);
      near.ifPresent(variable -> warnings.add("the environment variable " + name + " is none of wnm's; did you mean "
          + variable.toUpperCase(Locale.ROOT) + "?"));
    }
    return warnings;
  }

  private static List<GivenValue> read(Map<String, String> environment, Function<String, Origin> origin) {
    List<GivenValue> given = new ArrayList<>();
    for (Option<?> option : Options.all()) {
      for (String variable : option.variables()) {
        String text = environment.getOrDefault(variable, "").strip();
        if (!text.isEmpty()) {
          given.add(new GivenValue(option, text, origin.apply(variable)));
        }
      }
    }
    return given;
  }
}
