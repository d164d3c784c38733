package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.model.Version;
import dev.wnm.testkit.Eventually;
import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.NodePages;
import dev.wnm.testkit.antnode.StandInAntnode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another manager's node at the metrics port of one of ours, and a node of ours with another key. */
class StrangerIT {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Version FOREIGN = new Version("0.9.9");
  private static final int MOST_CYCLES = 20;

  @TempDir
  private Path elsewhere;
  private final NodePages pages = new NodePages();
  private TestHost host;

  @BeforeEach
  void twoNodesRun() throws IOException {
    host = TestHost.keepingAJvm();
    List<String> more = new ArrayList<>(TestHost.WIDE_LIMITS);
    more.addAll(TestHost.NO_DELAYS);
    more.addAll(List.of("--node_cap", "2", "--max_concurrent_starts", "2"));
    host.done(host.initWords(more));
    cyclesUntilBothRun();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    host.close();
  }

  private NodeRow first() {
    return host.nodes().get(0);
  }

  private WnmRun cycle() {
    host.seemIdle();
    return host.done();
  }

  private List<WnmRun> cyclesUntilBothRun() {
    List<WnmRun> runs = new ArrayList<>();
    while (host.nodes("RUNNING").size() < 2) {
      assertThat(runs).as(runs.toString()).hasSizeLessThan(MOST_CYCLES);
      runs.add(cycle());
    }
    return runs;
  }

  private String details() {
    return host.done("--report", "node-status-details", "--service_name", "antnode0001").out();
  }

  /** Answers when this returns. */
  private Process stranger(int metricsPort) throws IOException {
    Path binary = StandInAntnode.installInto(elsewhere, FOREIGN);
    Process process = new ProcessBuilder(binary.toString(), "--root-dir", elsewhere.toString(), "--port",
        Integer.toString(FreePorts.next()), "--metrics-server-port", Integer.toString(metricsPort), "--log-output-dest",
        elsewhere.resolve("logs").toString(), "--rewards-address", TestHost.WALLET, "evm-arbitrum-one")
        .redirectErrorStream(true).redirectOutput(elsewhere.resolve("console.log").toFile()).start();
    Eventually.eventually("the stranger answers", () -> pages.version(LOOPBACK, metricsPort).equals(Optional.of(FOREIGN)));
    return process;
  }

  @Test
  void aStrangerAtThePortOfANodeThatDiedIsNamedOnceAndTheNodeIsStartedAgain() throws Exception {
    NodeRow before = first();
    host.killNodes(before.rootDir()::equals);
    Process stranger = stranger(before.metricsPort());
    try {
      String foreign = pages.peerId(LOOPBACK, before.metricsPort()).orElseThrow();
      WnmRun seen = host.done("--force_action", "survey");
      assertThat(seen.err()).containsOnlyOnce(foreign).contains("antnode0001", Integer.toString(before.metricsPort()));
      assertThat(host.done("--force_action", "survey").err()).doesNotContain(foreign);
      assertThat(first().status()).isEqualTo("STOPPED");
      assertThat(first().downCause()).isEqualTo("DIED");
      assertThat(details()).contains("Peer ID: " + before.peerId()).doesNotContain(foreign, FOREIGN.text());

      host.seemIdle();
      WnmRun start = host.run();
      assertThat(start.exit()).as(start.toString()).isEqualTo(1);
      assertThat(start.err()).contains("START of antnode0001", "TCP port " + before.metricsPort() + " (metrics) is in use by another")
          .doesNotContain(foreign);
      assertThat(first().status()).isEqualTo("STOPPED");
    } finally {
      stranger.destroyForcibly().waitFor();
    }
    host.done("--force_action", "start", "--service_name", "antnode0001");
    cyclesUntilBothRun();
    assertThat(first().peerId()).isEqualTo(before.peerId());
    assertThat(details()).contains("Missed probes: 0", "Last error: -");
  }

  @Test
  void anotherKeyIsTakenOverWhenTheNodesOwnProcessAnswersWithIt() throws Exception {
    NodeRow before = first();
    host.killNodes(before.rootDir()::equals);
    Files.writeString(before.rootDir().resolve("secret-key"), "another key of thirty-two bytes.");
    host.done("--force_action", "survey");

    List<WnmRun> runs = cyclesUntilBothRun();

    String now = pages.peerId(LOOPBACK, before.metricsPort()).orElseThrow();
    assertThat(now).isNotEqualTo(before.peerId());
    assertThat(first().peerId()).isEqualTo(now);
    assertThat(runs).anySatisfy(run ->
        assertThat(run.err()).contains("the key of antnode0001.service was replaced: its peer id is " + now));
  }
}
