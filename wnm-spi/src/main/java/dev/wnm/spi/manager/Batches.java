package dev.wnm.spi.manager;

import java.util.List;
import java.util.Map;

/**
 * Does several nodes for the price of one. Core gives it nodes of one kind of operation together; each method returns an entry
 * for each node, by id, as the method for one node would.
 */
public interface Batches extends Capability {
  /** {@link ProcessManager#create} for each, in the order given. */
  Map<Integer, OperationResult> createAll(List<NodeSpec> nodes);

  /** {@link ProcessManager#start} for each, in the order given. */
  Map<Integer, OperationResult> startAll(List<NodeSpec> nodes);

  /** {@link ProcessManager#stop} for each, in the order given. */
  Map<Integer, OperationResult> stopAll(List<NodeSpec> nodes);

  /** {@link ProcessManager#remove} for each, in the order given. */
  Map<Integer, OperationResult> removeAll(List<NodeSpec> nodes);
}
