package dev.wnm.spi.internal;

import dev.wnm.spi.model.NodePorts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/** Tells whether something on this machine holds a port, by trying to take it for an instant. */
public final class HeldPorts {
  private static final int ANSWER_MILLIS = 1_000;

  private HeldPorts() {}

  /** The first of a node's ports that something holds, such as {@code TCP port 13001 (metrics)}; empty when all are free. */
  public static Optional<String> first(NodePorts ports) {
    if (!udpIsFree(ports.node())) {
      return Optional.of("UDP port " + ports.node());
    }
    return held(ports.browsers(), HeldPorts::udpIsFree, "UDP port %d (browsers)")
        .or(() -> held(ports.metrics(), HeldPorts::tcpIsFree, "TCP port %d (metrics)"))
        .or(() -> held(ports.rpc(), HeldPorts::tcpIsFree, "TCP port %d (rpc)"));
  }

  private static Optional<String> held(OptionalInt port, IntPredicate isFree, String words) {
    return port.isEmpty() || isFree.test(port.getAsInt()) ? Optional.empty() : Optional.of(words.formatted(port.getAsInt()));
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
   * At 127.0.0.1, where pages of metrics are, so that one who holds all addresses is in its way as well. With address reuse, so that
   * connections which are only waiting out their time do not count; nor does one that is under way and got this port for its own
   * end, as any port above 32767 may: it is over in a moment, and nobody listens there.
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
