package dev.wnm.core.cycle;

import dev.wnm.core.config.Options;
import dev.wnm.core.manager.NodeFacts;
import dev.wnm.core.manager.OperationResult;
import dev.wnm.core.manager.ProcessManager;
import dev.wnm.core.manager.Traits;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.model.Version;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.store.NodeChange;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Does it. Each operation is in the journal before its first side effect, and leaves it in the transaction that writes the
 * node's row, so that a crash in between is seen and put right by {@link Recovery}.
 */
final class JournaledOperations implements NodeOperations {
  private final ColonyStore store;
  private final Managers managers;
  private final NodeSpecs specs;
  private final Optional<Version> antnodeVersion;
  private final Clock clock;
  private int highestId;

  JournaledOperations(ColonyStore store, Managers managers, NodeSpecs specs, Optional<Version> antnodeVersion, Clock clock) {
    this.store = store;
    this.managers = managers;
    this.specs = specs;
    this.antnodeVersion = antnodeVersion;
    this.clock = clock;
  }

  /** How the work on a node went, and what becomes of its row. */
  private record Step(boolean succeeded, String detail, NodeChange change) {
    static Step done(Node node) {
      return new Step(true, "", new NodeChange.Save(node));
    }
  }

  @Override
  public NodeOutcome run(OperationKind kind, Node node) {
    return switch (kind) {
      case ADD -> add(node);
      case START -> start(node);
      case STOP -> stopTo(kind, NodeStatus.STOPPED, node);
      case RETIRE -> stopTo(kind, NodeStatus.REMOVING, node);
      case DISABLE -> stopTo(kind, NodeStatus.DISABLED, node);
      case ENABLE -> enable(node);
      case UPGRADE -> upgrade(node);
      case REMOVE -> remove(node);
    };
  }

  private NodeOutcome add(Node planned) {
    return journaled(OperationKind.ADD, planned, () -> {
      ProcessManager manager = managers.of(planned.managerType());
      OperationResult created = manager.create(specs.of(planned));
      if (created instanceof OperationResult.Failed failed) {
        return new Step(false, failed.reason(), new NodeChange.Keep());
      }
      Node node = withFacts(planned, ((OperationResult.Done) created).facts());
      OperationResult started = manager.start(specs.of(node));
      if (started instanceof OperationResult.Failed failed) {
        OperationResult undone = manager.remove(specs.of(node));
        return undone.failure().isEmpty()
            ? new Step(false, failed.reason(), new NodeChange.Keep())
            : new Step(false, failed.reason() + "; and what was made could not be removed: "
                + undone.failure().get().reason(), new NodeChange.Save(failedNode(node, failed.reason())));
      }
      return Step.done(running(node, NodeStatus.RESTARTING, started));
    });
  }

  private NodeOutcome start(Node node) {
    if (node.isOlderThan(antnodeVersion)) {
      return upgrade(node);
    }
    return journaled(OperationKind.START, node, () -> {
      OperationResult started = managers.of(node.managerType()).start(specs.of(node));
      return started instanceof OperationResult.Failed failed
          ? failedStep(node, failed.reason())
          : Step.done(running(node, NodeStatus.RESTARTING, started));
    });
  }

  private NodeOutcome enable(Node node) {
    return journaled(OperationKind.ENABLE, node,
        () -> Step.done(NodeStates.stopped(node, NodeStatus.STOPPED, clock.instant())));
  }

  private NodeOutcome remove(Node node) {
    return journaled(OperationKind.REMOVE, node, () -> {
      OperationResult removed = managers.of(node.managerType()).remove(specs.of(node));
      return removed instanceof OperationResult.Failed failed
          ? failedStep(node, failed.reason())
          : new Step(true, "", new NodeChange.Delete(node.id()));
    });
  }

