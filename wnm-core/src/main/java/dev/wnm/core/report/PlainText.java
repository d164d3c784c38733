package dev.wnm.core.report;

import java.util.regex.Pattern;

/** Text of others that is shown as it is, but for what would steer the operator's terminal. */
public final class PlainText {
  private static final Pattern COLOURS = Pattern.compile("\\x1b\\[[0-9;?]*[A-Za-z]");

  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}\\x{2029}&&[^\\t]]+");

  private PlainText() {}

  /** A line without colours, and with a blank for each run of other control characters but tabs. */
  public static String line(String text) {
    return CONTROLS.matcher(COLOURS.matcher(text).replaceAll("")).replaceAll(" ");
  }
}
