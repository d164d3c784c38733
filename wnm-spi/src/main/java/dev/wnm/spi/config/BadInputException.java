package dev.wnm.spi.config;

/**
 * The operator asked for something that cannot be. The message is one sentence for the operator, naming the option or the
 * file, the value, and what is allowed. Nothing has been changed; the program ends with exit code 2.
 */
public final class BadInputException extends RuntimeException {
  /** Control characters in what was given (a line break, say) are shown as {@code ?}. */
  public BadInputException(String sentence) {
    super(sentence.replaceAll("\\p{Cntrl}", "?"));
  }
}
