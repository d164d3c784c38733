package dev.wnm.core.report;

import java.util.regex.Pattern;

/** Writes texts so that a shell reads them back as they are, whatever is in them. */
public final class Shell {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+:,./-]+");
  /** What a shell may act on within double quotes. */
  private static final Pattern LIVE_IN_DOUBLE_QUOTES = Pattern.compile("[\"$`\\\\!]");

  private Shell() {}

  /** The text itself where that is safe, else {@link #quoted}. */
  public static String word(String text) {
    return PLAIN.matcher(text).matches() ? text : quoted(text);
  }

  /** In double quotes, as the Python wnm has it, where nothing in the text is live there; else in single quotes. */
  static String quoted(String text) {
    return LIVE_IN_DOUBLE_QUOTES.matcher(text).find()
        ? "'" + text.replace("'", "'\\''") + "'"
        : "\"" + text + "\"";
  }
}
