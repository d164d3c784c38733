package dev.wnm.testkit.manager;

import dev.wnm.spi.manager.Capability;
import dev.wnm.spi.manager.GivesNotice;
import dev.wnm.spi.manager.HostsGroups;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OpensPorts;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.PlacesNodes;
import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.ReadsListings;
import dev.wnm.spi.manager.ReadsLogs;
import dev.wnm.spi.manager.ReservesPorts;
import dev.wnm.spi.manager.RunsCompanions;
import dev.wnm.spi.manager.RunsInContainers;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.model.Version;
import dev.wnm.testkit.antnode.AntnodePages;
import dev.wnm.testkit.fleet.Answers;
import dev.wnm.testkit.fleet.FleetSimulator;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A machine whose nodes have real folders and real metrics ports but no processes: what the back end of type
 * {@value #TYPE} runs nodes on. It outlives the managers that its {@link #provider} makes, as a real machine does, tells
 * what they were asked to do, and lets a test break things. Safe to use from many threads.
 *
 * <p>The antnode that nodes are made from must be a {@linkplain dev.wnm.testkit.antnode.StandInAntnode stand-in}: its file
 * is copied and asked for its version, never run. Of the stand-in's misbehaviour, the node's environment may name
 * {@code exit_at_start}, {@code exit_after} (by the context's clock), {@code no_router}, {@code hang}, {@code garbage}, {@code upgrade_to} and
 * {@code metric_NAME}.
 */
public final class InMemoryMachine implements AutoCloseable {
  /** The type that its provider serves. */
  public static final String TYPE = "memory+user";

  private static final Set<Class<? extends Capability>> ALWAYS_OFFERED =
      Set.of(GivesNotice.class, ReadsLogs.class, ReservesPorts.class);
  private static final long FIRST_PID = 5_000_000_000L; // above any real process's

  /** A service is unique in its container only. */
  private record Place(String group, String service) implements Comparable<Place> {
    static Place of(NodeSpec spec, String service) {
      return new Place(spec.group().orElse(""), service);
    }

    @Override
    public int compareTo(Place other) {
      return Comparator.comparing(Place::group).thenComparing(Place::service).compare(this, other);
    }
  }

  private final ManagerKind kind;
  private final FleetSimulator fleet = new FleetSimulator();
  private final AntnodePages pages = AntnodePages.load();
  private final CallLog log = new CallLog();
  private final WrappedTool tool = new WrappedTool();
  private final MemoryGroups groups = new MemoryGroups();
  private final MemoryCompanions companions = new MemoryCompanions();
  private final Map<Place, MemoryNode> byPlace = new HashMap<>();
  private final Map<Integer, ProcessState> pretended = new HashMap<>();
  private final Map<Operation, Deque<OperationResult>> failing = new HashMap<>();
  private BiFunction<Operation, NodeSpec, Optional<OperationResult>> interception = (operation, node) -> Optional.empty();
  private Function<NodeSpec, NodeFacts> placement = NodeFacts::asSuggested;
  private boolean usesFirewall = true;
  private long lastPid = FIRST_PID;

  /** A machine with managers of the {@linkplain ManagerKind#USUAL usual kind}. */
  public InMemoryMachine() throws IOException {
    this(ManagerKind.USUAL);
  }

  public InMemoryMachine(ManagerKind kind) throws IOException {
    this.kind = kind;
  }

  /** Makes managers for this machine. */
  public ProcessManagerProvider provider() {
    return new InMemoryProvider(this);
  }

  /** What its managers were asked to do. */
  public CallLog log() {
    return log;
  }

  /** What its managers tell beside nodes, as those do that wrap another tool. */
  public WrappedTool tool() {
    return tool;
  }

  /** The containers of its groups, where its traits have blocks of ids. */
  public MemoryGroups groups() {
    return groups;
  }

  /** What runs beside the nodes of its groups. */
  public MemoryCompanions companions() {
    return companions;
  }

  /** Stops serving ports; folders stay. */
  @Override
  public void close() {
    fleet.close();
  }

  // What a test can do to it

  /** The next such operation fails before it did anything; called twice, the next two do. */
  public synchronized void failNext(Operation operation, String reason, boolean retryable) {
    failing.computeIfAbsent(operation, any -> new ArrayDeque<>()).add(OperationResult.failed(reason, retryable));
  }

  /**
   * Is asked before each operation on a node, in its caller's thread: may block, throw, or give a result to be returned in
   * the operation's place. Replaces what was set before.
   */
  public synchronized void intercept(BiFunction<Operation, NodeSpec, Optional<OperationResult>> interceptor) {
    interception = interceptor;
  }

  /** Decides names and paths in core's place from the next create on, as some back ends do. */
  public synchronized void placeBy(Function<NodeSpec, NodeFacts> newPlacement) {
    placement = newPlacement;
  }

  /** A node's process ends by itself, now. */
  public synchronized void kill(int id) {
    end(require(id), "killed by signal 9");
  }

  /** All processes end at once, as they do when the machine reboots. */
  public synchronized void reboot() {
    byPlace.values().stream().filter(MemoryNode::runs).forEach(node -> end(node, ""));
  }

  /** A node takes requests from now on and never answers, until it is started again or {@linkplain #heal healed}. */
  public synchronized void hang(int id) throws IOException {
    fleet.serve(require(id).spec().ports().metrics().orElseThrow(), Answers.hanging());
  }

  /** A node answers with what is no metrics, until it is started again or {@linkplain #heal healed}. */
  public synchronized void garble(int id) throws IOException {
    fleet.serve(require(id).spec().ports().metrics().orElseThrow(), Answers.garbage());
  }

  /** A node answers as some version from now on, or answers again. */
  public synchronized void heal(int id, Version version) throws IOException {
    MemoryNode node = require(id);
    fleet.serve(node.spec().ports().metrics().orElseThrow(), Answers.of(pages, node.says(version, NodeFiles.key(node.facts()))));
  }

  /** What {@code status} and {@code survey} say of a node, whatever its process does. */
  public synchronized void pretend(int id, ProcessState state) {
    pretended.put(id, state);
  }

  /** Its nodes are reached past the firewall from now on, as those in containers are. */
  public synchronized void leaveFirewallAlone() {
    usesFirewall = false;
  }

  synchronized boolean usesFirewall() {
    return usesFirewall;
  }

  /** Ends {@link #pretend}. */
  public synchronized void tellTheTruth() {
    pretended.clear();
  }

  /** The ids of the nodes that there are. */
  public synchronized Set<Integer> nodes() {
    return ids(node -> true);
  }

  /** The ids of the nodes whose processes run. */
  public synchronized Set<Integer> running() {
    return ids(MemoryNode::runs);
  }

  // What its managers need

  Traits traits() {
    return tool.traits(kind.traits());
  }

  boolean offers(Class<? extends Capability> type) {
    if (type == OpensPorts.class) {
      return usesFirewall();
    }
    if (type == PlacesNodes.class) {
      return !kind.offers(HostsGroups.class) && !kind.offers(RunsInContainers.class);
    }
    if (type == RunsCompanions.class) {
      return kind.offers(HostsGroups.class);
    }
    return type == ReadsListings.class ? tool.hasListings() : ALWAYS_OFFERED.contains(type) || kind.offers(type);
  }

  synchronized Optional<OperationResult> mishap(Operation operation) {
    Deque<OperationResult> next = failing.getOrDefault(operation, new ArrayDeque<>());
    return Optional.ofNullable(next.poll());
  }

  synchronized BiFunction<Operation, NodeSpec, Optional<OperationResult>> interception() {
    return interception;
  }

  synchronized NodeFacts place(NodeSpec node) {
    return placement.apply(node);
  }

  synchronized void add(MemoryNode node) {
    byPlace.put(Place.of(node.spec(), node.facts().service()), node);
  }

  /** The node of that name in that container, if there is one, dead if its time has come. */
  synchronized Optional<MemoryNode> find(NodeSpec asked, Clock clock) {
    return find(Place.of(asked, asked.service()), clock);
  }

  private Optional<MemoryNode> find(Place place, Clock clock) {
    Optional<MemoryNode> found = Optional.ofNullable(byPlace.get(place));
    found.filter(node -> node.isDueToDie(clock.instant())).ifPresent(node -> end(node, node.lastWords()));
    return found;
  }

  synchronized List<MemoryNode> all(Clock clock) {
    return new TreeMap<>(byPlace).keySet().stream().map(place -> find(place, clock).orElseThrow()).toList();
  }

  synchronized ProcessState state(MemoryNode node) {
    return pretended.getOrDefault(node.id(), node.state());
  }

  /** Gives it a process; without metrics when something else has its metrics port, as with antnode. */
  synchronized void begin(MemoryNode node, NodeSpec asked, Version version, byte[] key, Clock clock) {
    node.started(asked, ++lastPid, version, clock.instant());
    Answers answers = !node.setting("hang").isEmpty() ? Answers.hanging()
        : !node.setting("garbage").isEmpty() ? Answers.garbage() : Answers.of(pages, node.says(version, key));
    OptionalInt page = node.spec().ports().metrics();
    try {
      if (page.isPresent()) {
        fleet.serve(page.getAsInt(), answers);
      }
    } catch (IOException taken) {
      System.getLogger(InMemoryMachine.class.getName())
          .log(System.Logger.Level.DEBUG, "no metrics: {0}", taken.getMessage());
    }
  }

  synchronized void end(MemoryNode node, String how) {
    node.ended(how);
    node.spec().ports().metrics().ifPresent(fleet::silence);
  }

  synchronized void forget(MemoryNode node) {
    byPlace.remove(Place.of(node.spec(), node.facts().service()));
  }

  private MemoryNode require(int id) {
    return byPlace.values().stream().filter(node -> node.id() == id).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no node " + id + " in " + byPlace.keySet()));
  }

  private Set<Integer> ids(Predicate<MemoryNode> which) {
    Set<Integer> ids = new TreeSet<>();
    byPlace.values().stream().filter(which).forEach(node -> ids.add(node.id()));
    return ids;
  }
}
