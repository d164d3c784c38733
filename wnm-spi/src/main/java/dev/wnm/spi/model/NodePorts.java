package dev.wnm.spi.model;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ports of one node.
 *
 * @param node UDP port for the network's traffic
 * @param metrics TCP port of the metrics server
 * @param rpc TCP port of the RPC server, 0 where the back end uses none
 */
public record NodePorts(int node, int metrics, int rpc) {
  public NodePorts {
    check("node", node, 1);
    check("metrics", metrics, 1);
    check("rpc", rpc, 0);
  }

  /** Those it has, one to three. */
  public Set<Integer> all() {
    return Stream.of(node, metrics, rpc).filter(port -> port > 0).collect(Collectors.toUnmodifiableSet());
  }

  private static void check(String what, int port, int lowest) {
    if (port < lowest || port > PortRange.HIGHEST) {
      throw new IllegalArgumentException(what + " port " + port + " is not within " + lowest + "-" + PortRange.HIGHEST);
    }
  }
}
