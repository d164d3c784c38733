package dev.wnm.testkit.antctl;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.command.CommandResult;
import dev.wnm.testkit.Pace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What becomes of nodes between the runs of antctl, how it finds them, and how it upgrades them. */
@Execution(value = ExecutionMode.CONCURRENT, reason = "each test has an antctl and nodes of its own")
class StandInAntctlServicesTest extends OnAntctlBench {
  private static final String CRASH = "exit_after=0.5\nexit_code=7\n";

  @Test
  void aNodeKilledByAnOutsideSigtermIsStartedAgain() throws Exception {
    long pid = startOne();

    signal("TERM", pid);

    eventually("it runs again", () -> pidOfNode() != pid && alive(pidOfNode()));
    assertThat(bench.value("antnode1", "status")).isEqualTo("\"Running\"");
    assertThat(bench.value("antnode1", "pid")).isEqualTo(Long.toString(pidOfNode()));
  }

  @Test
  void aNodeThatCrashesOrIsKilledStaysDownUntilItIsStarted() throws Exception {
    signal("KILL", startOne());
    eventually("antctl sees that", () -> value("status").equals("\"Stopped\""));

    Files.writeString(bench.file("data/antnode1/standin.conf"), CRASH);
    assertThat(bench.run("-v", "start", "--interval", "0").exitCode()).isZero();
    eventually("antctl sees that", () -> value("status").equals("\"Stopped\""));

    assertThat(bench.run("status").stdout()).contains("STOPPED               - told to die after 0.5 s");
    assertThat(bench.run("status", "--fail").exitCode()).isEqualTo(1);
  }

  @Test
  void aNodeThatEndsCleanlyTooOftenIsGivenUp() throws Exception {
    bench.add();
    Files.createDirectories(bench.file("data/antnode1"));
    Files.writeString(bench.file("data/antnode1/standin.conf"), "exit_at_start=0\n");
    bench.told("start_pause", Long.toString(Pace.stretched(Duration.ofSeconds(2)).toSeconds()));
    bench.told("start_limit_interval", "600");

    assertThat(bench.run("start", "--interval", "0").stdout())
        .contains("✕ antnode1: The PID of the process was not found after starting it.");
    assertThat(bench.run("start", "--interval", "0").stdout()).contains("attempted too often");
  }

  @Test
  void aNodeThatIgnoresSigtermIsKilledAfterTheStopTimeout() throws Exception {
    long pid = startOne();
    Files.writeString(bench.file("data/antnode1/standin.conf"), "ignore_term=1\n");
    eventually("it has noticed", () -> ignoresTerm(pid));
    bench.told("stop_timeout", "0.5");

    assertThat(bench.run("-v", "stop").exitCode()).isZero();
    assertThat(alive(pid)).isFalse();
  }

