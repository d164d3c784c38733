package dev.wnm.managers.antctl;

import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessManagerProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The real provider, for an antctl that keeps its registry in the home of its context instead of in this machine's. */
final class OnThisMachine implements ProcessManagerProvider {
  private final Limits limits;

  OnThisMachine() {
    this(Limits.DEFAULT);
  }

  OnThisMachine(Limits limits) {
    this.limits = limits;
  }

  @Override
  public List<String> types() {
    return new AntctlProvider().types();
  }

  @Override
  public Availability availability(String type, ManagerContext context) {
    return at(context).availability(type, context);
  }

  @Override
  public ProcessManager create(String type, ManagerContext context) {
    return at(context).create(type, context);
  }

  private AntctlProvider at(ManagerContext context) {
    Host self = Host.ofThisProcess();
    Host here = new Host(self.uid(), self.user(), Map.of(), Optional.of(context.home().resolve("antctl")));
    return new AntctlProvider(() -> here, limits);
  }
}
