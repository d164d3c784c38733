package dev.wnm.cli.packaged;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.docker.DockerEngine;
import dev.wnm.testkit.docker.GroupImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Container groups of two hosts behind one address, which here is this machine: who has whose ports would not come up. */
class FleetGroupsIT {
  private static final int SIZE = 2;

  @TempDir
  Path folder;
  private final int port = FreePorts.next();
  private final TestHost[] hosts = new TestHost[2];
  private PackagedFleet fleet;
  private PackagedFleet.Seat anna;

  @BeforeEach
  void aFleetOfTwo() throws Exception {
    DockerEngine.running();
    fleet = PackagedFleet.unpackInto(folder).withArchives();
    for (int i = 0; i < hosts.length; i++) {
      hosts[i] = TestHost.keepingAJvm();
    }
    Path context = hosts[0].temporary().resolve("image");
    hosts[0].done("--dockerfile", "--output_dir", context.toString());
    String image = GroupImage.build(context);
    anna = fleet.seat(List.of(), hosts[0].wnm().environment(), Files.createDirectory(folder.resolve("anna")));
    anna.done("init", "home", "--server", "127.0.0.1:" + port, "--operator", "anna");
    PackagedFleet.Server server = fleet.startServer(List.of(), anna.home());
    for (int i = 0; i < hosts.length; i++) {
      String name = "vps" + (i + 1);
      anna.done("invite", name, "--labels", "site=cellar");
      server.reload();
      init(hosts[i], image);
      PackagedFleet.Seat seat = fleet.seat(List.of(), hosts[i].wnm().environment());
      seat.done("join", anna.home().resolve(".config/wnm/fleet/invitations/" + name + ".invitation").toString());
      seat.start(folder.resolve(name + ".log"), "agent", "--interval", "1");
    }
    eventually("both are heard", () -> List.of("vps1", "vps2").stream().allMatch(name -> !List.of("", "never heard").contains(anna.stateOf(name))));
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    fleet.close();
    for (TestHost host : hosts) {
      host.done("--force_action", "teardown", "--confirm");
      host.close();
    }
  }

  /** All have the ports of the first: they could share a router. */
  private void init(TestHost host, String image) {
    List<String> words = new ArrayList<>(List.of("--init", "--process_manager", "s6overlay+user", "--docker_image", image, "--container_network", "published",
        "--max_node_per_container", Integer.toString(SIZE), "--ant_uid", "4242", "--ant_gid", "4343", "--rewards_address", TestHost.WALLET,
        "--port_start", Integer.toString(hosts[0].portStart()), "--metrics_port_start", Integer.toString(hosts[0].metricsPortStart()),
        "--rpc_port_start", Integer.toString(hosts[0].rpcPortStart()), "--node_cap", "1", "--max_concurrent_starts", "4", "--max_concurrent_operations", "4"));
    words.addAll(TestHost.WIDE_LIMITS);
    words.addAll(TestHost.NO_DELAYS);
    host.done(words.toArray(String[]::new));
  }

  @Test
  void twoHostsOfOneSiteFillBlocksOfTheirOwn() throws Exception {
    assertThat(anna.done("plan", "--groups", "3", "--all")).contains("how much room vps1 has is not known yet");
    assertThat(anna.done("plan", "--all")).as("nothing was claimed").doesNotContain("1-2").doesNotContain("1,3");

    assertThat(anna.done("apply", "--groups", "3", "--all", "--raise_cap")).contains("vps1: done", "vps2: done");
    for (TestHost host : hosts) {
      for (int i = 0; i < 8; i++) {
        host.seemIdle();
        host.done();
      }
    }

    assertThat(hosts[0].nodes("RUNNING")).extracting(NodeRow::id).containsExactlyInAnyOrder(1, 2, 5, 6);
    assertThat(hosts[1].nodes("RUNNING")).extracting(NodeRow::id).containsExactlyInAnyOrder(3, 4);
    eventually("the fleet sees them", () -> anna.fleet("status", "--columns", "host,groups,blocks,running", "--json").out().replaceAll("\\s", "")
        .contains("{\"host\":\"vps1\",\"groups\":2,\"blocks\":\"1,3\",\"running\":4}"));
    assertThat(anna.fleet("status", "--where", "groups=1", "--columns", "host,blocks").out()).contains("vps2").doesNotContain("vps1");

    PackagedFleet.Ran early = anna.fleet("apply", "--release", "vps1/3");
    assertThat(early.exit()).isEqualTo(1);
    assertThat(early.err()).contains("block 3 of vps1 has 2 nodes: remove them first");
    assertThat(anna.fleet("apply", "--release", "vps2/2").err()).contains("it is the only block of vps2");
    removeNodesOfBlockThree();
    eventually("the fleet sees that it is empty", () -> anna.fleet("nodes", "vps1").out().lines().noneMatch(line -> line.contains("antnode0005")));
    eventually("it lets the block go", () -> anna.fleet("apply", "--release", "vps1/3").out().contains("block 3 of site cellar is free"));
    assertThat(hosts[0].done("--report", "machine-config", "--json").out()).contains("\"group_blocks\": \"1\"");
    assertThat(anna.done("plan", "--groups", "1", "--where", "host=vps2")).containsPattern("vps2 +2 +3 ");
  }

  private void removeNodesOfBlockThree() throws IOException {
    hosts[0].done("--force_action", "remove", "--service_name", "antnode0005,antnode0006");
    for (int i = 0; i < 4 && hosts[0].nodes().size() > 2; i++) {
      hosts[0].seemIdle();
      hosts[0].done("--node_cap", "2");
    }
    assertThat(hosts[0].nodes()).extracting(NodeRow::id).containsExactlyInAnyOrder(1, 2);
  }
}
