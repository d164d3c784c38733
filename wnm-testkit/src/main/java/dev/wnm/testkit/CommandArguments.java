package dev.wnm.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Words of a command line for wnm, which refuses an option that is given twice. */
public final class CommandArguments {
  private CommandArguments() {}

  /**
   * The usual words with further ones that count more: where both have an option, only the further one is left.
   *
   * @param usual {@code --name} or {@code --name value}, one word each
   * @param more the same
   */
  public static List<String> overruled(List<String> usual, List<String> more) {
    Map<String, List<String>> options = new LinkedHashMap<>();
    for (List<String> words : List.of(usual, more)) {
      List<String> option = new ArrayList<>();
      for (String word : words) {
        if (word.startsWith("--")) {
          option = new ArrayList<>();
          options.put(word.replaceFirst("=.*", ""), option);
        }
        option.add(word);
      }
    }
    return options.values().stream().flatMap(List::stream).toList();
  }
}
