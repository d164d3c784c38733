package dev.wnm.fleet.json;

/** A text of another machine that is not what it should be. Its message says what is wrong with it, in words that can be shown. */
public final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1;

  public UnreadableException(String message) {
    super(message);
  }
}
