package dev.wnm.core.store;

import dev.wnm.core.model.Node;

/** What the end of an operation does to the node's row, in the same transaction that closes the journal entry. */
public sealed interface NodeChange {
  /** The node is now this. */
  record Save(Node node) implements NodeChange {}

  /** The node is gone. */
  record Delete(int id) implements NodeChange {}

  /** The row stays as it is. */
  record Keep() implements NodeChange {}

  static NodeChange save(Node node) {
    return new Save(node);
  }

  static NodeChange delete(int id) {
    return new Delete(id);
  }

  static NodeChange keep() {
    return new Keep();
  }
}