  @Override
  public List<NodeOutcome> teardown(String managerType, List<Node> nodes) {
    Map<Node, Long> entries = new LinkedHashMap<>();
    for (Node node : nodes) {
      entries.put(node, begin(OperationKind.REMOVE, node));
    }
    OperationResult result = managers.of(managerType).teardown(nodes.stream().map(specs::of).toList());
    List<NodeOutcome> outcomes = new ArrayList<>();
    entries.forEach((node, entry) -> {
      Step step = result instanceof OperationResult.Failed failed
          ? failedStep(node, failed.reason())
          : new Step(true, "", new NodeChange.Delete(node.id()));
      store.finish(entry, step.succeeded(), step.detail(), step.change());
      outcomes.add(new NodeOutcome(OperationKind.REMOVE, node.id(), node.service(), step.succeeded(), step.detail()));
    });
    return outcomes;
  }

  private NodeOutcome upgrade(Node node) {
    return journaled(OperationKind.UPGRADE, node, () -> {
      ProcessManager manager = managers.of(node.managerType());
      OperationResult upgraded = manager.traits().upgrades() == Traits.Upgrades.BY_BACK_END
          ? manager.upgrade(specs.of(node))
          : BinarySwap.run(manager, specs.of(node));
      return upgraded instanceof OperationResult.Failed failed
          ? failedStep(node, failed.reason())
          : Step.done(running(node, NodeStatus.UPGRADING, upgraded));
    });
  }

  private NodeOutcome stopTo(OperationKind kind, NodeStatus status, Node node) {
    return journaled(kind, node, () -> {
      OperationResult stopped = managers.of(node.managerType()).stop(specs.of(node));
      return stopped instanceof OperationResult.Failed failed
          ? failedStep(node, failed.reason())
          : Step.done(NodeStates.stopped(node, status, clock.instant()));
    });
  }

  /** Nodes are made side by side, so that a number may be used after a higher one: the highest is what is kept. */
  private synchronized long begin(OperationKind kind, Node node) {
    Map<String, String> counter = Map.of();
    if (kind == OperationKind.ADD
        && managers.of(node.managerType()).traits().numbering() == Traits.Numbering.MONOTONIC) {
      highestId = Math.max(highestId, node.id());
      counter = Map.of(Options.HIGHEST_NODE_ID_USED.name(), Integer.toString(highestId));
    }
    return store.begin(kind, node.id(), node.service(), NodePlan.toJson(node), counter);
  }

  private NodeOutcome journaled(OperationKind kind, Node node, Supplier<Step> work) {
    long entry = begin(kind, node);
    Step step;
    try {
      step = work.get();
    } catch (RuntimeException defect) {
      // A back end that breaks its contract must not take the other nodes' operations with it.
      System.getLogger(JournaledOperations.class.getName())
          .log(System.Logger.Level.DEBUG, kind + " of " + node.service(), defect);
      step = kind == OperationKind.ADD
          ? new Step(false, "the process manager failed: " + defect, new NodeChange.Keep())
          : failedStep(node, "the process manager failed: " + defect);
    }
    store.finish(entry, step.succeeded(), step.detail(), step.change());
    String service = step.change() instanceof NodeChange.Save save ? save.node().service() : node.service();
    return new NodeOutcome(kind, node.id(), service, step.succeeded(), step.detail());
  }

  private Step failedStep(Node node, String reason) {
    return new Step(false, reason, new NodeChange.Save(failedNode(node, reason)));
  }

  private Node failedNode(Node node, String reason) {
    return node.withHealth(node.health().failed(reason, clock.instant()));
  }

  private Node running(Node node, NodeStatus status, OperationResult result) {
    NodeFacts facts = ((OperationResult.Done) result).facts();
    Instant now = clock.instant();
    return placed(node, facts).withStatus(status, now).withHealth(node.health().started(facts.pid()));
  }

  /** The node where its process manager says it is. Which version runs is for a probe to tell. */
  private static Node placed(Node node, NodeFacts facts) {
    return node
        .placedAt(facts.service(), facts.binary(), facts.rootDir(), Optional.of(facts.logDir()))
        .withHost(facts.host().orElse(node.host()));
  }

  /** The same with the version of the binary it was made from. */
  static Node withFacts(Node node, NodeFacts facts) {
    Node placed = placed(node, facts);
    return facts.version().map(placed::withVersion).orElse(placed);
  }
}
