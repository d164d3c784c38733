package dev.wnm.spi.manager;

import java.util.List;

/** Can remove all nodes by one call. */
public interface BulkTeardown extends Capability {
  /** Removes all these nodes at once; touches no node that is not in the list. */
  OperationResult teardown(List<NodeSpec> nodes);
}
