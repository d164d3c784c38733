package dev.wnm.core.cycle;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.manager.ManagerContext;

/** Makes what process managers are given. */
public final class ManagerContexts {
  private ManagerContexts() {}

  /** The context for these settings. */
  public static ManagerContext of(Settings settings, Toolbox tools) {
    return new ManagerContext(settings.asText(), tools.runner(), tools.firewall().apply(settings), tools.clock(),
        settings.get(Options.NODE_STORAGE), tools.platform().home(), tools.progress());
  }
}
