package dev.wnm.core.execution;

import dev.wnm.core.config.Options;
import dev.wnm.core.host.ListeningPorts;
import dev.wnm.core.managers.Managers;
import dev.wnm.core.managers.NodeSpecs;
import dev.wnm.core.model.Motive;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.model.Release;
import dev.wnm.core.model.Trial;
import dev.wnm.core.observation.NodeStates;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.store.NodeChange;
import dev.wnm.core.store.StoreException;
import dev.wnm.spi.internal.Known;
import dev.wnm.spi.internal.files.ParentFolder;
import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.BulkTeardown;
import dev.wnm.spi.manager.InstallsBinaries;
import dev.wnm.spi.manager.MovesNodes;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ReadsLogs;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.manager.Upgrades;
import dev.wnm.spi.model.NodePlacement;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Does it. Each operation is in the journal before its first side effect, and leaves it in the transaction that writes the
 * node's row, so that a crash in between is seen and put right by {@link Recovery}.
 */
public final class JournaledOperations implements NodeOperations {
  /** Of a node of these, the process is ended to move it, and it is started again. */
  private static final Set<NodeStatus> RUN = EnumSet.of(NodeStatus.RUNNING, NodeStatus.RESTARTING, NodeStatus.UPGRADING);

  private final ColonyStore store;
  private final Managers managers;
  private final NodeSpecs specs;
  private final Optional<Release> release;
  private final UpgradeWaves waves;
  private final FailedLogs failedLogs;
  private final Clock clock;
  private final AtomicInteger highestId;
  private final Motive motive;

  public JournaledOperations(ColonyStore store, Managers managers, NodeSpecs specs, Optional<Release> release,
      UpgradeWaves waves, Clock clock) {
    this(store, managers, specs, release, waves, clock, new AtomicInteger(), Motive.of(""));
  }

  private JournaledOperations(ColonyStore store, Managers managers, NodeSpecs specs, Optional<Release> release,
      UpgradeWaves waves, Clock clock, AtomicInteger highestId, Motive motive) {
    this.store = store;
    this.managers = managers;
    this.specs = specs;
    this.release = release;
    this.waves = waves;
    failedLogs = new FailedLogs(ParentFolder.of(store.file()), clock);
    this.clock = clock;
    this.highestId = highestId;
    this.motive = motive;
  }

  @Override
  public NodeOperations because(Motive newMotive) {
    return new JournaledOperations(store, managers, specs, release, waves, clock, highestId, newMotive);
  }

  /**
   * How the work on a node went, and what becomes of its row.
   *
   * @param settled false when nobody knows what has become of the node: its entry stays open for {@link Recovery}
   * @param retryable whether another try may mend what failed
   */
  private record Step(boolean succeeded, String detail, NodeChange change, boolean settled, boolean retryable) {
    Step(boolean succeeded, String detail, NodeChange change) {
      this(succeeded, detail, change, true, true);
    }

    static Step failed(OperationResult.Failed why, NodeChange change) {
      return new Step(false, why.reason(), change, true, why.retryable());
    }

    static Step done(Node node) {
      return new Step(true, "", new NodeChange.Save(node));
    }

    static Step open(String detail) {
      return new Step(false, detail + "; what has become of it is not known yet, and the next cycle looks into it",
          new NodeChange.Keep(), false, true);
    }
  }

  @Override
  public NodeOutcome run(OperationKind kind, Node node) {
    return switch (kind) {
      case ADD -> add(node);
      case START -> start(node);
      case STOP -> stopTo(kind, NodeStatus.STOPPED, node);
      case DECOMMISSION -> stopTo(kind, NodeStatus.REMOVING, node);
      case DISABLE -> stopTo(kind, NodeStatus.DISABLED, node);
      case ENABLE -> enable(node);
      case UPGRADE -> upgrade(node, false);
      case RESTART -> restart(node);
      case REMOVE -> remove(node);
      case MOVE -> throw new IllegalArgumentException("a node is moved somewhere, see move()");
    };
  }

