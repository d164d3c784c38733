package dev.wnm.spi.manager;

import java.nio.file.Path;

/** Can put a copy of a node's key aside before the node is removed. */
public interface KeepsKeys extends Capability {
  /**
   * Copies the file that holds a node's key, whatever the node does; the key itself stays. When this returns, the copy is whole and
   * on the disk. A node that has no key, since it never ran, is done without a change. Safe to repeat.
   *
   * @param folder where it comes to, under its own name, mode 0600; made where it is missing with the folder above it, both mode
   *     0700, so that nobody but who runs wnm reads it
   */
  OperationResult keepKey(NodeSpec node, Path folder);
}
