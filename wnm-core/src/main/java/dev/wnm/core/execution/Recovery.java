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
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.MovesNodes;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.model.Container;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Puts right what a crash cut off: each operation that the journal still holds open is compared with what the process
 * manager says exists, and closed with the row that is true now. What cannot be told stays open until a later cycle. Entries
 * are settled side by side, as far as the process managers allow, and none of them keeps another one from being settled.
 */
public final class Recovery {
  private static final System.Logger LOG = System.getLogger(Recovery.class.getName());

  /** What hangs on more than what the node's process does. */
  private static final Set<OperationKind> LOOKED_INTO_APART = EnumSet.of(OperationKind.ADD, OperationKind.REMOVE, OperationKind.MOVE);

  private final ColonyStore store;
  private final Managers managers;
  private final NodeSpecs specs;
  private final Function<Node, Optional<String>> outage;
  private final Clock clock;
  private final Pause pause;
  /** What each process manager has: asked once, however many nodes were being made. */
  private final Map<String, Surveyed> surveys = new ConcurrentHashMap<>();
  /** What their nodes' processes do of which an operation was cut off: asked once, however many they are. */
  private final Map<String, Map<Integer, ProcessState>> states = new ConcurrentHashMap<>();

  /** @param outage why nothing can be said of a node's folder, if that is so */
  public Recovery(ColonyStore store, Managers managers, NodeSpecs specs, Function<Node, Optional<String>> outage, Clock clock,
      Pause pause) {
    this.outage = outage;
    this.store = store;
    this.managers = managers;
    this.specs = specs;
    this.clock = clock;
    this.pause = pause;
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

  private record Surveyed(List<FoundNode> nodes, Optional<String> failure) {}

  /** Closes what can be closed. */
  public List<Settlement> run() {
    List<OperationLanes.Job<Settlement>> jobs = new ArrayList<>();
    for (OpenOperation open : store.openOperations()) {
      jobs.add(new OperationLanes.Job<>(lane(open), () -> settled(open)));
    }
    return new OperationLanes(Duration.ZERO, pause).runAll(jobs);
  }

  /** What may not be settled beside each other. */
  private Object lane(OpenOperation open) {
    Optional<Node> node = nodeOf(open);
    if (node.isEmpty()) {
      return open.nodeId();
    }
    String type = node.get().managerType();
    Traits.Concurrency concurrency = managers.of(type).traits().concurrency();
    return switch (concurrency) {
      case SERIAL -> type;
      case PER_GROUP -> type + node.get().containerId().map(id -> " " + id).orElse("");
      case PARALLEL -> node.get().id();
    };
  }

  private Optional<Node> nodeOf(OpenOperation open) {
    return open.kind() == OperationKind.ADD ? JournaledNode.read(open.plan()) : store.node(open.nodeId());
  }

  /** A store that cannot be used ends the cycle; all else is this entry's own trouble. */
  private Settlement settled(OpenOperation open) {
    try {
      return open.kind() == OperationKind.ADD ? recoverAdd(open) : recoverExisting(open);
    } catch (StoreException.RefusedException refused) {
      return keepOpen(open, refused.getMessage());
    } catch (StoreException unusable) {
      throw unusable;
    } catch (RuntimeException | StackOverflowError | LinkageError defect) {
      LOG.log(System.Logger.Level.DEBUG, "recovery of operation " + open.id(), defect);
      return keepOpen(open, "a defect of wnm: " + defect);
    }
  }

  /** A node that was being made is taken over if anything of it is there: it may already hold a key. */
  private Settlement recoverAdd(OpenOperation open) {
    Optional<Node> plan = JournaledNode.read(open.plan());
    if (plan.isEmpty()) {
      return keepOpen(open, "the plan in row " + open.id() + " of table operation cannot be read");
    }
    Node planned = plan.get();
    Optional<String> away = specs.problem(planned).or(() -> outage.apply(planned));
    if (away.isPresent()) {
      return keepOpen(open, away.get());
    }
    ProcessManager manager = managers.of(planned.managerType());
    Surveyed surveyed = surveys.computeIfAbsent(planned.managerType(), type -> survey(manager));
    if (surveyed.failure().isPresent()) {
      return keepOpen(open, surveyed.failure().get());
    }
    Optional<FoundNode> found = surveyed.nodes().stream()
        .filter(node -> !(node.state() instanceof ProcessState.Missing) && isThat(node, planned)).findFirst();
    if (found.isEmpty()) {
      OperationResult cleared = manager.discard(specs.of(planned));
      if (cleared instanceof OperationResult.Failed failed) {
        return keepOpen(open, failed.reason());
      }
      return close(open, false, "nothing of it was there", new NodeChange.Keep());
    }
    OperationResult completed = manager.create(specs.of(JournaledOperations.withFacts(planned, found.get().facts())));
    if (completed instanceof OperationResult.Failed failed) {
      return keepOpen(open, failed.reason());
    }
    Node node = JournaledOperations.withFacts(planned, ((OperationResult.Done) completed).facts());
    boolean runs = found.get().state() instanceof ProcessState.Running;
    return close(open, true, "adopted", new NodeChange.Save(runs
        ? node.withStatus(NodeStatus.RESTARTING, clock.instant())
            .withHealth(node.health().started(found.get().facts().pid()))
        : node.withStatus(NodeStatus.STOPPED, clock.instant())));
  }

  private static Surveyed survey(ProcessManager manager) {
    try {
      return new Surveyed(manager.survey(), Optional.empty());
    } catch (ManagerUnavailableException e) {
      return new Surveyed(List.of(), Optional.of(e.getMessage()));
    }
  }

  /** Ports identify a node that has no row yet: its service name may be the process manager's own choice. */
  private boolean isThat(FoundNode found, Node planned) {
    return found.facts().container().map(Container::name).equals(specs.of(planned).group())
        && (found.nodePort().equals(OptionalInt.of(planned.ports().node()))
            || planned.ports().metrics().isPresent() && found.metricsPort().equals(planned.ports().metrics()));
  }

  private Settlement recoverExisting(OpenOperation open) {
    Optional<Node> row = store.node(open.nodeId());
    if (row.isEmpty()) {
      return close(open, false, "the node is gone", new NodeChange.Keep());
    }
    Node node = row.get();
    Optional<String> away = specs.problem(node).or(() -> outage.apply(node));
    if (away.isPresent()) {
      return keepOpen(open, away.get());
    }
    ProcessManager manager = managers.of(node.managerType());
    if (open.kind() == OperationKind.REMOVE) {
      return finishRemoval(open, manager, node);
    }
    if (open.kind() == OperationKind.MOVE) {
      return settleMove(open, manager, node);
    }
    ProcessState state = states.computeIfAbsent(node.managerType(), type -> manager.status(withOpenOperations(type)))
        .getOrDefault(node.id(), new ProcessState.Unknown("process manager " + node.managerType() + " said nothing of it"));
    if (state instanceof ProcessState.Unknown unknown) {
      return keepOpen(open, unknown.reason());
    }
    return switch (open.kind()) {
      case START -> state instanceof ProcessState.Running running
          ? close(open, true, "its process runs", new NodeChange.Save(started(node, NodeStatus.RESTARTING, running.pid())))
          : close(open, true, "its process does not run", new NodeChange.Keep());
      case STOP -> finishStop(open, manager, node, NodeStatus.STOPPED);
      case DECOMMISSION -> finishStop(open, manager, node, NodeStatus.REMOVING);
      case DISABLE -> finishStop(open, manager, node, NodeStatus.DISABLED);
      case UPGRADE -> startAgain(open, manager, node, NodeStatus.UPGRADING);
      case RESTART -> startAgain(open, manager, node, NodeStatus.RESTARTING);
      default -> close(open, true, "nothing was begun", new NodeChange.Keep());
    };
  }

  /** Some of its data may be gone already, whatever is said of it now: so the removal is finished, not undone. */
  private Settlement finishRemoval(OpenOperation open, ProcessManager manager, Node node) {
    if (node.status() == NodeStatus.DEAD) {
      ProcessState state = manager.status(List.of(specs.of(node))).get(node.id());
      if (!(state instanceof ProcessState.Missing)) {
        return state instanceof ProcessState.Unknown unknown ? keepOpen(open, unknown.reason())
            : close(open, true, "its folder is back, so nothing of it is deleted", new NodeChange.Keep());
      }
    }
    OperationResult removed = manager.remove(specs.of(node));
    if (removed.failure().isEmpty()) {
      return close(open, true, "finished", new NodeChange.Delete(node.id()));
    }
    OperationResult.Failed failed = removed.failure().get();
    if (!failed.settled()) {
      store.save(List.of(NodeStates.removalUnsettled(node, failed.reason(), clock.instant())));
      return keepOpen(open, failed.reason());
    }
    return closeFailed(open, NodeStates.halfRemoved(node, failed.reason(), failed.retryable(), clock.instant()), failed.reason());
  }

  /** Where its service is by now, there it is; the other folder goes. The next cycle starts it as any other that is down. */
  private Settlement settleMove(OpenOperation open, ProcessManager manager, Node node) {
    Optional<MovesNodes> mover = manager.capability(MovesNodes.class);
    Optional<Node> plan = JournaledNode.read(open.plan());
    if (mover.isEmpty() || plan.isEmpty()) {
      return keepOpen(open, plan.isEmpty() ? "the plan in row " + open.id() + " of table operation cannot be read"
          : "process manager " + node.managerType() + " moves no nodes");
    }
    OperationResult settled = mover.get().settleMove(specs.of(node), plan.get().placement());
    if (!(settled instanceof OperationResult.Done done)) {
      return keepOpen(open, settled.failure().orElseThrow().reason());
    }
    Node placed = node.placedAt(done.facts().placement().withKnownLogDir());
    boolean hasMoved = placed.rootDir().equals(plan.get().rootDir());
    boolean runs = manager.status(List.of(specs.of(placed))).get(node.id()) instanceof ProcessState.Running;
    NodeStatus status = node.status() == NodeStatus.DISABLED || node.status() == NodeStatus.REMOVING ? node.status() : NodeStatus.STOPPED;
    return close(open, hasMoved, hasMoved ? "it is in " + placed.rootDir() + " now" : "it is in " + placed.rootDir() + ", as before",
        new NodeChange.Save(runs ? placed : NodeStates.stopped(placed, status, clock.instant())));
  }

  /** Those of this process manager whose operations hang on what their processes do, as far as anything can be told of them. */
  private List<NodeSpec> withOpenOperations(String type) {
    return store.openOperations().stream()
        .filter(open -> !LOOKED_INTO_APART.contains(open.kind()))
        .flatMap(open -> store.node(open.nodeId()).stream()).distinct()
        .filter(node -> node.managerType().equals(type) && specs.problem(node).or(() -> outage.apply(node)).isEmpty())
        .map(specs::of).toList();
  }

  /**
   * A process that still runs may have been told to end already, and end any moment: what was begun is finished, so that
   * the row says what will be true.
   */
  private Settlement finishStop(OpenOperation open, ProcessManager manager, Node node, NodeStatus status) {
    return manager.stop(specs.of(node)) instanceof OperationResult.Failed failed
        ? closeFailed(open, node, failed)
        : close(open, true, "finished", new NodeChange.Save(NodeStates.stopped(node, status, clock.instant())));
  }

  /**
   * An upgrade stops a node only to start it again. A process that still runs may have been told to end already, and end any
   * moment. Which binary is in place by now does not matter: its trial goes on with the new one, and ends with the old one;
   * where there is none, the start puts the one before back.
   */
  private Settlement startAgain(OpenOperation open, ProcessManager manager, Node node, NodeStatus status) {
    OperationResult restarted = manager.restart(specs.of(node));
    return restarted instanceof OperationResult.Failed failed
        ? closeFailed(open, node, failed)
        : close(open, true, "it was started again", new NodeChange.Save(
            started(node, status, ((OperationResult.Done) restarted).facts().pid())));
  }

  private Settlement closeFailed(OpenOperation open, Node node, OperationResult.Failed failed) {
    if (!failed.settled()) {
      return keepOpen(open, failed.reason());
    }
    return closeFailed(open, node.withHealth(node.health().failed(failed.reason(), failed.retryable(), clock.instant())), failed.reason());
  }

  private Settlement closeFailed(OpenOperation open, Node node, String reason) {
    close(open, false, reason, new NodeChange.Save(node));
    return new Settlement(open, true, "was cut off and could not be finished: " + reason);
  }

  private Node started(Node node, NodeStatus status, OptionalLong pid) {
    return NodeStates.begun(node, status, clock.instant()).withHealth(node.health().started(pid));
  }

  private Settlement close(OpenOperation open, boolean succeeded, String detail, NodeChange change) {
    store.finish(open.id(), succeeded, "recovered: " + detail, change);
    return new Settlement(open, false, "was cut off: " + detail);
  }

  private static Settlement keepOpen(OpenOperation open, String reason) {
    return new Settlement(open, true, "was cut off and cannot be settled yet: " + reason);
  }
}
