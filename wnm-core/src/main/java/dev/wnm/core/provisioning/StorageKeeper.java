package dev.wnm.core.provisioning;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.managers.NodeSpecs;
import dev.wnm.core.model.Fleet;
import dev.wnm.core.model.MarkedStorage;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.StorageList;
import dev.wnm.core.model.StorageSpace;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.spi.command.Shell;
import dev.wnm.spi.internal.Known;
import dev.wnm.spi.manager.KeepsStorages;
import dev.wnm.spi.manager.NodeFolder;
import dev.wnm.spi.manager.NodeStorage;
import dev.wnm.spi.manager.PlacesNodes;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.manager.StorageState;
import dev.wnm.spi.model.ColonyId;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Knows which storages are there. A storage is there while it carries the colony's marker; of the nodes of one that does not,
 * nothing is known: they are not started, removed or forgotten, and none is added beside them. One that has never been marked
 * gets its marker when the nodes that the rows tell of are found in it.
 */
public final class StorageKeeper {
  private static final String MOUNT = "mount its disk, or, if that is gone for good, ";

  private final Settings settings;
  private final ColonyId colony;
  private final ColonyStore store;
  private final ProcessManager main;
  private final Function<String, ProcessManager> managers;
  private final NodeSpecs specs;
  private final Clock clock;
  private final boolean dryRun;
  /** Those of the settings, as many as the process manager can use. */
  private final List<Path> listed;
  private final Map<Place, String> outages = new LinkedHashMap<>();
  private final Set<NodeStorage> foreign = new HashSet<>();

  /** A storage as one type of process manager sees it: another one may see it all the same. */
  private record Place(String managerType, NodeStorage storage) {}

  /**
   * @param main the process manager that new nodes get
   * @param managers that of each type
   */
  public StorageKeeper(Settings settings, ColonyId colony, ColonyStore store, ProcessManager main,
      Function<String, ProcessManager> managers, NodeSpecs specs, Clock clock, boolean dryRun) {
    this.main = main;
    this.settings = settings;
    StorageList all = settings.get(Options.NODE_STORAGE);
    listed = main.capability(PlacesNodes.class).isPresent() ? all.paths() : List.of(all.first());
    this.colony = colony;
    this.store = store;
    this.managers = managers;
    this.specs = specs;
    this.clock = clock;
    this.dryRun = dryRun;
  }

  /** Looks at the storages of all nodes, and marks those that are the colony's and do not say so yet. */
  public void look(Collection<Node> nodes) {
    outages.clear();
    foreign.clear();
    Map<String, List<Node>> byType = nodes.stream().filter(StorageKeeper::isReadable).collect(Collectors.groupingBy(Node::managerType));
    if (listed.size() > 1) {
      // New nodes go past one that is away, also when there is no node in it yet.
      byType.computeIfAbsent(settings.get(Options.PROCESS_MANAGER), type -> List.of());
    }
    byType.forEach((type, members) -> {
      Map<NodeStorage, List<Node>> byStorage = members.stream().collect(Collectors.groupingBy(this::storageOf));
      if (listed.size() > 1 && type.equals(settings.get(Options.PROCESS_MANAGER))) {
        storages(listed).forEach(storage -> byStorage.putIfAbsent(storage, List.of()));
      }
      states(managers.apply(type), byStorage.keySet()).forEach((storage, state) ->
          outage(managers.apply(type), storage, state, Known.of(byStorage, storage))
              .ifPresent(why -> outages.put(new Place(type, storage), why)));
    });
  }

  /** Why nothing can be said or done of a node, in one sentence; empty while its storage is there. */
  public Optional<String> outage(Node node) {
    return outages.isEmpty() ? Optional.empty() : Optional.ofNullable(outages.get(placeOf(node)));
  }

  /** Whether a node's storage is another colony's by now, which then looks after the node. */
  public boolean isForeign(Node node) {
    return foreign.contains(storageOf(node));
  }

