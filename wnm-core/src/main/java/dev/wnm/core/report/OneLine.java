package dev.wnm.core.report;

import java.util.regex.Pattern;

/** Keeps a text that came from outside on its line, and from steering the operator's terminal. */
final class OneLine {
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}\\x{2029}]+");

  private OneLine() {}

  /** The same text with a blank for each run of control characters. */
  static String of(String text) {
    return CONTROLS.matcher(text).replaceAll(" ");
  }
}