  @Override
  public List<NodeOutcome> runTogether(OperationKind kind, List<Node> nodes) {
    Batches manager = managers.of(nodes.get(0).managerType()).capability(Batches.class).orElseThrow();
    return switch (kind) {
      case ADD -> journaled(kind, nodes, () -> addAll(manager, nodes));
      case START -> {
        // An older binary is replaced first, which is done node by node.
        List<Node> moved = new ArrayList<>();
        List<Node> current = new ArrayList<>();
        nodes.forEach(node -> (isMovedAtStart(node) ? moved : current).add(node));
        List<NodeOutcome> outcomes = new ArrayList<>(moved.stream().map(node -> upgrade(node, true)).toList());
        Map<Integer, Optional<String>> held =
            current.stream().collect(Collectors.toMap(Node::id, ListeningPorts::heldOf));
        outcomes.addAll(journaled(kind, current, () -> steps(current, manager.startAll(specs(current)),
            (node, started) -> startedStep(node, Known.of(held, node.id()), started))));
        yield outcomes;
      }
      case STOP -> stopAllTo(kind, NodeStatus.STOPPED, manager, nodes);
      case DECOMMISSION -> stopAllTo(kind, NodeStatus.REMOVING, manager, nodes);
      case DISABLE -> stopAllTo(kind, NodeStatus.DISABLED, manager, nodes);
      case REMOVE -> journaled(kind, nodes, () -> removed(nodes, manager.removeAll(specs(nodes))));
      case UPGRADE, ENABLE, RESTART, MOVE -> nodes.stream().map(node -> run(kind, node)).toList();
    };
  }

  private List<NodeOutcome> stopAllTo(OperationKind kind, NodeStatus status, Batches manager, List<Node> nodes) {
    return journaled(kind, nodes, () -> steps(nodes, manager.stopAll(specs(nodes)),
        (node, stopped) -> Step.done(NodeStates.stopped(node, status, clock.instant()))));
  }

  private Map<Integer, Step> addAll(Batches manager, List<Node> planned) {
    Map<Integer, OperationResult> created = manager.createAll(specs(planned));
    Map<Integer, Step> steps = new HashMap<>();
    List<Node> made = new ArrayList<>();
    for (Node node : planned) {
      OperationResult result = created.getOrDefault(node.id(), nothingSaid());
      if (result instanceof OperationResult.Done done) {
        made.add(withFacts(node, done.facts()));
      } else {
        steps.put(node.id(), notMade(result.failure().orElseThrow()));
      }
    }
    Map<Integer, OperationResult> started = made.isEmpty() ? Map.of() : manager.startAll(specs(made));
    Map<Node, OperationResult.Failed> ended = new LinkedHashMap<>();
    for (Node node : made) {
      OperationResult result = started.getOrDefault(node.id(), nothingSaid());
      if (!(result instanceof OperationResult.Failed failed)) {
        steps.put(node.id(), Step.done(running(node, NodeStatus.RESTARTING, result)));
      } else if (failed.settled()) {
        ended.put(node, withLogsKept(node, failed));
      } else {
        steps.put(node.id(), Step.open(failed.reason()));
      }
    }
    Map<Integer, OperationResult> removed = ended.isEmpty() ? Map.of() : manager.removeAll(specs(List.copyOf(ended.keySet())));
    ended.forEach((node, failed) -> steps.put(node.id(), undone(node, failed, removed.getOrDefault(node.id(), nothingSaid()))));
    return steps;
  }

  private Map<Integer, Step> removed(List<Node> nodes, Map<Integer, OperationResult> results) {
    return nodes.stream().collect(Collectors.toMap(Node::id,
        node -> removedStep(node, results.getOrDefault(node.id(), nothingSaid()))));
  }

  /** A deletion that has begun is not undone: the row says so, and deletion is tried again. */
  private Step removedStep(Node node, OperationResult result) {
    return result.failure()
        .map(failed -> failed.settled() && !failed.untouched() ? halfRemoved(node, failed) : failedStep(node, failed))
        .orElseGet(() -> new Step(true, "", new NodeChange.Delete(node.id())));
  }