  /** A sentence for each storage that is not there. */
  public List<String> outages() {
    return outages.values().stream().distinct().toList();
  }

  /** The storages that are there and hold these nodes, and those that new nodes get unless they are away. */
  public List<Path> measurable(Collection<Node> nodes) {
    Set<Path> paths = new LinkedHashSet<>(ofNewNodes());
    nodes.stream().filter(node -> isReadable(node) && outage(node).isEmpty()).map(this::storageOf).distinct()
        .map(NodeStorage::path).forEach(paths::add);
    return paths.isEmpty() ? List.of(listed.get(0)) : List.copyOf(paths);
  }

  /** The storages of the settings, as far as they are not known to be away. */
  public List<Path> ofNewNodes() {
    return listed.stream().filter(path -> !isAway(new NodeStorage(path, Optional.empty()))).toList();
  }

  private boolean isAway(NodeStorage storage) {
    return outages.containsKey(new Place(settings.get(Options.PROCESS_MANAGER), storage));
  }

  /**
   * Where new nodes go.
   *
   * @param fleet the nodes that there are
   * @param spaces measures the disks of storages; asked only where there is a choice
   * @param lessThanPercent a disk gets nodes only while less of it is used
   * @param notes is told which storages get none, and why
   */
  public StorageChoice choice(Fleet fleet, Supplier<List<StorageSpace>> spaces, double lessThanPercent, List<String> notes) {
    if (listed.size() == 1) {
      return StorageChoice.of(listed.get(0));
    }
    List<Path> open = new ArrayList<>();
    // Of those that are away a warning has told already.
    states(main, storages(ofNewNodes())).forEach((storage, state) -> obstacle(storage, state, fleet.nodes())
        .ifPresentOrElse(why -> notes.add("no node is added there: " + why), () -> open.add(storage.path())));
    return StorageChoice.among(open, spaces.get(), fleet, lessThanPercent);
  }

  private static List<NodeStorage> storages(Collection<Path> paths) {
    return paths.stream().map(path -> new NodeStorage(path, Optional.empty())).toList();
  }

  /** Why nodes cannot come to a storage now; one that is new is marked. @param known the nodes that there are */
  public Optional<String> closed(Path storage, Collection<Node> known) {
    NodeStorage place = new NodeStorage(storage, Optional.empty());
    return obstacle(place, state(main, place), known);
  }

  /** Why nodes cannot come to a storage; one that is new is marked. */
  private Optional<String> obstacle(NodeStorage storage, StorageState state, Collection<Node> known) {
    List<Node> living = known.stream().filter(node -> storageOf(node).equals(storage)).toList();
    Optional<String> why = isAway(storage) ? Optional.of("the node storage " + storage.path() + " is away")
        : outage(main, storage, state, living);
    return why.isPresent() || state instanceof StorageState.Ours ? why : unfit(storage).or(() -> claim(main, storage));
  }

  /**
   * Makes sure that new nodes go to storages that are there, and marks those that are new.
   *
   * @param planned nodes of the machine's process manager without rows
   * @param known the nodes that there are
   * @param notes is told why some cannot be made
   * @return those that can
   */
  public List<Node> prepare(List<Node> planned, Collection<Node> known, List<String> notes) {
    Map<NodeStorage, List<Node>> byStorage = planned.stream().collect(Collectors.groupingBy(this::storageOf));
    Map<NodeStorage, String> unfit = new LinkedHashMap<>();
    states(main, byStorage.keySet()).forEach((storage, state) ->
        obstacle(storage, state, known).ifPresent(reason -> unfit.put(storage, reason)));
    unfit.values().forEach(reason -> notes.add("no node is added: " + reason));
    return planned.stream().filter(node -> !unfit.containsKey(storageOf(node))).toList();
  }

