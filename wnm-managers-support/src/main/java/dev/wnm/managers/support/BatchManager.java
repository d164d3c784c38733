package dev.wnm.managers.support;

import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A process manager that does several nodes for the price of one, and to which one node is a batch of one. */
public abstract class BatchManager extends NativeManager implements Batches {
  protected BatchManager(NodeHome homes) {
    super(homes);
  }

  @Override
  public final Map<Integer, OperationResult> createAll(List<NodeSpec> nodes) {
    Map<Integer, OperationResult> results = new LinkedHashMap<>();
    nodes.forEach(node -> results.put(node.id(), create(node)));
    return results;
  }

  /**
   * Those of these nodes that may be deleted.
   *
   * @param results where the others get their failure, before anything is done to them
   */
  protected final List<NodeSpec> removable(List<NodeSpec> nodes, Map<Integer, OperationResult> results) {
    return nodes.stream().filter(node -> {
      OperationResult checked = Attempt.on(node, () -> {
        homes().requireRemovable(node, NodeHome.nameOf(node));
        return OperationResult.unchanged(NodeFacts.asSuggested(node));
      });
      checked.failure().ifPresent(failure -> results.put(node.id(), failure));
      return checked.failure().isEmpty();
    }).toList();
  }

  @Override
  public final OperationResult start(NodeSpec node) {
    return startAll(List.of(node)).get(node.id());
  }

  @Override
  public final OperationResult stop(NodeSpec node) {
    return stopAll(List.of(node)).get(node.id());
  }

  @Override
  public final OperationResult remove(NodeSpec node) {
    return removeAll(List.of(node)).get(node.id());
  }
}
