package dev.wnm.core.provisioning;

import dev.wnm.core.allocation.GroupPlan;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.managers.NodeSpecs;
import dev.wnm.core.model.Fleet;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.program.NodeBinary;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.wallet.WalletAddress;
import dev.wnm.core.wallet.WalletList;
import dev.wnm.spi.internal.Known;
import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ReservesPorts;
import dev.wnm.spi.manager.RunsInContainers;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.ContainerGroup;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Plans the nodes that are to be made. */
public final class NodeProvisioner {
  private final Settings settings;
  private final ColonyStore store;
  private final ProcessManager manager;
  private final NodeSpecs specs;
  private final NodeBinary binary;
  private final Clock clock;
  private final boolean dryRun;

  /** @param manager the process manager that new nodes get */
  public NodeProvisioner(Settings settings, ColonyStore store, ProcessManager manager, NodeSpecs specs,
      NodeBinary binary, Clock clock, boolean dryRun) {
    this.settings = settings;
    this.store = store;
    this.manager = manager;
    this.specs = specs;
    this.binary = binary;
    this.clock = clock;
    this.dryRun = dryRun;
  }

  /**
   * Plans {@code count} nodes beside those of the fleet, or as many as there is room for.
   *
   * @param groups where they live in groups with blocks of ids
   * @param storages where each of them goes
   * @param notes is told why they are fewer, or other than expected
   * @return waves: the nodes of one may be made at the same time
   */
  public List<List<Node>> plan(int count, Fleet fleet, Optional<Groups> groups, StorageChoice storages, List<String> notes) {
    Optional<String> noWallet =
        WalletList.obstacle(settings.get(Options.REWARDS_ADDRESS), settings.get(Options.DONATE_ADDRESS));
    if (noWallet.isPresent()) {
      notes.add("no node is added: " + noWallet.get());
      return List.of();
    }
    List<String> unreadable = store.unreadableContainers();
    if (!unreadable.isEmpty() && manager.capability(RunsInContainers.class).isPresent()) {
      notes.add("no node is added: which containers there are is not known, since " + unreadable.get(0));
      return List.of();
    }
    Traits traits = manager.traits();
    Set<Integer> ids = fleet.nodes().stream().map(Node::id).collect(Collectors.toSet());
    store.openOperations().forEach(open -> ids.add(open.nodeId()));
    List<WalletAddress> wallets = fleet.nodes().stream().filter(node -> node.status() != NodeStatus.DEAD)
        .flatMap(node -> WalletAddress.parse(node.wallet()).stream()).toList();
    NodePlanner planner =
        new NodePlanner(settings, traits.numbering(), binary, settings.accountOfNodes(), wallets, this::occupied, storages);
    try {
      if (groups.isPresent()) {
        return inGroups(planner, count, ids, groups.get(), notes);
      }
      Set<Integer> ports = new HashSet<>(reservedPorts(manager));
      fleet.nodes().forEach(node -> ports.addAll(node.ports().all()));
      List<Node> planned = planner.plan(count, ids, ports, now(), notes);
      Optional<RunsInContainers> inContainers = manager.capability(RunsInContainers.class);
      return inContainers.isPresent() ? List.of(inContainers(inContainers.get(), planned, fleet, notes)) : waves(planned);
    } catch (ManagerUnavailableException e) {
      notes.add("no node is added: " + e.getMessage());
      return List.of();
    }
  }

  /** Where many are made by one call, the first one of each storage goes ahead, so that what would fail for all in it fails for one. */
  private List<List<Node>> waves(List<Node> planned) {
    if (manager.capability(Batches.class).isEmpty()) {
      return List.of(planned);
    }
    Set<Path> begun = new HashSet<>();
    Map<Boolean, List<Node>> firstOfStorage =
        planned.stream().collect(Collectors.partitioningBy(node -> begun.add(NodeSpec.storageOf(node.rootDir()))));
    return Stream.of(true, false).map(firstOfStorage::get).filter(wave -> !wave.isEmpty()).toList();
  }

  /** Ports that this process manager keeps for nodes that are gone. */
  public static Set<Integer> reservedPorts(ProcessManager manager) throws ManagerUnavailableException {
    Optional<ReservesPorts> reserves = manager.capability(ReservesPorts.class);
    return reserves.isPresent() ? reserves.get().reservedPorts() : Set.of();
  }

  /** A node's name is its own in all storages. */
  private Map<Integer, String> occupied(List<Node> planned) throws ManagerUnavailableException {
    Map<Integer, String> occupied = new TreeMap<>(manager.occupied(planned.stream().map(specs::of).toList()));
    if (settings.get(Options.NODE_STORAGE).areSeveral()) {
      for (Path storage : settings.get(Options.NODE_STORAGE).paths()) {
        manager.occupied(planned.stream().map(node -> specs.of(node.placedAt(node.placement().in(storage)))).toList())
            .forEach(occupied::putIfAbsent);
      }
    }
    return occupied;
  }

  /** Numbers whose places are taken are given up, and others planned for them. */
  private List<List<Node>> inGroups(NodePlanner planner, int count, Set<Integer> ids, Groups groups, List<String> notes)
      throws ManagerUnavailableException {
    Map<Integer, String> passedOver = new TreeMap<>();
    while (true) {
      List<String> remarks = new ArrayList<>();
      GroupPlan places = groups.plan(count, ids, !dryRun, remarks);
      Map<ContainerGroup, UnaryOperator<Node>> placements = places.slots().stream().map(GroupPlan.Slot::group).distinct()
          .collect(Collectors.toMap(Function.identity(), groups::placement));
      List<List<Node>> waves = planner.plan(places, (node, group) -> Known.of(placements, group).apply(node), now());
      Map<Integer, String> inTheirPlace = occupied(waves.stream().flatMap(List::stream).toList());
      if (inTheirPlace.isEmpty()) {
        NodePlanner.notePassedOver(passedOver, notes);
        notes.addAll(remarks);
        return waves;
      }
      passedOver.putAll(inTheirPlace);
      ids.addAll(inTheirPlace.keySet());
    }
  }

  /** Spreads new nodes over the containers that run, each into the one with the fewest nodes. */
  private List<Node> inContainers(RunsInContainers host, List<Node> planned, Fleet fleet, List<String> notes)
      throws ManagerUnavailableException {
    ContainerRows rows = new ContainerRows(store.containers());
    List<Container> running = host.containers().stream().map(rows::record).filter(Container::running).toList();
    if (!dryRun) {
      store.save(rows.all(), List.of());
    }
    if (running.isEmpty()) {
      notes.add("no node is added: none of its containers runs");
      return List.of();
    }
    specs.know(running);
    Map<Integer, Integer> loads = new TreeMap<>();
    running.forEach(container -> loads.put(container.id().orElseThrow(), 0));
    fleet.nodes().forEach(node -> node.containerId().ifPresent(id -> loads.computeIfPresent(id, (key, load) -> load + 1)));
    return planned.stream().map(node -> {
      int least = loads.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
      loads.merge(least, 1, Integer::sum);
      return node.inContainer(least);
    }).toList();
  }

  private Instant now() {
    return clock.instant();
  }
}
