package dev.wnm.spi.manager;

import java.util.Objects;

/**
 * A process manager could not do what it was asked; the message is one sentence that an operator can act on. For use inside
 * back ends: what core gets of it is {@link #asResult}.
 */
public final class OperationFailedException extends Exception {
  private final boolean retryable;
  private final boolean untouched;

  private OperationFailedException(String message, boolean retryable, boolean untouched) {
    super(Objects.requireNonNull(message, "message"));
    this.retryable = retryable;
    this.untouched = untouched;
  }

  /** It may work another time. */
  public static OperationFailedException forNow(String message) {
    return new OperationFailedException(message, true, false);
  }

  /** It will not work until somebody changes something: core tries it again rarely (see {@link OperationResult.Failed#retryable}). */
  public static OperationFailedException forGood(String message) {
    return new OperationFailedException(message, false, false);
  }

  /** The same, thrown before anything was done to the node. */
  public OperationFailedException beforeAnything() {
    return new OperationFailedException(getMessage(), retryable, true);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** Whether trying again later can help. */
  public boolean isRetryable() {
    return retryable;
  }

  /** The failure it is. */
  public OperationResult asResult() {
    return asResult("");
  }

  /** The same, told with words before it, such as the node's name. */
  public OperationResult asResult(String before) {
    return new OperationResult.Failed(before + getMessage(), retryable, true, untouched);
  }
}
