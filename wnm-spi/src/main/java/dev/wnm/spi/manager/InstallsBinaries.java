package dev.wnm.spi.manager;

/**
 * Puts binaries into nodes' folders at core's order, so that core decides when which node gets one and when it gets the old one
 * back. {@link BinaryFiles} does it for folders of the account that runs wnm.
 */
public interface InstallsBinaries extends Capability {
  /**
   * Puts a copy of {@link NodeSpec#source()} beside a node's binary as {@link NodeSpec#stagedBinary()}, whole, and makes sure
   * that it can be run. The node may run meanwhile; when this fails nothing of it has changed.
   */
  OperationResult stage(NodeSpec node);

  /**
   * Makes the staged binary of a stopped node its binary, and the one before it {@link NodeSpec#keptBinary()}: by renames, so
   * that it needs no room on the disk.
   */
  OperationResult swap(NodeSpec node);

  /** Puts the binary that {@link #swap} kept back in its place, by a rename; where none is kept, there is nothing to do. */
  OperationResult restore(NodeSpec node);

  /** Deletes what {@link #stage} and {@link #swap} left beside the binary. */
  OperationResult forgetKept(NodeSpec node);
}
