package dev.wnm.core.cycle;

import dev.wnm.core.manager.FoundNode;
import dev.wnm.core.manager.ManagerUnavailableException;
import dev.wnm.core.manager.OperationResult;
import dev.wnm.core.manager.ProcessManager;
import dev.wnm.core.manager.ProcessState;
import dev.wnm.core.model.Container;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.store.NodeChange;
import dev.wnm.core.store.OpenOperation;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Puts right what a crash cut off: each operation that the journal still holds open is compared with what the process
 * manager says exists, and closed with the row that is true now. What cannot be told stays open until a later cycle.
 */
final class Recovery {
  private final ColonyStore store;
  private final Managers managers;
  private final NodeSpecs specs;
  private final Function<Node, Optional<String>> outage;
  private final Clock clock;

  /** @param outage why nothing can be said of a node's folder, if that is so */
  Recovery(ColonyStore store, Managers managers, NodeSpecs specs, Function<Node, Optional<String>> outage, Clock clock) {
    this.outage = outage;
    this.store = store;
    this.managers = managers;
    this.specs = specs;
    this.clock = clock;
  }

  /** Closes what can be closed. @return a sentence for each operation that was found open */
  List<String> run() {
    List<String> notes = new ArrayList<>();
    for (OpenOperation open : store.openOperations()) {
      notes.add(open.kind() == OperationKind.ADD ? recoverAdd(open) : recoverExisting(open));
    }
    return notes;
  }

  /** A node that was being made is taken over if anything of it is there: it may already hold a key. */
  private String recoverAdd(OpenOperation open) {
    Node planned = NodePlan.fromJson(open.plan());
    Optional<String> away = outage.apply(planned);
    if (away.isPresent()) {
      return keepOpen(open, away.get());
    }
    ProcessManager manager = managers.of(planned.managerType());
    Optional<FoundNode> found;
    try {
      found = manager.survey().stream()
          .filter(node -> !(node.state() instanceof ProcessState.Missing) && isThat(node, planned)).findFirst();
    } catch (ManagerUnavailableException e) {
      return keepOpen(open, e.getMessage());
    }
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

  /** Ports identify a node that has no row yet: its service name may be the process manager's own choice. */
  private boolean isThat(FoundNode found, Node planned) {
    return found.facts().container().map(Container::name).equals(specs.of(planned).group())
        && (found.nodePort().orElse(0) == planned.ports().node()
            || found.metricsPort().orElse(0) == planned.ports().metrics());
  }

  private String recoverExisting(OpenOperation open) {
    Optional<Node> row = store.node(open.nodeId());
    if (row.isEmpty()) {
      return close(open, false, "the node is gone", new NodeChange.Keep());
    }
    Node node = row.get();
    Optional<String> away = outage.apply(node);
    if (away.isPresent()) {
      return keepOpen(open, away.get());
    }
    ProcessManager manager = managers.of(node.managerType());
    if (open.kind() == OperationKind.REMOVE) {
      // Some of its data may be gone already, so the removal is finished, not undone.
      OperationResult removed = manager.remove(specs.of(node));
      return removed instanceof OperationResult.Failed failed
          ? keepOpen(open, failed.reason())
          : close(open, true, "finished", new NodeChange.Delete(node.id()));
    }
    ProcessState state = manager.status(List.of(specs.of(node))).get(node.id());
    if (state instanceof ProcessState.Unknown unknown) {
      return keepOpen(open, unknown.reason());
    }
    return switch (open.kind()) {
      case START -> state instanceof ProcessState.Running running
          ? close(open, true, "its process runs", new NodeChange.Save(started(node, NodeStatus.RESTARTING, running.pid())))
          : close(open, true, "its process does not run", new NodeChange.Keep());
      case STOP -> finishStop(open, manager, node, NodeStatus.STOPPED);
      case RETIRE -> finishStop(open, manager, node, NodeStatus.REMOVING);
      case DISABLE -> finishStop(open, manager, node, NodeStatus.DISABLED);
      case UPGRADE -> startAgain(open, manager, node);
      default -> close(open, true, "nothing was begun", new NodeChange.Keep());
    };
  }

  /**
   * A process that still runs may have been told to end already, and end any moment: what was begun is finished, so that
   * the row says what will be true.
   */
  private String finishStop(OpenOperation open, ProcessManager manager, Node node, NodeStatus status) {
    return manager.stop(specs.of(node)) instanceof OperationResult.Failed failed
        ? close(open, false, failed.reason(), failed(node, failed))
        : close(open, true, "finished", new NodeChange.Save(NodeStates.stopped(node, status, clock.instant())));
  }

  /**
   * An upgrade stops a node only to start it again. A process that still runs may have been told to end already, and end any
   * moment. Which binary is in place by now does not matter: its trial goes on with the new one, and ends with the old one;
   * where there is none, the start puts the one before back.
   */
  private String startAgain(OpenOperation open, ProcessManager manager, Node node) {
    OperationResult restarted = manager.restart(specs.of(node));
    return restarted instanceof OperationResult.Failed failed
        ? close(open, false, failed.reason(), failed(node, failed))
        : close(open, true, "it was started again", new NodeChange.Save(
            started(node, NodeStatus.UPGRADING, ((OperationResult.Done) restarted).facts().pid())));
  }

  private NodeChange failed(Node node, OperationResult.Failed failed) {
    return new NodeChange.Save(node.withHealth(node.health().failed(failed.reason(), clock.instant())));
  }

  private Node started(Node node, NodeStatus status, OptionalLong pid) {
    return node.withStatus(status, clock.instant()).withHealth(node.health().started(pid));
  }

  private String close(OpenOperation open, boolean succeeded, String detail, NodeChange change) {
    store.finish(open.id(), succeeded, "recovered: " + detail, change);
    return describe(open) + " was cut off: " + detail;
  }

  private static String keepOpen(OpenOperation open, String reason) {
    return describe(open) + " was cut off and cannot be settled yet: " + reason;
  }

  private static String describe(OpenOperation open) {
    return open.kind() + " of " + open.service();
  }
}
