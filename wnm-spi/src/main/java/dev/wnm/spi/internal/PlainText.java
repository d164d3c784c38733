package dev.wnm.spi.internal;

import java.util.regex.Pattern;

/** Text from outside, kept from steering the terminal or the program that shows it: the one rule for that. */
public final class PlainText {
  /** Colours, titles and all else that a terminal obeys; some logs have lost the escape character itself. */
  private static final Pattern ESCAPES = Pattern.compile("\u001b\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)"
      + "|\u001b\\[[0-?]*[ -/]*[@-~]|\u001b[ -~]|\\[\\d{1,3}(?:;\\d{1,3})*m");
  /** What has no shape of its own: controls, marks that turn the direction of writing round, halves of characters, line ends. */
  private static final String SHAPELESS = "\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\u2028\\u2029";
  private static final Pattern CONTROLS = Pattern.compile("[" + SHAPELESS + "]+");
  private static final Pattern CONTROLS_BUT_TABS = Pattern.compile("[" + SHAPELESS + "&&[^\\t]]+");

  private PlainText() {}

  /** One line: without escape sequences, and with a blank for each run of control characters. */
  public static String of(String text) {
    return isPlain(text) ? text : CONTROLS.matcher(withoutEscapes(text)).replaceAll(" ");
  }

  /** Whether that is clear at a glance, as it is of most of the thousands of cells of a table. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char sign = text.charAt(i);
      if (sign < ' ' || sign > '~' || sign == '[') {
        return false;
      }
    }
    return true;
  }

  /** The same of a line of a log, whose tabs stay. */
  public static String logLine(String line) {
    return CONTROLS_BUT_TABS.matcher(withoutEscapes(line)).replaceAll(" ");
  }

  /** All lines, without escape sequences. */
  public static String withoutEscapes(String text) {
    return ESCAPES.matcher(text).replaceAll("");
  }
}
