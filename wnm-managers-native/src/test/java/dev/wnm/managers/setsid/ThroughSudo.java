package dev.wnm.managers.setsid;

import dev.wnm.core.manager.Availability;
import dev.wnm.core.manager.ManagerContext;
import dev.wnm.core.manager.ProcessManager;
import dev.wnm.core.manager.ProcessManagerProvider;
import dev.wnm.managers.internal.WithoutSudo;
import java.util.List;

/** {@code setsid+sudo} as a wnm has it that is not root: everything goes through commands with sudo in front. */
final class ThroughSudo implements ProcessManagerProvider {
  @Override
  public List<String> types() {
    return List.of("setsid+sudo");
  }

  @Override
  public Availability availability(String type, ManagerContext context) {
    return Setup.provider().availability(type, context);
  }

  @Override
  public ProcessManager create(String type, ManagerContext context) {
    return SetsidManager.forAccounts(WithoutSudo.in(context), ProcessTable.ofThisSystem(), Setup.GRACES, false, System.getenv());
  }
}
