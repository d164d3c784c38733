package dev.wnm.core.colony;

import dev.wnm.core.config.Platform;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.cycle.ManualResult;
import dev.wnm.core.decision.ActionType;
import dev.wnm.core.decision.WhyNot;
import dev.wnm.core.firewall.FirewallChoice;
import dev.wnm.core.host.Measurement;
import dev.wnm.core.host.Sense;
import dev.wnm.core.managers.ManagerRegistry;
import dev.wnm.core.model.Event;
import dev.wnm.core.model.HostCounters;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.Incident;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.StorageSpace;
import dev.wnm.core.report.FleetStatus;
import dev.wnm.core.state.CycleState;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.work.WorkListener;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.Firewall;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.MovesNodes;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperatingSystem;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.Progress;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.Version;
import dev.wnm.testkit.CommandArguments;
import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.ManualClock;
import dev.wnm.testkit.antnode.StandInAntnode;
import dev.wnm.testkit.manager.InMemoryMachine;
import dev.wnm.testkit.manager.ManagerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A colony on a machine in memory, with a clock, a load and a boot id that the test sets. */
public final class ColonyHarness implements AutoCloseable {
  static final String WALLET = "0x1111111111111111111111111111111111111111";
  static final Version OLD = new Version("0.4.16");
  static final Version NEW = new Version("0.4.17");

  public final InMemoryMachine machine;
  final Path home;
  final Path database;
  final List<Duration> pauses = new ArrayList<>();
  /** What programs are run by. */
  CommandRunner runner = new ProcessCommandRunner();
  /** Who is told of the work. */
  WorkListener work = WorkListener.SILENT;
  /** Whether another operation may be begun. */
  BooleanSupplier goesOn = () -> true;
  /** What else happens while there is a pause. */
  Runnable meanwhile = () -> {};
  /** Other colonies and their nodes, on this machine at the same time, have others. */
  private final List<Integer> portStarts = new ArrayList<>();
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-21T12:00:00Z"));
  private BiFunction<Settings, ColonyId, Firewall> firewall = (settings, colony) -> Firewall.NONE;
  private String bootId = "boot-1";
  private final Instant cameUp = clock.instant().minus(Duration.ofDays(10));
  private Duration jumps = Duration.ZERO;
  private Map<Sense, String> doubts = Map.of();
  private List<Path> measured = List.of();
  private final Map<Path, Double> ownDisks = new HashMap<>();
  private double[] load = {10, 10, 10, 0.1};

  ColonyHarness(Path home) throws IOException {
    this(home, ManagerKind.USUAL);
  }

  ColonyHarness(Path home, ManagerKind kind) throws IOException {
    this.home = home;
    machine = new InMemoryMachine(kind);
    database = home.resolve("colony.db");
    antnode(OLD);
  }

  /** A machine set up with these options beside the usual ones, which allow everything. */
  public static ColonyHarness initialized(Path home, String... options) throws Exception {
    ColonyHarness harness = new ColonyHarness(home);
    harness.init(options);
    return harness;
  }

  /** Where ports begin for an {@code --init}, as options: ports that nobody has while this machine is open. */
  List<String> portStarts() {
    List<Integer> starts = FreePorts.thousands(3, 30);
    portStarts.addAll(starts);
    return List.of("--port_start", starts.get(0).toString(), "--metrics_port_start", starts.get(1).toString(),
        "--rpc_port_start", starts.get(2).toString());
  }

