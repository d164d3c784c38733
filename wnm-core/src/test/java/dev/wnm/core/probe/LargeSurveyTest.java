package dev.wnm.core.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.NodeMetric;
import dev.wnm.spi.model.Version;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LargeSurveyTest {
  @Test
  void aThousandNodesEachGetTheirOwnAnswerInOrder() throws Exception {
    try (TinyFleet fleet = new TinyFleet(1_000, LargeSurveyTest::metadata, LargeSurveyTest::metrics, i -> false)) {
      Map<Integer, ProbeResult> results = new NodeProber().probe(fleet.targets(), Duration.ZERO);

      assertThat(results.keySet()).containsExactlyElementsOf(fleet.targets().stream().map(ProbeTarget::id).toList());
      results.forEach((id, result) -> {
        ProbeResult.Answered answer = (ProbeResult.Answered) result;
        assertThat(answer.peerId()).isEqualTo("peer" + (id - 1));
        assertThat(answer.metrics().find(NodeMetric.UPTIME)).hasValue(id - 1);
      });
    }
  }

  @Test
  void hungNodesDoNotKeepTheOthersFromBeingAsked() throws Exception {
    ProbeLimits limits = new ProbeLimits(4, 200, Duration.ofSeconds(5), Duration.ofSeconds(5), 100_000);
    try (TinyFleet fleet = new TinyFleet(40, LargeSurveyTest::metadata, LargeSurveyTest::metrics, i -> i < 20)) {
      Map<Integer, ProbeResult> results = new NodeProber(limits).probe(fleet.targets(), Duration.ZERO);

      assertThat(results).hasSize(40);
      results.forEach((id, result) -> assertThat(result)
          .isInstanceOf(id <= 20 ? ProbeResult.NoAnswer.class : ProbeResult.Answered.class));
    }
  }

  @Test
  void moreNodesThanConnectionsTakeTurns() throws Exception {
    ProbeLimits limits = new ProbeLimits(3, 3, Duration.ofMinutes(1), Duration.ofMinutes(1), 100_000);
    AtomicInteger served = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<OddServer> servers = new ArrayList<>();
    try {
      Map<Integer, ProbeTarget> targets = new LinkedHashMap<>();
      for (int id = 1; id <= 12; id++) {
        OddServer server = new OddServer((self, in, out) -> {
          most.accumulateAndGet(served.incrementAndGet(), Math::max);
          self.readRequest(in);
          out.write(OddServer.ok(metadata(0)));
          self.readRequest(in);
          served.decrementAndGet();
          out.write(OddServer.ok(metrics(0)));
        });
        servers.add(server);
        targets.put(id, new ProbeTarget(id, "127.0.0.1", server.port()));
      }

      assertThat(new NodeProber(limits).probe(List.copyOf(targets.values()), Duration.ZERO).values())
          .hasSize(12).allMatch(ProbeResult.Answered.class::isInstance);
      assertThat(most.get()).isBetween(1, 3);
    } finally {
      for (OddServer server : servers) {
        server.close();
      }
    }
  }

  @Test
  void aProcessThatMayOpenFewFilesAsksAllTheSame() throws Exception {
    try (TinyFleet fleet = new TinyFleet(300, LargeSurveyTest::metadata, LargeSurveyTest::metrics, i -> false)) {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -n 64 && exec \"$@\"", "sh", java, "-XX:-MaxFDLimit",
          "-cp", classPath(FewFiles.class, NodeProber.class, Version.class), FewFiles.class.getName()));
      fleet.targets().forEach(target -> command.add("" + target.port()));

      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();

      assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("300 answered\n");
      assertThat(process.waitFor()).isZero();
    }
  }

  /** No more than is needed: each jar that Java looks into is an open file. */
  private static String classPath(Class<?>... classes) throws URISyntaxException {
    List<String> places = new ArrayList<>();
    for (Class<?> each : classes) {
      places.add(Path.of(each.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    return String.join(File.pathSeparator, places);
  }

  @Test
  void aPauseLiesBetweenNodesButNotAfterTheLast() throws Exception {
    Duration pause = Duration.ofMillis(60);
    try (TinyFleet fleet = new TinyFleet(3, LargeSurveyTest::metadata, LargeSurveyTest::metrics, i -> false)) {
      long before = System.nanoTime();
      Map<Integer, ProbeResult> results = new NodeProber().probe(fleet.targets(), pause);

      assertThat(results.values()).hasSize(3).allMatch(ProbeResult.Answered.class::isInstance);
      // Never shorter, on however slow a machine; that it is not longer is the bench's business.
      assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(pause.multipliedBy(2).toNanos());
    }
  }

  private static String metadata(int index) {
    return "ant_node_antnode_version_info{antnode_version=\"0.4.7\"} 1\n"
        + "ant_networking_peer_id_info{peer_id=\"peer" + index + "\"} 1\n# EOF\n";
  }

  private static String metrics(int index) {
    return "ant_node_uptime " + index + "\n# EOF\n";
  }
}
