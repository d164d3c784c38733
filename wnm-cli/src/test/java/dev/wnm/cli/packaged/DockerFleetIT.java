package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.model.Version;
import dev.wnm.testkit.Eventually;
import dev.wnm.testkit.NodePages;
import dev.wnm.testkit.docker.DockerEngine;
import dev.wnm.testkit.docker.TestImages;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A container for each node, from the first cycle to the teardown, in both kinds of network. */
class DockerFleetIT {
  private static final Version NEWER = new Version("0.4.17");
  private static final int MOST_CYCLES = 15;

  private final NodePages pages = new NodePages();
  private TestHost host;

  @BeforeEach
  void aHost() throws IOException {
    host = TestHost.keepingAJvm();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    containers().forEach(name -> docker("rm", "--force", name));
    host.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"published", "host"})
  void nodesLiveInContainersOfTheirOwn(String network) throws IOException {
    List<String> words = new ArrayList<>(List.of("--init", "--process_manager", "docker+user", "--docker_image",
        TestImages.nodeHost(), "--container_network", network, "--ant_uid", "4242", "--ant_gid", "4343",
        "--rewards_address", TestHost.WALLET, "--port_start", Integer.toString(host.portStart()), "--metrics_port_start",
        Integer.toString(host.metricsPortStart()), "--rpc_port_start", Integer.toString(host.rpcPortStart()),
        "--node_cap", "2", "--max_concurrent_starts", "2", "--max_concurrent_operations", "2"));
    words.addAll(TestHost.WIDE_LIMITS);
    words.addAll(TestHost.NO_DELAYS);
    host.done(words.toArray(String[]::new));
    cyclesUntil(() -> host.nodes("RUNNING").size() == 2);
    assertThat(containers()).hasSize(2);
    assertThat(version(1)).contains(TestHost.VERSION);

    host.done("--force_action", "stop", "--service_name", "antnode0002");
    assertThat(version(2)).isEmpty();
    assertThat(host.nodes("STOPPED")).hasSize(1);

    host.installAntnode(NEWER);
    cyclesUntil(() -> version(1).equals(Optional.of(NEWER)) && version(2).equals(Optional.of(NEWER)));
    assertThat(host.done("--report", "node-status-details").out()).contains("docker: container wnm-");

    host.done("--force_action", "teardown", "--confirm");
    assertThat(containers()).isEmpty();
    assertThat(host.storage()).isEmptyDirectory();
  }

  private void cyclesUntil(BooleanSupplier reached) {
    for (int i = 0; i < MOST_CYCLES && !reached.getAsBoolean(); i++) {
      host.seemIdle();
      host.done();
    }
    Eventually.eventually("the cycles' work has its effect", reached);
  }

  private Optional<Version> version(int id) {
    return pages.version("127.0.0.1", host.metricsPortStart() * 1_000 + id);
  }

  private List<String> containers() {
    return docker("ps", "--all", "--filter", "label=dev.wnm.colony=" + host.colonyId(), "--format", "{{.Names}}")
        .lines().toList();
  }

  private static String docker(String... words) {
    return DockerEngine.running().docker(Duration.ofMinutes(2), List.of(words)).stdout();
  }
}
