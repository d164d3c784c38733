package dev.wnm.managers.setsid;

/** Something that was asked cannot be done; the message is a sentence for the operator. */
final class CannotException extends Exception {
  private final boolean retryable;

  private CannotException(String message, boolean retryable) {
    super(message);
    this.retryable = retryable;
  }

  /** It will not work until someone changes something. */
  static CannotException forGood(String message) {
    return new CannotException(message, false);
  }

  /** It may work later. */
  static CannotException forNow(String message) {
    return new CannotException(message, true);
  }

  boolean isRetryable() {
    return retryable;
  }
}
