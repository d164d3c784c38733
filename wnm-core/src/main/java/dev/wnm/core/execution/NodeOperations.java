package dev.wnm.core.execution;

import dev.wnm.core.model.Motive;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.OperationKind;
import java.nio.file.Path;
import java.util.List;

/**
 * The hands that do things to nodes, for a cycle or for a person. Safe to call for different nodes at once. What goes wrong
 * is in the outcome, never thrown.
 */
public interface NodeOperations {
  /** The same, done for this, which is kept where operations are. */
  NodeOperations because(Motive motive);

  /**
   * Does this to a node. A start moves a node to the current binary first where its own is older and the current one may
   * be given to it now, else it starts the one that the node has; an upgrade does so
   * whatever its version. A node to be added does not exist yet, and when it cannot be made and started, nothing of it
   * stays.
   */
  NodeOutcome run(OperationKind kind, Node node);

  /** Does this to several nodes of one process manager that works in batches: as {@link #run} for each, in few calls. */
  List<NodeOutcome> runTogether(OperationKind kind, List<Node> nodes);

  /** Gives a node that died with a binary on trial the one before it again, and starts it. */
  NodeOutcome putBack(UpgradeWaves.Casualty casualty);

  /**
   * Brings a node to another storage; one that ran is started there. Where it cannot be brought there it stays where it was, and runs
   * again if it ran.
   */
  NodeOutcome move(Node node, Path storage);

  /** Deletes all these nodes of one process manager with their data, by one call to it. */
  List<NodeOutcome> teardown(String managerType, List<Node> nodes);
}
