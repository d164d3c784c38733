package dev.wnm.core.execution;

import dev.wnm.core.host.Pause;
import dev.wnm.core.managers.Managers;
import dev.wnm.core.managers.NodeSpecs;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.observation.NodeStates;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.store.NodeChange;
import dev.wnm.core.store.OpenOperation;
import dev.wnm.core.store.StoreException;
import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.MovesNodes;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.Traits;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Puts right what a crash cut off: each operation that the journal still holds open is compared with what the process
 * manager says exists, and closed with the row that is true now. What cannot be told stays open until a later cycle. However
 * many entries there are, journal and rows are read once, each process manager is asked once, and what is to be done to many nodes is
 * done by one call where it offers {@link Batches}; else side by side, as far as it allows. No entry keeps another one from being
 * settled.
 */
public final class Recovery {
  private static final System.Logger LOG = System.getLogger(Recovery.class.getName());

  private final ColonyStore store;
  private final Managers managers;
  private final NodeSpecs specs;
  private final Function<Node, Optional<String>> outage;
  private final Clock clock;
  private final OperationLanes lanes;

  /** @param outage why nothing can be said of a node's folder, if that is so */
  public Recovery(ColonyStore store, Managers managers, NodeSpecs specs, Function<Node, Optional<String>> outage, Clock clock,
      Pause pause) {
    this.outage = outage;
    this.store = store;
    this.managers = managers;
    this.specs = specs;
    this.clock = clock;
    lanes = new OperationLanes(Duration.ZERO, pause, () -> true);
  }

  /**
   * What came of an operation that was found open.
   *
   * @param open the operation
   * @param failed whether it is still open, or what was done to settle it failed
   * @param detail a clause
   */
  public record Settlement(OpenOperation open, boolean failed, String detail) {
    /** In one sentence. */
    public String sentence() {
      return open.kind() + " of " + open.service() + " " + detail;
    }

    public NodeOutcome outcome() {
      return new NodeOutcome(open.kind(), open.nodeId(), open.service(), !failed, detail);
    }
  }

  /** What follows for an entry from what is known of it so far. */
  private sealed interface Step permits Case, Task, Verdict {}

  /** An entry of a node that its process manager can be asked about. */
  private record Case(OpenOperation open, Node node, NodeSpec spec) implements Step {
    boolean isPlanned() {
      return open.kind() == OperationKind.ADD;
    }

    boolean isMove() {
      return open.kind() == OperationKind.MOVE;
    }

    /**
     * Whether it matters what its process does: a removal is finished whatever that is, but for a node that was gone, and a move
     * wherever its service is.
     */
    boolean hangsOnProcess() {
      return !isPlanned() && !isMove() && (open.kind() != OperationKind.REMOVE || node.status() == NodeStatus.DEAD);
    }
  }

  /** What is to be done to the node of an entry. @param verdict what its result makes of the entry */
  private record Task(OpenOperation open, Remedy remedy, Node node, NodeSpec spec, Function<OperationResult, Verdict> verdict)
      implements Step {}

  /**
   * What becomes of an entry.
   *
   * @param ending how it is closed; empty when it stays open
   * @param row what is written of the node of one that stays open, if anything is
   */
  private record Verdict(Settlement settlement, Optional<ColonyStore.Ending> ending, Optional<Node> row) implements Step {}

  /** Closes what can be closed. @param open the entries that the journal holds open, oldest first */
  public List<Settlement> run(List<OpenOperation> open) {
    List<Settlement> settlements = new ArrayList<>();
    List<OpenOperation> entries = open;
    while (!entries.isEmpty()) {
      Map<Integer, Node> rows = store.nodes().stream().collect(Collectors.toMap(Node::id, Function.identity()));
      Map<Integer, Step> first = new LinkedHashMap<>();
      List<OpenOperation> later = new ArrayList<>();
      for (OpenOperation entry : entries) {
        Optional<Node> node = entry.kind() == OperationKind.ADD ? JournaledNode.read(entry.plan())
            : Optional.ofNullable(rows.get(entry.nodeId()));
        int id = node.map(Node::id).orElse(entry.nodeId());
        // Of one node the older entry comes first, and the next with the row that it leaves.
        if (first.containsKey(id)) {
          later.add(entry);
        } else {
          first.put(id, inBorder(entry, () -> begun(entry, node)));
        }
      }
      settlements.addAll(settled(first.values()));
      entries = later;
    }
    return settlements;
  }

