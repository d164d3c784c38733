package dev.wnm.core.cycle;

import dev.wnm.core.manager.NodeSpec;
import dev.wnm.core.manager.OperationResult;
import dev.wnm.core.manager.ProcessManager;

/**
 * The upgrade of a node whose process manager leaves it to core. All that needs room or may turn out to be no program happens
 * while the node runs on; from its stop on there are only renames.
 */
final class BinarySwap {
  private BinarySwap() {}

  /** Moves a node to its spec's source. When the new binary does not start, the old one is put back and started. */
  static OperationResult run(ProcessManager manager, NodeSpec node) {
    OperationResult staged = manager.stage(node);
    OperationResult stopped = staged.failure().isPresent() ? staged : manager.stop(node);
    if (stopped.failure().isPresent()) {
      return stopped;
    }
    OperationResult swapped = manager.swap(node);
    OperationResult started = swapped.failure().isPresent() ? swapped : manager.start(node);
    return started instanceof OperationResult.Failed failed ? rollBack(manager, node, failed) : started;
  }

  private static OperationResult rollBack(ProcessManager manager, NodeSpec node, OperationResult.Failed failed) {
    OperationResult restored = manager.restore(node);
    OperationResult started = restored.failure().isPresent() ? restored : manager.start(node);
    String sequel = started.failure()
        .map(again -> "; the old binary does not start either: " + again.reason())
        .orElse("; the old binary runs again");
    return OperationResult.failed(failed.reason() + sequel, failed.retryable());
  }
}
