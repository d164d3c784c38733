package dev.wnm.managers.systemd;

import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.manager.Outage;
import dev.wnm.testkit.manager.ProcessManagerContract;
import java.util.List;

/** Runs where systemd does: in the container of {@link SystemdContractTest}. */
class SystemdSudoContract extends ProcessManagerContract {
  @Override
  protected ProcessManagerProvider provider() {
    return Machines.provider();
  }

  @Override
  protected String type() {
    return "systemd+sudo";
  }

  @Override
  protected List<Outage> failingWrappers() {
    return List.of(failing("systemctl fails", command -> isOf(command, "systemctl"), 1, "Failed to connect to bus: No such file\n"));
  }

  @Override
  protected Outage lostList() {
    return Machines.lostUnits(ServiceManager.ofSystem(), machine.home().resolve("units-aside"));
  }
}
