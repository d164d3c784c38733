package dev.wnm.core.cycle;

import dev.wnm.core.manager.NodeSpec;
import dev.wnm.core.manager.OperationResult;
import dev.wnm.core.manager.ProcessManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
    Path previous = node.binary().resolveSibling("antnode.previous");
    try {
      Files.deleteIfExists(previous);
      // A second name for the old file costs nothing, and install replaces the first name only.
      Files.createLink(previous, node.binary());
      OperationResult installed = manager.install(node, node.source());
      OperationResult started = installed.failure().isPresent() ? installed : manager.start(node);
      return started instanceof OperationResult.Failed failed ? rollBack(manager, node, previous, failed) : started;
    } catch (IOException e) {
      OperationResult started = manager.start(node);
      return OperationResult.failed("the old binary of " + node.service() + " could not be kept aside: " + e
          + started.failure().map(again -> "; and it does not start: " + again.reason()).orElse("; it runs again"), true);
    } finally {
      delete(previous);
    }
  }

  private static OperationResult rollBack(
      ProcessManager manager, NodeSpec node, Path previous, OperationResult.Failed failed) {
    OperationResult restored = manager.install(node, previous);
    OperationResult started = restored.failure().isPresent() ? restored : manager.start(node);
    String sequel = started.failure()
        .map(again -> "; the old binary does not start either: " + again.reason())
        .orElse("; the old binary runs again");
    return OperationResult.failed(failed.reason() + sequel, failed.retryable());
  }

  /** Only a name is left behind when this fails: the next upgrade removes it first. */
  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "left behind: " + file, e);
    }
  }
}
