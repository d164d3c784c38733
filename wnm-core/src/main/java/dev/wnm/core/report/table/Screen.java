package dev.wnm.core.report.table;

import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * What an answer is shown on.
 *
 * @param isTerminal whether a person reads it there, not a program
 * @param width how many characters fit in a line; empty where any number does
 * @param isColoured whether colours are shown
 */
public record Screen(boolean isTerminal, OptionalInt width, boolean isColoured) {
  /** A pipe or a file: lines of any length, no colours. */
  public static final Screen NONE = new Screen(false, OptionalInt.empty(), false);

  /** Less than that is no width but a mistake. */
  private static final int NARROWEST = 20;

  /**
   * Colours are on where standard output is a terminal; {@code NO_COLOR}, {@code CLICOLOR=0} and {@code TERM=dumb} turn them off,
   * {@code CLICOLOR_FORCE} on also elsewhere, and of these {@code NO_COLOR} wins. The width is that of {@code COLUMNS}, else of the terminal.
   *
   * @param isTerminal whether standard output is one
   * @param measured how wide the terminal is; only asked where it is one and {@code COLUMNS} does not say
   */
  public static Screen of(Map<String, String> environment, boolean isTerminal, Supplier<OptionalInt> measured) {
    boolean isForced = !environment.getOrDefault("CLICOLOR_FORCE", "0").matches("0?");
    boolean isColoured = environment.getOrDefault("NO_COLOR", "").isEmpty()
        && (isForced || isTerminal && !environment.getOrDefault("CLICOLOR", "1").equals("0") && !environment.getOrDefault("TERM", "").equals("dumb"));
    OptionalInt width = !isTerminal ? OptionalInt.empty() : width(environment.getOrDefault("COLUMNS", "")).isPresent()
        ? width(environment.getOrDefault("COLUMNS", "")) : measured.get();
    return new Screen(isTerminal, width.isPresent() && width.getAsInt() >= NARROWEST ? width : OptionalInt.empty(), isColoured);
  }

  /** The text in the colour of its tone, where there are colours. */
  public String paint(Tone tone, String text) {
    return isColoured ? tone.paint(text) : text;
  }

  private static OptionalInt width(String columns) {
    return columns.matches("[1-9][0-9]{0,4}") ? OptionalInt.of(Integer.parseInt(columns)) : OptionalInt.empty();
  }
}
