package dev.wnm.spi.internal;

/** Why something failed, for a sentence, from exceptions whose message may be missing; wnm's own always have one. */
public final class Reason {
  private Reason() {}

  /** The message, and where there is none, the exception's name without its package. */
  public static String of(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }
}
