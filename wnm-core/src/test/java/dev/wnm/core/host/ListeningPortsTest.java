package dev.wnm.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.model.NodePorts;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class ListeningPortsTest {
  @Test
  void aPortThatSomebodyListensOnIsHeld() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        DatagramSocket node = new DatagramSocket()) {
      int metrics = listener.getLocalPort();
      assertThat(ListeningPorts.held(new NodePorts(node.getLocalPort(), metrics, 0)))
          .hasValue("UDP port " + node.getLocalPort() + " is in use by something else");
      int free = node.getLocalPort();
      node.close();
      assertThat(ListeningPorts.held(new NodePorts(free, metrics, 0)))
          .hasValue("TCP port " + metrics + " (metrics) is in use by something else");
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
      assertThat(ListeningPorts.held(new NodePorts(free, connection.getLocalPort(), 0))).isEmpty();
    }
  }
}
