package dev.wnm.core.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A value that wnm proposes for a setting of a new colony, and that holds where its operator gives none.
 *
 * @param option the setting
 * @param text its value as the command line has it
 * @param why the reason, a clause that follows the value in a sentence
 */
public record Proposal(Option<?> option, String text, String why) {
  static <T> Proposal of(Option<T> option, T value, String why) {
    return new Proposal(option, option.print(value), why);
  }

  /** The same as words of a command line. */
  public List<String> words() {
    return List.of(option.toString(), text);
  }

  /** All of them as one command line has them. */
  public static String words(List<Proposal> proposals) {
    return proposals.stream().flatMap(proposal -> proposal.words().stream()).collect(Collectors.joining(" "));
  }
}