  private Step halfRemoved(Node node, OperationResult.Failed failed) {
    return Step.failed(failed,
        new NodeChange.Save(NodeStates.halfRemoved(node, failed.reason(), failed.retryable(), clock.instant())));
  }

  private Map<Integer, Step> steps(
      List<Node> nodes, Map<Integer, OperationResult> results, BiFunction<Node, OperationResult, Step> step) {
    return nodes.stream().collect(Collectors.toMap(Node::id, node -> {
      OperationResult result = results.getOrDefault(node.id(), nothingSaid());
      return result instanceof OperationResult.Failed failed ? failedStep(node, failed) : step.apply(node, result);
    }));
  }

  private static OperationResult nothingSaid() {
    return OperationResult.unsettled("the process manager said nothing of it");
  }

  private List<NodeSpec> specs(List<Node> nodes) {
    return nodes.stream().map(specs::of).toList();
  }

  private boolean isMovedAtStart(Node node) {
    return node.isOutdatedBy(release) && waves.mayMove(node);
  }

  private NodeOutcome add(Node planned) {
    return journaled(OperationKind.ADD, planned, () -> {
      ProcessManager manager = managers.of(planned.managerType());
      OperationResult created = manager.create(specs.of(planned));
      if (created instanceof OperationResult.Failed failed) {
        return notMade(failed);
      }
      Node node = withFacts(planned, ((OperationResult.Done) created).facts());
      OperationResult started = manager.start(specs.of(node));
      if (!(started instanceof OperationResult.Failed failed)) {
        return Step.done(running(node, NodeStatus.RESTARTING, started));
      }
      return failed.settled() ? undone(node, withLogsKept(node, failed), manager.remove(specs.of(node))) : Step.open(failed.reason());
    });
  }

  private static Step notMade(OperationResult.Failed failed) {
    return failed.settled() ? Step.failed(failed, new NodeChange.Keep()) : Step.open(failed.reason());
  }

  /** Why a node that was made did not start, and where its logs are, which go with it. */
  private OperationResult.Failed withLogsKept(Node node, OperationResult.Failed started) {
    String logs = managers.of(node.managerType()).capability(ReadsLogs.class).map(reader -> reader.logs(specs.of(node))).orElse("");
    return started.saying(started.reason() + failedLogs.keep(node.service(), logs).map(file -> "; its logs are kept in " + file).orElse(""));
  }

  /** A node that was made and does not start: nothing of it stays but what it logged. @param removed what came of its removal */
  private Step undone(Node node, OperationResult.Failed failed, OperationResult removed) {
    Optional<OperationResult.Failed> left = removed.failure();
    if (left.isEmpty()) {
      return Step.failed(failed, new NodeChange.Keep());
    }
    OperationResult.Failed both =
        left.get().saying(failed.reason() + "; and what was made could not be removed: " + left.get().reason());
    // One of which nothing is known is not for recovery to take over, either: its row says that it is to go.
    return left.get().untouched() ? Step.failed(both, new NodeChange.Save(failedNode(node, failed))) : halfRemoved(node, both);
  }

  private NodeOutcome start(Node node) {
    if (isMovedAtStart(node)) {
      return upgrade(node, true);
    }
    return journaled(OperationKind.START, node, () -> {
      Optional<String> held = ListeningPorts.heldOf(node);
      OperationResult started = managers.of(node.managerType()).start(specs.of(node));
      return started instanceof OperationResult.Failed failed
          ? failedStep(node, failed)
          : startedStep(node, held, started);
    });
  }

