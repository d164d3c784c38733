package dev.wnm.core.cycle;

import dev.wnm.core.execution.JournaledNode;
import dev.wnm.core.model.Fleet;
import dev.wnm.core.model.MarkedStorage;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.observation.NodeObserver;
import dev.wnm.core.observation.Observations;
import dev.wnm.core.provisioning.StorageKeeper;
import dev.wnm.core.store.NodeChange;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.OperationResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds out which storages are there, and forgets one that is gone for good when a person says so. */
final class StorageWatch {
  private static final System.Logger LOG = System.getLogger(StorageWatch.class.getName());
  /** What is not done while nothing is known of a node's folder. */
  private static final String LEFT_ALONE = "; it is left as it is, and what belongs to it is left alone, until somebody mends it";

  private final CycleContext context;
  private final StorageKeeper storages;
  private final Surveyor surveyor;
  private final NodeObserver observer;

  StorageWatch(CycleContext context, StorageKeeper storages, Surveyor surveyor, NodeObserver observer) {
    this.context = context;
    this.storages = storages;
    this.surveyor = surveyor;
    this.observer = observer;
  }

  /** Looks at all of them, and at the nodes of those that are away. */
  void look() {
    context.store().unreadableContainers().forEach(sentence -> LOG.log(System.Logger.Level.WARNING, sentence + LEFT_ALONE));
    context.fleet().nodes().stream().filter(Fleet.in(NodeStatus.UNREADABLE)).forEach(node ->
        LOG.log(System.Logger.Level.WARNING, node.health().lastError() + LEFT_ALONE));
    storages.look(context.fleet().nodes());
    storages.outages().forEach(sentence -> LOG.log(System.Logger.Level.WARNING, sentence));
    List<Node> away = context.fleet().nodes().stream()
        .filter(node -> storages.outage(node).isPresent() && Surveyor.isLookedAt(node)).toList();
    if (!away.isEmpty()) {
      surveyor.look(away);
    }
  }

  /**
   * Forgets a storage that is gone for good and the nodes in it. Cut off, it can be asked for again.
   *
   * @return the nodes
   * @throws OperationFailedException when the storage is there, holds nothing of the colony's, or one of its nodes still runs
   */
  List<Node> forget(Path storage) throws OperationFailedException {
    List<Node> nodes = storages.nodesOf(storage, context.fleet().nodes());
    List<MarkedStorage> marked = storages.remembered(storage);
    if (nodes.isEmpty() && marked.isEmpty()) {
      throw OperationFailedException.forGood("no node lives in " + storage + "; a storage is named as it stands in the warnings about it");
    }
    if (storages.isThere(storage, nodes)) {
      throw OperationFailedException.forGood("the storage " + storage + " is there: its nodes are removed with --force_action remove");
    }
    List<Node> ours = nodes.stream().filter(node -> !storages.isForeign(node)).toList();
    Observations observations = observer.look(ours, Duration.ZERO);
    String running = ours.stream().filter(node -> observations.of(node).confirmsRunning()).map(Node::service)
        .collect(Collectors.joining(", "));
    if (!running.isEmpty()) {
      throw OperationFailedException.forNow("nodes of " + storage + " still run: " + running + "; stop them first");
    }
    if (context.isDryRun()) {
      return nodes;
    }
    for (Node node : ours) {
      Optional<OperationResult.Failed> failure = context.managers().of(node.managerType()).forget(context.specs().of(node)).failure();
      if (failure.isPresent()) {
        throw OperationFailedException.forNow(failure.get().reason() + "; its rows are kept, so that it can be asked for again");
      }
    }
    context.store().forget(marked, nodes.stream().map(Node::id).toList());
    context.store().openOperations().stream().filter(open -> (open.kind() == OperationKind.ADD || open.kind() == OperationKind.MOVE)
        && JournaledNode.read(open.plan()).filter(plan -> NodeSpec.storageOf(plan.rootDir()).equals(storage)).isPresent()).forEach(open ->
        context.store().finish(open.id(), false, "its storage was forgotten", new NodeChange.Keep()));
    nodes.forEach(node -> LOG.log(System.Logger.Level.INFO, "forgot {0}, whose storage {1} is gone", node.service(), storage));
    context.reload();
    return nodes;
  }
}
