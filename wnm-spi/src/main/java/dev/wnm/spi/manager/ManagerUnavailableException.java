package dev.wnm.spi.manager;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A process manager that was named is not there or cannot work on this machine; the message is one sentence. */
public final class ManagerUnavailableException extends Exception {
  /** @param message why, in one sentence; a back end that has none is told to have said nothing */
  public ManagerUnavailableException(@Nullable String message) {
    super(Objects.requireNonNullElse(message, "it does not say why"));
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