  /** One that hangs is ended by force if need be: that is the process manager's affair. */
  private NodeOutcome restart(Node node) {
    return journaled(OperationKind.RESTART, node, () -> {
      OperationResult restarted = managers.of(node.managerType()).restart(specs.of(node));
      if (restarted instanceof OperationResult.Failed failed) {
        return failedStep(node, failed);
      }
      NodeFacts facts = ((OperationResult.Done) restarted).facts();
      // Its process is another one now, through no fault of its binary.
      waves.silence(List.of(node));
      Instant now = clock.instant();
      return Step.done(NodeStates.begun(placed(node, facts), NodeStatus.RESTARTING, now)
          .withHealth(node.health().restarted(facts.pid(), node.health().lastError(), now)));
    });
  }

  /** @param held which port of the node something held before it was started, a sentence; the node itself if it ran already */
  private Step startedStep(Node node, Optional<String> held, OperationResult started) {
    boolean changed = ((OperationResult.Done) started).changed();
    return new Step(true, held.filter(port -> changed).orElse(""),
        new NodeChange.Save(running(node, NodeStatus.RESTARTING, started)));
  }

  @Override
  public NodeOutcome move(Node node, Path storage) {
    NodePlacement target = node.placement().in(storage);
    boolean ran = RUN.contains(node.status());
    if (ran) {
      // Its process is another one afterwards, through no fault of its binary.
      waves.silence(List.of(node));
    }
    NodeOutcome moved = journaled(OperationKind.MOVE, List.of(node), each -> each.placedAt(target), () -> {
      OperationResult result = managers.of(node.managerType()).capability(MovesNodes.class).orElseThrow().move(specs.of(node), target);
      NodeStatus status = ran ? NodeStatus.STOPPED : node.status();
      return Map.of(node.id(), result instanceof OperationResult.Done done
          ? Step.done(NodeStates.stopped(placed(node, done.facts()), status, clock.instant())) : notMoved(node, status, result.failure().orElseThrow()));
    }).get(0);
    Optional<Node> after = store.node(node.id()).filter(row -> ran && row.status() == NodeStatus.STOPPED && !row.isUnknown());
    Optional<NodeOutcome> started = after.map(this::start).filter(start -> !start.succeeded());
    return started.map(start -> new NodeOutcome(OperationKind.MOVE, node.id(), node.service(), false,
        (moved.succeeded() ? "it is in " + storage + " now, and" : moved.detail() + "; and it") + " could not be started: " + start.detail(),
        start.retryable())).orElse(moved);
  }

  private Step notMoved(Node node, NodeStatus status, OperationResult.Failed failed) {
    return !failed.settled() ? Step.open(failed.reason()) : Step.failed(failed,
        failed.untouched() ? new NodeChange.Keep() : new NodeChange.Save(NodeStates.stopped(node, status, clock.instant())));
  }

  private NodeOutcome enable(Node node) {
    // The operator vouches for it: whatever key it has now is its own (see Identity).
    return journaled(OperationKind.ENABLE, node,
        () -> Step.done(NodeStates.stopped(node, NodeStatus.STOPPED, clock.instant()).withPeerId("")));
  }

  private NodeOutcome remove(Node node) {
    return journaled(OperationKind.REMOVE, node,
        () -> removedStep(node, managers.of(node.managerType()).remove(specs.of(node))));
  }

  @Override
  public List<NodeOutcome> teardown(String managerType, List<Node> nodes) {
    return journaled(OperationKind.REMOVE, nodes, () -> {
      OperationResult result = managers.of(managerType).capability(BulkTeardown.class).orElseThrow().teardown(specs(nodes));
      return removed(nodes, nodes.stream().collect(Collectors.toMap(Node::id, node -> result)));
    });
  }

  /** @param isStart whether the node is to run afterwards even if it cannot be moved */
  private NodeOutcome upgrade(Node node, boolean isStart) {
    return journaled(OperationKind.UPGRADE, node, () -> {
      ProcessManager manager = managers.of(node.managerType());
      OperationResult moved = moved(manager, node);
      if (moved instanceof OperationResult.Done) {
        return Step.done(running(node, NodeStatus.UPGRADING, moved));
      }
      OperationResult.Failed failed = moved.failure().orElseThrow();
      return isStart && failed.settled() ? startedAsItWas(manager, node, failed.reason()) : failedStep(node, failed);
    });
  }

