package dev.wnm.managers.systemd;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The settings of a unit, as its file and its drop-ins give them.
 *
 * @param settings those of the section [Service], by name, in their order; a setting without a value took back those before it
 */
record UnitText(Map<String, List<String>> settings) {
  /** What may stand before the program of an ExecStart; {@code :} keeps variables from being replaced. */
  private static final Pattern PREFIXES = Pattern.compile("^[-@:+!|]*");

  /** Reads the texts of a unit's file and its drop-ins, one after the other. */
  static UnitText parse(String text) {
    Map<String, List<String>> settings = new LinkedHashMap<>();
    String section = "";
    for (String line : wholeLines(text)) {
      if (line.startsWith("[") && line.endsWith("]")) {
        section = line;
        continue;
      }
      int equals = line.indexOf('=');
      if (equals < 0 || !section.equals("[Service]")) {
        continue;
      }
      List<String> values = settings.computeIfAbsent(line.substring(0, equals).strip(), name -> new ArrayList<>());
      String value = line.substring(equals + 1).strip();
      if (value.isEmpty()) {
        values.clear();
      } else {
        values.add(value);
      }
    }
    return new UnitText(settings);
  }

  /** The program and its arguments. @param service the unit's name, @param home that of its account, for specifiers */
  List<String> command(String service, Path home) {
    Optional<String> line = settings.getOrDefault("ExecStart", List.of()).stream().findFirst();
    if (line.isEmpty()) {
      return List.of();
    }
    List<String> words = new ArrayList<>(UnitQuoting.split(line.get()));
    String first = words.get(0);
    String program = PREFIXES.matcher(first).replaceFirst("");
    boolean takesVariables = !first.substring(0, first.length() - program.length()).contains(":");
    words.set(0, program);
    return words.stream().map(word -> specified(word, service, home))
        .map(word -> takesVariables ? word.replace("$$", "$") : word).toList();
  }

  /** The account that it runs as, where it names one. */
  Optional<String> user() {
    return last("User");
  }

  /** Whether systemd starts it again however it ended; else it stays down after an upgrade of its own, which ends it with 0. */
  boolean restartsAlways() {
    return last("Restart").filter("always"::equals).isPresent();
  }

  private Optional<String> last(String setting) {
    return settings.getOrDefault(setting, List.of()).stream().reduce((first, last) -> last);
  }

  /** The variables that it sets. @param service see {@link #command} */
  Map<String, String> environment(String service, Path home) {
    return settings.getOrDefault("Environment", List.of()).stream().flatMap(line -> UnitQuoting.split(line).stream())
        .map(word -> specified(word, service, home)).filter(word -> word.indexOf('=') > 0)
        .collect(Collectors.toMap(word -> word.substring(0, word.indexOf('=')), word -> word.substring(word.indexOf('=') + 1),
            (first, last) -> last, LinkedHashMap::new));
  }

  /** The specifiers that people write into units of nodes; others stay as they are. */
  private static String specified(String word, String service, Path home) {
    String name = service.replaceFirst("\\.service$", "");
    Map<Character, String> values = Map.of('%', "%", 'h', home.toString(), 'n', service, 'N', name, 'p', name);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < word.length(); i++) {
      String value = word.charAt(i) == '%' && i + 1 < word.length() ? values.get(word.charAt(i + 1)) : null;
      if (value == null) {
        text.append(word.charAt(i));
      } else {
        text.append(value);
        i++;
      }
    }
    return text.toString();
  }

  /** Lines without comments, those that a backslash continues joined by a blank. */
  private static List<String> wholeLines(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder whole = new StringBuilder();
    for (String line : text.split("\n")) {
      String bare = line.strip();
      if (bare.startsWith("#") || bare.startsWith(";")) {
        continue;
      }
      boolean goesOn = bare.endsWith("\\");
      whole.append(goesOn ? bare.substring(0, bare.length() - 1) + " " : bare);
      if (!goesOn) {
        lines.add(whole.toString());
        whole.setLength(0);
      }
    }
    lines.add(whole.toString());
    return lines;
  }
}
