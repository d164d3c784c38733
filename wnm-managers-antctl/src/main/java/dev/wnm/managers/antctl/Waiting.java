package dev.wnm.managers.antctl;

import dev.wnm.spi.manager.OperationFailedException;
import java.time.Duration;

/** Short waits for what another program is about to finish. */
final class Waiting {
  private Waiting() {}

  /** @throws OperationFailedException when wnm is told to end meanwhile */
  static void of(Duration time) throws OperationFailedException {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw OperationFailedException.forNow("wnm was interrupted while it waited");
    }
  }
}
