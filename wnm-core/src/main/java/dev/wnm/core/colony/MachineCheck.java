package dev.wnm.core.colony;

import dev.wnm.core.allocation.GroupBlocks;
import dev.wnm.core.allocation.PortPlan;
import dev.wnm.core.config.Fitness;
import dev.wnm.core.config.Option;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.firewall.FirewallChoice;
import dev.wnm.core.host.ListeningPorts;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.StorageList;
import dev.wnm.core.program.NodeBinary;
import dev.wnm.core.provisioning.Groups;
import dev.wnm.core.provisioning.NodeProvisioner;
import dev.wnm.spi.command.Shell;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.files.ParentFolder;
import dev.wnm.spi.manager.KeepsStorages;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeFolder;
import dev.wnm.spi.manager.NodeStorage;
import dev.wnm.spi.manager.PlacesNodes;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.StorageState;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether new values of settings fit the machine: all of them when a colony is made, later those that change. What each must
 * fit, the registry says ({@link Option#fitness}). Looks, and changes nothing.
 */
final class MachineCheck {
  private final Settings settings;
  private final ColonyId colony;
  private final Path database;
  private final Dependencies tools;

  MachineCheck(Settings settings, ColonyId colony, Path database, Dependencies tools) {
    this.settings = settings;
    this.colony = colony;
    this.database = database;
    this.tools = tools;
  }

  /**
   * Checks all values of a colony that is made.
   *
   * @param manager its process manager
   * @param imported nodes that are there already and hold their ports themselves
   * @param takesOver whether a storage of another colony may be taken over
   * @return the binary that new nodes get
   * @throws BadInputException for the first thing that does not fit
   */
  NodeBinary ofNewColony(ProcessManager manager, List<Node> imported, boolean takesOver) throws ManagerUnavailableException {
    requireStorage();
    requireOneStorage(manager);
    if (!takesOver) {
      refuseForeignStorage(manager, Optional.of("; or, if the database of that colony is gone, take its storage and the nodes in"
          + " it over with --import"));
    }
    requireWritable(ParentFolder.of(database.toAbsolutePath()), Options.DBPATH);
    NodeBinary binary = binaryFor(manager);
    int nodes = settings.get(Options.NODE_CAP);
    IntStream ids = IntStream.rangeClosed(1, nodes);
    if (Groups.areOf(manager)) {
      GroupBlocks blocks = settings.groupBlocks();
      settings.requirePortsOfGroups(ports(binary.program()));
      nodes = blocks.groups() * blocks.size();
      ids = blocks.ids();
    }
    requireFreePorts(ids, nodes, imported, NodeProvisioner.reservedPorts(manager), binary.program());
    return binary;
  }

  /**
   * Checks the values that this run was given and that differ from the stored ones, as if they were those of a new colony.
   *
   * @param changed names of options
   * @param stored the values before, as texts by name
   * @param nodes those that there are
   * @param unsettled numbers of nodes that an operation which was cut off may have left, with their ports
   * @throws BadInputException for the first that does not fit
   * @throws ManagerUnavailableException when the process manager cannot work with the new values
   */
  void ofChanges(Set<String> changed, Map<String, String> stored, Collection<Node> nodes, Set<Integer> unsettled)
      throws ManagerUnavailableException {
    Set<Fitness> kinds = changed.stream().flatMap(name -> settings.registry().find(name).stream()).filter(settings::isGiven)
        .map(Option::fitness)
        .collect(Collectors.toSet());
    if (kinds.contains(Fitness.FIREWALL)) {
      FirewallChoice.require(settings, tools.runner());
    }
    if (kinds.contains(Fitness.NODE_STORAGE)) {
      requireStorage();
    }
    if (kinds.stream().noneMatch(Set.of(Fitness.MANAGER, Fitness.NODE_STORAGE, Fitness.ANTNODE, Fitness.PORTS)::contains)) {
      return;
    }
    Optional<ProcessManager> manager = manager(kinds.contains(Fitness.MANAGER));
    if (kinds.contains(Fitness.NODE_STORAGE)) {
      manager.ifPresent(this::requireOneStorage);
      manager.ifPresent(known -> refuseForeignStorage(known, Optional.empty()));
    }
    if (kinds.contains(Fitness.ANTNODE)) {
      if (manager.isPresent()) {
        binaryFor(manager.get());
      } else {
        binary();
      }
    }
    if (kinds.contains(Fitness.PORTS) && manager.isPresent()) {
      requirePortsOfMore(manager.get(), stored, nodes, unsettled);
    }
  }

  /** The nodes that there may be now, beside those that there might be before. */
  private void requirePortsOfMore(ProcessManager manager, Map<String, String> stored, Collection<Node> nodes,
      Set<Integer> unsettled) {
    NodeProgram program = programOf(manager);
    if (Groups.areOf(manager)) {
      settings.requirePortsOfGroups(ports(program));
      return;
    }
    int before = Integer.parseInt(stored.getOrDefault(Options.NODE_CAP.name(), "0"));
    int highest = settings.get(Options.NODE_CAP);
    if (highest > before) {
      requireFreePorts(IntStream.rangeClosed(before + 1, highest).filter(id -> !unsettled.contains(id)), highest, nodes,
          reserved(manager), program);
    }
  }

  /** None where they cannot be told now: an add asks again. */
  private static Set<Integer> reserved(ProcessManager manager) {
    try {
      return NodeProvisioner.reservedPorts(manager);
    } catch (ManagerUnavailableException e) {
      return Set.of();
    }
  }

  /** @param needed whether a new value is one that it works with; else what only looks goes without it */
  private Optional<ProcessManager> manager(boolean needed) throws ManagerUnavailableException {
    try {
      return Optional.of(tools.managers().apply(settings.get(Options.PLUGIN_PATH))
          .create(settings.get(Options.PROCESS_MANAGER), ManagerContexts.of(settings, colony, tools)));
    } catch (ManagerUnavailableException e) {
      if (needed) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** What nodes of this process manager would be, the usual program where there is no binary now: an add asks again. */
  private NodeProgram programOf(ProcessManager manager) {
    try {
      return binaryFor(manager).program();
    } catch (BadInputException e) {
      return NodePrograms.usual();
    }
  }

  private NodeBinary binaryFor(ProcessManager manager) {
    if (manager.traits().binaries() instanceof Traits.Binaries.Fetched fetched) {
      return NodeBinary.fetched(settings.get(Options.ANTNODE_PATH), manager.traits(), fetched.version());
    }
    NodeBinary binary = binary();
    binary.unfitFor(settings.get(Options.PROCESS_MANAGER), manager.traits()).ifPresent(why -> {
      throw new BadInputException(why);
    });
    return binary;
  }

  private NodeBinary binary() {
    try {
      return NodeBinary.ask(NodeBinary.locate(settings.get(Options.ANTNODE_PATH), tools.runner()), tools.runner());
    } catch (NodeBinary.UnusableException e) {
      throw new BadInputException(e.getMessage());
    }
  }

  private void requireStorage() {
    unfitStorage(settings).ifPresent(why -> {
      throw new BadInputException(why);
    });
    for (Path storage : settings.get(Options.NODE_STORAGE).paths()) {
      // A storage that is there for the whole system belongs to the nodes' account, and its process manager works by sudo.
      if (!worksBySudo() || !Files.isDirectory(storage)) {
        requireWritable(storage, Options.NODE_STORAGE);
      }
    }
  }

  private void requireOneStorage(ProcessManager manager) {
    StorageList storages = settings.get(Options.NODE_STORAGE);
    if (storages.areSeveral() && manager.capability(PlacesNodes.class).isEmpty()) {
      throw new BadInputException(Options.NODE_STORAGE + " " + storages + " names " + storages.paths().size() + " folders, and process manager "
          + settings.get(Options.PROCESS_MANAGER) + " has one for all nodes; name one");
    }
  }

  /** Why the storage of new nodes can be none, whatever is there; empty when it can. */
  static Optional<String> unfitStorage(Settings settings) {
    return settings.get(Options.NODE_STORAGE).paths().stream()
        .flatMap(storage -> NodeFolder.unfitStorage(storage, settings.platform().home()).stream()).findFirst()
        .map(why -> Options.NODE_STORAGE + " " + why + "; name a folder of its own for the nodes");
  }

  /** The storage of a colony is another's only by an order to take it over. */
  private void refuseForeignStorage(ProcessManager manager, Optional<String> otherwise) {
    List<NodeStorage> storages = settings.get(Options.NODE_STORAGE).paths().stream()
        .map(path -> new NodeStorage(path, Optional.empty())).toList();
    Map<NodeStorage, StorageState> states = KeepsStorages.of(manager).storages(colony, storages);
    for (NodeStorage storage : storages) {
      if (states.get(storage) instanceof StorageState.Foreign foreign) {
        throw new BadInputException(Options.NODE_STORAGE + " " + storage.path() + " is the storage of another colony ("
            + foreign.owner() + "): name a folder of its own for this one" + otherwise.orElse(""));
      }
    }
  }

  /**
   * @param ids the numbers that nodes may get
   * @param count how many nodes there may be
   * @param present nodes that are there already
   * @param reserved ports that no node is given, such as those of nodes that were not taken over
   * @param program what the nodes are
   */
  private void requireFreePorts(IntStream ids, int count, Collection<Node> present, Set<Integer> reserved,
      NodeProgram program) {
    Set<Integer> taken = present.stream().map(Node::id).collect(Collectors.toSet());
    Set<Integer> theirs = new HashSet<>(reserved);
    present.forEach(node -> theirs.addAll(node.ports().all()));
    PortPlan ports = ports(program);
    ids.filter(id -> !taken.contains(id)).mapToObj(ports::portsOf)
        .filter(wanted -> wanted.all().stream().noneMatch(theirs::contains))
        .map(ListeningPorts::held).flatMap(Optional::stream).findFirst().ifPresent(held -> {
          throw new BadInputException(Options.PORT_START + " " + settings.get(Options.PORT_START) + ", "
              + Options.METRICS_PORT_START + " " + settings.get(Options.METRICS_PORT_START) + " and "
              + Options.RPC_PORT_START + " " + settings.get(Options.RPC_PORT_START) + " cannot be used for " + count
              + " nodes: " + held);
        });
  }

  private void requireWritable(Path folder, Option<?> option) {
    Path existing = Stream.iterate(folder.toAbsolutePath(), path -> path != null, Path::getParent)
        .filter(Files::exists).findFirst().orElseThrow();
    if (!Files.isDirectory(existing)) {
      throw new BadInputException(option + " " + folder + " cannot be made: " + existing + " is not a folder");
    }
    if (!Files.isWritable(existing)) {
      throw new BadInputException(option + " " + folder + " cannot be written: no permission in " + existing + remedy(folder));
    }
    if (hasNoRoomAtAll(existing)) {
      throw new BadInputException(option + " " + folder + " cannot hold files: " + existing
          + " is on a file system that is no disk");
    }
  }

  /** Those for the whole system live where only root may make folders. */
  private String remedy(Path folder) {
    Path base = settings.folders().base();
    return worksBySudo() ? "; make it once with: sudo install -d -o " + Shell.word(settings.platform().user()) + " "
        + Shell.word((folder.startsWith(base) ? base : folder).toString()) : "";
  }

  private boolean worksBySudo() {
    return settings.isForWholeSystem();
  }

  /** Such as /proc and /sys, which root may write to. */
  private static boolean hasNoRoomAtAll(Path folder) {
    try {
      FileStore store = Files.getFileStore(folder);
      return store.getTotalSpace() == 0;
    } catch (IOException unknown) {
      return false;
    }
  }

  private PortPlan ports(NodeProgram program) {
    return settings.portPlan(program);
  }
}
