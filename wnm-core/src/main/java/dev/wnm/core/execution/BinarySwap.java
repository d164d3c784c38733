package dev.wnm.core.execution;

import dev.wnm.spi.manager.InstallsBinaries;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessManager;

/**
 * The upgrade of a node whose process manager leaves it to core. All that needs room or may turn out to be no program was done
 * by {@link ProcessManager#stage} while the node ran; here there are only a stop, renames and a start.
 *
 * @param result how it ended
 * @param binary which one the node has now
 */
record BinarySwap(OperationResult result, Binary binary) {
  /** Which binary a node has after an upgrade was tried. */
  enum Binary {
    /** The one that it had, on trial or not. */
    UNTOUCHED,
    /** The one before, which it had proven. */
    OLD,
    /** The new one, or nobody knows: the one before is still kept. */
    NEW
  }

  /**
   * Moves a node to its staged binary. When that does not start, the one before is put back and started.
   *
   * @param onTrial whether the node has not proven the binary that it has: then the one before that is what is kept
   * @param beforeSwap runs when the node has the binary that it had proven, and gets the new one next: a trial that were written
   *     down earlier would, after a kill, be taken for that of the binary before, and the kept one be given up
   */
  static BinarySwap run(ProcessManager manager, InstallsBinaries binaries, NodeSpec node, boolean onTrial, Runnable beforeSwap) {
    OperationResult stopped = manager.stop(node);
    if (stopped.failure().isPresent()) {
      return new BinarySwap(stopped, Binary.UNTOUCHED);
    }
    OperationResult proven = onTrial ? binaries.restore(node) : OperationResult.unchanged(NodeFacts.asSuggested(node));
    if (proven.failure().isEmpty()) {
      beforeSwap.run();
    }
    OperationResult swapped = proven.failure().isPresent() ? proven : binaries.swap(node);
    OperationResult started = swapped.failure().isPresent() ? swapped : manager.start(node);
    return started instanceof OperationResult.Failed failed ? rollBack(manager, binaries, node, failed)
        : new BinarySwap(started, Binary.NEW);
  }

  /** Ends whatever runs of a node, puts the binary before back, and starts that. */
  static OperationResult putBack(ProcessManager manager, InstallsBinaries binaries, NodeSpec node) {
    OperationResult stopped = manager.stop(node);
    OperationResult restored = stopped.failure().isPresent() ? stopped : binaries.restore(node);
    return restored.failure().isPresent() ? restored : manager.start(node);
  }

  private static BinarySwap rollBack(ProcessManager manager, InstallsBinaries binaries, NodeSpec node, OperationResult.Failed failed) {
    if (!failed.settled()) {
      return new BinarySwap(failed, Binary.NEW);
    }
    OperationResult restored = binaries.restore(node);
    OperationResult started = restored.failure().isPresent() ? restored : manager.start(node);
    String sequel = started.failure()
        .map(again -> "; the old binary does not start either: " + again.reason())
        .orElse("; the old binary runs again");
    boolean settled = started.failure().map(OperationResult.Failed::settled).orElse(true);
    String reason = failed.reason() + sequel;
    return new BinarySwap(settled ? failed.saying(reason) : OperationResult.unsettled(reason),
        restored.failure().isPresent() ? Binary.NEW : Binary.OLD);
  }
}
