package dev.wnm.cli.bench;

/** Ports away from those of the tests, of real fleets, and of connections that the system opens (32768 and above). */
final class BenchPorts {
  static final int NODE_START = 27;
  /** In thousands; two benches at a time need two. */
  static final int METRICS_START = Integer.getInteger("wnm.bench.metrics_port_start", 22);
  static final int RPC_START = 60;

  private BenchPorts() {}

  static int metrics(int id) {
    return METRICS_START * 1_000 + id;
  }
}
