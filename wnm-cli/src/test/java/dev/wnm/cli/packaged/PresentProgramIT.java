package dev.wnm.cli.packaged;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.model.Version;
import dev.wnm.testkit.antnode2.StandInAntNode2;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The life of nodes of the present program, and of both programs in one colony; with the real one where {@link PresentProgram} has it. */
@Order(5)
class PresentProgramIT {
  private static final int MOST_CYCLES = 15;

  private TestHost host;

  @BeforeEach
  void aMachineWithThePresentProgram() throws IOException {
    host = TestHost.create();
    Files.delete(antnode());
    PresentProgram.install(binaries());
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    host.close();
  }

  private Path antnode() {
    return host.home().resolve(".local/bin/antnode");
  }

  private Path binaries() {
    return host.home().resolve(".local/bin");
  }

  private void init(String... options) {
    List<String> more = new ArrayList<>(TestHost.WIDE_LIMITS);
    more.addAll(TestHost.NO_DELAYS);
    more.addAll(List.of("--webrtc_port_start", "off"));
    more.addAll(List.of(options));
    host.done(host.initWords(more));
    host.done("--force_action", "update_config", PresentProgram.ON_LOOPBACK, "--bootstrap", "127.0.0.1:" + host.portStart() + "001");
  }

  private void cyclesUntilRunning(int count) {
    for (int i = 0; i < MOST_CYCLES && host.nodes("RUNNING").size() < count; i++) {
      host.seemIdle();
      host.run();
    }
    assertThat(host.nodes("RUNNING")).hasSize(count);
  }

  private Map<String, String> row(int id) {
    return host.colony().rows("SELECT node.*, node_health.program, node_health.browser_port FROM node"
        + " JOIN node_health ON node_id = id WHERE id = " + id).get(0);
  }