  private OperationResult moved(ProcessManager manager, Node node) {
    Optional<Upgrades> backEnd = manager.capability(Upgrades.class);
    if (backEnd.isPresent()) {
      return upgradeByBackEnd(backEnd.get(), node);
    }
    Optional<InstallsBinaries> binaries = manager.capability(InstallsBinaries.class);
    return binaries.isPresent() ? swapBinary(manager, binaries.get(), node)
        : OperationResult.failed("process manager " + node.managerType() + " cannot give a node another binary", false);
  }

  private OperationResult swapBinary(ProcessManager manager, InstallsBinaries binaries, Node node) {
    NodeSpec spec = specs.of(node);
    Optional<Trial> earlier = waves.trial(node);
    if (binaries.stage(spec) instanceof OperationResult.Failed failed) {
      waves.failed(node, earlier, failed.reason());
      return failed.saying(failed.reason() + (node.status() == NodeStatus.RUNNING
          ? "; it runs on with the binary that it has" : ""));
    }
    BinarySwap swap = BinarySwap.run(manager, binaries, spec, earlier.isPresent(), () -> waves.begin(node));
    swap.result().failure().ifPresent(failed -> waves.failed(node, switch (swap.binary()) {
      case UNTOUCHED -> earlier;
      case OLD -> Optional.empty();
      case NEW -> waves.trial(node);
    }, failed.reason()));
    return swap.result();
  }

  /** Which binary the node has after a failure, its trial will tell. */
  private OperationResult upgradeByBackEnd(Upgrades backEnd, Node node) {
    waves.begin(node);
    OperationResult upgraded = backEnd.upgrade(specs.of(node));
    upgraded.failure().ifPresent(failed -> waves.failed(node, waves.trial(node), failed.reason()));
    return upgraded;
  }

  /** A new binary that cannot be had is no reason to leave a node down. */
  private Step startedAsItWas(ProcessManager manager, Node node, String reason) {
    OperationResult started = manager.start(specs.of(node));
    return started instanceof OperationResult.Failed failed
        ? failedStep(node,
            failed.saying(reason + "; and it does not start with the binary that it has: " + failed.reason()))
        : new Step(false, reason + "; it was started with the binary that it has",
            new NodeChange.Save(running(node, NodeStatus.RESTARTING, started)));
  }

  @Override
  public NodeOutcome putBack(UpgradeWaves.Casualty casualty) {
    Node node = casualty.node();
    return journaled(OperationKind.START, node, () -> {
      OperationResult started = waves.putBack(casualty);
      return started instanceof OperationResult.Failed failed ? failedStep(node, failed)
          : Step.done(running(casualty.trial().before().map(node::withVersion).orElse(node), NodeStatus.RESTARTING, started));
    });
  }

  private NodeOutcome stopTo(OperationKind kind, NodeStatus status, Node node) {
    return journaled(kind, node, () -> {
      OperationResult stopped = managers.of(node.managerType()).stop(specs.of(node));
      return stopped instanceof OperationResult.Failed failed
          ? failedStep(node, failed)
          : Step.done(NodeStates.stopped(node, status, clock.instant()));
    });
  }

  /** Nodes are made side by side, so that a number may be used after a higher one: the highest is what is kept. */
  private synchronized List<Long> begin(OperationKind kind, List<Node> nodes, UnaryOperator<Node> plan) {
    Map<String, String> counter = Map.of();
    if (kind == OperationKind.ADD
        && managers.of(nodes.get(0).managerType()).traits().numbering() == Traits.Numbering.MONOTONIC) {
      int highest = highestId.accumulateAndGet(nodes.stream().mapToInt(Node::id).max().orElseThrow(), Math::max);
      counter = Map.of(Options.HIGHEST_NODE_ID_USED.name(), Integer.toString(highest));
    }
    return store.beginAll(kind, nodes.stream()
        .map(node -> new ColonyStore.Beginning(node.id(), node.service(), JournaledNode.toJson(plan.apply(node)))).toList(), motive, counter);
  }

