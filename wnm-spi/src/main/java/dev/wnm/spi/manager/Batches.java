package dev.wnm.spi.manager;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Does several nodes for the price of one. Core gives it nodes of one kind of operation together; each method returns an entry
 * for each node, by id, as the method for one node would.
 */
public interface Batches extends Capability {
  /**
   * What becomes of nodes that a call can be made for one by one only, such as of a {@link ProcessManager#create} that costs the
   * same however many there are.
   */
  static Map<Integer, OperationResult> oneByOne(List<NodeSpec> nodes, Function<NodeSpec, OperationResult> call) {
    Map<Integer, OperationResult> results = new LinkedHashMap<>();
    nodes.forEach(node -> results.put(node.id(), call.apply(node)));
    return results;
  }

  /** {@link ProcessManager#create} for each, in the order given. */
  Map<Integer, OperationResult> createAll(List<NodeSpec> nodes);

  /** {@link ProcessManager#start} for each, in the order given. */
  Map<Integer, OperationResult> startAll(List<NodeSpec> nodes);

  /** {@link ProcessManager#stop} for each, in the order given. */
  Map<Integer, OperationResult> stopAll(List<NodeSpec> nodes);

  /** {@link ProcessManager#remove} for each, in the order given. */
  Map<Integer, OperationResult> removeAll(List<NodeSpec> nodes);

  /** {@link ProcessManager#discard} for each, in the order given; one by one where the process manager has nothing better. */
  default Map<Integer, OperationResult> discardAll(List<NodeSpec> nodes) {
    return oneByOne(nodes, ((ProcessManager) this)::discard);
  }
}
