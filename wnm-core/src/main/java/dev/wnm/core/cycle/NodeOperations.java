package dev.wnm.core.cycle;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.OperationKind;
import java.util.List;

/**
 * What can be done to a node, by a cycle or by a person. Safe to call for different nodes at once. What goes wrong is in
 * the outcome, never thrown.
 */
interface NodeOperations {
  /** Makes a node that does not exist yet and starts it; when either fails, nothing of it stays. */
  NodeOutcome add(Node planned);

  /** Starts a node, moving it to the current binary first where its own is older. */
  NodeOutcome start(Node node);

  /** Stops a node for now. */
  NodeOutcome stop(Node node);

  /** Moves a node to the current binary, whatever its version, and starts it. */
  NodeOutcome upgrade(Node node);

  /** Stops a node for good; its data goes when {@code delay_remove} is over. */
  NodeOutcome retire(Node node);

  /** Deletes a node with its data, now. */
  NodeOutcome remove(Node node);

  /** Stops a node and leaves it alone from now on. */
  NodeOutcome disable(Node node);

  /** Gives a disabled node back to the cycle, as a stopped one. */
  NodeOutcome enable(Node node);

  /** Deletes all these nodes of one process manager with their data, by one call to it. */
  List<NodeOutcome> teardown(String managerType, List<Node> nodes);

  /** The operation of this kind. */
  default NodeOutcome run(OperationKind kind, Node node) {
    return switch (kind) {
      case ADD -> add(node);
      case START -> start(node);
      case STOP -> stop(node);
      case UPGRADE -> upgrade(node);
      case RETIRE -> retire(node);
      case REMOVE -> remove(node);
      case DISABLE -> disable(node);
      case ENABLE -> enable(node);
    };
  }
}
