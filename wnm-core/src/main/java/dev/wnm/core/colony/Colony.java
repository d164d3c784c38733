package dev.wnm.core.colony;

import dev.wnm.core.companions.Companions;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Platform;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.cycle.CompanionOrders;
import dev.wnm.core.cycle.Cycle;
import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.cycle.CycleServices;
import dev.wnm.core.cycle.Forecast;
import dev.wnm.core.cycle.ManualAction;
import dev.wnm.core.cycle.ManualActions;
import dev.wnm.core.cycle.ManualResult;
import dev.wnm.core.cycle.Order;
import dev.wnm.core.decision.ActionType;
import dev.wnm.core.decision.DecisionEngine;
import dev.wnm.core.decision.DecisionInput;
import dev.wnm.core.decision.GrowthForecast;
import dev.wnm.core.decision.WhyNot;
import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.history.History;
import dev.wnm.core.history.TimeRange;
import dev.wnm.core.host.MachineUseMeter;
import dev.wnm.core.host.Measurement;
import dev.wnm.core.logs.NodeLogs;
import dev.wnm.core.managers.ManagerRegistry;
import dev.wnm.core.managers.Managers;
import dev.wnm.core.managers.NodeSpecs;
import dev.wnm.core.model.Fleet;
import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.HostCounters;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.Incident;
import dev.wnm.core.model.MachineUse;
import dev.wnm.core.model.MarkedStorage;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.Release;
import dev.wnm.core.model.StartOrder;
import dev.wnm.core.model.StorageList;
import dev.wnm.core.model.Wording;
import dev.wnm.core.program.NodeBinary;
import dev.wnm.core.provisioning.Groups;
import dev.wnm.core.report.FleetStatus;
import dev.wnm.core.report.NodeLine;
import dev.wnm.core.report.NodeStory;
import dev.wnm.core.state.CycleState;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.takeover.Repair;
import dev.wnm.core.whatif.replay.Replayed;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.Describes;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.NoticesEnds;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.manager.StorageState;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.model.Container;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One machine's nodes and what may be done with them: the way in for the command line and for programs that embed wnm.
 * Holds the lock and the database until it is closed. Not for use by several threads.
 */
