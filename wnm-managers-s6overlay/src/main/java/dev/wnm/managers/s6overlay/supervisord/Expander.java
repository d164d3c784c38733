package dev.wnm.managers.s6overlay.supervisord;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code %(name)s} as supervisord does. A variable of the environment that the files themselves do not set is,
 * where a script can read it when the service starts, left as a marked name ({@link #READ_AT_START}); elsewhere it is taken
 * from the environment of this run. Immutable.
 */
final class Expander {
  /** A variable in expanded text: its name between two private characters, which no input holds. */
  static final Pattern READ_AT_START = Pattern.compile("\uE000([A-Za-z_][A-Za-z0-9_]*)\uE001");

  private static final Pattern FORMAT = Pattern.compile("%(?:(%)|\\(([^)]*)\\)([-+ #0]*)(\\d{0,3})([sdi])|)");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final Map<String, String> names;
  private final Map<String, String> environment;
  private final MissingVariables missing;

  private Expander(Map<String, String> names, Map<String, String> environment, MissingVariables missing) {
    this.names = Map.copyOf(names);
    this.environment = environment;
    this.missing = missing;
  }

  /** @param missing told each variable that has to be known and is not set */
  static Expander of(Map<String, String> environment, MissingVariables missing) {
    return new Expander(Map.of(), environment, missing);
  }

  Expander with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(names);
    all.putAll(more);
    return new Expander(all, environment, missing);
  }

  /** With variables that the files set. */
  Expander withVariables(Map<String, String> variables) {
    Map<String, String> more = new LinkedHashMap<>();
    variables.forEach((name, value) -> more.put("ENV_" + name, value));
    return with(more);
  }

  /**
   * The text with everything known now put in, and marks where a variable is to be read at the start of the service; empty
   * where a name that no script could read is missing.
   */
  Optional<String> forScript(IniSection.Value value) {
    return expand(value, true);
  }

  /** The text with everything put in; empty where a variable is missing. */
  Optional<String> now(IniSection.Value value) {
    Optional<String> text = expand(value, false);
    if (text.isPresent() && READ_AT_START.matcher(text.get()).find()) {
      throw value.place().refuse("a variable that is read when the service starts cannot be used here");
    }
    return text;
  }

  private Optional<String> expand(IniSection.Value value, boolean later) {
    Matcher format = FORMAT.matcher(value.text());
    StringBuilder expanded = new StringBuilder();
    boolean isKnown = true;
    while (format.find()) {
      String replacement = "";
      if (format.group(1) != null) {
        replacement = "%";
      } else if (format.group(2) == null) {
        throw value.place().refuse("a % that is no %(name)s; write %% for a percent sign");
      } else {
        Optional<String> found = find(format.group(2), value.place(), later);
        isKnown &= found.isPresent();
        replacement = found.isPresent() ? formatted(found.get(), format, value.place()) : "";
      }
      format.appendReplacement(expanded, Matcher.quoteReplacement(replacement));
    }
    return isKnown ? Optional.of(format.appendTail(expanded).toString()) : Optional.empty();
  }

  private Optional<String> find(String name, Place place, boolean later) {
    String known = names.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    if (name.equals("host_node_name")) {
      // The container's name, which s6-overlay's with-contenv passes on; that of this machine would be of no use there.
      return find("ENV_HOSTNAME", place, later);
    }
    if (!name.startsWith("ENV_")) {
      throw place.refuse("%(" + name + ")s is nothing that supervisord expands here");
    }
    String variable = name.substring("ENV_".length());
    if (later && VARIABLE.matcher(variable).matches()) {
      return Optional.of("\uE000" + variable + "\uE001");
    }
    Optional<String> value = Optional.ofNullable(environment.get(variable));
    if (value.isEmpty()) {
      missing.add(variable, place);
    }
    return value;
  }

  private static String formatted(String value, Matcher format, Place place) {
    boolean number = !format.group(5).equals("s");
    if (number && !value.matches("-?\\d{1,9}")) {
      throw place.refuse(format.group() + " wants a number");
    }
    String text = number ? String.valueOf(Integer.parseInt(value)) : value;
    int width = format.group(4).isEmpty() ? 0 : Integer.parseInt(format.group(4));
    String fill = (number && format.group(3).contains("0") ? "0" : " ").repeat(Math.max(0, width - text.length()));
    return format.group(3).contains("-") ? text + fill.replace('0', ' ') : fill + text;
  }
}
