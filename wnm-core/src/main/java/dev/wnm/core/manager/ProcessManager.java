package dev.wnm.core.manager;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs nodes on behalf of core. It reports facts and remembers nothing: whatever must be remembered is in its results, and
 * comes back with the next call's {@link NodeSpec}.
 *
 * <p>Operations are idempotent: starting a running node, stopping a stopped one and removing a missing one succeed with
 * {@link OperationResult.Done#changed()} false. They return when the thing is done or has failed, never throw for what a
 * node, a tool or the machine did, and keep their own time limits. Calls for different nodes may come from many threads
 * at once unless the traits say otherwise; two calls for one node never do.
 */
public interface ProcessManager {
  Traits traits();

  /**
   * Makes a node without starting it: folders, its copy of the binary, its service. A failed create leaves nothing behind;
   * creating a node that is there already completes what is missing.
   *
   * @return where the node really is, as {@link NodeFacts}
   */
  OperationResult create(NodeSpec node);

  /** Starts a node's process. Whether the node answers is not this call's business: core probes it. */
  OperationResult start(NodeSpec node);

  /** Ends a node's process, gracefully if it lets itself, and returns when it is gone. */
  OperationResult stop(NodeSpec node);

  /** Stops and starts. */
  default OperationResult restart(NodeSpec node) {
    OperationResult stopped = stop(node);
    return stopped.failure().isPresent() ? stopped : start(node);
  }

  /**
   * Moves a node to the binary {@link NodeSpec#source()} and starts it again. Only called where
   * {@link Traits.Upgrades#BY_BACK_END} is declared.
   */
  default OperationResult upgrade(NodeSpec node) {
    return OperationResult.failed("this process manager leaves upgrades to wnm", false);
  }

  /**
   * Puts {@code source} in the place of a stopped node's binary, whole or not at all. Only called where
   * {@link Traits.Upgrades#BY_CORE} is declared.
   */
  default OperationResult install(NodeSpec node, Path source) {
    return OperationResult.failed("this process manager replaces binaries itself", false);
  }

  /** Ends a node's process and deletes all that belongs to it: service, binary, data, logs. */
  OperationResult remove(NodeSpec node);

  /** What the nodes' processes are doing, by node id, with an entry for every node asked for. Asks once for all of them. */
  Map<Integer, ProcessState> status(List<NodeSpec> nodes);

  /** Every node on this machine that this process manager could run on, whether core knows it or not. */
  List<FoundNode> survey();

  /**
   * Removes all these nodes at once. Only called where {@link Traits.Teardown#IN_BULK} is declared; touches no node that is
   * not in the list.
   */
  default OperationResult teardown(List<NodeSpec> nodes) {
    return OperationResult.failed("this process manager removes node by node", false);
  }
}
