package dev.wnm.core.config;

/**
 * The operator asked for something that cannot be. The message is one sentence for the operator, naming the option or the
 * file, the value, and what is allowed. Nothing has been changed; the program ends with exit code 2.
 */
public final class BadInputException extends RuntimeException {
  public BadInputException(String sentence) {
    super(sentence);
  }
}
