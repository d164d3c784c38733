package dev.wnm.core.colony;

import dev.wnm.core.allocation.PortPlan;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.host.ListeningPorts;
import dev.wnm.core.model.MachineSize;
import dev.wnm.core.model.NodeNeed;
import dev.wnm.core.model.StorageSpace;
import dev.wnm.core.provisioning.Groups;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.program.NodeProgram;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What an operator can choose from on this machine before it is set up, for whoever asks. Looks, and changes nothing; what is chosen
 * goes to the {@link Initializer} as settings.
 */
public final class SetupChoices {
  /** At work a node takes more than idle; how much more was never measured on the live network. */
  private static final int TIMES_IDLE = 2;
  private static final long LEAST_MEMORY_BYTES = 150_000_000;
  private static final int MOST_SHIFT = 20;

  private final Dependencies tools;
  private final OptionalLong memoryBytes;

  /** @param memoryBytes all memory of the machine; empty where that is not known */
  public SetupChoices(Dependencies tools, OptionalLong memoryBytes) {
    this.tools = tools;
    this.memoryBytes = memoryBytes;
  }

  /**
   * A process manager that was found.
   *
   * @param type such as {@code setsid+user}
   * @param nodes what its nodes are, in a few words; may be empty
   * @param obstacle why it cannot work here; empty when it can
   * @param isUsual whether it is taken where none is named
   */
  public record Manager(String type, String nodes, Optional<String> obstacle, boolean isUsual) {}

  /** Every process manager: the usual one first, then the others that work, then those that do not. Takes a second or so. */
  public List<Manager> managers(SettingsResolver resolver) {
    Settings settings = resolver.settle(Map.of(), List.of());
    DefaultManager choice = new DefaultManager(settings, tools);
    String usual = resolver.settle(Map.of(), choice.working()).get(Options.PROCESS_MANAGER);
    return choice.all().entrySet().stream().map(each -> new Manager(each.getKey().type(), each.getKey().declared().nodes(), each.getValue(),
            each.getKey().type().equals(usual) && each.getValue().isEmpty()))
        .sorted(Comparator.comparing((Manager each) -> !each.isUsual()).thenComparing(each -> each.obstacle().isPresent())).toList();
  }

  /** How large the machine is. Takes a quarter of a second. */
  public MachineSize size(Settings settings) {
    List<StorageSpace> storages =
        tools.meter().measure(settings.get(Options.NODE_STORAGE).paths(), Set.of(), Optional.empty()).storages();
    boolean isKnown = storages.stream().allMatch(StorageSpace::isKnown);
    Map<String, Long> free = new HashMap<>();
    storages.forEach(storage -> storage.usableBytes().ifPresent(bytes -> free.put(storage.disk(), bytes)));
    return new MachineSize(settings.platform().cpuCount(), memoryBytes,
        isKnown ? OptionalLong.of(free.values().stream().mapToLong(Long::longValue).sum()) : OptionalLong.empty());
  }

  /** What a node of this program is reckoned to need. */
  public NodeNeed need(Settings settings, NodeProgram program) {
    return new NodeNeed(Math.max(LEAST_MEMORY_BYTES, TIMES_IDLE * program.idleMemoryBytes()), settings.get(Options.CRISIS_BYTES));
  }

  /** Whether nodes are copies of a program of this machine, and not of one that the back end fetches. */
  public boolean needsProgram(Settings settings) throws ManagerUnavailableException {
    return manager(settings).traits().binaries() instanceof Traits.Binaries.OfMachine;
  }

  /**
   * By how many thousands all ports have to begin higher so that nothing else holds one: 0 where they may begin as they are set, empty
   * where no such place is found, or the ports are those of groups.
   */
  public OptionalInt portShift(Settings settings, NodeProgram program) throws ManagerUnavailableException {
    if (Groups.areOf(manager(settings))) {
      return OptionalInt.of(0);
    }
    return IntStream.rangeClosed(0, MOST_SHIFT).filter(shift -> isFree(settings.portPlan(program).shifted(shift), settings.get(Options.NODE_CAP)))
        .findFirst();
  }

  private static boolean isFree(PortPlan plan, int nodes) {
    return plan.problem(nodes).isEmpty()
        && IntStream.rangeClosed(1, nodes).mapToObj(plan::portsOf).allMatch(ports -> ListeningPorts.held(ports).isEmpty());
  }

  private ProcessManager manager(Settings settings) throws ManagerUnavailableException {
    return tools.managers().apply(settings.get(Options.PLUGIN_PATH)).create(settings.get(Options.PROCESS_MANAGER),
        ManagerContexts.of(settings, ColonyId.of(settings.get(Options.NODE_STORAGE).first()), tools));
  }
}
