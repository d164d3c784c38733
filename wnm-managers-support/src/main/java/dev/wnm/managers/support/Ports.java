package dev.wnm.managers.support;

import dev.wnm.spi.model.NodePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.Optional;

/** Whether a node's ports are free, found out by taking each for a moment. */
public final class Ports {
  private Ports() {}

  /** The port of a node that is about to start which someone else holds, in words. */
  public static Optional<String> taken(NodePorts ports) {
    if (!udpIsFree(ports.node())) {
      return Optional.of("UDP port " + ports.node());
    }
    return tcpIsFree(ports.metrics()) ? Optional.empty() : Optional.of("TCP port " + ports.metrics());
  }

  private static boolean udpIsFree(int port) {
    try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
      channel.bind(new InetSocketAddress(port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Where antnode's metrics server listens: 127.0.0.1, so that one who holds all addresses is in its way as well. */
  private static boolean tcpIsFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