  /** What goes wrong with an entry is its own trouble. */
  private static Step inBorder(OpenOperation open, Supplier<Step> work) {
    return inBorder(work, why -> keptOpen(open, why));
  }

  /** A store that cannot be used ends the cycle. @param otherwise what follows from a defect, a clause */
  private static <T> T inBorder(Supplier<T> work, Function<String, T> otherwise) {
    try {
      return work.get();
    } catch (StoreException unusable) {
      throw unusable;
    } catch (RuntimeException | StackOverflowError | LinkageError defect) {
      LOG.log(System.Logger.Level.DEBUG, "recovery", defect);
      return otherwise.apply("a defect of wnm: " + defect);
    }
  }

  private Step begun(OpenOperation open, Optional<Node> node) {
    if (node.isEmpty()) {
      return open.kind() == OperationKind.ADD
          ? keptOpen(open, "the plan in row " + open.id() + " of table operation cannot be read")
          : closed(open, false, "the node is gone", new NodeChange.Keep());
    }
    return specs.problem(node.get()).or(() -> outage.apply(node.get())).<Step>map(away -> keptOpen(open, away))
        .orElseGet(() -> new Case(open, node.get(), specs.of(node.get())));
  }

  /** @param steps no two of one node */
  private List<Settlement> settled(Collection<Step> steps) {
    List<Settlement> settlements = new ArrayList<>(recorded(all(Verdict.class, steps)));
    List<OperationLanes.Job<List<Settlement>>> jobs = new ArrayList<>();
    all(Case.class, steps).stream().collect(Collectors.groupingBy(one -> one.node().managerType(), LinkedHashMap::new, Collectors.toList()))
        .forEach((type, cases) -> jobs.add(new OperationLanes.Job<>(type, () -> settled(managers.of(type), cases))));
    lanes.runAll(jobs).forEach(settlements::addAll);
    return settlements;
  }

