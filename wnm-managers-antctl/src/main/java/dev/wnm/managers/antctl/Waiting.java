package dev.wnm.managers.antctl;

import dev.wnm.spi.manager.CannotException;
import java.time.Duration;

/** Short waits for what another program is about to finish. */
final class Waiting {
  private Waiting() {}

  /** @throws CannotException when wnm is told to end meanwhile */
  static void of(Duration time) throws CannotException {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CannotException.forNow("wnm was interrupted while it waited");
    }
  }
}
