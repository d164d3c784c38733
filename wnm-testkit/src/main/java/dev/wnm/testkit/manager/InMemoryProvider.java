package dev.wnm.testkit.manager;

import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerOption;
import dev.wnm.spi.manager.ManagerType;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessManagerProvider;
import java.util.List;

/** Makes managers for one machine in memory. */
final class InMemoryProvider implements ProcessManagerProvider {
  private final InMemoryMachine machine;

  InMemoryProvider(InMemoryMachine machine) {
    this.machine = machine;
  }

  @Override
  public List<ManagerType> types() {
    return List.of(ManagerType.of(InMemoryMachine.TYPE));
  }

  @Override
  public List<ManagerOption<?>> options() {
    return List.of(InMemoryProcessManager.IMAGE);
  }

  @Override
  public Availability availability(String type, ManagerContext context) {
    return new Availability.Available("nodes without processes");
  }

  @Override
  public ProcessManager create(String type, ManagerContext context) {
    return new InMemoryProcessManager(machine, context);
  }
}
