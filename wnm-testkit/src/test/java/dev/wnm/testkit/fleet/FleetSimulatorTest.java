package dev.wnm.testkit.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wnm.spi.model.Version;
import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.NodePages;
import dev.wnm.testkit.antnode.AntnodePages;
import dev.wnm.testkit.antnode.StandInAntnode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetSimulatorTest {
  private static final int SOON_MILLIS = 300;

  private final NodePages pages = new NodePages();

  @Test
  void everyNodeAnswersAsItself() throws Exception {
    int first = FreePorts.run(50);
    try (FleetSimulator fleet = FleetSimulator.start(FleetPlan.healthy(first, 50))) {
      Set<String> peers = new HashSet<>();
      for (int port = first; port < first + 50; port++) {
        assertThat(pages.version("127.0.0.1", port)).contains(StandInAntnode.VERSION);
        peers.add(pages.peerId("127.0.0.1", port).orElseThrow());
      }
      assertThat(peers).hasSize(50).allMatch(peer -> peer.matches("12D3KooW\\w{44}"));
      assertThat(pages.get("127.0.0.1", first, "/metrics").orElseThrow())
          .contains("\nant_node_uptime 3600\n").endsWith("# EOF\n");
      assertThat(fleet.requests()).isEqualTo(101);
    }
  }

  @Test
  void someHangSomeRefuseSomeTalkGarbage() throws Exception {
    int first = FreePorts.run(4);
    try (FleetSimulator fleet = FleetSimulator.start(new FleetPlan(first, 4, 1, 1, 1))) {
      try (Socket hanging = new Socket(InetAddress.getLoopbackAddress(), first)) {
        hanging.getOutputStream().write("GET /metrics HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        hanging.setSoTimeout(SOON_MILLIS);
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> hanging.getInputStream().read());
      }
      assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(first + 1));
      assertThat(pages.get("127.0.0.1", first + 2, "/metrics").orElseThrow()).contains("no { metrics here");
      assertThat(pages.version("127.0.0.1", first + 3)).isPresent();
      assertThat(fleet.requests()).isEqualTo(2);
    }
  }

  @Test
  void oneConnectionServesManyRequestsEvenInPieces() throws Exception {
    int port = FreePorts.next();
    try (FleetSimulator fleet = FleetSimulator.start(FleetPlan.healthy(port, 1));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      for (String piece : new String[] {"GET /metadata HT", "TP/1.1\r\n\r",
          "\nGET /nowhere HTTP/1.1\r\n\r\nGET /metrics HTTP/1.1\r\n", "Connection: close\r\n\r\n"}) {
        socket.getOutputStream().write(piece.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
      }
      assertThat(socket.getInputStream().readAllBytes()).asString()
          .containsSubsequence("200 OK", "# EOF\n", "404 Not Found", "200 OK", "ant_node_uptime", "# EOF\n");
      assertThat(fleet.requests()).isEqualTo(3);
    }
  }

  @Test
  void aSilencedPortIsFreeAtOnceAndItsConnectionsAreClosed() throws Exception {
    int port = FreePorts.next();
    try (FleetSimulator fleet = FleetSimulator.start(FleetPlan.healthy(port, 1));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("GET /x HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo('H');

      fleet.silence(port);

      assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(port));
      assertThat(socket.getInputStream().readAllBytes()).asString().startsWith("TTP/1.1 404");
      try (ServerSocket again = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        assertThat(again.isBound()).isTrue();
      }
    }
  }

  @Test
  void aNodeSaysSomethingElseWhenItIsToldTo() throws Exception {
    int port = FreePorts.next();
    try (FleetSimulator fleet = new FleetSimulator()) {
      var sample = AntnodePages.load();
      Answers old = Answers.of(sample, Map.of("version", "0.4.17"));
      fleet.serve(port, old);
      assertThat(pages.version("127.0.0.1", port)).contains(new Version("0.4.17"));
      fleet.serve(port, old.as(sample, new Version("0.4.18"), Answers.peerId(1)));
      assertThat(new NodePages().version("127.0.0.1", port)).isEqualTo(Optional.of(new Version("0.4.18")));
    }
  }

  @Test
  void aTakenPortIsSaidAndNothingStaysOpen() throws Exception {
    int first = FreePorts.run(2);
    try (ServerSocket taken = new ServerSocket(first + 1, 1, InetAddress.getLoopbackAddress())) {
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> FleetSimulator.start(FleetPlan.healthy(first, 2)))
          .withMessageContaining("127.0.0.1:" + taken.getLocalPort());
    }
    assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(first));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--count x", "--count", "--bogus 1", "--first-port 65000 --count 1000", "--first-port 80",
      "--count 10 --hang 6 --refuse 6"})
  void aBadCommandLineIsSaid(String words) {
    assertThatIllegalArgumentException().isThrownBy(() -> FleetPlan.parse(words.split(" ")))
        .withMessageContaining("say --first-port 13001");
  }

  private static void connect(int port) throws IOException {
    new Socket(InetAddress.getLoopbackAddress(), port).close();
  }
}
