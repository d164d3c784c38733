package dev.wnm.spi.program;

import java.util.Optional;

/**
 * How a program's command line is read back: the flags whose values tell what a node is. Make one with {@link #of} and the methods
 * that follow, which a further part leaves as they are.
 *
 * @param rootDir the data folder
 * @param logDir the log folder
 * @param port the port of the network's traffic
 * @param wallet where rewards go
 * @param metricsPort the port of the metrics page; empty where the program has none
 * @param rpc the address and port of remote calls; empty where the program has none
 * @param browserPort the port for browsers; empty where the program has none
 */
public record NodeFlags(String rootDir, String logDir, String port, String wallet, Optional<String> metricsPort, Optional<String> rpc,
    Optional<String> browserPort) {

  /** Those that every program has. */
  public static NodeFlags of(String rootDir, String logDir, String port, String wallet) {
    return new NodeFlags(rootDir, logDir, port, wallet, Optional.empty(), Optional.empty(), Optional.empty());
  }

  public NodeFlags withMetricsPort(String flag) {
    return new NodeFlags(rootDir, logDir, port, wallet, Optional.of(flag), rpc, browserPort);
  }

  public NodeFlags withRpc(String flag) {
    return new NodeFlags(rootDir, logDir, port, wallet, metricsPort, Optional.of(flag), browserPort);
  }

  public NodeFlags withBrowserPort(String flag) {
    return new NodeFlags(rootDir, logDir, port, wallet, metricsPort, rpc, Optional.of(flag));
  }
}