  @Test
  void aFleetOfThePresentProgramLivesItsLife() throws IOException {
    init("--node_cap", "2");
    cyclesUntilRunning(2);
    String peerId = row(1).get("peer_id");
    assertThat(peerId).as("told by its key alone").matches("[0-9a-f]{64}");
    assertThat(row(1)).containsEntry("program", "ant-node").containsEntry("version", StandInAntNode2.VERSION.text())
        .containsEntry("metrics_port", "0");
    Path key = host.storage().resolve("antnode0001/node_identity.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key))).as("its key is its own").isEqualTo("rw-------");

    host.done("--force_action", "stop", "--service_name", "antnode0001");
    assertThat(host.processes()).hasSize(1);
    host.done("--force_action", "start", "--service_name", "antnode0001");
    cyclesUntilRunning(2);
    assertThat(row(1)).containsEntry("peer_id", peerId);

    host.killNodes(root -> root.endsWith("antnode0002"));
    host.run();
    assertThat(host.nodes("STOPPED")).hasSize(1);
    cyclesUntilRunning(2);

    host.done("--force_action", "teardown", "--confirm");
    assertThat(host.processes()).isEmpty();
    assertThat(host.folders()).isEmpty();
  }

  @Test
  void itIsUpgradedByReplacingItsBinary() throws IOException {
    Assumptions.assumeTrue(PresentProgram.hasTwoReleases(), "SKIPPED: WNM_ANT_NODE_BEFORE names no earlier release");
    PresentProgram.installEarlier(binaries());
    init("--node_cap", "2");
    cyclesUntilRunning(2);
    List<String> keys = List.of(row(1).get("peer_id"), row(2).get("peer_id"));
    Version newer = PresentProgram.installLater(binaries());
    assertThat(row(1)).doesNotContainEntry("version", newer.text());
    for (int i = 0; i < MOST_CYCLES && !List.of(row(1).get("version"), row(2).get("version")).equals(List.of(newer.text(), newer.text())); i++) {
      host.seemIdle();
      host.run();
    }
    cyclesUntilRunning(2);
    assertThat(row(1)).containsEntry("version", newer.text());
    assertThat(row(2)).containsEntry("version", newer.text());
    assertThat(List.of(row(1).get("peer_id"), row(2).get("peer_id"))).isEqualTo(keys);
  }

  @Test
  void aNodeThatUpgradedItselfIsStartedAgainAndDidNotDie() throws IOException {
    Assumptions.assumeTrue(!PresentProgram.isReal(), "SKIPPED: a real upgrade needs a release signed with their key");
    init("--node_cap", "1");
    cyclesUntilRunning(1);
    Path root = host.storage().resolve("antnode0001");
    Version newer = new Version("0.23.2");
    StandInAntNode2.installInto(root.resolve("newer"), newer);
    StandInAntNode2.configure(root, Map.of("upgrade_to", "newer/ant-node"));
    eventually("it has ended for that", () -> host.processes().isEmpty());

    WnmRun seen = host.done();

    assertThat(row(1)).containsEntry("version", newer.text());
    assertThat(host.nodes().get(0).downCause()).isEqualTo("UPGRADED");
    assertThat(seen.out()).doesNotContain("died");
    cyclesUntilRunning(1);
    assertThat(row(1)).containsEntry("version", newer.text());
  }

  @Test
  void whetherItUpgradesItselfIsASetting() throws IOException {
    init("--node_cap", "1", "--self_upgrade", "off");
    cyclesUntilRunning(1);
    Path root = host.storage().resolve("antnode0001");

    assertThat(root.resolve("wnm-ant-node.toml")).content().contains("check_interval_hours = 8760");
    assertThat(host.processes().get(root).get(0).info().arguments().orElseThrow()).contains("--config");
  }

  @Test
  void aNodeThatListensNowhereIsNotTakenToBeWell() throws IOException {
    Assumptions.assumeTrue(!PresentProgram.isReal(), "SKIPPED: the real ant-node listens");
    init("--node_cap", "1", "--environment", StandInAntNode2.variable("no_ports") + "=1");
    host.seemIdle();
    host.run();
    host.run();

    assertThat(host.colony().rows("SELECT * FROM node_health").get(0).get("last_error"))
        .contains("nothing listens on its UDP port " + host.portStart() + "001");
  }

  @Test
  void bothProgramsLiveSideBySideAndAreNotMistakenForEachOther() throws IOException {
    Files.delete(host.home().resolve(".local/bin/ant-node"));
    host.installAntnode(TestHost.VERSION);
    init("--node_cap", "1");
    host.done("--force_action", "update_config", "--start_args", "");
    cyclesUntilRunning(1);
    Files.delete(antnode());
    PresentProgram.install(binaries());

    host.done("--node_cap", "2", PresentProgram.ON_LOOPBACK);
    cyclesUntilRunning(2);

    assertThat(row(1)).containsEntry("program", "antnode").containsEntry("version", TestHost.VERSION.text());
    assertThat(row(2)).containsEntry("program", "ant-node").containsEntry("version", StandInAntNode2.VERSION.text());
    host.done("--force_action", "survey");
    assertThat(host.done("--report", "node-status-details").out()).contains("Program: antnode\n", "Program: ant-node\n");
    assertThat(Files.exists(host.storage().resolve("antnode0001/ant-node"))).as("one program's node never becomes another's").isFalse();
  }

  @Test
  void whatAnOperatorShouldKnowIsSaidAtTheStart() {
    List<String> more = new ArrayList<>(TestHost.WIDE_LIMITS);
    more.addAll(List.of("--node_cap", "9", "--webrtc_port_start", "off", "--dry_run"));

    WnmRun init = host.done(host.initWords(more));

    assertThat(init.err()).contains("nodes would run alone, without a peer", "bootstrap_peers.toml")
        .contains("9 nodes of ant-node take about 0.7 GB of memory when idle", "the network lets 2 of one address into each");
  }

  @Test
  void theStatusSaysWhatManyNodesBehindOneAddressMeanAndWhoUpgradesThem() {
    init("--node_cap", "9");
    host.seemIdle();
    host.done();
    String before = host.colony().rows("SELECT * FROM node").toString();

    WnmRun status = host.done("--report", "status");

    assertThat(status.out()).startsWith("All is well; the last cycle was ")
        .contains("Nodes:        1 node (1 restarting), of at most 9 (node_cap)", "nodes: 1 of ant-node " + PresentProgram.VERSION)
        .contains("Self-upgrade: ant-node on; upgrades by wnm on", "Next cycle:   ", "Why not more: ", "desired_load_average")
        .contains("Note:         9 nodes of ant-node take about 0.7 GB of memory when idle; and behind one address they compete: the"
            + " network lets 2 of one address into each close group and each routing bucket");
    assertThat(host.colony().rows("SELECT * FROM node")).as("as it was").hasToString(before);
    assertThat(host.done("--report", "status", "--json").out()).contains("\"verdict\": \"well\"", "\"self_upgrade\": \"on\"",
        "the network lets 2 of one address");

    host.done("--force_action", "update_config", "--node_cap", "2", "--self_upgrade", "off");
    assertThat(host.done("--report", "status").out()).contains("Self-upgrade: ant-node off").doesNotContain("Note:");
  }
}
