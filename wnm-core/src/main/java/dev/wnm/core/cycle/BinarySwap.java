package dev.wnm.core.cycle;

import dev.wnm.core.manager.NodeSpec;
import dev.wnm.core.manager.OperationResult;
import dev.wnm.core.manager.ProcessManager;

/** The upgrade of a node whose process manager leaves it to core: stop, replace the binary, start. */
final class BinarySwap {
  private static final System.Logger LOG = System.getLogger(BinarySwap.class.getName());

  private BinarySwap() {}

  /** Moves a node to its spec's source. When the new binary does not start, the old one is put back and started. */
  static OperationResult run(ProcessManager manager, NodeSpec node) {
    OperationResult stopped = manager.stop(node);
    if (stopped.failure().isPresent()) {
      return stopped;
    }
    OperationResult kept = manager.keep(node);
    if (kept instanceof OperationResult.Failed failed) {
      OperationResult started = manager.start(node);
      return OperationResult.failed(failed.reason()
          + started.failure().map(again -> "; and it does not start: " + again.reason()).orElse("; it runs again"), true);
    }
    OperationResult installed = manager.install(node, node.source());
    OperationResult started = installed.failure().isPresent() ? installed : manager.start(node);
    OperationResult result = started instanceof OperationResult.Failed failed ? rollBack(manager, node, failed) : started;
    manager.forgetKept(node).failure()
        .ifPresent(left -> LOG.log(System.Logger.Level.DEBUG, "left behind: {0}", left.reason()));
    return result;
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
