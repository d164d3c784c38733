package dev.wnm.managers.launchd;

import dev.wnm.managers.support.Seal;
import java.util.List;
import java.util.Map;

/** Renders values as an XML property list: maps as dictionaries, lists, texts, integers and booleans. */
final class PropertyList {
  /** What every XML property list of macOS begins with. */
  static final String HEAD = """
      <?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
      """;
  /** At the top of what wnm wrote. */
  static final Seal SEAL = new Seal(HEAD
      + "<!-- Written by wnm, and again when settings change; edit it, and wnm leaves it as it is. Fingerprint of the rest: ",
      " -->\n");
  private static final String INDENT = "  ";

  private PropertyList() {}

  /** All after {@link #HEAD}. @throws IllegalArgumentException for a text that XML cannot hold, and for another type */
  static String render(Map<String, ?> dictionary) {
    StringBuilder text = new StringBuilder("<plist version=\"1.0\">\n");
    append(text, "", dictionary);
    return text.append("</plist>\n").toString();
  }

  private static void append(StringBuilder text, String indent, Object value) {
    if (value instanceof Map<?, ?> map) {
      text.append(indent).append("<dict>\n");
      map.forEach((key, element) -> {
        text.append(indent).append(INDENT).append("<key>").append(escaped(String.valueOf(key))).append("</key>\n");
        append(text, indent + INDENT, element);
      });
      text.append(indent).append("</dict>\n");
    } else if (value instanceof List<?> list) {
      text.append(indent).append("<array>\n");
      list.forEach(element -> append(text, indent + INDENT, element));
      text.append(indent).append("</array>\n");
    } else if (value instanceof Boolean truth) {
      text.append(indent).append(truth ? "<true/>" : "<false/>").append('\n');
    } else if (value instanceof Integer number) {
      text.append(indent).append("<integer>").append(number).append("</integer>\n");
    } else if (value instanceof String words) {
      text.append(indent).append("<string>").append(escaped(words)).append("</string>\n");
    } else {
      throw new IllegalArgumentException("no type of a property list: " + value);
    }
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints().forEach(point -> {
      switch (point) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '\r' -> escaped.append("&#13;"); // as it is, a reader would make it a newline
        default -> {
          if (!isOfXml(point)) {
            throw new IllegalArgumentException(String.format("character U+%04X cannot be in a property list", point));
          }
          escaped.appendCodePoint(point);
        }
      }
    });
    return escaped.toString();
  }

  private static boolean isOfXml(int point) {
    return point == '\t' || point == '\n' || point >= 0x20 && point <= 0xD7FF || point >= 0xE000 && point <= 0xFFFD
        || point >= 0x10000;
  }
}
