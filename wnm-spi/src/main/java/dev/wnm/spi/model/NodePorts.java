package dev.wnm.spi.model;

import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The ports of one node, each 1 to 65535. Make one with {@link #of} and {@link #withRpc}, which a further port leaves as they are.
 *
 * @param node UDP port for the network's traffic
 * @param metrics TCP port of the metrics server
 * @param rpc TCP port of the RPC server; empty where the back end uses none
 */
public record NodePorts(int node, int metrics, OptionalInt rpc) {
  public NodePorts {
    check("node", node);
    check("metrics", metrics);
    rpc.ifPresent(port -> check("rpc", port));
  }

  /** Those of a node without an RPC server. */
  public static NodePorts of(int node, int metrics) {
    return new NodePorts(node, metrics, OptionalInt.empty());
  }

  /** The same with an RPC server. */
  public NodePorts withRpc(int port) {
    return new NodePorts(node, metrics, OptionalInt.of(port));
  }

  /** Those it has, one to three. */
  public Set<Integer> all() {
    return IntStream.concat(IntStream.of(node, metrics), rpc.stream()).boxed().collect(Collectors.toUnmodifiableSet());
  }

  private static void check(String what, int port) {
    if (port < 1 || port > PortRange.HIGHEST) {
      throw new IllegalArgumentException(what + " port " + port + " is not within 1-" + PortRange.HIGHEST);
    }
  }
}
