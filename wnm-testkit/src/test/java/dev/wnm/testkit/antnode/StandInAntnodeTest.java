package dev.wnm.testkit.antnode;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wnm.spi.model.Version;
import dev.wnm.testkit.FreePorts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in lives, answers and dies as antnode does. */
class StandInAntnodeTest {
  @TempDir
  private Path folder;

  @Test
  void itLeavesAntnodesFiles() throws Exception {
    try (RunningStandIn node = new RunningStandIn(folder, Map.of(), "evm-arbitrum-one").untilItAnswers()) {
      assertThat(node.file("secret-key")).hasSize(32);
      assertThat(Files.getPosixFilePermissions(node.file("secret-key")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(node.text("antnode.pid")).isEqualTo(Long.toString(node.process().pid()));
      assertThat(node.file("record_store")).isDirectory();
      assertThat(node.text("logs/antnode.log"))
          .contains("udp/" + node.nodePort() + "/", node.peerId().orElseThrow());
    }
    assertThat(folder.resolve("antnode.pid")).as("never deleted").exists();
  }

  @Test
  void itsPeerIdComesFromItsKey() throws Exception {
    Optional<String> first;
    try (RunningStandIn node = new RunningStandIn(folder, Map.of()).untilItAnswers()) {
      first = node.peerId();
      node.signal("TERM");
      node.exitCode();
    }
    try (RunningStandIn again = new RunningStandIn(folder, Map.of()).untilItAnswers();
        RunningStandIn other = new RunningStandIn(folder.resolve("other"), Map.of()).untilItAnswers()) {
      assertThat(first).hasValueSatisfying(id -> assertThat(id).startsWith("12D3KooW").hasSize(52));
      assertThat(again.peerId()).isEqualTo(first);
      assertThat(other.peerId()).isNotEqualTo(first);
    }
  }

  @Test
  void itServesAntnodesPagesAndNoOthers() throws Exception {
    try (RunningStandIn node = new RunningStandIn(folder, Map.of()).untilItAnswers()) {
      String metrics = node.page("/metrics").orElseThrow();
      assertThat(metrics).hasSizeGreaterThan(40_000).endsWith("\n# EOF\n").contains("ant_node_uptime 0\n",
          "ant_networking_process_memory_used_mb 1.046875e2\n",
          "ant_node_put_record_ok_total{record_type=\"GraphEntry\"} 3\n");
      assertThat(node.page("/metrics_extended").orElseThrow()).startsWith(metrics.replace("# EOF\n", ""))
          .contains("across_time_frames{time_frame=\"LastHour\"}").endsWith("\n# EOF\n");
      assertThat(node.page("/metadata").orElseThrow()).contains("{antnode_version=\"0.4.17\"} 1\n").endsWith("\n# EOF\n");
      assertThat(node.page("/")).isEmpty();
      assertThat(talk(node, "GET /nowhere HTTP/1.1\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 404 ");
    }
  }

  @Test
  void theSimulatorsPagesAreItsOwn() throws Exception {
    try (RunningStandIn node = new RunningStandIn(folder, Map.of()).untilItAnswers()) {
      Map<String, String> values = Map.of("version", "0.4.17", "peer_id", node.peerId().orElseThrow(), "uptime", "0");
      for (String path : new String[] {"/metadata", "/metrics", "/metrics_extended"}) {
        assertThat(AntnodePages.load().page(path, values)).isEqualTo(node.page(path));
      }
    }
  }

  @Test
  void oneConnectionServesManyRequests() throws Exception {
    try (RunningStandIn node = new RunningStandIn(folder, Map.of()).untilItAnswers()) {
      String request = "GET /metadata HTTP/1.1\r\nHost: x\r\n";
      String answers = talk(node, request + "\r\n" + request + "\r\n" + request + "Connection: close\r\n\r\n");
      assertThat(answers.split("# EOF\n")).hasSize(3);
    }
  }

  @Test
  void itsMetricsAreServedAtOneAddressOnly() throws Exception {
    try (RunningStandIn node = new RunningStandIn(folder, Map.of()).untilItAnswers()) {
      assertThatExceptionOfType(ConnectException.class)
          .isThrownBy(() -> new Socket("127.0.0.2", node.metricsPort()).close());
    }
  }

  @Test
  void aTakenNodePortEndsIt() throws Exception {
    int port = FreePorts.next();
    try (DatagramSocket taken = new DatagramSocket(port);
        RunningStandIn node = new RunningStandIn(folder, port, FreePorts.next(), Map.of())) {
      assertThat(node.exitCode()).isEqualTo(1);
      assertThat(node.text("console.log")).contains("could not listen on udp port " + taken.getLocalPort());
      assertThat(node.text("logs/critical_failure.log")).contains("udp port " + port);
    }
  }

  @Test
  void aTakenMetricsPortLeavesItToRunWithoutMetrics() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        RunningStandIn node = new RunningStandIn(folder, FreePorts.next(), taken.getLocalPort(), Map.of())) {
      eventually("it says so", () -> textOf(node, "logs/antnode.log").contains("No metrics"));
      assertThat(node.process().isAlive()).isTrue();
    }
  }

  @Test
  void portZeroIsAnyFreePort() throws Exception {
    try (RunningStandIn node = new RunningStandIn(folder, 0, FreePorts.next(), Map.of()).untilItAnswers()) {
      assertThat(node.text("logs/antnode.log")).containsPattern("/udp/[1-9]\\d+/");
    }
  }

  @Test
  void anInterruptEndsItInGoodOrderWithCode1() throws Exception {
    try (RunningStandIn node = new RunningStandIn(folder, Map.of()).untilItAnswers()) {
      node.signal("INT");
      assertThat(node.exitCode()).isEqualTo(1);
      assertThat(node.text("logs/critical_failure.log")).containsPattern("^\\[\\d{4}-.*Z] Ctrl-C received!\n$");
    }
  }

  @Test
  void aTerminationSignalEndsItAtOnce() throws Exception {
    try (RunningStandIn node = new RunningStandIn(folder, Map.of()).untilItAnswers()) {
      node.signal("TERM");
      assertThat(node.exitCode()).isEqualTo(128 + 15);
      assertThat(node.file("logs/critical_failure.log")).doesNotExist();
    }
  }

  @Test
  void itUpgradesItselfAndHandsOverToASuccessor() throws Exception {
    Path newer = StandInAntnode.installInto(folder.resolve("newer"), new Version("0.4.18"));
    try (RunningStandIn node = new RunningStandIn(folder, Map.of("upgrade_to", newer.toString()))) {
      assertThat(node.exitCode()).isZero();
      eventually("the successor answers", () -> node.version().equals(Optional.of(new Version("0.4.18"))));
      assertThat(node.text("antnode.pid")).isNotEqualTo(Long.toString(node.process().pid()));
      assertThat(node.binary()).hasSameBinaryContentAs(newer).isExecutable();
    }
  }

  @Test
  void itUpgradesItselfAndStopsWhenToldToStopOnUpgrade() throws Exception {
    StandInAntnode.installInto(folder.resolve("newer"), new Version("0.4.18"));
    try (RunningStandIn node = new RunningStandIn(folder, Map.of("upgrade_to", "newer/antnode"), "--stop-on-upgrade")) {
      assertThat(node.exitCode()).isZero();
      assertThat(node.version()).isEmpty();
      assertThat(StandInAntnode.versionOf(node.binary())).contains(new Version("0.4.18"));
    }
  }

  private static String textOf(RunningStandIn node, String file) {
    try {
      return node.text(file);
    } catch (IOException e) {
      return "";
    }
  }

  /** What it answers until it closes the connection. */
  static String talk(RunningStandIn node, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.metricsPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
