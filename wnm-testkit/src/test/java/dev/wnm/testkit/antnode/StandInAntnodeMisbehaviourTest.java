package dev.wnm.testkit.antnode;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in misbehaves when it is told to, by its environment or while it runs. */
class StandInAntnodeMisbehaviourTest {
  private static final String LAST_REQUEST = "GET /metrics HTTP/1.1\r\nConnection: close\r\n\r\n";
  private static final int SOON_MILLIS = 300;

  @TempDir
  private Path folder;

  @Test
  void itHangsAndComesBack() throws Exception {
    try (RunningStandIn node = new RunningStandIn(folder, Map.of()).untilItAnswers()) {
      StandInAntnode.configure(folder, Map.of("hang", "1"));
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.metricsPort())) {
        socket.getOutputStream().write(LAST_REQUEST.getBytes(StandardCharsets.US_ASCII));
        socket.setSoTimeout(SOON_MILLIS);
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> socket.getInputStream().read());
      }
      StandInAntnode.configure(folder, Map.of());
      node.untilItAnswers();
    }
  }

  @Test
  void itAnswersLate() throws Exception {
    try (RunningStandIn node = new RunningStandIn(folder, Map.of("answer_after", "1.2"))) {
      eventually("it listens", () -> node.page("/metadata").isPresent());
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.metricsPort())) {
        socket.getOutputStream().write(LAST_REQUEST.getBytes(StandardCharsets.US_ASCII));
        socket.setSoTimeout(SOON_MILLIS);
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> socket.getInputStream().read());
        socket.setSoTimeout(0);
        assertThat(socket.getInputStream().readAllBytes()).asString().endsWith("# EOF\n");
      }
    }
  }

  @Test
  void itAnswersGarbageOfTwoKinds() throws Exception {
    try (RunningStandIn node = new RunningStandIn(folder, Map.of()).untilItAnswers()) {
      StandInAntnode.configure(folder, Map.of("garbage", "text"));
      assertThat(StandInAntnodeTest.talk(node, LAST_REQUEST)).startsWith("HTTP/1.1 200 OK").contains("<title>");
      StandInAntnode.configure(folder, Map.of("garbage", "bytes"));
      assertThat(StandInAntnodeTest.talk(node, LAST_REQUEST)).startsWith("\0").doesNotContain("HTTP/1");
    }
  }

  @Test
  void itAnswersWithoutEnd() throws Exception {
    try (RunningStandIn node = new RunningStandIn(folder, Map.of("endless", "1"))) {
      eventually("it listens", () -> node.process().isAlive() && listens(node));
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.metricsPort())) {
        socket.getOutputStream().write(LAST_REQUEST.getBytes(StandardCharsets.US_ASCII));
        InputStream answer = socket.getInputStream();
        assertThat(answer.readNBytes(5_000_000)).hasSize(5_000_000);
      }
      StandInAntnode.configure(folder, Map.of("endless", "0"));
      node.untilItAnswers();
    }
  }

  @Test
  void itDiesAtItsStart() throws Exception {
    try (RunningStandIn node = new RunningStandIn(folder, Map.of("exit_at_start", "7"))) {
      assertThat(node.exitCode()).isEqualTo(7);
      assertThat(node.text("console.log")).startsWith("Error: ");
    }
  }

  @Test
  void itDiesLater() throws Exception {
    try (RunningStandIn node = new RunningStandIn(folder, Map.of("exit_after", "0.5", "exit_code", "9"))) {
      node.untilItAnswers();
      assertThat(node.exitCode()).isEqualTo(9);
    }
  }

  @Test
  void itIgnoresSignalsButNotAll() throws Exception {
    try (RunningStandIn node = new RunningStandIn(folder, Map.of("ignore_int", "1", "ignore_term", "1")).untilItAnswers()) {
      node.signal("INT");
      node.signal("TERM");
      node.untilItAnswers();
      StandInAntnode.configure(folder, Map.of("ignore_int", "0"));
      node.signal("INT");
      node.untilItAnswers();
      node.signal("KILL");
      assertThat(node.exitCode()).isEqualTo(128 + 9);
    }
  }

  @Test
  void itReportsWhatItIsTold() throws Exception {
    Map<String, String> told = Map.of("metric_rewards", "9000000000000000000");
    try (RunningStandIn node = new RunningStandIn(folder, told).untilItAnswers()) {
      assertThat(node.page("/metrics").orElseThrow())
          .contains("\nant_node_current_reward_wallet_balance 9000000000000000000\n");
      StandInAntnode.configure(folder, Map.of("metric_rewards", "5"));
      assertThat(node.page("/metrics").orElseThrow()).contains("\nant_node_current_reward_wallet_balance 5\n");
    }
  }

  private static boolean listens(RunningStandIn node) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.metricsPort())) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }
}
