package dev.wnm.core.cycle;

import dev.wnm.core.model.NodePorts;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.Optional;

/** Tells whether something on this machine holds a port, by trying to take it for an instant. */
final class ListeningPorts {
  private ListeningPorts() {}

  /** A sentence that names the first of these ports that something else holds, if one is held. */
  static Optional<String> held(NodePorts ports) {
    if (!udpIsFree(ports.node())) {
      return Optional.of("UDP port " + ports.node() + " is in use by something else");
    }
    return tcpIsFree(ports.metrics())
        ? Optional.empty()
        : Optional.of("TCP port " + ports.metrics() + " (metrics) is in use by something else");
  }

  private static boolean udpIsFree(int port) {
    try (DatagramSocket socket = new DatagramSocket(null)) {
      socket.setReuseAddress(false);
      socket.bind(new InetSocketAddress(port));
      return true;
    } catch (SocketException held) {
      return false;
    }
  }

  /** With address reuse, so that connections which are only waiting out their time do not count. */
  private static boolean tcpIsFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress("127.0.0.1", port), 1);
      return true;
    } catch (IOException held) {
      return false;
    }
  }
}
