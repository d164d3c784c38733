package dev.wnm.testkit.manager;

import dev.wnm.spi.manager.Capability;
import dev.wnm.spi.manager.ProcessManager;

/** What a process manager under test must offer. */
public final class Offered {
  private Offered() {}

  /** @throws AssertionError when it does not offer that */
  public static <C extends Capability> C by(ProcessManager manager, Class<C> type) {
    return manager.capability(type).orElseThrow(() -> new AssertionError(manager + " does not offer " + type.getSimpleName()));
  }
}
