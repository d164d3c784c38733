package dev.wnm.managers.s6overlay.companion;

import dev.wnm.spi.config.ShellWords;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Commands that are run for a service, given as words; no shell reads them. */
public final class Commands {
  private Commands() {}

  /**
   * Reads {@code NAME=COMMAND,…}.
   *
   * @param option with its dashes
   * @throws dev.wnm.spi.config.BadInputException when a command has no words or an open quote
   */
  public static Map<String, List<String>> read(String option, String text, Map<String, Set<String>> members) {
    NamedValues values = NamedValues.read(option, text, "NAME=COMMAND (a comma before a name-like word in it is written \\,)");
    return values.one(members, value -> words(values, value));
  }

  private static List<String> words(NamedValues values, String value) {
    try {
      List<String> words = ShellWords.split(value);
      if (!words.isEmpty()) {
        return words;
      }
    } catch (IllegalArgumentException openQuote) {
      // Refused below, as what it is.
    }
    throw values.refused(value);
  }
}
