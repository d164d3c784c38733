package dev.wnm.spi.model;

import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The ports of one node, each 1 to 65535. Make one with {@link #of} and the methods that follow, which a further port leaves as they
 * are.
 *
 * @param node UDP port for the network's traffic
 * @param metrics TCP port of the metrics page; empty where its program has none
 * @param rpc TCP port of the RPC server; empty where the back end uses none
 * @param browsers UDP port for browsers; empty where its program has none, or it is switched off
 */
public record NodePorts(int node, OptionalInt metrics, OptionalInt rpc, OptionalInt browsers) {
  public NodePorts {
    check("node", node);
    metrics.ifPresent(port -> check("metrics", port));
    rpc.ifPresent(port -> check("rpc", port));
    browsers.ifPresent(port -> check("browsers'", port));
  }

  /** Those of a node that has no other. */
  public static NodePorts of(int node) {
    return new NodePorts(node, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
  }

  /** Those of a node with a metrics page. */
  public static NodePorts of(int node, int metrics) {
    return of(node).withMetrics(OptionalInt.of(metrics));
  }

  /** The same with a metrics page there. */
  public NodePorts withMetrics(OptionalInt port) {
    return new NodePorts(node, port, rpc, browsers);
  }

  /** The same with an RPC server. */
  public NodePorts withRpc(int port) {
    return new NodePorts(node, metrics, OptionalInt.of(port), browsers);
  }

  /** The same with a port for browsers. */
  public NodePorts withBrowsers(OptionalInt port) {
    return new NodePorts(node, metrics, rpc, port);
  }

  /** Those it has, one to four. */
  public Set<Integer> all() {
    return IntStream.concat(udp().stream().mapToInt(Integer::intValue), tcp().stream().mapToInt(Integer::intValue)).boxed()
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Those that traffic from other machines comes to. */
  public Set<Integer> udp() {
    return IntStream.concat(IntStream.of(node), browsers.stream()).boxed().collect(Collectors.toUnmodifiableSet());
  }

  /** Those that only this machine comes to. */
  public Set<Integer> tcp() {
    return Stream.of(metrics, rpc).flatMapToInt(OptionalInt::stream).boxed().collect(Collectors.toUnmodifiableSet());
  }

  private static void check(String what, int port) {
    if (port < 1 || port > PortRange.HIGHEST) {
      throw new IllegalArgumentException(what + " port " + port + " is not within 1-" + PortRange.HIGHEST);
    }
  }
}
