package dev.wnm.core.host;

import dev.wnm.core.model.Node;
import dev.wnm.spi.model.NodePorts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;
import java.util.Set;

/** Tells whether something on this machine holds a port, by trying to take it for an instant. */
public final class ListeningPorts {
  /** The addresses of nodes whose ports are this machine's own for certain. */
  public static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

  private static final int ANSWER_MILLIS = 1_000;

  private ListeningPorts() {}

  /** The same for a node, where its ports are the machine's own: those of a container may be held for it all the time. */
  public static Optional<String> heldOf(Node node) {
    return node.containerId().isEmpty() && LOOPBACK.contains(node.host()) ? held(node.ports()) : Optional.empty();
  }

  /** A sentence that names the first of these ports that something else holds, if one is held. */
  public static Optional<String> held(NodePorts ports) {
    if (!udpIsFree(ports.node())) {
      return Optional.of("UDP port " + ports.node() + " is in use by something else");
    }
    if (!tcpIsFree(ports.metrics())) {
      return Optional.of("TCP port " + ports.metrics() + " (metrics) is in use by something else");
    }
    return ports.rpc() == 0 || tcpIsFree(ports.rpc()) ? Optional.empty()
        : Optional.of("TCP port " + ports.rpc() + " (rpc) is in use by something else");
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

  /**
   * With address reuse, so that connections which are only waiting out their time do not count; nor does one that is under way
   * and got this port for its own end, as any port above 32767 may: it is over in a moment, and nobody listens there.
   */
  private static boolean tcpIsFree(int port) {
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address, 1);
      return true;
    } catch (IOException held) {
      return !isListenedAt(address);
    }
  }

  private static boolean isListenedAt(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, ANSWER_MILLIS);
      return true;
    } catch (ConnectException nobody) {
      return false;
    } catch (IOException cannotTell) {
      return true;
    }
  }
}