  private static <T> List<T> all(Class<T> kind, Collection<? extends Step> steps) {
    return steps.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** @param cases of nodes of this process manager */
  private List<Settlement> settled(ProcessManager manager, List<Case> cases) {
    List<Step> steps = inBorder(() -> seen(manager, cases), why -> cases.stream().<Step>map(one -> keptOpen(one.open(), why)).toList());
    List<Settlement> settlements = new ArrayList<>(recorded(all(Verdict.class, steps)));
    List<Task> tasks = all(Task.class, steps);
    settlements.addAll(manager.capability(Batches.class).map(together -> doneTogether(together, tasks))
        .orElseGet(() -> doneOneByOne(manager, tasks)));
    return settlements;
  }

  private List<Step> seen(ProcessManager manager, List<Case> cases) {
    Sightings seen = Sightings.of(manager, cases.stream().filter(Case::hangsOnProcess).map(Case::spec).toList(),
        cases.stream().anyMatch(Case::isPlanned));
    return cases.stream().map(one -> inBorder(one.open(), () -> one.isPlanned() ? made(one, seen)
        : one.isMove() ? moved(one, manager) : known(one, seen))).toList();
  }

  private List<Settlement> doneTogether(Batches manager, List<Task> tasks) {
    Map<Remedy, List<Task>> byRemedy = new EnumMap<>(Remedy.class);
    tasks.forEach(task -> byRemedy.computeIfAbsent(task.remedy(), any -> new ArrayList<>()).add(task));
    List<Settlement> settlements = new ArrayList<>();
    byRemedy.forEach((remedy, members) -> {
      List<NodeSpec> nodes = members.stream().map(Task::spec).toList();
      Map<Integer, OperationResult> results = inBorder(() -> remedy.all(manager, nodes),
          why -> Batches.oneByOne(nodes, node -> OperationResult.unsettled(why)));
      settlements.addAll(recorded(members.stream().map(task -> judged(task, () -> results.getOrDefault(task.spec().id(),
          OperationResult.unsettled("the process manager said nothing of it")))).toList()));
    });
    return settlements;
  }

  private List<Settlement> doneOneByOne(ProcessManager manager, List<Task> tasks) {
    Traits.Concurrency concurrency = manager.traits().concurrency();
    return lanes.runAll(tasks.stream().map(task -> new OperationLanes.Job<>(lane(concurrency, task.node()),
        () -> recorded(List.of(judged(task, () -> task.remedy().one(manager, task.spec())))).get(0))).toList());
  }

  private static Verdict judged(Task task, Supplier<OperationResult> result) {
    return (Verdict) inBorder(task.open(), () -> task.verdict().apply(result.get()));
  }

  /** What may not be done beside each other. */
  private static Object lane(Traits.Concurrency concurrency, Node node) {
    return switch (concurrency) {
      case SERIAL -> "";
      case PER_GROUP -> node.containerId().map(String::valueOf).orElse("");
      case PARALLEL -> node.id();
    };
  }

  /** Writes down what became of these, in one transaction for all that are closed. */
  private List<Settlement> recorded(List<Verdict> verdicts) {
    List<Node> rows = verdicts.stream().flatMap(verdict -> verdict.row().stream()).toList();
    if (!rows.isEmpty()) {
      store.save(rows);
    }
    Map<Long, String> refused = Endings.write(store, verdicts.stream().flatMap(verdict -> verdict.ending().stream()).toList());
    return verdicts.stream().map(Verdict::settlement).map(settlement -> Optional.ofNullable(refused.get(settlement.open().id()))
        .map(why -> keptOpen(settlement.open(), why).settlement()).orElse(settlement)).toList();
  }

  /** A node that was being made is taken over if anything of it is there: it may already hold a key. */
  private Step made(Case one, Sightings seen) {
    OpenOperation open = one.open();
    Node planned = one.node();
    if (seen.blindness().isPresent()) {
      return keptOpen(open, seen.blindness().get());
    }
    Optional<FoundNode> found = seen.find(one.spec());
    if (found.isEmpty()) {
      return new Task(open, Remedy.DISCARD, planned, one.spec(), cleared -> cleared instanceof OperationResult.Failed failed
          ? keptOpen(open, failed.reason()) : closed(open, false, "nothing of it was there", new NodeChange.Keep()));
    }
    return new Task(open, Remedy.CREATE, planned, specs.of(JournaledOperations.withFacts(planned, found.get().facts())), completed ->
        completed instanceof OperationResult.Done done
            ? closed(open, true, "adopted", new NodeChange.Save(adopted(JournaledOperations.withFacts(planned, done.facts()), found.get())))
            : keptOpen(open, completed.failure().orElseThrow().reason()));
  }

  private Node adopted(Node node, FoundNode found) {
    return found.state() instanceof ProcessState.Running
        ? node.withStatus(NodeStatus.RESTARTING, clock.instant()).withHealth(node.health().started(found.facts().pid()))
        : node.withStatus(NodeStatus.STOPPED, clock.instant());
  }

  private Step known(Case one, Sightings seen) {
    OpenOperation open = one.open();
    Node node = one.node();
    if (!one.hangsOnProcess()) {
      return removed(one);
    }
    ProcessState state = seen.stateOf(one.spec());
    if (state instanceof ProcessState.Unknown unknown) {
      return keptOpen(open, unknown.reason());
    }
    return switch (open.kind()) {
      case START -> state instanceof ProcessState.Running running
          ? closed(open, true, "its process runs", new NodeChange.Save(started(node, NodeStatus.RESTARTING, running.pid())))
          : closed(open, true, "its process does not run", new NodeChange.Keep());
      case STOP -> stopped(one, NodeStatus.STOPPED);
      case DECOMMISSION -> stopped(one, NodeStatus.REMOVING);
      case DISABLE -> stopped(one, NodeStatus.DISABLED);
      case UPGRADE -> startedAgain(one, NodeStatus.UPGRADING);
      case RESTART -> startedAgain(one, NodeStatus.RESTARTING);
      case REMOVE -> state instanceof ProcessState.Missing ? removed(one)
          : closed(open, true, "its folder is back, so nothing of it is deleted", new NodeChange.Keep());
      default -> closed(open, true, "nothing was begun", new NodeChange.Keep());
    };
  }

  /**
   * Where its service is by now, there it is; the other folder goes. The next cycle starts it as any other that is down. Moves are
   * settled one after another: nodes are moved so, by an order only.
   */
  private Verdict moved(Case one, ProcessManager manager) {
    OpenOperation open = one.open();
    Node node = one.node();
    Optional<MovesNodes> mover = manager.capability(MovesNodes.class);
    Optional<Node> plan = JournaledNode.read(open.plan());
    if (mover.isEmpty() || plan.isEmpty()) {
      return keptOpen(open, plan.isEmpty() ? "the plan in row " + open.id() + " of table operation cannot be read"
          : "process manager " + node.managerType() + " moves no nodes");
    }
    OperationResult settled = mover.get().settleMove(one.spec(), plan.get().placement());
    if (!(settled instanceof OperationResult.Done done)) {
      return keptOpen(open, settled.failure().orElseThrow().reason());
    }
    Node placed = node.placedAt(done.facts().placement().withKnownLogDir());
    boolean hasMoved = placed.rootDir().equals(plan.get().rootDir());
    ProcessState state = manager.status(List.of(specs.of(placed))).getOrDefault(node.id(), new ProcessState.Unknown("nothing was said of it"));
    NodeStatus status = node.status() == NodeStatus.DISABLED || node.status() == NodeStatus.REMOVING ? node.status() : NodeStatus.STOPPED;
    return closed(open, hasMoved, hasMoved ? "it is in " + placed.rootDir() + " now" : "it is in " + placed.rootDir() + ", as before",
        new NodeChange.Save(isDown(state) ? NodeStates.stopped(placed, status, clock.instant()) : placed));
  }

  private static boolean isDown(ProcessState state) {
    return state instanceof ProcessState.Stopped || state instanceof ProcessState.Missing;
  }

  /** Some of its data may be gone already, whatever is said of it now: so the removal is finished, not undone. */
  private Task removed(Case one) {
    OpenOperation open = one.open();
    Node node = one.node();
    return new Task(open, Remedy.REMOVE, node, one.spec(), removed -> removed.failure().map(failed -> failed.settled()
        ? closedFailed(open, NodeStates.halfRemoved(node, failed.reason(), failed.retryable(), clock.instant()), failed.reason())
        : keptOpen(open, failed.reason(), Optional.of(NodeStates.removalUnsettled(node, failed.reason(), clock.instant()))))
        .orElseGet(() -> closed(open, true, "finished", new NodeChange.Delete(node.id()))));
  }

  /**
   * A process that still runs may have been told to end already, and end any moment: what was begun is finished, so that
   * the row says what will be true.
   */
  private Task stopped(Case one, NodeStatus status) {
    return new Task(one.open(), Remedy.STOP, one.node(), one.spec(), stopped -> stopped instanceof OperationResult.Failed failed
        ? closedFailed(one, failed)
        : closed(one.open(), true, "finished", new NodeChange.Save(NodeStates.stopped(one.node(), status, clock.instant()))));
  }

  /**
   * An upgrade stops a node only to start it again. A process that still runs may have been told to end already, and end any
   * moment. Which binary is in place by now does not matter: its trial goes on with the new one, and ends with the old one;
   * where there is none, the start puts the one before back.
   */
  private Task startedAgain(Case one, NodeStatus status) {
    return new Task(one.open(), Remedy.RESTART, one.node(), one.spec(), restarted -> restarted instanceof OperationResult.Done done
        ? closed(one.open(), true, "it was started again", new NodeChange.Save(started(one.node(), status, done.facts().pid())))
        : closedFailed(one, restarted.failure().orElseThrow()));
  }

  private Verdict closedFailed(Case one, OperationResult.Failed failed) {
    Node node = one.node();
    return failed.settled()
        ? closedFailed(one.open(), node.withHealth(node.health().failed(failed.reason(), failed.retryable(), clock.instant())), failed.reason())
        : keptOpen(one.open(), failed.reason());
  }

  private static Verdict closedFailed(OpenOperation open, Node node, String reason) {
    Verdict closed = closed(open, false, reason, new NodeChange.Save(node));
    return new Verdict(new Settlement(open, true, "was cut off and could not be finished: " + reason), closed.ending(), closed.row());
  }

  private Node started(Node node, NodeStatus status, OptionalLong pid) {
    return NodeStates.begun(node, status, clock.instant()).withHealth(node.health().started(pid));
  }

  private static Verdict closed(OpenOperation open, boolean succeeded, String detail, NodeChange change) {
    return new Verdict(new Settlement(open, false, "was cut off: " + detail),
        Optional.of(new ColonyStore.Ending(open.id(), succeeded, "recovered: " + detail, change)), Optional.empty());
  }

  private static Verdict keptOpen(OpenOperation open, String reason) {
    return keptOpen(open, reason, Optional.empty());
  }

  private static Verdict keptOpen(OpenOperation open, String reason, Optional<Node> row) {
    return new Verdict(new Settlement(open, true, "was cut off and cannot be settled yet: " + reason), Optional.empty(), row);
  }
}
