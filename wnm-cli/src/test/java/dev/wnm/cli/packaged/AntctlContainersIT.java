package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.command.CommandResult;
import dev.wnm.testkit.antctl.StandInAntctl;
import dev.wnm.testkit.docker.ContainerOptions;
import dev.wnm.testkit.docker.TestContainer;
import dev.wnm.testkit.docker.TestImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** One wnm for two containers, each with an antctl, a registry and hence an antnode1 of its own. */
@Order(6)
class AntctlContainersIT {
  private static final int MOST_CYCLES = 12;

  private TestHost host;
  private Path antctl;
  private List<TestContainer> containers = List.of();

  @BeforeEach
  void twoContainers() throws IOException {
    host = TestHost.keepingAJvm();
    antctl = StandInAntctl.installInto(host.home().resolve(".local/bin"));
    StandInAntctl.configure(antctl, Map.of("start_pause", "0.2", "retry_pause", "0.05", "stop_timeout", "2",
        "run_as_self", "1"));
    ContainerOptions options =
        ContainerOptions.idle(TestImages.systemdHost()).withHostNetwork().withMount(host.home().getParent());
    containers = Stream.of("wnm-it-one", "wnm-it-two")
        .map(prefix -> TestContainer.start(options.withPrefix(prefix))).toList();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    containers.forEach(TestContainer::close);
    host.close();
  }

  @Test
  void nodesOfTwoContainersAreTakenOverAndGrowEvenlyAndGo() {
    addByHand(0, 1);
    addByHand(1, 2);
    List<String> words = new ArrayList<>(List.of("--init", "--import", "--process_manager", "antctl+user",
        "--antctl_containers", containers.get(0).name() + "," + containers.get(1).name(),
        "--rewards_address", TestHost.WALLET, "--port_start", Integer.toString(host.portStart()),
        "--metrics_port_start", Integer.toString(host.metricsPortStart()),
        "--rpc_port_start", Integer.toString(host.rpcPortStart()), "--node_cap", "6", "--max_concurrent_starts", "2"));
    words.addAll(TestHost.WIDE_LIMITS);
    words.addAll(TestHost.NO_DELAYS);

    host.done(words.toArray(String[]::new));

    assertThat(host.nodes()).extracting(NodeRow::service).containsExactly("antnode1", "antnode1");
    for (int i = 0; i < MOST_CYCLES && host.nodes("RUNNING").size() < 6; i++) {
      host.seemIdle();
      host.done();
    }
    assertThat(host.nodes("RUNNING")).hasSize(6);
    assertThat(host.colony().rows("SELECT COUNT(*) AS nodes FROM node GROUP BY container_id"))
        .as("nodes in each container").containsExactly(Map.of("nodes", "3"), Map.of("nodes", "3"));
    assertThat(containers).allSatisfy(container ->
        assertThat(in(container, "status", "--json").split("\"Running\"", -1)).hasSize(3 + 1));
    assertThat(host.done("--report", "node-status").out().lines().filter(line -> line.contains("antnode1 ")).toList())
        .as("the report's lines of both antnode1").hasSize(2);

    host.done("--force_action", "teardown", "--confirm");

    assertThat(host.nodes()).isEmpty();
    assertThat(containers).allSatisfy(container -> assertThat(in(container, "status", "--json")).isBlank());
    assertThat(new PortProcesses(host.portStart()).services()).isEmpty();
  }

  private void addByHand(int container, int number) {
    in(containers.get(container), "add", "--path", host.home().resolve(".local/bin/antnode").toString(),
        "--rewards-address", TestHost.WALLET, "--no-upnp",
        "--node-port", Integer.toString(AntctlHost.port(host.portStart(), number)),
        "--metrics-port", Integer.toString(AntctlHost.port(host.metricsPortStart(), number)), "evm-arbitrum-one");
    in(containers.get(container), "-v", "start", "--interval", "0", "--service-name", "antnode1");
  }

  private String in(TestContainer container, String... words) {
    String[] argv = Stream.concat(Stream.of(antctl.toString()), Stream.of(words)).toArray(String[]::new);
    CommandResult result = container.exec(argv);
    assertThat(result.succeeded()).as(result.describe()).isTrue();
    return result.stdout();
  }
}
