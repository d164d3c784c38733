package dev.wnm.managers.s6overlay;

import dev.wnm.spi.model.NodePorts;
import dev.wnm.testkit.FreePorts;
import java.util.List;

/**
 * Free ports for the nodes of groups, as a plan has them: from a thousand on. No other test has them until it is closed.
 *
 * @param node where node ports begin, in thousands
 * @param metrics where metrics ports begin, in thousands
 */
record BlockOfPorts(int node, int metrics) implements AutoCloseable {
  private static final int THOUSAND = 1_000;

  /** Two blocks where nothing listens on the first {@code nodes} ports of either. */
  static BlockOfPorts free(int nodes) {
    List<Integer> starts = FreePorts.thousands(2, nodes);
    return new BlockOfPorts(starts.get(0), starts.get(1));
  }

  NodePorts of(int id) {
    return NodePorts.of(node * THOUSAND + id, metrics * THOUSAND + id).withRpc(30 * THOUSAND + id);
  }

  @Override
  public void close() {
    FreePorts.giveBack(List.of(node, metrics));
  }
}