  void init(String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("--init", "--rewards_address", WALLET,
        "--process_manager", InMemoryMachine.TYPE, "--node_storage", home.resolve("nodes").toString(), "--node_cap", "3",
        "--desired_load_average", "5", "--max_load_average_allowed", "10",
        // The pace of the Python wnm, whatever CPUs the machine has that the tests run on.
        "--max_concurrent_starts", "1", "--max_concurrent_upgrades", "1", "--max_concurrent_operations", "1",
        "--delay_start", "300", "--delay_upgrade", "300"));
    words.addAll(portStarts());
    try {
      new Initializer(resolver(CommandArguments.overruled(words, List.of(options))), tools()).run();
    } catch (Exception refused) {
      List<Integer> last = portStarts.subList(portStarts.size() - 3, portStarts.size());
      FreePorts.giveBack(List.copyOf(last));
      last.clear();
      throw refused;
    }
  }

  /** Runs one cycle, after the clock moved on by a minute. */
  CycleReport cycle(String... options) throws Exception {
    clock.advance(Duration.ofMinutes(1));
    try (Colony colony = Colony.open(resolver(Arrays.asList(options)), tools())) {
      return colony.cycle();
    }
  }

  /** Runs one cycle as {@link #cycle} does, and adds to the outbox what is new. @return the new events */
  List<Event> eventsOfACycle(String... options) throws Exception {
    clock.advance(Duration.ofMinutes(1));
    try (Colony colony = Colony.open(resolver(Arrays.asList(options)), tools())) {
      return events(colony, Optional.of(colony.cycle()));
    }
  }

  /** The same where the cycle cannot be run, since there is no such process manager any more. */
  List<Event> eventsWithoutACycle() throws Exception {
    try (Colony colony = Colony.open(resolver(List.of()), tools(folder -> ManagerRegistry.of(List.of())))) {
      return events(colony, Optional.empty());
    }
  }

  private static List<Event> events(Colony colony, Optional<CycleReport> report) {
    Outbox outbox = colony.outbox();
    long before = outbox.after(0, 1_000).stream().mapToLong(Event::number).max().orElse(0);
    outbox.add(report, List.of("somebody"));
    return outbox.after(before, 1_000);
  }

  /** What the report status tells, now. */
  FleetStatus status(String... options) throws IOException {
    try (Colony colony = Colony.openToRead(resolver(Arrays.asList(options)), tools())) {
      return colony.status();
    }
  }

  /** What an action needs, now. */
  WhyNot whyNot(ActionType action, String... options) throws IOException {
    try (Colony colony = Colony.openToRead(resolver(Arrays.asList(options)), tools())) {
      return colony.whyNot(action);
    }
  }

  void cycles(int count, String... options) throws Exception {
    for (int i = 0; i < count; i++) {
      cycle(options);
    }
  }

  /** Cycles until the fleet has this many running nodes and nothing under way. */
  public void grow(int nodes) throws Exception {
    for (int i = 0; i < nodes * 12 && running() < nodes; i++) {
      cycle();
    }
    if (running() != nodes) {
      throw new AssertionError("the fleet did not grow to " + nodes + ": " + nodes());
    }
  }

  ManualResult force(String action, List<String> names, OptionalInt count, String... options) throws Exception {
    try (Colony colony = Colony.open(resolver(Arrays.asList(options)), tools())) {
      return colony.force(action, names, count);
    }
  }

  public List<Node> nodes() {
    return read(ColonyStore::nodes);
  }

  Node node(int id) {
    return read(store -> store.node(id)).orElseThrow();
  }

  public NodeStatus status(int id) {
    return node(id).status();
  }

  public long running() {
    return nodes().stream().filter(node -> node.status() == NodeStatus.RUNNING).count();
  }

  List<Container> containers() {
    return read(ColonyStore::containers);
  }

  public int openOperations() {
    return read(ColonyStore::openOperations).size();
  }

  Map<String, String> stored() {
    return read(ColonyStore::machine).orElseThrow();
  }

  /** Whose the nodes are. */
  ColonyId colony() {
    return CycleState.colony(stored(), home);
  }

  private <T> T read(Function<ColonyStore, T> question) {
    try (ColonyStore store = ColonyStore.openReadOnly(database, clock)) {
      return question.apply(store);
    }
  }

  /** Percent used of CPU, memory and disk, and all three load averages. */
  public void load(double cpu, double memory, double disk, double load) {
    this.load = new double[] {cpu, memory, disk, load};
  }

  /** The storages whose disks were measured last. */
  List<Path> measured() {
    return measured;
  }

  /** A storage is on a disk of its own from now on; all others are on one. @param usedPercent how full; NaN for unknown */
  void disk(Path storage, double usedPercent) {
    ownDisks.put(storage, usedPercent);
  }

  /** An antnode that nobody looks for, such as a back end that fetches it may have. */
  Path antnodeElsewhere(Version version) throws IOException {
    return StandInAntnode.installInto(Files.createDirectories(home.resolve("antnode-" + version)), version);
  }

  void antnode(Version version) throws IOException {
    StandInAntnode.installInto(Files.createDirectories(home.resolve(".local/bin")), version);
  }

  /** What the machine has for a firewall from now on. */
  void firewall(Firewall machines) {
    firewall = (settings, colony) -> machines;
  }

  /** The programs of the machine from now on, and the firewall that the settings choose among them. */
  void programs(CommandRunner programs, Path ufwConfiguration) {
    runner = programs;
    firewall = new FirewallChoice(programs, ufwConfiguration)::of;
  }

  public void advance(Duration duration) {
    clock.advance(duration);
  }

  public Instant now() {
    return clock.instant();
  }

  /** As if the process manager had done its work and the program had ended right after. */
  OperationResult startBehindOurBack(NodeSpec node) {
    return manager().start(node);
  }

  /** The same of a node that is moved. */
  OperationResult moveBehindOurBack(NodeSpec node, NodePlacement target) {
    return ((MovesNodes) manager()).move(node, target);
  }

  /** A node that somebody else made, with the ports of this number, in this container or in none. */
  NodeSpec stranger(String service, int number, Optional<String> container) {
    NodePorts ports = NodePorts.of(firstPort() + number, firstMetricsPort() + number).withRpc(firstRpcPort() + number);
    return stranger(service, number, ports, container);
  }

  NodeSpec stranger(String service, int number, NodePorts ports, Optional<String> container) {
    Path root = home.resolve("nodes").resolve(container.orElse("")).resolve(service);
    NodeSpec node = NodeSpec.builder(number, NodePlacement.of(service, root), ports)
        .source(home.resolve(".local/bin/antnode")).user("tester").wallet(WALLET)
        .bootstrapCache(home.resolve("cache")).group(container).build();
    if (manager().create(node) instanceof OperationResult.Failed failed) {
      throw new AssertionError(failed.reason());
    }
    return node;
  }

  /** {@code port_start} in ports: a node's port is its number above that. */
  int firstPort() {
    return thousands("port_start");
  }

  int firstMetricsPort() {
    return thousands("metrics_port_start");
  }

  int firstRpcPort() {
    return thousands("rpc_port_start");
  }

  private int thousands(String setting) {
    return Integer.parseInt(stored().get(setting)) * 1_000;
  }

  /** The machine's process manager, as another program would use it. */
  private ProcessManager manager() {
    Dependencies tools = tools();
    SettingsResolver resolver = resolver(List.of());
    ManagerContext context = ManagerContexts.of(resolver.settle(stored(), List.of()), colony(), tools);
    return machine.provider().create(InMemoryMachine.TYPE, context);
  }

  /** Takes over the nodes that the colony does not know. */
  List<Node> importUnknown(String... options) throws Exception {
    try (Colony colony = Colony.open(resolver(Arrays.asList(options)), tools())) {
      return colony.importUnknown();
    }
  }

  /** What befell nodes, the last of each, by its id. */
  Map<Integer, Incident> incidents() {
    return read(ColonyStore::lastIncidents);
  }

  void reboot() {
    bootId = bootId + "+";
    machine.reboot();
  }

  public Dependencies tools() {
    return tools(folder -> ManagerRegistry.of(List.of(machine.provider())));
  }

  Dependencies tools(Function<Path, ManagerRegistry> managers) {
    return new Dependencies(managers, runner, firewall,
        (storages, nodes, previous) -> measure(storages), platform(), clock, this::pause, Progress.SILENT)
        .watchedBy(work, goesOn);
  }

  private void pause(Duration duration) {
    pauses.add(duration);
    clock.advance(duration);
    meanwhile.run();
  }

  public SettingsResolver resolver(List<String> options) {
    List<String> words = new ArrayList<>(options);
    words.addAll(List.of("--dbpath", database.toString()));
    return SettingsResolver.read(platform(), words);
  }

  private Platform platform() {
    return new Platform(OperatingSystem.LINUX, home, "tester", false, 4, Map.of("PATH", "/usr/bin:/bin"), home);
  }

  private Measurement measure(List<Path> storages) {
    measured = storages;
    List<StorageSpace> spaces = storages.stream().map(this::space).toList();
    OptionalDouble fullest = spaces.stream().flatMapToDouble(space -> space.usedPercent().stream()).max();
    OptionalDouble average = known(Sense.LOAD, load[3]);
    OptionalLong noTraffic = OptionalLong.of(0);
    HostMetrics host = new HostMetrics(Instant.EPOCH.plusSeconds(1_000), bootId, average, average, average,
        known(Sense.CPU, load[0]), OptionalDouble.of(0), known(Sense.MEMORY, load[1]), fullest,
        OptionalLong.of(1_000_000_000_000L), noTraffic, noTraffic, noTraffic, noTraffic);
    HostCounters counters = new HostCounters(bootId, clock.instant(), Map.of())
        .withUptime(Optional.of(Duration.between(cameUp, clock.instant()).minus(jumps)));
    return new Measurement(host, counters, spaces, doubts);
  }

  private StorageSpace space(Path storage) {
    OptionalDouble used = known(Sense.DISK_SPACE, ownDisks.getOrDefault(storage, load[2]));
    boolean isKnown = used.isPresent() && !Double.isNaN(used.getAsDouble());
    long usedBytes = isKnown ? Math.round(used.getAsDouble() * 10_000_000_000L) : 0;
    return new StorageSpace(storage, ownDisks.containsKey(storage) ? storage.toString() : "the usual one",
        isKnown ? OptionalLong.of(usedBytes) : OptionalLong.empty(),
        isKnown ? OptionalLong.of(1_000_000_000_000L - usedBytes) : OptionalLong.empty());
  }

  private OptionalDouble known(Sense sense, double value) {
    return doubts.containsKey(sense) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** What cannot be measured from now on, with the sentences on it. */
  void doubt(Map<Sense, String> unknown) {
    doubts = unknown;
  }

  /** The clock is set, forward or (negative) back; no time passes. */
  public void setClock(Duration by) {
    clock.advance(by);
    jumps = jumps.plus(by);
  }

  @Override
  public void close() {
    machine.close();
    FreePorts.giveBack(portStarts);
  }
}
