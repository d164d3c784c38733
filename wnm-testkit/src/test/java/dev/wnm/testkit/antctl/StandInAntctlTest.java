package dev.wnm.testkit.antctl;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.command.CommandResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The life of a service as antctl has it, from add to reset. */
class StandInAntctlTest extends OnAntctlBench {
  @Test
  void anEmptyClusterIsNoOutputAndNoError() throws Exception {
    CommandResult result = bench.run("status", "--json");

    assertThat(result.exitCode()).isZero();
    assertThat(result.stdout() + result.stderr()).isEmpty();
    assertThat(bench.file("var/node_registry.json").toFile().length()).isZero();
  }

  @Test
  void addDefinesAServiceAndStartsNothing() throws Exception {
    CommandResult result = bench.add("--data-dir-path", bench.file("d").toString(),
        "--log-dir-path", bench.file("l").toString(), "--node-port", "13001", "--metrics-port", "14001",
        "--rpc-port", "15001", "--no-upnp", "--ignore-cache", "--max-log-files", "3");

    assertThat(result.exitCode()).isZero();
    assertThat(result.stdout()).contains("║   Add Antnode Services   ║", "1 service(s) to be added", " ✓ antnode1",
        "    - Antnode path: " + bench.file("d/antnode1/antnode"), "    - RPC port: 127.0.0.1:15001",
        "[!] Note: newly added services have not been started");
    assertThat(bench.file("d/antnode1/antnode")).isExecutable().hasSameBinaryContentAs(Path.of(bench.binary()));
    assertThat(bench.file("l/antnode1")).isDirectory();
    assertThat(bench.text("units/antnode1.service")).startsWith("[Unit]\nDescription=antnode1\n[Service]\nExecStart="
        + bench.file("d/antnode1/antnode") + " --rpc 127.0.0.1:15001 --root-dir " + bench.file("d/antnode1")
        + " --log-output-dest " + bench.file("l/antnode1") + " --ignore-cache ").contains(
        " --no-upnp --port 13001 --metrics-server-port 14001 --max-log-files 3 --rewards-address " + AntctlBench.WALLET
        + " --stop-on-upgrade evm-arbitrum-one\nRestart=on-success").doesNotEndWith("\n");
    assertThat(bench.value("antnode1", "status")).isEqualTo("\"Added\"");
    assertThat(bench.value("antnode1", "pid")).isEqualTo("null");
    assertThat(bench.value("antnode1", "metrics_port")).isEqualTo("14001");
    assertThat(bench.value("antnode1", "rewards_address")).isEqualTo("\"" + AntctlBench.WALLET.toLowerCase() + "\"");
  }

  @Test
  void aNodeLivesThroughStartStopAndRemoveAndLeavesItsEntry() throws Exception {
    bench.add("--rpc-port", "15002");

    CommandResult started = bench.run("start", "--interval", "0", "--service-name", "antnode1");
    assertThat(started.exitCode()).isZero();
    assertThat(started.stdout()).contains("Attempting to start antnode1...", "✓ Started antnode1 service", "  - PID: ");
    long pid = Long.parseLong(bench.value("antnode1", "pid"));
    assertThat(bench.text("data/antnode1/antnode.pid")).isEqualTo(Long.toString(pid));
    assertThat(bench.run("start").stdout()).contains("The antnode1 service is already running");
    assertThat(bench.run("remove").exitCode()).isEqualTo(1);

    assertThat(bench.run("stop").stdout()).contains("✓ Service antnode1 with PID " + pid + " was stopped");
    assertThat(ProcessHandle.of(pid)).isEmpty();
    assertThat(bench.run("stop").stdout()).contains("✓ Service antnode1 was already stopped");
    assertThat(bench.value("antnode1", "status")).isEqualTo("\"Stopped\"");
    assertThat(bench.value("antnode1", "peer_id")).startsWith("\"12D3KooW");

    assertThat(bench.run("remove").stdout()).contains("✓ Service antnode1 was removed");
    assertThat(bench.file("data/antnode1")).doesNotExist();
    assertThat(bench.file("units/antnode1.service")).doesNotExist();
    assertThat(bench.value("antnode1", "status")).isEqualTo("\"Removed\"");
    assertThat(bench.run("stop").stdout()).contains("No services were eligible to be stopped");
    assertThat(bench.add("--rpc-port", "15002").stderr()).contains("Port 15002 is being used by another service");
    assertThat(bench.add().stdout()).contains(" ✓ antnode2");
  }

  @Test
  void resetForgetsNumbersAndPorts() throws Exception {
    bench.add("--rpc-port", "15003", "--count", "1");
    bench.run("start", "--interval", "0");

    assertThat(bench.run("reset").stdout()).endsWith("Reset aborted\n");
    assertThat(bench.run("reset", "--force").exitCode()).isZero();

    assertThat(bench.file("var/node_registry.json")).doesNotExist();
    assertThat(bench.file("data/antnode1")).doesNotExist();
    assertThat(bench.add("--rpc-port", "15003").stdout()).contains(" ✓ antnode1");
  }

  @Test
  void statusRewritesTheRegistryInPlace() throws Exception {
    bench.add();
    Path registry = bench.file("var/node_registry.json");
    Object inode = Files.getAttribute(registry, "unix:ino");
    Files.writeString(registry, Files.readString(registry).replace("\"reward_balance\":null", "\"reward_balance\":\"7\""));

    bench.json();

    assertThat(Files.readString(registry)).contains("\"reward_balance\":null").doesNotContain("\n").startsWith(
        "{\"daemon\":null,\"environment_variables\":null,\"nat_status\":null,\"nodes\":[{\"alpha\":false,");
    assertThat(Files.getAttribute(registry, "unix:ino")).isEqualTo(inode);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(registry))).startsWith("rw");
  }

  @Test
  void eachRunIsRecordedWithItsWords() throws Exception {
    bench.run("-v", "status");
    bench.run("add", "--path", "with\ttab and \\n");
    bench.told("hang.stop", "60");
    Process hanging = new ProcessBuilder(bench.antctl().toString(), "stop").start();
    eventually("it is recorded", () -> countCalls() == 3);
    hanging.destroyForcibly().waitFor();
    bench.told("hang.stop", "");

    List<StandInAntctl.Call> calls = StandInAntctl.calls(bench.file("calls"));

    assertThat(calls).extracting(StandInAntctl.Call::words).containsExactly(List.of("-v", "status"),
        List.of("add", "--path", "with\ttab and \\n"), List.of("stop"));
    assertThat(calls).extracting(StandInAntctl.Call::ended).containsExactly(true, true, false);
    assertThat(calls.get(0).overlaps(calls.get(1))).isFalse();
    assertThat(calls.get(2).overlaps(calls.get(2))).isTrue();
  }

  private int countCalls() {
    try {
      return StandInAntctl.calls(bench.file("calls")).size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
