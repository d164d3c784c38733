package dev.wnm.testkit.antnode2;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.model.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The stand-in misbehaves when it is told to, by its environment or while it runs. */
@Execution(value = ExecutionMode.CONCURRENT, reason = "each test has nodes, folders and ports of its own")
class StandInAntNode2MisbehaviourTest {
  /** Root may write anywhere, but for this. */
  private static final List<String> WITHOUT_ROOTS_RIGHT = List.of("setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override");

  @TempDir
  private Path folder;

  @Test
  void itDiesAtItsStart() throws Exception {
    try (RunningNode node = new RunningNode(folder, Map.of("exit_at_start", "7"))) {
      assertThat(node.exitCode()).isEqualTo(7);
      assertThat(node.text("console.log")).startsWith("Error: ");
    }
  }

  @Test
  void itPanicsAtItsStart() throws Exception {
    try (RunningNode node = new RunningNode(folder, Map.of("panic_at_start", "1"))) {
      assertThat(node.exitCode()).isEqualTo(128 + 6);
      assertThat(node.text("console.log")).contains("panicked");
    }
  }

  @Test
  void itDiesLater() throws Exception {
    try (RunningNode node = new RunningNode(folder, Map.of("exit_after", "0.5", "exit_code", "9")).untilReady()) {
      assertThat(node.exitCode()).isEqualTo(9);
    }
  }

  @Test
  void itPanicsLater() throws Exception {
    try (RunningNode node = new RunningNode(folder, Map.of("panic_after", "0.1"))) {
      assertThat(node.exitCode()).isEqualTo(128 + 6);
    }
  }

  @Test
  void itIgnoresSignalsButNotAll() throws Exception {
    Map<String, String> settings = Map.of("ignore_int", "1", "ignore_term", "1");
    try (RunningNode node = new RunningNode(folder, settings).untilReady()) {
      node.signal("INT");
      node.signal("TERM");
      node.signal("HUP");
      eventually("it lives on", () -> node.log().contains("SIGHUP"));
      node.signal("KILL");
      assertThat(node.exitCode()).isEqualTo(128 + 9);
    }
  }

  @Test
  void beforeItJoinedASignalEndsItByItsDefault() throws Exception {
    try (RunningNode node = new RunningNode(folder, Map.of("join_seconds", "600"))) {
      eventually("it has its first port", () -> node.log().contains("Node runtime loop starting"));
      assertThat(node.sockets()).hasSize(1);
      node.signal("TERM");
      assertThat(node.exitCode()).isEqualTo(128 + 15);
    }
  }

  @Test
  void itListensNowhere() throws Exception {
    try (RunningNode node = new RunningNode(folder, Map.of("no_ports", "1")).untilReady()) {
      assertThat(node.sockets()).isEmpty();
      assertThat(node.process().isAlive()).isTrue();
    }
  }

  @Test
  void itFallsSilent() throws Exception {
    try (RunningNode node = new RunningNode(folder, Map.of()).untilReady()) {
      StandInAntNode2.configure(folder, Map.of("silent", "1"));
      eventually("it notes no signal any more", () -> {
        int before = node.log().length();
        node.signal("HUP");
        return node.answers("after the signal") && node.log().length() == before;
      });
    }
  }

  @Test
  void itReachesNoneOfItsPeers() throws Exception {
    try (RunningNode node = new RunningNode(folder, Map.of("unreachable", "1"), "-b", "127.0.0.1:1").untilReady()) {
      assertThat(node.log()).contains("Failed to connect to any bootstrap peers");
      assertThat(node.file("routing_snapshot.json")).doesNotExist();
    }
  }

  @Test
  void aSuccessorThatStartsTooEarlyFindsThePortTaken() throws Exception {
    StandInAntNode2.installInto(folder.resolve("newer"), new Version("0.24.0"));
    Map<String, String> settings = Map.of("upgrade_to", "newer/ant-node", "upgrade_overlap", "3");
    try (RunningNode node = new RunningNode(folder, settings)) {
      assertThat(node.exitCode()).isZero();
      eventually("the successor ended", () -> node.successors().isEmpty());
      assertThat(node.text("console.log")).contains("Failed to create transport");
    }
  }

  @Test
  void inAFolderThatItCannotWriteToItRunsOn() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path own = StandInAntNode2.installInto(bin);
    Path newer = StandInAntNode2.installInto(folder.resolve("newer"), new Version("0.24.0"));
    Files.createSymbolicLink(folder.resolve(StandInAntNode2.FILE_NAME), own);
    Files.setPosixFilePermissions(bin, PosixFilePermissions.fromString("r-xr-xr-x"));
    try (RunningNode node = new RunningNode(WITHOUT_ROOTS_RIGHT, folder, Map.of("upgrade_to", newer.toString())).untilReady()) {
      eventually("it says so", () -> node.log().contains("Failed to create temp dir: Permission denied (os error 13)"));
      assertThat(node.process().isAlive()).isTrue();
      assertThat(StandInAntNode2.versionOf(own)).contains(StandInAntNode2.VERSION);
    } finally {
      Files.setPosixFilePermissions(bin, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }
}
