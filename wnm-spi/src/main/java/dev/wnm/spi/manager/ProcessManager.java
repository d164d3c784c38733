package dev.wnm.spi.manager;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs nodes on behalf of core: here is what every back end does, and what only some do is a {@link Capability} each. It reports
 * facts and remembers nothing: whatever must be remembered is in its results, and comes back with the next call's
 * {@link NodeSpec}.
 *
 * <p>Operations are idempotent: starting a running node, stopping a stopped one and removing a missing one succeed with
 * {@link OperationResult.Done#changed()} false. They return when the thing is done or has failed, never throw for what a
 * node, a tool or the machine did, and keep their own time limits. Calls for different nodes may come from many threads
 * at once unless the traits say otherwise; two calls for one node never do.
 *
 * <p>Core calls no process manager directly, but through one that takes what is thrown, null or missing for unknown or
 * failed, and gives up waiting after some minutes (the longest change has 45). Then the calling thread is interrupted; a
 * change that does not end at that goes on without being waited for, and its node is left alone until it has ended.
 */
public interface ProcessManager {
  Traits traits();

  /**
   * Makes a node without starting it: folders, its copy of the binary, its service. A failed create leaves nothing behind of
   * what it made itself; creating a node that is there already completes what is missing. A folder that holds a key
   * ({@link NodeFolder#keyIn}) is completed only if the back end knows by something else that it is this colony's node of that
   * name; else create refuses.
   *
   * @return where the node really is, as {@link NodeFacts}
   */
  OperationResult create(NodeSpec node);

  /**
   * Starts a node's process. Whether the node answers is not this call's business: core probes it. A node that has only a
   * {@link NodeSpec#keptBinary()}, because a {@link InstallsBinaries#swap} was cut off, gets that back first.
   */
  OperationResult start(NodeSpec node);

  /** Ends a node's process, gracefully if it lets itself, and returns when it is gone. */
  OperationResult stop(NodeSpec node);

  /** Stops and starts. */
  default OperationResult restart(NodeSpec node) {
    OperationResult stopped = stop(node);
    return stopped.failure().isPresent() ? stopped : start(node);
  }

  /**
   * Ends a node's process and deletes all that belongs to it: service, binary, data, logs. That there is nothing to delete is
   * said ({@link OperationResult.Done#changed()} false) only of a node whose process is confirmed absent and whose folder is
   * confirmed absent in a storage that is {@link StorageState.Ours}; otherwise it fails.
   *
   * <p>What holds the node's key goes last ({@link NodeFolder#delete} sees to that), so that a removal that fails half way leaves
   * the node's identity, and it can be repeated. After a failure the node counts as one whose removal has begun: it is not started
   * again, and core calls this again later, unless the result is {@linkplain OperationResult#refused refused}.
   */
  OperationResult remove(NodeSpec node);

  /**
   * Takes back a {@link #create} that was cut off: as {@link #remove}, but a folder that holds a node's key is left and that is
   * a failure, since it may be another's.
   */
  default OperationResult discard(NodeSpec node) {
    return NodeFolder.keyIn(node.rootDir()).map(why -> OperationResult.failed(why, false)).orElseGet(() -> remove(node));
  }

  /**
   * Takes away what belongs to a node outside its storage, which is gone for good: its service, unit or container. Touches no
   * folder.
   */
  default OperationResult forget(NodeSpec node) {
    return OperationResult.unchanged(NodeFacts.asSuggested(node));
  }

  /**
   * Which of these planned nodes cannot be made because something is in their place: a folder, a unit or a container of their
   * name. Asked before numbers are given out, and only of nodes that no row knows.
   *
   * @return for those, by id, a clause that names what is there, such as {@code /nodes/antnode0002 holds the key of a node}
   * @throws ManagerUnavailableException when it cannot tell
   */
  default Map<Integer, String> occupied(List<NodeSpec> planned) throws ManagerUnavailableException {
    return NodeFolder.occupied(planned);
  }

  /** What the nodes' processes are doing, by node id, with an entry for every node asked for. Asks once for all of them. */
  Map<Integer, ProcessState> status(List<NodeSpec> nodes);

  /**
   * Every node on this machine that this process manager could run on, whether core knows it or not.
   *
   * @throws ManagerUnavailableException when it cannot tell; an empty list means that there is none
   */
  List<FoundNode> survey() throws ManagerUnavailableException;

  /**
   * What this process manager may do beyond the above. One that offers a capability only with some settings overrides this.
   *
   * @param type an interface that extends {@link Capability}, such as {@link Batches}
   * @return this process manager as one of that kind, for as long as it lives; empty when it is none
   */
  default <C extends Capability> Optional<C> capability(Class<C> type) {
    return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
  }
}
