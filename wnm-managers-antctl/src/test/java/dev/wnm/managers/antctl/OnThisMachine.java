package dev.wnm.managers.antctl;

import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerOption;
import dev.wnm.spi.manager.ManagerType;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The real provider, for an antctl that keeps its registry in the home of its context instead of in this machine's. */
final class OnThisMachine implements ProcessManagerProvider {
  /** Those of wnm, but a stand-in ends at once if it ends at all, and need not be waited for as long as an antnode. */
  static final Limits LIMITS = new Limits(Limits.DEFAULT.lock(), Limits.DEFAULT.status(), Limits.DEFAULT.perNode(),
      Limits.DEFAULT.add(), Limits.DEFAULT.download(), Limits.DEFAULT.start(), Pace.stretched(Duration.ofSeconds(3)),
      Limits.DEFAULT.stop());

  private final Limits limits;

  OnThisMachine() {
    this(LIMITS);
  }

  OnThisMachine(Limits limits) {
    this.limits = limits;
  }

  @Override
  public List<ManagerType> types() {
    return new AntctlProvider().types();
  }

  @Override
  public List<ManagerOption<?>> options() {
    return new AntctlProvider().options();
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
