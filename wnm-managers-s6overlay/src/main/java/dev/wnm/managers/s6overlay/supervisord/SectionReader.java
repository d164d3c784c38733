package dev.wnm.managers.s6overlay.supervisord;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of one section, expanded and checked. Every refusal names file, line and option. */
record SectionReader(IniSection section, Expander expander) {
  private static final List<String> YES = List.of("yes", "true", "on", "1");
  private static final List<String> NO = List.of("no", "false", "off", "0");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*(|kb|mb|gb)", Pattern.CASE_INSENSITIVE);

  SectionReader with(Expander other) {
    return new SectionReader(section, other);
  }

  boolean has(String option) {
    return section.find(option).isPresent();
  }

  /** Where an option stands, or else its section. */
  Place place(String option) {
    return section.find(option).map(IniSection.Value::place).orElse(section.place());
  }

  /** Empty where it is not given, or a variable in it is missing: then the conversion is refused in the end. */
  Optional<String> text(String option) {
    return section.find(option).flatMap(value -> hereOf(value).now(value)).map(String::strip);
  }

  /** With marks where a variable is read at the service's start. */
  Optional<String> forScript(String option) {
    return section.find(option).flatMap(value -> hereOf(value).forScript(value)).map(String::strip);
  }

  int number(String option, int lowest, int highest, int otherwise) {
    return text(option).map(text -> {
      if (!text.matches("-?\\d{1,9}") || Integer.parseInt(text) < lowest || Integer.parseInt(text) > highest) {
        throw refuse(option, "must be a whole number from " + lowest + " to " + highest, text);
      }
      return Integer.parseInt(text);
    }).orElse(otherwise);
  }

  boolean yes(String option, boolean otherwise) {
    return text(option).map(text -> {
      String word = text.toLowerCase(Locale.ROOT);
      if (!YES.contains(word) && !NO.contains(word)) {
        throw refuse(option, "must be true or false", text);
      }
      return YES.contains(word);
    }).orElse(otherwise);
  }

  long bytes(String option, long otherwise) {
    return text(option).map(text -> {
      Matcher size = SIZE.matcher(text);
      if (!size.matches()) {
        throw refuse(option, "must be a size such as 50MB", text);
      }
      int shift = List.of("", "kb", "mb", "gb").indexOf(size.group(2).toLowerCase(Locale.ROOT)) * 10;
      return Long.parseLong(size.group(1)) << shift;
    }).orElse(otherwise);
  }

  /** A mask or mode, as it is written into scripts. */
  Optional<String> octal(String option) {
    return text(option).map(text -> {
      if (!text.matches("[0-7]{1,5}")) {
        throw refuse(option, "must be an octal number such as 022", text);
      }
      return "0" + text.replaceFirst("^0+", "");
    });
  }

  /** An account, by name or number. */
  Optional<String> user(String option) {
    return text(option).map(text -> {
      if (!text.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,31}\\$?")) {
        throw refuse(option, "must be the name or number of an account", text);
      }
      return text;
    });
  }

  Map<String, String> environment() {
    return forScript("environment").map(text -> EnvironmentText.read(text, place("environment"))).orElse(Map.of());
  }

  RuntimeException refuse(String option, String what, String text) {
    return place(option).refuse(option + " " + what + ", not '" + text + "'");
  }

  private Expander hereOf(IniSection.Value value) {
    return expander.with(Map.of("here", Configuration.here(value.place().file())));
  }
}
