package dev.wnm.fetch;

import java.io.IOException;
import java.util.Objects;

/** A release cannot be had, or is not what it should be. */
public class FetchException extends IOException {
  private static final long serialVersionUID = 1L;

  FetchException(String message) {
    super(message);
  }

  FetchException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Part of a sentence inside of this package; one sentence for whoever calls it. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