public final class Colony implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Colony.class.getName());

  private Settings settings;
  private final ColonyStore store;
  private final Optional<CycleLock> lock;
  private final Dependencies tools;
  private final ColonyId id;
  private final boolean dryRun;
  private final Map<String, String> changes;
  /** Whoever wnm works for; empty means the account that it runs as. */
  private String client = "";
  /** What a cycle has measured last. */
  private Optional<Measurement> measured = Optional.empty();

  private Colony(Settings settings, ColonyId id, ColonyStore store, Optional<CycleLock> lock, Dependencies tools,
      Map<String, String> changes) {
    this.id = id;
    this.settings = settings;
    this.store = store;
    this.lock = lock;
    this.tools = tools;
    this.dryRun = lock.isEmpty();
    this.changes = Map.copyOf(changes);
  }

  /** Opens a colony, or sets one up, for a program that has wnm in it. */
  public static ColonyBuilder builder() {
    return new ColonyBuilder();
  }

  /**
   * Opens the colony to work on it: takes the lock, opens the database, settles the settings and stores those that have
   * changed. In a dry run nothing is locked or written.
   *
   * @throws CycleLock.HeldException when another wnm is at work on it
   * @throws BadInputException when a setting is not allowed; nothing is changed then
   * @throws ManagerUnavailableException when the process manager cannot work with a new setting, or one asks for a firewall
   *     that is not there; nothing is changed then
   * @throws dev.wnm.core.store.StoreException when the database cannot be used
   */
  public static Colony open(SettingsResolver resolver, Dependencies tools)
      throws CycleLock.HeldException, IOException, ManagerUnavailableException {
    if (resolver.isDryRun()) {
      return openToTry(resolver, tools);
    }
    Path database = resolver.database();
    ColonyStore.requireExisting(database);
    CycleLock lock = CycleLock.take(database, tools.clock().instant());
    ColonyStore store = null;
    try {
      store = ColonyStore.openExisting(database, tools.clock());
      Map<String, String> stored = machineOf(store, database);
      ColonyId id = CycleState.colony(stored, tools.platform().home());
      Settings settings = settle(resolver, stored, store, tools);
      Map<String, String> changes = settings.changesAgainst(stored);
      requireGroupsKept(settings, stored, store);
      checkChanges(settings, id, changes, stored, store, database, tools);
      // A database that has no id yet gets one before its node storage, from which that follows, may change.
      if (!stored.entrySet().containsAll(CycleState.colonyText(id).entrySet())) {
        store.saveSettings(CycleState.colonyText(id));
      }
      if (!changes.isEmpty()) {
        store.saveSettings(changes);
        LOG.log(System.Logger.Level.INFO, "stored {0}", changes);
      }
      return new Colony(settings, id, store, Optional.of(lock), tools, changes);
    } catch (RuntimeException | ManagerUnavailableException refused) {
      if (store != null) {
        store.close();
      }
      lock.close();
      throw refused;
    }
  }

  /**
   * Old databases of the Python wnm name no process manager: it is the one that most rows have, else what {@code --init} would
   * take.
   */
  private static Settings settle(SettingsResolver resolver, Map<String, String> stored, ColonyStore store, Dependencies tools) {
    Settings settings = resolver.settle(stored, List.of());
    if (stored.containsKey(Options.PROCESS_MANAGER.name()) || settings.isGiven(Options.PROCESS_MANAGER)) {
      return settings;
    }
    DefaultManager byPlatform = new DefaultManager(settings, tools);
    String usual = resolver.settle(stored, byPlatform.working()).get(Options.PROCESS_MANAGER);
    Map<String, String> completed = new HashMap<>(stored);
    completed.put(Options.PROCESS_MANAGER.name(), byPlatform.types()
        .most(store.nodes(), usual).orElse(usual));
    return resolver.settle(completed, List.of());
  }

  private static Colony openToTry(SettingsResolver resolver, Dependencies tools) throws IOException, ManagerUnavailableException {
    Colony colony = openToRead(resolver, tools);
    try {
      checkChanges(colony.settings, colony.id, colony.changes, colony.stored(), colony.store, resolver.database(), tools);
      return colony;
    } catch (RuntimeException | ManagerUnavailableException refused) {
      colony.close();
      throw refused;
    }
  }

  private static void checkChanges(Settings settings, ColonyId id, Map<String, String> changes, Map<String, String> stored,
      ColonyStore store, Path database, Dependencies tools) throws ManagerUnavailableException {
    settings.find(Options.TO).ifPresent(storage -> requireListed(settings, storage));
    if (changes.isEmpty()) {
      return; // every cycle comes here, and reading thousands of rows is most of a warm one
    }
    new MachineCheck(settings, id, database, tools).ofChanges(changes.keySet(), stored, store.nodes(),
        store.openOperations().stream().map(open -> open.nodeId()).collect(Collectors.toSet()));
  }

  /** Nodes keep their group, and so their ports, for life. */
  private static void requireGroupsKept(Settings settings, Map<String, String> stored, ColonyStore store) {
    List<Container> containers = store.containers();
    if (containers.stream().anyMatch(Container::isOfGroup)) {
      String storage = stored.get(Options.NODE_STORAGE.name());
      if (!Path.of(storage).equals(settings.get(Options.NODE_STORAGE).first())) {
        throw new BadInputException(Options.NODE_STORAGE + " " + settings.get(Options.NODE_STORAGE) + " cannot take the place of "
            + storage + ", where the container groups have their volumes; a teardown comes first");
      }
      Groups.moved(settings, containers, store.nodes()).ifPresent(problem -> {
        throw new BadInputException(problem);
      });
    }
  }

  /**
   * Opens the colony to look at it: no lock, nothing written, also while another wnm is at work.
   *
   * @throws BadInputException when a setting is not allowed
   * @throws dev.wnm.core.store.StoreException when the database cannot be used
   */
  public static Colony openToRead(SettingsResolver resolver, Dependencies tools) {
    Path database = resolver.database();
    ColonyStore store = ColonyStore.openReadOnly(database, tools.clock());
    try {
      Map<String, String> stored = machineOf(store, database);
      Settings settings = settle(resolver, stored, store, tools);
      return new Colony(settings, CycleState.colony(stored, tools.platform().home()), store, Optional.empty(), tools,
          settings.changesAgainst(stored));
    } catch (RuntimeException refused) {
      store.close();
      throw refused;
    }
  }

  /** The settings in force. */
  public Settings settings() {
    return settings;
  }

  /** The settings that opening it has stored, or in a dry run would have, as texts by name. */
  public Map<String, String> changes() {
    return changes;
  }

  /** Every node as stored, by id. */
  public List<Node> nodes() {
    return store.nodes();
  }

  /** The containers that nodes live in, as stored. */
  public List<Container> containers() {
    return store.containers();
  }

  /**
   * What the process managers' own tools say of these nodes, by node id: since when, how often restarted. Empty for those of
   * which nothing is said, also when a process manager cannot be asked.
   */
  public Map<Integer, String> describe(List<Node> nodes) {
    Map<Integer, String> words = new HashMap<>();
    try {
      Managers managers = managers();
      NodeSpecs specs = specs();
      nodes.stream().collect(Collectors.groupingBy(Node::managerType)).forEach((type, members) ->
          managers.of(type).capability(Describes.class)
              .ifPresent(manager -> words.putAll(manager.describe(members.stream().map(specs::of).toList()))));
    } catch (ManagerUnavailableException e) {
      LOG.log(System.Logger.Level.DEBUG, "a report goes without the words of the process manager: {0}", e.getMessage());
    }
    return words;
  }

  /**
   * The services that run beside the nodes of its groups.
   *
   * @throws BadInputException when its process manager runs none
   * @throws ManagerUnavailableException when the machine's process manager cannot work here
   */
  public Companions companions() throws ManagerUnavailableException {
    Managers managers = managers();
    return Companions.of(managers.main(), managers.mainType(),
        store.containers().stream().filter(Container::isOfGroup).map(Container::name).sorted().toList(), asker());
  }

  /**
   * The logs of its nodes, which can be read while another wnm is at work.
   *
   * @throws ManagerUnavailableException when the machine's process manager cannot work here
   */
  public NodeLogs logs() throws ManagerUnavailableException {
    return new NodeLogs(managers(), specs());
  }

  /**
   * Says which nodes run, so that their ends are noticed before the next cycle where their back ends notice that by themselves.
   *
   * @param running those whose processes cannot be seen on this machine
   */
  public void lookOut(NodeEnds ends, List<Node> running) {
    NodeSpecs specs = specs();
    Map<String, List<NodeSpec>> byType = running.stream().filter(node -> specs.problem(node).isEmpty()).collect(
        Collectors.groupingBy(Node::managerType, Collectors.mapping(specs::of, Collectors.toList())));
    Map<String, String> kept = new HashMap<>(settings.kept());
    kept.remove(Options.HIGHEST_NODE_ID_USED.name()); // which goes up with each try to add a node
    ends.of(byType, kept, type -> managers().of(type).capability(NoticesEnds.class));
  }

  /** For questions, none of which is about the binary. */
  private NodeSpecs specs() {
    NodeSpecs specs = new NodeSpecs(settings.upnp(), settings.startArguments(), settings.backEndValues(),
        NodeBinary.missing(settings.get(Options.ANTNODE_PATH)), settings.folders().bootstrapCache());
    specs.know(store.containers());
    return specs;
  }

  /** Says for whom wnm does what comes next, other than for the account that it runs as. @param who one word, such as {@code web:anna} */
  public void actFor(String who) {
    client = who;
  }

  /** Who is at work, as one word: the account, and behind sudo the one before it. */
  private String asker() {
    if (!client.isEmpty()) {
      return client.replaceAll("[^A-Za-z0-9_.@():-]", "_");
    }
    Platform platform = tools.platform();
    String before = platform.environment().getOrDefault("SUDO_USER", "");
    return (before.isEmpty() ? platform.user() : before + "(sudo)").replaceAll("[^A-Za-z0-9_.@()-]", "_");
  }

  /** The last thing that befell each of these nodes, by id; of those that anything befell. */
  public Map<Integer, Incident> lastIncidents(List<Node> nodes) {
    Map<Integer, Incident> last = store.lastIncidents();
    // A number may have been another node's before.
    last.keySet().retainAll(nodes.stream().filter(node -> last.containsKey(node.id())
        && !last.get(node.id()).seenAt().isBefore(node.createdAt())).map(Node::id).collect(Collectors.toSet()));
    return last;
  }

  /**
   * These nodes as rows of reports, with what happened to them last; without the words of their process managers' own tools.
   *
   * @param now what ages are reckoned from
   */
  public List<NodeLine> lines(List<Node> nodes, Instant now) {
    Map<Integer, Incident> incidents = lastIncidents(nodes);
    Optional<Instant> measured = lastMeasurement();
    return NodeLine.of(nodes, containers(), now).stream()
        .map(line -> line.with(Optional.empty(), Optional.ofNullable(incidents.get(line.node().id())), measured)).toList();
  }

  /** What was, by range of time: the machine, nodes, decisions, operations. */
  public History history() {
    return store.history();
  }

  /**
   * How the fleet would have gone with other settings, by what is recorded of it.
   *
   * @param length how far back
   * @param texts the settings to try, by name; the others are as they were at the time
   * @param where where they come from in words, for messages
   * @return empty when nothing is recorded of that time
   * @throws BadInputException when one is none that decisions depend on, is not allowed, or contradicts another
   */
  public Optional<Replayed> replay(Duration length, Map<String, String> texts, String where) {
    settings.trying(texts, where, stored());
    return Replays.of(store.history(), settings, TimeRange.last(length, tools.clock().instant()), texts, where);
  }

  /** When the processes of all nodes were last looked at, if they ever were. */
  public Optional<Instant> lastMeasurement() {
    return new CycleState(stored()).measuredAt();
  }

  /** What the {@code machine} table and the setting table hold, as texts by name. */
  public Map<String, String> stored() {
    return store.machine().orElseThrow();
  }

  /** Measures the machine, and warns of what cannot be; writes nothing. */
  public HostMetrics measure() {
    return measurement(new Fleet(nodes())).metrics();
  }

  private Measurement measurement(Fleet fleet) {
    Measurement measurement = tools.meter().measure(storages(), fleet.processes(), store.counters());
    measurement.doubts().values().forEach(doubt -> LOG.log(System.Logger.Level.WARNING, doubt));
    return measurement;
  }

  /** Whether all is well, what the next cycle would do, and why not more. Measures the machine, looks at no node, writes nothing. */
  public FleetStatus status() {
    return new StatusSurvey(settings, store, tools.clock().instant()).status(prospect());
  }

  /**
   * What it takes to do something to a node now, and how each of it stands. Measures the machine, looks at no node, writes nothing.
   *
   * @throws IllegalArgumentException for another action than ADD, START and UPGRADE
   */
  public WhyNot whyNot(ActionType action) {
    return new StatusSurvey(settings, store, tools.clock().instant()).whyNot(action, prospect());
  }

  /** What is to be told of this colony, and to whom it was told. */
  public Outbox outbox() {
    Instant now = tools.clock().instant();
    return new Outbox(store, report -> new EventSurvey(settings, store, stored(), now).find(new StatusSurvey(settings, store, now)
        .status(prospect(fleet -> report.flatMap(cycle -> measured).orElseGet(() -> measurement(fleet)))), report), now);
  }

  /** Who it is. */
  public ColonyId id() {
    return id;
  }

  private Prospect prospect() {
    return prospect(this::measurement);
  }

  private Prospect prospect(Function<Fleet, Measurement> measure) {
    CycleState state = new CycleState(stored());
    try {
      Managers managers = managers();
      NodeBinary binary = binary(managers.main().traits(), state);
      return new Prospect(state, binary, new Cycle(services(binary, managers, state, true)).forecast(measure), Groups.areOf(managers.main()),
          Optional.empty());
    } catch (ManagerUnavailableException e) {
      NodeBinary binary = binary(Traits.USUAL, state);
      Fleet fleet = new Fleet(nodes());
      DecisionInput input = new DecisionInput(settings.decisionLimits(), measure.apply(fleet).metrics(),
          FleetCounts.of(fleet.nodes(), binary.release(), tools.clock().instant()), Optional.empty(), false);
      return new Prospect(state, binary, new Forecast(input, DecisionEngine.outlook(input), fleet.nodes(), List.of(), List.of()),
          store.containers().stream().anyMatch(Container::isOfGroup), Optional.of(e.getMessage()));
    }
  }

  /**
   * All that is to be told of nodes: who they are, what is believed of them and why, what became of them and what comes next. Asks
   * their process managers' tools, looks at no node, writes nothing.
   */
  public List<NodeStory> explain(NamedNodes nodes) {
    IntFunction<List<String>> prospects;
    try {
      Managers managers = managers();
      CycleState state = new CycleState(stored());
      prospects = services(binary(managers.main().traits(), state), managers, state, true).prospects(this::measurement);
    } catch (ManagerUnavailableException e) {
      prospects = id -> List.of("wnm can do nothing: " + e.getMessage());
    }
    return NodeStories.of(this, nodes, prospects, tools.clock().instant());
  }

  /** How long it takes until all nodes are begun that there may be; empty when they are. Looks at no node. */
  public Optional<GrowthForecast> growth() {
    return Growth.of(settings, nodes(), tools.clock().instant());
  }

  /** What graphs show of the machine; asks {@code du}, and {@code ping} where a host is named for it. */
  public MachineUse machineUse() {
    boolean allHere = store.storages().stream().allMatch(storage -> storage.container().isEmpty());
    return new MachineUseMeter(tools.runner()).measure(allHere ? storages() : List.of(), measure().usedDiskPercent(),
        settings.get(Options.LATENCY_HOST));
  }

  /** Where the nodes are and where new ones come to; of several of these not those that are away. */
  private List<Path> storages() {
    StorageList listed = settings.get(Options.NODE_STORAGE);
    Set<Path> marked = store.storages().stream().map(MarkedStorage::path).collect(Collectors.toSet());
    List<Path> there = Stream.concat(listed.paths().stream().filter(path -> !listed.areSeveral() || !marked.contains(path)),
        store.storages().stream().filter(storage -> storage.container().isEmpty()).map(MarkedStorage::path)
            .filter(path -> StorageMarker.look(id, path) instanceof StorageState.Ours)).distinct().toList();
    return there.isEmpty() ? List.of(listed.first()) : there;
  }

  /** How long ago a node was last stopped or removed for pressure, if one ever was. */
  public Optional<Duration> sinceLastPressureStop() {
    return new CycleState(stored()).sinceLastPressureStop(tools.clock().instant());
  }

  /** Which of the colony's stopped nodes may be started now. */
  public StartOrder startOrder() {
    return new StartOrder(nodes(), new CycleState(stored()).cameBackAt(), tools.clock().instant());
  }

  /** The binary that new and upgraded nodes get; without a version where there is none or it cannot be asked. */
  public NodeBinary binary() {
    Traits traits;
    try {
      traits = managers().main().traits();
    } catch (ManagerUnavailableException e) {
      traits = Traits.USUAL;
    }
    return binary(traits, new CycleState(stored()));
  }

  /**
   * Runs one cycle.
   *
   * @throws ManagerUnavailableException when the machine's process manager cannot work here
   */
  public CycleReport cycle() throws ManagerUnavailableException {
    return cycle(Set.of());
  }

  /**
   * Runs one cycle, in which these nodes are looked at whatever else is done.
   *
   * @param ended the numbers of nodes whose processes seem to have ended; a hint, which need not be true
   * @throws ManagerUnavailableException when the machine's process manager cannot work here
   */
  public CycleReport cycle(Set<Integer> ended) throws ManagerUnavailableException {
    return new Cycle(services()).run(ended);
  }

  /**
   * Does what a person asks for, whatever the decision rules say.
   *
   * @param action add, remove, upgrade, start, stop, disable, enable, renew, teardown, survey or upgrade_image
   * @param names the nodes it is about; empty lets the action choose
   * @param count how many when none are named
   * @throws BadInputException when the action would not heed the names or the count; nothing is done then
   * @throws ManagerUnavailableException when the machine's process manager cannot work here
   */
  public ManualResult force(String action, List<String> names, OptionalInt count) throws ManagerUnavailableException {
    return force(new Order(action, names, count));
  }

  /**
   * Does what a person asks for, whatever the decision rules say.
   *
   * @throws ManagerUnavailableException when the machine's process manager cannot work here
   */
  public ManualResult force(Order order) throws ManagerUnavailableException {
    String action = order.action();
    if (order.onCompanions().isPresent()) {
      return new CompanionOrders(companions(), new Wording(dryRun))
          .run(order.onCompanions().get(), Options.SERVICE_NAME.toString(), order.names());
    }
    if (action.equals(Order.MOVE)) {
      requireListed(settings, order.storage().orElseThrow());
    }
    CycleServices services = services();
    services.askedBy(asker());
    List<NodeOutcome> unsettled;
    if (action.equals("teardown") || action.equals(Order.FORGET)) {
      unsettled = services.beginRemoval();
    } else {
      unsettled = services.begin();
      services.judgeUpgrades();
    }
    ManualActions actions = new ManualActions(services);
    ManualResult result = switch (action) {
      case "survey" -> actions.survey(order.names());
      case "teardown" -> actions.teardown();
      case "upgrade_image" -> actions.upgradeImage();
      case Order.RENEW -> actions.renew(order.count());
      case Order.MOVE -> actions.move(order.names(), order.storage().orElseThrow());
      case Order.FORGET -> actions.forget(order.storage().orElseThrow());
      default -> actions.run(ManualAction.valueOf(action.toUpperCase(Locale.ROOT)), order.names(), order.count());
    };
    services.saveState();
    if (action.equals("upgrade_image") && !result.failed()) {
      // The groups that did not run were made anew since.
      unsettled = unsettled.stream().filter(outcome -> outcome.nodeId() != 0).toList();
    }
    return unsettled.isEmpty() ? result : new ManualResult(result.fields(), result.outcomes(), true, result.wording());
  }

  /** Nodes are moved to where new ones may come. */
  private static void requireListed(Settings settings, Path storage) {
    StorageList storages = settings.get(Options.NODE_STORAGE);
    if (!storages.paths().contains(storage)) {
      throw new BadInputException(Options.TO + " " + storage + " is none of the node storages: " + Options.NODE_STORAGE + " is " + storages);
    }
  }

  /**
   * Takes over the nodes that the machine's process manager runs and that have no row yet; touches none of them.
   *
   * @return their rows
   * @throws ManagerUnavailableException when the machine's process manager cannot work here
   */
  public List<Node> importUnknown() throws ManagerUnavailableException {
    CycleServices services = services();
    services.begin();
    List<Node> imported = services.importUnknown();
    services.saveState();
    return imported;
  }

  @Override
  public void close() throws IOException {
    store.close();
    if (lock.isPresent()) {
      lock.get().close();
    }
  }

  private CycleServices services() throws ManagerUnavailableException {
    Managers managers = managers();
    CycleState cycleState = new CycleState(stored());
    NodeBinary binary = binary(managers.main().traits(), cycleState);
    Repair repair = new Repair(settings, store, managers, cycleState, dryRun);
    if (!repair.isDue()) {
      return services(binary, managers, cycleState);
    }
    Repair.Repaired repaired = repair.run(tools.clock().instant());
    settings = settings.with(repaired.settings(), "the repair of the database");
    CycleServices services = services(binary, managers, cycleState);
    services.assume(repaired.nodes());
    return services;
  }

  private CycleServices services(NodeBinary binary, Managers managers, CycleState cycleState) {
    return services(binary, managers, cycleState, dryRun);
  }

  private CycleServices services(NodeBinary binary, Managers managers, CycleState cycleState, boolean onlyLooks) {
    return new CycleServices(settings, id, store, this::measureForCycle, tools.clock(), tools.pause(), binary, managers,
        tools.prober(), cycleState, tools.oversight(), onlyLooks);
  }

  private Measurement measureForCycle(List<Path> nodeStorages, Set<Long> nodes, Optional<HostCounters> previous) {
    Measurement measurement = tools.meter().measure(nodeStorages, nodes, previous);
    measured = Optional.of(measurement);
    return measurement;
  }

  private Managers managers() throws ManagerUnavailableException {
    ManagerRegistry registry = tools.managers().apply(settings.get(Options.PLUGIN_PATH));
    registry.problems().forEach(problem -> LOG.log(System.Logger.Level.WARNING, problem));
    return new Managers(registry, ManagerContexts.of(settings, id, tools), settings.get(Options.PROCESS_MANAGER));
  }

  private NodeBinary binary(Traits traits, CycleState cycleState) {
    if (traits.binaries() instanceof Traits.Binaries.Fetched fetched) {
      return NodeBinary.fetched(settings.get(Options.ANTNODE_PATH), traits, fetched.version());
    }
    Path configured = settings.get(Options.ANTNODE_PATH);
    try {
      Path path = NodeBinary.locate(configured, tools.runner());
      String fingerprint = NodeBinary.fingerprint(path);
      NodeBinary binary = known(path, fingerprint, cycleState);
      Optional<String> unfit = binary.unfitFor(settings.get(Options.PROCESS_MANAGER), traits);
      unfit.ifPresent(why -> LOG.log(System.Logger.Level.WARNING, "no node can be added or upgraded: {0}", why));
      return unfit.isPresent() ? NodeBinary.missing(configured) : binary.replacingNewer(settings.get(Options.ALLOW_DOWNGRADE));
    } catch (NodeBinary.UnusableException | IOException e) {
      LOG.log(System.Logger.Level.WARNING, "no node can be added or upgraded: {0}", e.getMessage());
      return NodeBinary.missing(configured);
    }
  }

  /** A binary that was asked before is not asked again. */
  private NodeBinary known(Path path, String fingerprint, CycleState cycleState) throws NodeBinary.UnusableException {
    Optional<Release> remembered = cycleState.binary(fingerprint);
    if (remembered.isPresent()) {
      return new NodeBinary(path, remembered.get().program(), Optional.of(remembered.get().version()), fingerprint);
    }
    NodeBinary binary = NodeBinary.ask(path, tools.runner());
    binary.release().ifPresent(release -> cycleState.binary(fingerprint, release));
    return binary;
  }

  private static Map<String, String> machineOf(ColonyStore store, Path database) {
    return store.machine().orElseThrow(() -> ColonyStore.withoutSettings(database));
  }
}
