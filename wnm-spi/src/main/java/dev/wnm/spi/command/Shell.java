package dev.wnm.spi.command;

import java.util.regex.Pattern;

/** Writes texts so that a shell reads them back as they are, whatever is in them. */
public final class Shell {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+:,./-]+");
  private static final Pattern PLAIN_ARGUMENT = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
  /** What a shell may act on within double quotes. */
  private static final Pattern LIVE_IN_DOUBLE_QUOTES = Pattern.compile("[\"$`\\\\!]");

  private Shell() {}

  /** The text itself where that is safe, else {@link #quoted}. */
  public static String word(String text) {
    return PLAIN.matcher(text).matches() ? text : quoted(text);
  }

  /** One argument of a command line: the text itself where that is safe, else {@link #inSingleQuotes}. */
  public static String argument(String text) {
    return PLAIN_ARGUMENT.matcher(text).matches() ? text : inSingleQuotes(text);
  }

  /** In double quotes, as the Python wnm has it, where nothing in the text is live there; else in single quotes. */
  public static String quoted(String text) {
    return LIVE_IN_DOUBLE_QUOTES.matcher(text).find() ? inSingleQuotes(text) : "\"" + text + "\"";
  }

  /** In single quotes, within which a shell acts on nothing. */
  public static String inSingleQuotes(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
