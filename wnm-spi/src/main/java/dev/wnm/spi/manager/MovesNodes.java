package dev.wnm.spi.manager;

import dev.wnm.spi.model.NodePlacement;
import java.util.Optional;

/**
 * Brings nodes from one storage of this machine to another. At every instant there is one whole folder of the node at least, and its
 * service is of one of them: never two processes with one key, and never no key.
 */
public interface MovesNodes extends Capability {
  /**
   * Why a node cannot be moved: there is no room, something is in its place, or its service is not wnm's to change. Touches nothing,
   * and the node may run.
   *
   * @param target where it is to be, in another storage of the colony, under the same folder name
   * @return one sentence; empty when it can be moved
   */
  Optional<String> moveObstacle(NodeSpec node, NodePlacement target);

  /**
   * Ends the node's process where it runs, copies its folder with owners, modes and times, compares the copy with the original by
   * names, sizes, content and modes, makes the copy the node's folder, and deletes the old one. The node is not started. Where it fails,
   * the node is where it was, stopped, and nothing of the copy stays; unless {@link OperationResult#unsettled unsettled}, after which
   * {@link #settleMove} is called later.
   *
   * @return where the node is, as {@link NodeFacts}
   */
  OperationResult move(NodeSpec node, NodePlacement target);

  /**
   * Ends a {@link #move} that was cut off: finishes it if the node's service is of the copy already, else takes the copy back. Safe to
   * repeat.
   *
   * @param node as it was before the move
   * @return where the node is, as {@link NodeFacts}: one of both places. It failed while that cannot be told, or one folder is still to go
   */
  OperationResult settleMove(NodeSpec node, NodePlacement target);
}
