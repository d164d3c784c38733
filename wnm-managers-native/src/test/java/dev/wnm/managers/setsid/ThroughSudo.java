package dev.wnm.managers.setsid;

import dev.wnm.managers.support.ProcessTable;
import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerType;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.manager.WithoutSudo;
import java.util.List;

/**
 * {@code setsid+sudo} as a wnm has it that is not root: everything goes through commands with sudo in front; to be given
 * contexts of {@link WithoutSudo}.
 */
final class ThroughSudo implements ProcessManagerProvider {
  @Override
  public List<ManagerType> types() {
    return List.of(ManagerType.of("setsid+sudo").forWholeSystem("ant"));
  }

  @Override
  public Availability availability(String type, ManagerContext context) {
    return Setup.provider().availability(type, context);
  }

  @Override
  public ProcessManager create(String type, ManagerContext context) {
    return SetsidManager.forAccounts(context, ProcessTable.ofThisSystem(), Setup.GRACES, false, System.getenv());
  }
}
