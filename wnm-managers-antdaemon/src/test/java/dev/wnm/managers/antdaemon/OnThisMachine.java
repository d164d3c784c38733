package dev.wnm.managers.antdaemon;

import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerOption;
import dev.wnm.spi.manager.ManagerType;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessManagerProvider;
import java.util.List;
import java.util.Map;

/** The real provider, for a daemon that keeps its files in the home of its context instead of in this account's. */
final class OnThisMachine implements ProcessManagerProvider {
  private final AntdaemonProvider provider;

  OnThisMachine(Limits limits, Transport transport) {
    provider = new AntdaemonProvider(limits, Map.of(), transport);
  }

  @Override
  public List<ManagerType> types() {
    return provider.types();
  }

  @Override
  public List<ManagerOption<?>> options() {
    return provider.options();
  }

  @Override
  public Availability availability(String type, ManagerContext context) {
    return provider.availability(type, context);
  }

  @Override
  public ProcessManager create(String type, ManagerContext context) {
    return provider.create(type, context);
  }
}
