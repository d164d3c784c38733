package dev.wnm.core.cycle;

import dev.wnm.core.allocation.PortPlan;
import dev.wnm.core.config.BadInputException;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.cycle.Importer.Imported;
import dev.wnm.core.host.Measurement;
import dev.wnm.core.manager.Availability;
import dev.wnm.core.manager.FoundNode;
import dev.wnm.core.manager.ManagerRegistry;
import dev.wnm.core.manager.ManagerUnavailableException;
import dev.wnm.core.manager.ProcessManager;
import dev.wnm.core.manager.Traits;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodePorts;
import dev.wnm.core.model.Version;
import dev.wnm.core.store.ColonyStore;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sets a machine up: checks everything first, and stores last, so that a refused {@code --init} changes nothing. */
public final class Initializer {
  private static final System.Logger LOG = System.getLogger(Initializer.class.getName());
  /** What is best where it works, the best first. */
  private static final List<String> PREFERRED_MANAGERS = List.of("systemd+user", "systemd+sudo", "launchd+user",
      "launchd+sudo", "setsid+user", "setsid+sudo");

  private final SettingsResolver resolver;
  private final Toolbox tools;

  public Initializer(SettingsResolver resolver, Toolbox tools) {
    this.resolver = resolver;
    this.tools = tools;
  }

  /**
   * Checks the settings and this machine, and stores the settings in a new database.
   *
   * @return the settings as stored
   * @throws BadInputException when something does not fit; nothing is changed then
   * @throws ManagerUnavailableException when the process manager cannot work here, or the firewall asked for is not there
   * @throws CycleLock.HeldException when another wnm is at work on the database
   */
  public Settings run() throws ManagerUnavailableException, CycleLock.HeldException, IOException {
    Path database = resolver.database();
    refuseIfInitialized(database);
    Settings settings = settle();
    if (settings.get(Options.REWARDS_ADDRESS).isBlank()) {
      throw new BadInputException("--init needs --rewards_address: the wallet that the rewards go to");
    }
    FirewallChoice.require(settings, tools.runner());
    ProcessManager manager = managerOf(settings);
    Imported imported = imported(manager, settings);
    imported.notes().forEach(note -> LOG.log(System.Logger.Level.WARNING, note));
    settings = settings.with(imported.settings(), "the imported nodes");
    Antnode antnode = checkMachine(settings, manager, imported.nodes());
    if (resolver.isDryRun()) {
      return settings;
    }
    makeFolder(database.toAbsolutePath().getParent(), Options.DBPATH.toString());
    makeFolder(settings.get(Options.NODE_STORAGE), Options.NODE_STORAGE.toString());
    CycleLock lock = CycleLock.take(database, tools.clock().instant());
    try {
      store(database, settings, imported, antnode, manager.traits());
    } finally {
      lock.close();
    }
    return settings;
  }

  private Imported imported(ProcessManager manager, Settings settings) throws ManagerUnavailableException {
    Optional<Path> listing = settings.find(Options.IMPORT_FILE);
    if (listing.isEmpty() && !settings.get(Options.IMPORT)) {
      return Imported.NOTHING;
    }
    List<FoundNode> found = listing.isEmpty() ? manager.survey() : read(manager, listing.get(), settings);
    return Importer.forNewColony(settings, tools.clock().instant()).take(found);
  }

  private static List<FoundNode> read(ProcessManager manager, Path listing, Settings settings) {
    if (Files.isDirectory(listing)) {
      throw new BadInputException(Options.IMPORT_FILE + " " + listing + " cannot be read as text: it is a folder");
    }
    try {
      return manager.read(Files.readString(listing)).orElseThrow(() -> new BadInputException(Options.IMPORT_FILE
          + " is not for process manager " + settings.get(Options.PROCESS_MANAGER) + ", which has no listing of its own"));
    } catch (ManagerUnavailableException e) {
      throw new BadInputException(Options.IMPORT_FILE + " " + listing + ": " + e.getMessage());
    } catch (IOException e) {
      throw new BadInputException(Options.IMPORT_FILE + " " + listing + " cannot be read as text: " + reason(e));
    }
  }

  private void store(Path database, Settings settings, Imported imported, Antnode antnode, Traits traits)
      throws IOException {
    try (ColonyStore store = ColonyStore.open(database, tools.clock())) {
      if (store.machine().isPresent()) {
        throw alreadyInitialized(database);
      }
      Measurement measurement = tools.meter().measure(settings.get(Options.NODE_STORAGE), Optional.empty());
      Map<String, String> values = new HashMap<>(settings.kept());
      values.put("cpu_count", Integer.toString(tools.platform().cpuCount()));
      values.put("node_removal_strategy", "youngest");
      values.put("last_stopped_at", Long.toString(measurement.metrics().bootedAt().getEpochSecond()));
      values.put("boot_id", measurement.metrics().bootId());
      if (traits.numbering() == Traits.Numbering.MONOTONIC) {
        int highest = imported.nodes().stream().mapToInt(Node::id).max().orElse(0);
        values.merge(Options.HIGHEST_NODE_ID_USED.name(), Integer.toString(highest),
            (given, imports) -> Integer.parseInt(given) < highest ? imports : given);
      }
      store.createMachine(values, imported.containers(), imported.nodes());
      store.saveCounters(measurement.counters());
      Bookkeeping bookkeeping = new Bookkeeping(values);
      Optional<Version> version = antnode.version();
      if (version.isPresent() && traits.binaries() instanceof Traits.Binaries.OfMachine) {
        bookkeeping.antnode(Antnode.fingerprint(antnode.path()), version.get());
      }
      bookkeeping.save(store);
    }
  }

