package dev.wnm.testkit.antctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.command.CommandResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stand-in refuses what antctl refuses, and misbehaves as it is told. */
class StandInAntctlMisbehaviourTest extends OnAntctlBench {
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "status -v | unexpected argument '-v' found",
      "add --debug | unexpected argument '--debug' found",
      "bogus | unrecognized subcommand 'bogus'",
      "status --json --details | the argument '--json' cannot be used with '--details'",
      "start --interval 0 --connection-timeout 5 | the argument '--interval <INTERVAL>' cannot be used with",
      "add --rewards-address 0x12 evm-arbitrum-one | invalid value '0x12' for '--rewards-address <REWARDS_ADDRESS>'",
      "add --count 2 evm-arbitrum-one | --rewards-address <REWARDS_ADDRESS>",
      "add --node-port 5-3 evm-arbitrum-one | End port must be greater than start port",
      "add --rewards-address 0x03B770D9cD32077cC0bF330c13C114a87643B124 | 'antctl add' requires a subcommand",
      "add --rewards-address 0x03B770D9cD32077cC0bF330c13C114a87643B124 evm-arbitrum-one --version 1 | unexpected argument"})
  void aUsageErrorEndsItWithCode2(String words, String error) throws Exception {
    CommandResult result = bench.run(words.split(" "));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.stderr()).startsWith("error: ").contains(error);
    assertThat(bench.file("var")).doesNotExist();
  }

  @Test
  void itTellsTheVersionThatItIsTold() throws Exception {
    assertThat(bench.run("--crate-version").stdout()).isEqualTo("0.14.2\n");
    bench.told("crate_version", "0.12.3");

    assertThat(bench.run("--crate-version", "status").stdout()).isEqualTo("0.12.3\n");
    assertThat(bench.run("--version").stdout()).startsWith("Autonomi Node Manager v0.12.3\n");
  }

  @Test
  void failuresOfSomeServicesLeaveTheOthersUsable() throws Exception {
    bench.told("fail.add.antnode2", "Permission denied (os error 13)");

    CommandResult result = bench.add("--count", "3");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.stdout()).contains(" ✓ antnode1", " ✓ antnode3", "Failed to add 1 service(s):",
        "✕ antnode2: Permission denied (os error 13)");
    assertThat(result.stderr()).contains("Failed to add one or more services");
    assertThat(bench.text("var/node_registry.json")).contains("antnode3").doesNotContain("antnode2");
    bench.told("fail.add.antnode2", "");
    assertThat(bench.add().stdout()).as("a count, not a maximum").contains(" ✓ antnode3");
  }

  @Test
  void aFailureTakesPlaceOnceWhenToldSo() throws Exception {
    bench.told("fail_once.add", "bad luck");

    assertThat(bench.add().exitCode()).isEqualTo(1);
    assertThat(bench.add().exitCode()).isZero();
  }

  @Test
  void itDelaysAndCrashes() throws Exception {
    bench.told("hang_once.status", "0.5").told("hang_after.add", "0.3").told("crash.stop", "101").told("crash_after.add", "9");

    assertThat(bench.add().exitCode()).isEqualTo(9);
    assertThat(bench.run("status", "--json").stdout()).contains("antnode1");
    assertThat(bench.run("stop").exitCode()).isEqualTo(101);

    assertThat(StandInAntctl.calls(bench.file("calls"))).extracting(call -> Duration.between(call.begin(), call.end()))
        .satisfies(took -> assertThat(took.get(0)).isGreaterThan(Duration.ofMillis(300)))
        .satisfies(took -> assertThat(took.get(1)).isGreaterThan(Duration.ofMillis(500)));
  }

  @Test
  void itsJsonIsCutSpoiltAndOddAsTold() throws Exception {
    bench.add();
    bench.told("status.antnode1", "Degraded").told("garbage_before", "[1 INFO]\\n[2 INFO]").told("garbage_after", "bye");
    assertThat(bench.json()).startsWith("[1 INFO]\n[2 INFO]\n{\n").endsWith("}\nbye\n").contains("\"status\": \"Degraded\"");
    bench.told("garbage_before", "").told("garbage_after", "").told("truncate_json", "20");

    assertThat(bench.json()).isEqualTo("{\n  \"nodes\": [\n    {");
  }

  @Test
  void thePidIsTheOneItIsTold() throws Exception {
    bench.add();
    bench.run("start", "--interval", "0");
    bench.told("pid.antnode1", "1");

    assertThat(bench.value("antnode1", "pid")).isEqualTo("1");
    assertThat(bench.value("antnode1", "status")).isEqualTo("\"Running\"");
  }

  @Test
  void withoutABusNothingStarts() throws Exception {
    bench.add();
    bench.told("no_bus", "1");

    CommandResult result = bench.run("start", "--interval", "0");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.stdout()).contains(
        "✕ antnode1: Command failed with exit code 1: Failed to connect to bus: No medium found");
    assertThat(bench.add("--auto-restart").exitCode()).isEqualTo(1);
    bench.told("no_bus", "");
  }

  @Test
  void whoSeesNoProcessesTakesARunningNodeForStopped() throws Exception {
    bench.add();
    bench.run("start", "--interval", "0");
    bench.told("blind", "1");

    assertThat(bench.value("antnode1", "status")).isEqualTo("\"Stopped\"");
    bench.told("blind", "");
    assertThat(bench.value("antnode1", "status")).isEqualTo("\"Running\"");
  }

  @Test
  void coloursAreForcedByTheirVariableAlone() throws Exception {
    bench.told("fail.add", "no");
    assertThat(bench.add().stdout()).contains("✕ antnode1: no").doesNotContain("\033");

    Process coloured = process("CLICOLOR_FORCE", "1");

    assertThat(new String(coloured.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("\033[31m✕\033[0m antnode1: no");
  }

  private Process process(String variable, String value) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(bench.antctl().toString(), "add", "--rewards-address", AntctlBench.WALLET,
        "--path", bench.binary(), "evm-arbitrum-one");
    builder.environment().put(variable, value);
    return builder.start();
  }
}
