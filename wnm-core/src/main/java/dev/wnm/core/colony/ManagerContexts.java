package dev.wnm.core.colony;

import dev.wnm.core.allocation.GroupBlocks;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.spi.manager.GroupLayout;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.model.ColonyId;

/** Makes what process managers are given. */
public final class ManagerContexts {
  private ManagerContexts() {}

  /** The context of a colony with these settings. */
  public static ManagerContext of(Settings settings, ColonyId colony, Dependencies tools) {
    return new ManagerContext(colony, settings.backEndValues(), groups(settings), settings.get(Options.LOGLEVEL).equals("DEBUG"),
        tools.runner(), tools.firewall().apply(settings, colony), tools.clock(), settings.get(Options.NODE_STORAGE).paths(),
        tools.platform().home(), tools.progress());
  }

  private static GroupLayout groups(Settings settings) {
    GroupBlocks blocks = settings.groupBlocks();
    GroupLayout layout =
        new GroupLayout(blocks.groups(), blocks.size(), settings.get(Options.PORT_START), settings.get(Options.METRICS_PORT_START));
    int browsers = settings.get(Options.WEBRTC_PORT_START);
    return browsers == 0 ? layout : layout.withBrowserPorts(browsers);
  }

  /** The context in which to ask what can work here, for which it does not matter whose colony it is. */
  public static ManagerContext toAsk(Settings settings, Dependencies tools) {
    return of(settings, ColonyId.of(settings.get(Options.NODE_STORAGE).first()), tools);
  }
}