  private void refuseIfInitialized(Path database) {
    if (Files.exists(database)) {
      try (ColonyStore store = ColonyStore.openReadOnly(database, tools.clock())) {
        if (store.machine().isPresent()) {
          throw alreadyInitialized(database);
        }
      }
    }
  }

  private static BadInputException alreadyInitialized(Path database) {
    return new BadInputException("--init: " + database
        + " is initialized already; give settings without --init to change them");
  }

  /** Which process manager is the default depends on what works here, and that on the plug-in folder: hence twice. */
  private Settings settle() {
    Settings first = resolver.settle(Map.of(), List.of());
    ManagerRegistry registry = tools.managers().apply(first.get(Options.PLUGIN_PATH));
    List<String> working = PREFERRED_MANAGERS.stream()
        .filter(type -> registry.entries().stream().anyMatch(entry -> entry.type().equals(type)
            && entry.provider().availability(type, ManagerContexts.of(first, tools)) instanceof Availability.Available))
        .toList();
    return resolver.settle(Map.of(), working);
  }

  private ProcessManager managerOf(Settings settings) throws ManagerUnavailableException {
    return tools.managers().apply(settings.get(Options.PLUGIN_PATH))
        .create(settings.get(Options.PROCESS_MANAGER), ManagerContexts.of(settings, tools));
  }

  private Antnode checkMachine(Settings settings, ProcessManager manager, List<Node> imported)
      throws ManagerUnavailableException {
    requireWritable(settings.get(Options.NODE_STORAGE), Options.NODE_STORAGE.toString());
    requireWritable(resolver.database().toAbsolutePath().getParent(), Options.DBPATH.toString());
    int highest = settings.get(Options.NODE_CAP);
    if (Groups.areOf(manager)) {
      highest = Math.toIntExact(Groups.blocks(settings).highestId());
      requirePorts(settings, highest);
    }
    requireFreePorts(settings, imported, manager.reservedPorts(), highest);
    if (manager.traits().binaries() instanceof Traits.Binaries.Fetched fetched) {
      return new Antnode(settings.get(Options.ANTNODE_PATH), fetched.version());
    }
    try {
      return Antnode.ask(Antnode.locate(settings.get(Options.ANTNODE_PATH), tools.runner()), tools.runner());
    } catch (Antnode.UnusableException e) {
      throw new BadInputException(e.getMessage());
    }
  }

  /** Container groups own whole blocks, whether the cap fills them or not. */
  private static void requirePorts(Settings settings, int highestId) {
    new PortPlan(settings.get(Options.PORT_START), settings.get(Options.METRICS_PORT_START),
        settings.get(Options.RPC_PORT_START)).problem(highestId).ifPresent(problem -> {
          throw new BadInputException(Options.MAX_NODE_PER_CONTAINER + " " + settings.get(Options.MAX_NODE_PER_CONTAINER)
              + " and " + Options.MIN_CONTAINER_COUNT + " " + settings.get(Options.MIN_CONTAINER_COUNT)
              + " make blocks that do not fit: " + problem);
        });
  }

  /**
   * @param imported nodes that are there already and hold their ports themselves
   * @param reserved ports that no node is given, such as those of nodes that were not taken over
   * @param highestId the highest number that a node may get
   */
  private static void requireFreePorts(Settings settings, List<Node> imported, Set<Integer> reserved, int highestId) {
    Set<Integer> taken = imported.stream().map(Node::id).collect(Collectors.toSet());
    Set<Integer> theirs = new HashSet<>(reserved);
    imported.forEach(node -> theirs.addAll(node.ports().all()));
    PortPlan ports = new PortPlan(settings.get(Options.PORT_START), settings.get(Options.METRICS_PORT_START),
        settings.get(Options.RPC_PORT_START));
    for (int id = 1; id <= highestId; id++) {
      NodePorts wanted = ports.portsOf(id);
      Optional<String> held = taken.contains(id) || wanted.all().stream().anyMatch(theirs::contains)
          ? Optional.empty()
          : ListeningPorts.held(wanted);
      if (held.isPresent()) {
        throw new BadInputException(Options.PORT_START + " " + settings.get(Options.PORT_START) + " and "
            + Options.METRICS_PORT_START + " " + settings.get(Options.METRICS_PORT_START) + " cannot be used for "
            + highestId + " nodes: " + held.get());
      }
    }
  }

  private static void requireWritable(Path folder, String option) {
    Path existing = Stream.iterate(folder.toAbsolutePath(), path -> path != null, Path::getParent)
        .filter(Files::exists).findFirst().orElseThrow();
    if (!Files.isDirectory(existing)) {
      throw new BadInputException(option + " " + folder + " cannot be made: " + existing + " is not a folder");
    }
    if (!Files.isWritable(existing)) {
      throw new BadInputException(option + " " + folder + " cannot be written: no permission in " + existing);
    }
  }

  private static void makeFolder(Path folder, String option) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new BadInputException(option + " " + folder + " cannot be made: " + reason(e));
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "it does not exist";
    }
    if (e instanceof CharacterCodingException) {
      return "it is not UTF-8";
    }
    return e instanceof FileSystemException known && known.getReason() != null ? known.getReason() : e.toString();
  }
}
