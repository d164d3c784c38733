package dev.wnm.spi.config;

import java.util.ArrayList;
import java.util.List;

/** Splits a text into words as a shell does, without a shell: nothing in it is ever expanded or run. */
public final class ShellWords {
  private ShellWords() {}

  /**
   * The words of a text: separated by blanks; {@code '…'} keeps all within, {@code "…"} all but {@code \"} and {@code \\},
   * and a backslash outside quotes keeps the next character.
   *
   * @throws IllegalArgumentException saying what is wrong, when a quote is left open or a backslash ends the text
   */
  public static List<String> split(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote != '\'' && (quote == 0 || escapable(text, i + 1))) {
        if (i + 1 == text.length()) {
          throw new IllegalArgumentException("must not end with a backslash");
        }
        i++;
        word.append(text.charAt(i));
        inWord = true;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
        inWord = true;
      } else if (quote != 0 && c == quote) {
        quote = 0;
      } else if (quote == 0 && " \t\r\n".indexOf(c) >= 0) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("must close the quote " + quote + " that it opens");
    }
    if (inWord) {
      words.add(word.toString());
    }
    return List.copyOf(words);
  }

  private static boolean escapable(String text, int index) {
    return index < text.length() && (text.charAt(index) == '"' || text.charAt(index) == '\\');
  }
}
