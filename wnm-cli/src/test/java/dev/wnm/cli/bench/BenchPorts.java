package dev.wnm.cli.bench;

/**
 * Ports for 10,000 nodes. Those that are served are away from those of the tests, of real fleets, and of connections that the system
 * opens (32768 and above). A second bench on one machine needs {@code -Dwnm.bench.metrics_port_start=11}; where many connections are opened
 * meanwhile, those to RPC, which nobody serves, need {@code -Dwnm.bench.rpc_port_start=10}.
 */
final class BenchPorts {
  static final int NODE_START = Integer.getInteger("wnm.bench.port_start", 33);
  static final int METRICS_START = Integer.getInteger("wnm.bench.metrics_port_start", 22);
  static final int RPC_START = Integer.getInteger("wnm.bench.rpc_port_start", 44);

  private BenchPorts() {}

  static int metrics(int id) {
    return METRICS_START * 1_000 + id;
  }
}
