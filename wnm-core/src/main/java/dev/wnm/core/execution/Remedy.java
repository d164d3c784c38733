package dev.wnm.core.execution;

import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** What {@link Recovery} does to nodes whose operations were cut off: to one, or to many by one call. */
enum Remedy {
  CREATE(ProcessManager::create, Batches::createAll),
  DISCARD(ProcessManager::discard, Batches::discardAll),
  STOP(ProcessManager::stop, Batches::stopAll),
  RESTART(ProcessManager::restart, Remedy::restartAll),
  REMOVE(ProcessManager::remove, Batches::removeAll);

  private final BiFunction<ProcessManager, NodeSpec, OperationResult> one;
  private final BiFunction<Batches, List<NodeSpec>, Map<Integer, OperationResult>> all;

  Remedy(BiFunction<ProcessManager, NodeSpec, OperationResult> one, BiFunction<Batches, List<NodeSpec>, Map<Integer, OperationResult>> all) {
    this.one = one;
    this.all = all;
  }

  OperationResult one(ProcessManager manager, NodeSpec node) {
    return one.apply(manager, node);
  }

  /** @return by the nodes' ids */
  Map<Integer, OperationResult> all(Batches manager, List<NodeSpec> nodes) {
    return all.apply(manager, nodes);
  }

  private static Map<Integer, OperationResult> restartAll(Batches manager, List<NodeSpec> nodes) {
    Map<Integer, OperationResult> results = new HashMap<>(manager.stopAll(nodes));
    List<NodeSpec> stopped = nodes.stream().filter(node -> results.get(node.id()) instanceof OperationResult.Done).toList();
    if (!stopped.isEmpty()) {
      results.putAll(manager.startAll(stopped));
    }
    return results;
  }
}
