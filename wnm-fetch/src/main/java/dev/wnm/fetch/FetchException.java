package dev.wnm.fetch;

import java.io.IOException;
import java.util.Objects;

/** A release cannot be had, or is not what it should be. */
public class FetchException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean isForGood;

  FetchException(String message) {
    this(message, false);
  }

  private FetchException(String message, boolean isForGood) {
    super(message);
    this.isForGood = isForGood;
  }

  /** @param cause if that is for good, so is this */
  FetchException(String message, Throwable cause) {
    super(message, cause);
    isForGood = cause instanceof FetchException why && why.isForGood;
  }

  /** One that comes again however often the same is ordered: what is wanted is not what is published. */
  static FetchException forGood(String message) {
    return new FetchException(message, true);
  }

  /** Whether the same order would fail again, however good the network is. */
  public boolean isForGood() {
    return isForGood;
  }

  /** Part of a sentence inside of this package; one sentence for whoever calls it. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