  private NodeOutcome journaled(OperationKind kind, Node node, Supplier<Step> work) {
    return journaled(kind, List.of(node), () -> Map.of(node.id(), work.get())).get(0);
  }

  /** @param work what becomes of each of the nodes, by id */
  private List<NodeOutcome> journaled(OperationKind kind, List<Node> nodes, Supplier<Map<Integer, Step>> work) {
    return journaled(kind, nodes, node -> node, work);
  }

  /** @param plan what is to become of a node, where its row tells only what it was */
  private List<NodeOutcome> journaled(OperationKind kind, List<Node> nodes, UnaryOperator<Node> plan, Supplier<Map<Integer, Step>> work) {
    if (nodes.isEmpty()) {
      return List.of();
    }
    List<Long> entries = begin(kind, nodes, plan);
    Map<Integer, Step> steps = attempt(kind, nodes, work);
    List<ColonyStore.Ending> endings = new ArrayList<>();
    List<NodeOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      Step step = Known.of(steps, node.id());
      if (step.settled()) {
        endings.add(new ColonyStore.Ending(entries.get(i), step.succeeded(), step.detail(), step.change()));
      }
      String service = step.change() instanceof NodeChange.Save save ? save.node().service() : node.service();
      outcomes.add(new NodeOutcome(kind, node.id(), service, step.succeeded(), step.detail(), step.retryable()));
    }
    store.save(nodes.stream().filter(node -> kind != OperationKind.ADD && !Known.of(steps, node.id()).settled())
        .map(node -> unsettled(kind, node, Known.of(steps, node.id()).detail())).toList());
    Map<Long, String> refused = Endings.write(store, endings);
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      String why = refused.get(entries.get(i));
      if (why != null) {
        outcomes.set(i, new NodeOutcome(kind, node.id(), node.service(), false, Step.open(why).detail()));
      }
    }
    return outcomes;
  }

  private Node unsettled(OperationKind kind, Node node, String why) {
    return kind == OperationKind.REMOVE ? NodeStates.removalUnsettled(node, why, clock.instant()) : NodeStates.unsettled(node, why);
  }

  /** What goes wrong with these nodes must not take the other nodes' operations with it, but for a store that cannot be used. */
  private Map<Integer, Step> attempt(OperationKind kind, List<Node> nodes, Supplier<Map<Integer, Step>> work) {
    try {
      return work.get();
    } catch (StoreException unusable) {
      throw unusable;
    } catch (RuntimeException | StackOverflowError | LinkageError defect) {
      System.getLogger(JournaledOperations.class.getName())
          .log(System.Logger.Level.DEBUG, kind + " of " + nodes.get(0).service() + " and others", defect);
      return nodes.stream().collect(Collectors.toMap(Node::id, node -> Step.open("a defect of wnm: " + defect)));
    }
  }

  private Step failedStep(Node node, OperationResult.Failed failed) {
    return failed.settled()
        ? Step.failed(failed, new NodeChange.Save(failedNode(node, failed))) : Step.open(failed.reason());
  }

  private Node failedNode(Node node, OperationResult.Failed failed) {
    return node.withHealth(node.health().failed(failed.reason(), failed.retryable(), clock.instant()));
  }

  private Node running(Node node, NodeStatus status, OperationResult result) {
    NodeFacts facts = ((OperationResult.Done) result).facts();
    return NodeStates.begun(placed(node, facts), status, clock.instant()).withHealth(node.health().started(facts.pid()));
  }

  /** The node where its process manager says it is. Which version runs is for a probe to tell. */
  private static Node placed(Node node, NodeFacts facts) {
    return node.placedAt(facts.placement().withKnownLogDir()).withHost(facts.host().orElse(node.host()));
  }

  /** The same with the version of the binary it was made from. */
  static Node withFacts(Node node, NodeFacts facts) {
    Node placed = placed(node, facts);
    return facts.version().map(placed::withVersion).orElse(placed);
  }
}
