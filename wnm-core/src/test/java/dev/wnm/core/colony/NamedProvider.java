package dev.wnm.core.colony;

import dev.wnm.core.managers.ManagerRegistry;
import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerType;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.manager.InMemoryMachine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Runs nodes on a machine in memory under the names of other types. */
final class NamedProvider implements ProcessManagerProvider {
  /** What those who have such names in earnest say of them. */
  private static final Map<String, ManagerType> SHIPPED = ManagerRegistry.ofClassPath(Set.of()).types();

  private final InMemoryMachine machine;
  private final List<String> types;
  private final Optional<String> obstacle;
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  NamedProvider(InMemoryMachine machine, String... types) {
    this(machine, Optional.empty(), List.of(types));
  }

  private NamedProvider(InMemoryMachine machine, Optional<String> obstacle, List<String> types) {
    this.machine = machine;
    this.obstacle = obstacle;
    this.types = types;
  }

  /** The same, unable to work here for this reason. */
  NamedProvider unable(String reason) {
    return new NamedProvider(machine, Optional.of(reason), types);
  }

  @Override
  public List<ManagerType> types() {
    return types.stream().map(type -> SHIPPED.getOrDefault(type, ManagerType.of(type))).toList();
  }

  /** The types that were asked whether they can work here. */
  Set<String> asked() {
    return Set.copyOf(asked);
  }

  @Override
  public Availability availability(String type, ManagerContext context) {
    asked.add(type);
    return obstacle.<Availability>map(Availability.Unavailable::new).orElseGet(() -> new Availability.Available(""));
  }

  @Override
  public ProcessManager create(String type, ManagerContext context) {
    return machine.provider().create(InMemoryMachine.TYPE, context);
  }
}
