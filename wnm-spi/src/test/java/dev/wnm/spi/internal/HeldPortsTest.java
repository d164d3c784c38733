package dev.wnm.spi.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.model.NodePorts;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class HeldPortsTest {
  @Test
  void aPortThatSomebodyListensOnIsHeld() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        DatagramSocket node = new DatagramSocket()) {
      int metrics = listener.getLocalPort();
      assertThat(HeldPorts.first(NodePorts.of(node.getLocalPort(), metrics)))
          .hasValue("UDP port " + node.getLocalPort());
      int free = node.getLocalPort();
      node.close();
      assertThat(HeldPorts.first(NodePorts.of(free, metrics)))
          .hasValue("TCP port " + metrics + " (metrics)");
    }
  }

  @Test
  void theOwnEndOfAConnectionHoldsNoPort() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        Socket connection = new Socket()) {
      connection.connect(new InetSocketAddress("127.0.0.1", listener.getLocalPort()));
      int free;
      try (DatagramSocket node = new DatagramSocket()) {
        free = node.getLocalPort();
      }
      assertThat(HeldPorts.first(NodePorts.of(free, connection.getLocalPort()))).isEmpty();
    }
  }
}
