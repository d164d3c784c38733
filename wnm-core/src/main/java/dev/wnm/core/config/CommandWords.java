package dev.wnm.core.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The words of a command line that was read without complaint, to be said again. */
public final class CommandWords {
  private CommandWords() {}

  /** The words without these options and their values, in whatever spelling they are there. */
  public static List<String> without(OptionRegistry registry, List<String> words, Set<Option<?>> options) {
    List<String> kept = new ArrayList<>();
    boolean isValueOfOne = false;
    for (String word : words) {
      if (isValueOfOne) {
        isValueOfOne = false;
      } else if (word.startsWith("--")) {
        String name = word.substring(2).replaceFirst("=.*", "");
        Option<?> option = registry.requireSpelling(name, "").option();
        isValueOfOne = options.contains(option) && !option.isFlag() && !word.contains("=");
        if (!options.contains(option)) {
          kept.add(word);
        }
      } else {
        kept.add(word);
      }
    }
    return List.copyOf(kept);
  }
}