  @Test
  void oneSickRpcFailsEveryFullRefreshAndNoPartialOne() throws Exception {
    startOne();
    bench.add();
    bench.told("rpc.antnode1", "refuse");

    CommandResult refused = bench.run("stop", "--service-name", "antnode2");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.stderr()).contains("Could not connect to RPC endpoint 'https://127.0.0.1:");
    assertThat(bench.run("status").exitCode()).isEqualTo(1);
    assertThat(bench.run("status", "--json").exitCode()).isZero();
    assertThat(bench.run("-v", "stop").exitCode()).isZero();
    assertThat(bench.value("antnode1", "status")).isEqualTo("\"Stopped\"");
  }

  @Test
  void startFailsWithoutTheRpcWhileTheNodeRunsOn() throws Exception {
    bench.add();
    bench.told("rpc", "refuse");

    CommandResult result = bench.run("-v", "start", "--interval", "0");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.stderr()).contains("Failed to start one or more services");
    assertThat(bench.text("var/node_registry.json")).contains("\"status\":\"Added\"");
    assertThat(bench.value("antnode1", "status")).isEqualTo("\"Running\"");
    assertThat(alive(pidOfNode())).isTrue();
  }

  @Test
  void withoutAnIntervalStartWaitsForMorePeersThanAnOfflineNodeGets() throws Exception {
    bench.add();
    assertThat(bench.run("start", "--connection-timeout", "2").exitCode()).isEqualTo(1);
    bench.run("-v", "stop");
    bench.told("peers", "6");

    assertThat(bench.run("start", "--connection-timeout", "500").exitCode()).isZero();
    assertThat(bench.value("antnode1", "connected_peers").lines().filter(line -> line.contains("12D3"))).hasSize(6);
  }

  @Test
  void upgradeStartsWhatWasStoppedAndKnowsTheNewVersion() throws Exception {
    bench.add("--env", "A=1,B=2", "--env", "C=3");
    bench.release("0.4.17");
    assertThat(bench.run("upgrade").stdout()).contains("Latest version is 0.4.17", "✓ All nodes are at the latest version");
    bench.release("0.4.18-rc.1");
    bench.release("0.4.16");
    assertThat(bench.run("upgrade", "--version", "0.4.16").stdout()).contains("✓ All nodes are at the latest version");

    CommandResult upgraded = bench.run("upgrade", "--version", "0.4.18-rc.1", "--interval", "0");

    assertThat(upgraded.stdout()).contains("Upgrade summary:", "✓ antnode1 upgraded from 0.4.17 to 0.4.18-rc.1");
    assertThat(bench.value("antnode1", "status")).isEqualTo("\"Running\"");
    assertThat(bench.value("antnode1", "version")).isEqualTo("\"0.4.18-rc.1\"");
    assertThat(bench.text("units/antnode1.service")).contains("Environment=\"A=1,B=2\"\nEnvironment=\"C=3\"\n");
    assertThat(bench.run("upgrade", "--force", "--version", "0.4.16", "--do-not-start").stdout())
        .contains("✓ Forced antnode1 version change from 0.4.18-rc.1 to 0.4.16.");
    assertThat(bench.value("antnode1", "status")).isEqualTo("\"Stopped\"");
  }

  @Test
  void anUpgradeOfACrashedNodeStartsItByItsOldUnitFile() throws Exception {
    signal("KILL", startOne());
    eventually("antctl sees that", () -> value("status").equals("\"Stopped\""));

    assertThat(bench.run("upgrade", "--path", bench.binary(), "--interval", "0", "--env", "MARK=1").exitCode()).isZero();
    assertThat(bench.text("units/antnode1.service")).contains("Environment=\"MARK=1\"");
    assertThat(environment(pidOfNode())).doesNotContain("MARK=1");

    assertThat(bench.run("upgrade", "--path", bench.binary(), "--interval", "0", "--env", "MARK=2").exitCode()).isZero();
    assertThat(environment(pidOfNode())).contains("MARK=2");
  }

  @Test
  void anUpgradedNodeThatDoesNotStartIsAFailure() throws Exception {
    bench.add();
    bench.told("fail.start", "no such luck");

    CommandResult result = bench.run("upgrade", "--path", bench.binary());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.stdout()).contains("✕ antnode1 was upgraded from 0.4.17 to 0.4.17 but it did not start");
    assertThat(result.stderr()).contains("There was a problem upgrading one or more nodes", "attempt to start them again");
  }

  @Test
  void addDownloadsFromTheReleasesWhenGivenNoPath() throws Exception {
    bench.release("0.4.9");
    bench.release("0.4.10");

    CommandResult added = bench.run("add", "--rewards-address", AntctlBench.WALLET, "evm-arbitrum-one");
    assertThat(added.stdout()).contains("Retrieving latest version for antnode...", "Downloading antnode version 0.4.10...",
        "Download completed: " + bench.file("var/downloads/antnode"));
    assertThat(bench.value("antnode1", "version")).isEqualTo("\"0.4.10\"");
    assertThat(bench.file("var/downloads/antnode")).doesNotExist();
    assertThat(bench.run("add", "--version", "0.1.0", "--rewards-address", AntctlBench.WALLET, "evm-arbitrum-one").stderr())
        .contains("Failed to download release after 3 tries.");
  }

  @Test
  void aRunningNodeKeepsNoneOfAntctlsFilesOpen() throws Exception {
    long pid = startOne();

    try (var files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      assertThat(files.map(StandInAntctlServicesTest::target).filter(file -> file.startsWith("pipe:"))).isEmpty();
    }
  }

  private long startOne() throws Exception {
    bench.add();
    assertThat(bench.run("start", "--interval", "0").exitCode()).isZero();
    return pidOfNode();
  }

  private long pidOfNode() {
    try {
      return Long.parseLong(bench.text("data/antnode1/antnode.pid"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private String value(String key) {
    try {
      return bench.value("antnode1", key);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean alive(long pid) {
    return ProcessHandle.of(pid).isPresent();
  }

  private static String environment(long pid) throws IOException {
    return Files.readString(Path.of("/proc/" + pid + "/environ"));
  }

  private static boolean ignoresTerm(long pid) {
    try {
      String ignored = Files.readString(Path.of("/proc/" + pid + "/status")).replaceFirst("(?s).*SigIgn:\\s*(\\w+).*", "$1");
      return (Long.parseUnsignedLong(ignored, 16) >> 14 & 1) == 1;
    } catch (IOException e) {
      return false;
    }
  }

  private static void signal(String name, long pid) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