  /**
   * Makes the storages of nodes that were taken over the colony's, also those of another colony: the order to take the nodes
   * over is one to take these over.
   *
   * @return a sentence for each that could not be
   */
  public List<String> takeOver(Collection<Node> nodes) {
    List<String> problems = new ArrayList<>();
    nodes.stream().collect(Collectors.groupingBy(Node::managerType)).forEach((type, members) -> {
      ProcessManager manager = managers.apply(type);
      Set<NodeStorage> storages = members.stream().map(this::storageOf).collect(Collectors.toSet());
      states(manager, storages).forEach((storage, state) -> {
        // One that is not there is not made for nodes that were somewhere else.
        if (!(state instanceof StorageState.Unreachable)) {
          takeOver(manager, storage, state).ifPresent(problems::add);
        }
      });
    });
    return problems;
  }

  /** Gives the storages of new nodes the marker, when a colony is made. @return a sentence for each that could not be */
  public List<String> claimForNewNodes() {
    return storages(listed).stream()
        .flatMap(storage -> takeOver(main, storage, state(main, storage)).stream()).toList();
  }

  private Optional<String> takeOver(ProcessManager manager, NodeStorage storage, StorageState state) {
    if (dryRun || state instanceof StorageState.Ours && remembered(storage).isPresent()) {
      return Optional.empty();
    }
    if (unfit(storage).isPresent()) {
      return Optional.empty();
    }
    Optional<String> problem = state instanceof StorageState.Foreign foreign
        ? KeepsStorages.of(manager).release(foreign.owner(), storage) : Optional.empty();
    return problem.isPresent() ? problem : claim(manager, storage);
  }

  /** Takes the marker from all storages after the last node is gone. @return a sentence for each where that failed */
  public List<String> release() {
    List<String> problems = new ArrayList<>();
    for (MarkedStorage marked : store.storages()) {
      Optional<String> group = Optional.of(marked.container()).filter(name -> !name.isEmpty());
      KeepsStorages.of(main).release(colony, new NodeStorage(marked.path(), group))
          .ifPresentOrElse(problems::add, () -> store.forget(List.of(marked), List.of()));
    }
    return problems;
  }

  /** Whether a storage is known to be there, in one of its containers. @param members the nodes in it */
  public boolean isThere(Path storage, Collection<Node> members) {
    if (!members.isEmpty()) {
      return members.stream().anyMatch(node -> outage(node).isEmpty());
    }
    NodeStorage place = new NodeStorage(storage, Optional.empty());
    return state(main, place) instanceof StorageState.Ours;
  }

  /** The nodes of a storage, in whichever container it is. */
  public List<Node> nodesOf(Path storage, Collection<Node> nodes) {
    return nodes.stream().filter(node -> isReadable(node) && storageOf(node).path().equals(storage)).toList();
  }

  /** What is remembered of a storage, in whichever container it is. */
  public List<MarkedStorage> remembered(Path storage) {
    return store.storages().stream().filter(marked -> marked.path().equals(storage)).toList();
  }

  private Place placeOf(Node node) {
    return new Place(node.managerType(), storageOf(node));
  }

  private static boolean isReadable(Node node) {
    return node.status() != NodeStatus.UNREADABLE;
  }

  private NodeStorage storageOf(Node node) {
    return specs.storageOf(node);
  }

  private StorageState state(ProcessManager manager, NodeStorage storage) {
    return Known.of(states(manager, List.of(storage)), storage);
  }

  private Map<NodeStorage, StorageState> states(ProcessManager manager, Collection<NodeStorage> storages) {
    Map<NodeStorage, StorageState> states = new LinkedHashMap<>();
    Map<NodeStorage, StorageState> told = KeepsStorages.of(manager).storages(colony, storages);
    storages.forEach(storage -> states.put(storage,
        told.getOrDefault(storage, new StorageState.Unreachable("its process manager said nothing of it"))));
    return states;
  }

