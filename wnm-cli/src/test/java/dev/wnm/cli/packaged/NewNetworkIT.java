package dev.wnm.cli.packaged;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.antnode2.StandInAntNode2;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** On the present network: nodes of its own manager go on under wnm, and those of the old network give way to new ones. */
@Order(7)
class NewNetworkIT {
  private static final int MOST_CYCLES = 40;

  private TestHost host;

  @BeforeEach
  void aHome() throws IOException {
    host = TestHost.create();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    host.close();
  }

  private static List<String> withoutLimits(String... more) {
    List<String> words = new ArrayList<>(TestHost.WIDE_LIMITS);
    words.addAll(TestHost.NO_DELAYS);
    words.addAll(List.of(more));
    return words;
  }

  @Test
  void nodesOfAntsDaemonGoOnWithoutARestartAndAreNotTakenBack() throws Exception {
    Path data = host.home().resolve(".local/share/ant");
    Path antNode = StandInAntNode2.installInto(host.home().resolve(".local/bin"));
    List<String> entries = new ArrayList<>();
    List<Long> pids = new ArrayList<>();
    for (int id = 1; id <= 2; id++) {
      Path root = data.resolve("nodes/node-" + id);
      Path binary = StandInAntNode2.installInto(root);
      int port = FreePorts.next();
      pids.add(new ProcessBuilder(binary.toString(), "--rewards-address", TestHost.WALLET, "--root-dir", root.toString(), "--port",
          Integer.toString(port), "--stop-on-upgrade", "--evm-network", "arbitrum-one").redirectErrorStream(true)
          .redirectOutput(root.resolve("stdout.log").toFile()).start().pid());
      eventually("it made its key", () -> Files.exists(root.resolve("node_identity.key")));
      entries.add("""
          "%1$d": {"id": %1$d, "service_name": "node%1$d", "rewards_address": "%2$s", "data_dir": "%3$s", "node_port": %4$d,
            "binary_path": "%3$s/ant-node", "version": "0.23.1"}""".formatted(id, TestHost.WALLET, root, port));
    }
    Path registry = Files.writeString(data.resolve("node_registry.json"),
        "{\"schema_version\": 1, \"next_id\": 3, \"nodes\": {" + String.join(",", entries) + "}}");
    Path ant = Files.copy(Path.of("/bin/sleep").toRealPath(), host.home().resolve("ant"));
    Process daemon = new ProcessBuilder(ant.toString(), "600").start();
    String[] init = host.initWords(withoutLimits("--import", "--antnode_path", antNode.toString(), "--node_cap", "2"));
    try {
      Files.writeString(data.resolve("daemon.pid"), Long.toString(daemon.pid()));
      WnmRun tried = host.done(Stream.concat(Arrays.stream(init), Stream.of("--dry_run")).toArray(String[]::new));
      assertThat(tried.err()).contains("node-1.service is not taken over: ant node daemon runs", "ant node daemon stop");
    } finally {
      daemon.destroyForcibly().waitFor();
    }

    WnmRun done = host.done(init);

    assertThat(done.err()).contains("were taken out of " + registry, "before-wnm");
    assertThat(Files.readString(registry)).doesNotContain("node-1", "node-2").contains("\"next_id\": 3");
    host.seemIdle();
    host.done();
    assertThat(host.nodes("RUNNING")).extracting(NodeRow::id).containsExactly(1, 2);
    assertThat(pids).as("none was restarted").allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).isPresent());
    host.done("--force_action", "stop", "--service_name", "node-1.service");
    assertThat(ProcessHandle.of(pids.get(0)).filter(ProcessHandle::isAlive)).isEmpty();
    host.done("--force_action", "start", "--service_name", "node-1.service");
    host.done("--force_action", "remove", "--service_name", "node-1.service");
    assertThat(data.resolve("nodes/node-1")).doesNotExist();
    assertThat(data.resolve("nodes/node-2/node_identity.key")).exists();
  }

  @Test
  void nodesOfTheOldNetworkGiveWayOneForOne() throws Exception {
    host.done(host.initWords(withoutLimits("--node_cap", "2", "--max_concurrent_starts", "2")));
    cyclesUntilThereAre("antnode", 2);
    Path antNode = StandInAntNode2.installInto(host.home().resolve("present"));
    byte[] key = Files.readAllBytes(host.storage().resolve("antnode0001/secret-key"));

    assertThat(host.done("--antnode_path", antNode.toString(), "--force_action", "renew", "--count", "2", "--dry_run").out())
        .contains("antnode0001.service (antnode) gives way", "antnode0002.service (antnode) gives way");
    host.done("--antnode_path", antNode.toString(), "--force_action", "renew", "--count", "2");
    cyclesUntilThereAre("ant-node", 2);

    assertThat(host.nodes()).hasSize(2);
    assertThat(host.processes()).hasSize(2);
    try (Stream<Path> kept = Files.list(host.storage().resolveSibling("kept-keys"))) {
      List<Path> folders = kept.sorted().toList();
      assertThat(folders).hasSize(2);
      Path copy = folders.get(0).resolve("secret-key");
      assertThat(copy).hasBinaryContent(key);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy))).isEqualTo("rw-------");
    }
  }

  /** Cycles until all nodes are of this program, so many, and run; never do fewer than were there run after one. */
  private void cyclesUntilThereAre(String program, int nodes) {
    int before = host.nodes("RUNNING").size();
    for (int i = 0; i < MOST_CYCLES && !(host.nodes("RUNNING").size() == nodes && programs().equals(List.of(program))
        && host.nodes().size() == nodes); i++) {
      host.seemIdle();
      host.done();
      assertThat(host.nodes("RUNNING").size()).isGreaterThanOrEqualTo(Math.min(before, nodes));
    }
    assertThat(programs()).containsExactly(program);
    assertThat(host.nodes("RUNNING")).hasSize(nodes);
  }

  private List<String> programs() {
    return host.colony().rows("SELECT DISTINCT program FROM node JOIN node_health ON node_id = node.id").stream()
        .map(row -> row.get("program")).toList();
  }
}
