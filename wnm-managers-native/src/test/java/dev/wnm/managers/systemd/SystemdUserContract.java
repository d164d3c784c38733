package dev.wnm.managers.systemd;

import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.manager.ProcessManagerContract;

/** Runs where systemd does: in the container of {@link SystemdContractTest}. */
class SystemdUserContract extends ProcessManagerContract {
  @Override
  protected ProcessManagerProvider provider() {
    return Machines.provider();
  }

  @Override
  protected String type() {
    return "systemd+user";
  }
}
