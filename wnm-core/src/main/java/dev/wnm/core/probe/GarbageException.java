package dev.wnm.core.probe;

import java.util.Objects;

/** The peer speaks, but not as a node does. The message is one sentence that names the address. */
final class GarbageException extends Exception {
  GarbageException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