  /** @param members the rows of the nodes in it */
  private Optional<String> outage(ProcessManager manager, NodeStorage storage, StorageState state, List<Node> members) {
    Optional<MarkedStorage> remembered = remembered(storage);
    if (state instanceof StorageState.Ours) {
      if (remembered.isEmpty()) {
        remember(storage);
      }
      return Optional.empty();
    }
    List<Node> expected = members.stream().filter(node -> node.status() != NodeStatus.DEAD).toList();
    if (state instanceof StorageState.Unmarked unmarked) {
      if (remembered.isEmpty() && expected.isEmpty()) {
        return Optional.empty();
      }
      long inPlace = expected.stream().filter(node -> unmarked.names().contains(nameOf(node))).count();
      // The folder below a disk may hold a few nodes of an earlier accident: most of them must be there, and on that disk.
      if (inPlace > 0 && 2 * inPlace >= expected.size() && remembered.map(was -> isOnSameDevice(was, storage)).orElse(true)) {
        return unfit(storage).isPresent() ? Optional.empty() : claim(manager, storage);
      }
      return Optional.of(sentence(storage, "it has no file " + StorageMarker.nameFor(colony) + ", and the folders of "
          + (expected.size() - inPlace) + " of its " + expected.size() + " nodes are not in it" + moved(remembered, storage)
          + ", as in the mount point of a disk that is not mounted", members.size(), MOUNT));
    }
    if (state instanceof StorageState.Foreign other) {
      foreign.add(storage);
      return Optional.of(sentence(storage, "it is the storage of another colony (" + other.owner() + ")", members.size(), ""));
    }
    if (remembered.isEmpty() && expected.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(sentence(storage, ((StorageState.Unreachable) state).reason(), members.size(), MOUNT));
  }

  /** @param remedy what else to do than to forget it, up to a comma; empty for nothing */
  private static String sentence(NodeStorage storage, String why, int nodes, String remedy) {
    String place = storage.path() + storage.group().map(group -> " of container " + group).orElse("");
    String sequel = nodes == 0 ? "no node is put there" : "its " + (nodes == 1 ? "node is" : nodes + " nodes are")
        + " unknown, and nothing is started, removed or added there";
    return "the node storage " + place + " is not as wnm left it: " + why + "; as long as that is so, " + sequel + "; " + remedy
        + "forget the nodes with --force_action forget --storage " + Shell.word(storage.path().toString()) + " --confirm";
  }

  private static String moved(Optional<MarkedStorage> remembered, NodeStorage storage) {
    return remembered.filter(was -> !was.device().isEmpty() && !isOnSameDevice(was, storage))
        .map(was -> " (it lay on " + was.device() + ", and lies on " + StorageMarker.device(storage.path()) + " now)").orElse("");
  }

  private static boolean isOnSameDevice(MarkedStorage was, NodeStorage storage) {
    return was.device().isEmpty() || was.device().equals(StorageMarker.device(storage.path()));
  }

  /** Nodes that live right in a home were there before wnm: they are looked after, and never deleted. New ones are not put there. */
  private Optional<String> unfit(NodeStorage storage) {
    return NodeFolder.unfitStorage(storage.path(), settings.platform().home());
  }

  private Optional<String> claim(ProcessManager manager, NodeStorage storage) {
    if (dryRun) {
      return Optional.empty();
    }
    Optional<String> problem = KeepsStorages.of(manager).claim(colony, storage);
    if (problem.isEmpty()) {
      remember(storage);
    }
    return problem;
  }

  private void remember(NodeStorage storage) {
    if (!dryRun) {
      store.saveStorage(new MarkedStorage(storage.path(), storage.group().orElse(""), StorageMarker.device(storage.path()),
          clock.instant()));
    }
  }

  private Optional<MarkedStorage> remembered(NodeStorage storage) {
    return store.storages().stream().filter(marked -> marked.path().equals(storage.path())
        && marked.container().equals(storage.group().orElse(""))).findFirst();
  }

  private static String nameOf(Node node) {
    return node.rootDir().getFileName().toString();
  }
}
