package dev.wnm.core.cycle;

import dev.wnm.core.manager.FoundNode;
import dev.wnm.core.manager.OperationResult;
import dev.wnm.core.manager.ProcessManager;
import dev.wnm.core.manager.ProcessState;
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

/**
 * Puts right what a crash cut off: each operation that the journal still holds open is compared with what the process
 * manager says exists, and closed with the row that is true now. What cannot be told stays open until a later cycle.
 */
final class Recovery {
  private final ColonyStore store;
  private final Managers managers;
  private final NodeSpecs specs;
  private final Clock clock;

  Recovery(ColonyStore store, Managers managers, NodeSpecs specs, Clock clock) {
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
    ProcessManager manager = managers.of(planned.managerType());
    Optional<FoundNode> found = manager.survey().stream().filter(node -> isThat(node, planned)).findFirst();
    if (found.isEmpty()) {
      OperationResult cleared = manager.remove(specs.of(planned));
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
  private static boolean isThat(FoundNode found, Node planned) {
    return found.nodePort().orElse(0) == planned.ports().node()
        || found.metricsPort().orElse(0) == planned.ports().metrics();
  }

  private String recoverExisting(OpenOperation open) {
    Optional<Node> row = store.node(open.nodeId());
    if (row.isEmpty()) {
      return close(open, false, "the node is gone", new NodeChange.Keep());
    }
    Node node = row.get();
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
    boolean runs = state instanceof ProcessState.Running;
    Node now = switch (open.kind()) {
      case START -> runs ? started(node, NodeStatus.RESTARTING, state) : node;
      case UPGRADE -> runs ? started(node, NodeStatus.UPGRADING, state) : startAgain(manager, node);
      case STOP -> runs ? node : NodeStates.stopped(node, NodeStatus.STOPPED, clock.instant());
      case RETIRE -> runs ? node : NodeStates.stopped(node, NodeStatus.REMOVING, clock.instant());
      case DISABLE -> runs ? node : NodeStates.stopped(node, NodeStatus.DISABLED, clock.instant());
      default -> node;
    };
    return close(open, true, runs ? "its process runs" : "its process does not run", new NodeChange.Save(now));
  }

  /** An upgrade stops a node only to start it again, whatever binary is in place by now. */
  private Node startAgain(ProcessManager manager, Node node) {
    OperationResult started = manager.start(specs.of(node));
    if (started instanceof OperationResult.Failed failed) {
      return NodeStates.stopped(node, NodeStatus.STOPPED, clock.instant())
          .withHealth(node.health().failed(failed.reason(), clock.instant()));
    }
    return node.withStatus(NodeStatus.UPGRADING, clock.instant())
        .withHealth(node.health().started(((OperationResult.Done) started).facts().pid()));
  }

  private Node started(Node node, NodeStatus status, ProcessState state) {
    return node.withStatus(status, clock.instant()).withHealth(node.health().started(((ProcessState.Running) state).pid()));
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
