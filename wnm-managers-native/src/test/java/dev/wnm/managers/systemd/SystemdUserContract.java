package dev.wnm.managers.systemd;

import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.manager.Outage;
import dev.wnm.testkit.manager.ProcessManagerContract;
import java.nio.file.Path;
import java.util.List;

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

  @Override
  protected List<Outage> failingWrappers() {
    return List.of(failing("systemctl fails", command -> isOf(command, "systemctl"), 1, "Failed to connect to bus: No such file\n"));
  }

  @Override
  protected Outage lostList() {
    return Machines.lostUnits(ServiceManager.ofUser(Path.of(System.getProperty("user.home")), System.getenv()), machine.home().resolve("units-aside"));
  }
}
