package dev.wnm.managers.s6overlay.supervisord;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the ini dialect of supervisord, which is that of Python's RawConfigParser: {@code ;} and {@code #} begin a comment
 * at the start of a line or after a blank, {@code =} or {@code :} ends the name, deeper lines continue a value.
 */
final class IniReader {
  private static final Pattern HEADER = Pattern.compile("\\[([^]]+)].*");
  private static final Pattern OPTION = Pattern.compile("([^=:]*?)\\s*[=:]\\s*(.*)");
  /** Private characters that {@link Expander} marks variables with. */
  private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cntrl}&&[^\\t\\f]]|[\\uE000\\uE001]");

  private final Map<String, IniSection> sections = new LinkedHashMap<>();
  private IniSection section;
  private String option = "";
  private Place optionPlace;
  private List<String> valueLines = new ArrayList<>();
  private int indent;

  private IniReader() {}

  /** The sections in the order of the file; one that comes twice is one. */
  static Map<String, IniSection> read(SourceFile file) {
    IniReader reader = new IniReader();
    List<String> lines = file.text().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      reader.line(lines.get(i), new Place(file.path(), i + 1));
    }
    reader.endOption();
    return reader.sections;
  }

  private void line(String line, Place place) {
    if (FORBIDDEN.matcher(line).find()) {
      throw place.refuse("the line holds a control character");
    }
    int comment = commentStart(line);
    String text = (comment < 0 ? line : line.substring(0, comment)).strip();
    if (text.isEmpty()) {
      if (comment < 0 && !option.isEmpty()) {
        valueLines.add("");
      }
      return;
    }
    int depth = line.length() - line.stripLeading().length();
    if (section != null && !option.isEmpty() && depth > indent) {
      valueLines.add(text);
      return;
    }
    endOption();
    indent = depth;
    Matcher header = HEADER.matcher(text);
    Matcher pair = OPTION.matcher(text);
    if (header.matches()) {
      section = sections.computeIfAbsent(header.group(1), name -> new IniSection(name, place));
    } else if (section == null) {
      throw place.refuse("'" + text + "' stands before the first [section]");
    } else if (!pair.matches() || pair.group(1).isEmpty()) {
      throw place.refuse("'" + text + "' is neither a [section] nor name=value");
    } else {
      option = pair.group(1).toLowerCase(Locale.ROOT);
      optionPlace = place;
      valueLines.add(pair.group(2));
    }
  }

  private void endOption() {
    if (!option.isEmpty()) {
      section.values().put(option, new IniSection.Value(String.join("\n", valueLines).stripTrailing(), optionPlace));
    }
    option = "";
    valueLines = new ArrayList<>();
  }

  private static int commentStart(String line) {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if ((c == ';' || c == '#') && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
        return i;
      }
    }
    return -1;
  }
}
