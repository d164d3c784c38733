package dev.wnm.managers.support;

import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessManager;
import java.util.List;
import java.util.Map;

/** A process manager that does several nodes for the price of one, and to which one node is a batch of one. */
public interface BatchManager extends ProcessManager, Batches {
  @Override
  default OperationResult create(NodeSpec node) {
    return createAll(List.of(node)).get(node.id());
  }

  @Override
  default OperationResult start(NodeSpec node) {
    return startAll(List.of(node)).get(node.id());
  }

  @Override
  default OperationResult stop(NodeSpec node) {
    return stopAll(List.of(node)).get(node.id());
  }

  @Override
  default OperationResult remove(NodeSpec node) {
    return removeAll(List.of(node)).get(node.id());
  }

  @Override
  default OperationResult discard(NodeSpec node) {
    return discardAll(List.of(node)).get(node.id());
  }

  @Override
  Map<Integer, OperationResult> discardAll(List<NodeSpec> nodes);
}
