package dev.wnm.testkit.antnode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stand-in reads its command line as antnode does. */
class StandInAntnodeCommandLineTest {
  private static final String WALLET = RunningStandIn.WALLET;

  @TempDir
  private Path folder;

  @Test
  void itsVersionHasAntnodesFourLinesAndNeedsNothingElse() throws Exception {
    assertThat(run(StandInAntnode.installInto(folder), "--version").stdout()).isEqualTo("""
        Autonomi Node v0.4.17
        Network version: ant/1.0/1
        Package version: 2026.2.3.2
        Git info: stable / 5a4d1c0 / 2026-02-03
        """);
  }

  @Test
  void aCopyCarriesTheVersionThatItWasGiven() throws Exception {
    Path newer = StandInAntnode.installInto(folder, new Version("0.4.18-rc.1"));

    assertThat(run(newer, "--version").stdout()).startsWith("Autonomi Node v0.4.18-rc.1\n");
    assertThat(StandInAntnode.versionOf(newer)).contains(new Version("0.4.18-rc.1"));
  }

  @ParameterizedTest
  @CsvSource({"--crate-version, Crate version: 0.4.17", "--package-version, Package version: 2026.2.3.2",
      "--protocol-version, Network version: ant/1.0/1"})
  void partsOfTheVersionNeedARewardsAddressOrPanic(String flag, String printed) throws Exception {
    Path antnode = StandInAntnode.installInto(folder);

    assertThat(run(antnode, flag, "--rewards-address", WALLET).stdout()).isEqualTo(printed + "\n");
    assertThat(run(antnode, flag).exitCode()).isEqualTo(101);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "--bogus | unexpected argument '--bogus' found",
      "--root-dir | a value is required for '--root-dir <ROOT_DIR>'",
      "--port abc | invalid value 'abc' for '--port <PORT>'",
      "--port 65536 | invalid value '65536' for '--port <PORT>'",
      "--port 1 --port 2 | cannot be used multiple times",
      "--no-upnp=yes | unexpected value 'yes' for '--no-upnp'",
      "--ip nowhere | invalid value 'nowhere' for '--ip <IP>'",
      "--log-format xml | invalid value 'xml' for '--log-format <LOG_FORMAT>'",
      "evm-moon | unrecognized subcommand 'evm-moon'",
      "evm-arbitrum-one --port 1 | unexpected argument '--port' found",
      "evm-custom --rpc-url u | required arguments were not provided",
      "--first --peer /ip4/1.2.3.4 | cannot be used with"})
  void aUsageErrorEndsItWithCode2(String words, String error) throws Exception {
    List<String> all = new ArrayList<>(List.of("--rewards-address", WALLET));
    all.addAll(List.of(words.split(" ")));

    CommandResult result = run(StandInAntnode.installInto(folder), all.toArray(String[]::new));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.stderr()).startsWith("error: ").contains(error);
  }

  @Test
  void withoutARewardsAddressItDoesNotStart() throws Exception {
    CommandResult result = run(StandInAntnode.installInto(folder), "--root-dir", folder.resolve("root").toString());

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.stderr()).contains("--rewards-address <REWARDS_ADDRESS>");
    assertThat(folder.resolve("root")).doesNotExist();
  }

  @Test
  void anOlderOneNeitherListsNorTakesAFlagThatItDoesNotKnow() throws Exception {
    Path older = StandInAntnode.installInto(folder, new Version("0.3.1"), Set.of("--stop-on-upgrade"));

    CommandResult refused = run(older, "--rewards-address", WALLET, "--stop-on-upgrade");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.stderr()).contains("unexpected argument '--stop-on-upgrade' found");
    assertThat(run(older, "--help").stdout()).contains("--rewards-address").doesNotContain("--stop-on-upgrade");
    assertThat(run(StandInAntnode.installInto(folder), "--help").stdout()).contains("--stop-on-upgrade");
  }

  @Test
  void anyFileIsNoStandIn() throws IOException {
    Path file = Files.writeString(folder.resolve("x"), "#!/bin/sh\n");
    assertThat(StandInAntnode.versionOf(file)).isEmpty();
  }

  private static CommandResult run(Path antnode, String... words) throws CommandFailedException {
    List<String> argv = new ArrayList<>(List.of(antnode.toString()));
    argv.addAll(List.of(words));
    return new ProcessCommandRunner().run(Command.of(argv));
  }
}
