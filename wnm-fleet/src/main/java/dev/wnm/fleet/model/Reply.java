package dev.wnm.fleet.model;

/**
 * What a host says to a {@link Question}.
 *
 * @param isAnswered whether it could answer
 * @param text the answer, lines of text or JSON by the kind of question; else why there is none, in a sentence
 */
public record Reply(boolean isAnswered, String text) {
  /** It says so. */
  public static Reply of(String text) {
    return new Reply(true, text);
  }

  /** It says why it does not. */
  public static Reply refusal(String sentence) {
    return new Reply(false, sentence);
  }
}
