package dev.wnm.managers.s6overlay;

import dev.wnm.spi.model.NodePorts;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Random;

/**
 * Free ports for the nodes of groups, as a plan has them: from a thousand on.
 *
 * @param node where node ports begin, in thousands
 * @param metrics where metrics ports begin, in thousands
 */
record BlockOfPorts(int node, int metrics) {
  private static final Random RANDOM = new Random();
  private static final int THOUSAND = 1_000;

  /** Two blocks where nothing listens on the first {@code nodes} ports of either. */
  static BlockOfPorts free(int nodes) {
    for (int attempt = 0; attempt < 1_000; attempt++) {
      int node = 35 + RANDOM.nextInt(10);
      int metrics = 46 + RANDOM.nextInt(10);
      if (isFree(node, nodes) && isFree(metrics, nodes)) {
        return new BlockOfPorts(node, metrics);
      }
    }
    throw new IllegalStateException("no block of " + nodes + " free ports in 35001-56000");
  }

  NodePorts of(int id) {
    return new NodePorts(node * THOUSAND + id, metrics * THOUSAND + id, 30 * THOUSAND + id);
  }

  private static boolean isFree(int thousands, int nodes) {
    for (int id = 1; id <= nodes; id++) {
      int port = thousands * THOUSAND + id;
      try (DatagramSocket udp = new DatagramSocket(port); ServerSocket tcp = new ServerSocket()) {
        tcp.bind(new InetSocketAddress((InetAddress) null, port));
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }
}
