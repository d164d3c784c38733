package dev.wnm.testkit.antnode2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.model.Version;
import dev.wnm.testkit.antnode.StandInAntnode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stand-in reads its command line, its variables and its config file as ant-node does. */
class StandInAntNode2CommandLineTest {
  private static final String WALLET = RunningNode.WALLET;

  @TempDir
  private Path folder;

  private record Ended(int exitCode, String output) {}

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V"})
  void itsVersionIsOneLine(String flag) throws Exception {
    assertThat(run(Map.of(), flag)).isEqualTo(new Ended(0, "ant-node 0.23.1\n"));
  }

  @Test
  void aCopyCarriesTheVersionThatItWasGiven() throws Exception {
    Path newer = StandInAntNode2.installInto(folder, new Version("0.24.0-rc.1"));

    assertThat(run(Map.of(), "--version").output()).isEqualTo("ant-node 0.24.0-rc.1\n");
    assertThat(StandInAntNode2.versionOf(newer)).contains(new Version("0.24.0-rc.1"));
  }

  @Test
  void theTwoNodeProgramsAreToldApart() throws Exception {
    Path old = StandInAntnode.installInto(folder);
    Path current = StandInAntNode2.installInto(folder);

    assertThat(StandInAntNode2.versionOf(old)).isEmpty();
    assertThat(StandInAntnode.versionOf(current)).isEmpty();
    assertThat(StandInAntNode2.versionOf(current)).contains(StandInAntNode2.VERSION);
    assertThat(StandInAntNode2.versionOf(Files.writeString(folder.resolve("x"), "#!/bin/sh\n"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "--bogus | unexpected argument '--bogus' found",
      "evm-arbitrum-one | unexpected argument 'evm-arbitrum-one' found",
      "--root-dir | a value is required for '--root-dir <ROOT_DIR>' but none was supplied",
      "--port abc | invalid value 'abc' for '--port <PORT>': invalid digit found in string",
      "-p 65536 | invalid value '65536' for '--port <PORT>': 65536 is not in 0..=65535",
      "--port 1 -p2 | the argument '--port <PORT>' cannot be used multiple times",
      "--ipv4-only=yes | unexpected value 'yes' for '--ipv4-only' found; no more were expected",
      "--bootstrap 127.0.0.1:1,127.0.0.1:2 | invalid value '127.0.0.1:1,127.0.0.1:2' for '--bootstrap <BOOTSTRAP>'",
      "--bootstrap host:1 | invalid socket address syntax",
      "--webrtc-port -- | a value is required for '--webrtc-direct-port <WEBRTC_DIRECT_PORT>'",
      "--log-format xml | [possible values: text, json]",
      "--network-mode Testnet | [possible values: production, testnet, development]"})
  void aUsageErrorEndsItWithCode2(String words, String error) throws Exception {
    List<String> all = new ArrayList<>(List.of("--rewards-address", WALLET));
    all.addAll(List.of(words.split(" ")));

    Ended ended = run(Map.of(), all.toArray(String[]::new));

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output()).startsWith("error: ").contains(error).endsWith("For more information, try '--help'.\n");
  }

  @ParameterizedTest
  @CsvSource({"ANT_PORT, x", "ANT_IPV4_ONLY, 1", "ANT_IPV4_ONLY, ''", "ANT_BOOTSTRAP, '1.2.3.4:1,1.2.3.4:2'",
      "ANT_NETWORK_MODE, x", "ANT_LOG_MAX_FILES, -1", "ANT_WEBRTC_DIRECT_BIND, 1.2.3.4", "RUST_LOG, 'info,ant_node=debug'",
      "RUST_LOG, INFO"})
  void aVariableOfAWrongValueEndsItWithCode2(String variable, String value) throws Exception {
    Ended ended = run(Map.of(variable, value), "--rewards-address", WALLET);

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output()).startsWith("error: " + (value.isEmpty() ? "a value is required" : "invalid value '" + value + "'")
        + " for '--");
  }

  @Test
  void aVariableSaysWhatItsFlagWouldAndAFlagSaysMore() throws Exception {
    Map<String, String> variables = Map.of("ANT_REWARDS_ADDRESS", "0x12", "ANT_ROOT_DIR", folder.resolve("a").toString(),
        "ANT_DISABLE_WEBRTC_DIRECT", "false", "ANT_NETWORK_MODE", "development");

    assertThat(run(variables).output()).contains("Invalid rewards address length: expected 42 characters, got 4");
    assertThat(folder.resolve("a/node_identity.key")).exists();
    assertThat(run(variables, "--root-dir", folder.resolve("b").toString()).exitCode()).isEqualTo(1);
    assertThat(folder.resolve("b/node_identity.key")).exists();
  }

  @Test
  void withoutARewardsAddressItEndsInProductionBeforeItMakesItsRoot() throws Exception {
    Ended ended = run(Map.of(), "--root-dir", folder.resolve("root").toString());

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output()).startsWith("Error: ").contains("configuration error: CRITICAL: Rewards address is not configured.");
    assertThat(folder.resolve("root")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "testnet | | node startup failed: No rewards address configured.",
      "production | 00455d78f850b0358E8cea5be24d415E01E107CF | must start with '0x'",
      "production | 0x00455d78f850b0358E8cea5be24d415E01E107C | expected 42 characters, got 41",
      "production | 0x00455d78f850b0358E8cea5be24d415E01E107Cg | contains non-hex characters"})
  void aWrongRewardsAddressIsFoundAfterTheIdentityWasMade(String mode, String address, String error) throws Exception {
    List<String> words = new ArrayList<>(List.of("--network-mode", mode, "--root-dir", folder.resolve("root").toString()));
    if (address != null) {
      words.addAll(List.of("--rewards-address", address));
    }

    Ended ended = run(Map.of(), words.toArray(String[]::new));

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output()).startsWith("Error: ").contains(error);
    assertThat(folder.resolve("root/node_identity.key")).exists();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "[payment]\\nevm_network = \"arbitrum-one\" | TOML parse error at line 2",
      "port 12000 | TOML parse error at line 1", "[upgrade]\\n\\ncheck_interval_hours = \"1\" | TOML parse error at line 3"})
  void aConfigFileOfTheWrongShapeEndsIt(String text, String error) throws Exception {
    Path config = Files.writeString(folder.resolve("config.toml"), text.replace("\\n", "\n"));

    Ended ended = run(Map.of(), "--rewards-address", WALLET, "--config", config.toString());

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output()).contains("configuration error: " + error);
  }

  @Test
  void aConfigFileThatIsNotThereEndsIt() throws Exception {
    Ended ended = run(Map.of(), "--rewards-address", WALLET, "-c", folder.resolve("none").toString());

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output()).contains("No such file or directory (os error 2)");
  }

  @Test
  void aFolderForItsLogThatCannotBeMadeEndsItBeforeAllElse() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    Ended ended = run(Map.of(), "--rewards-address", WALLET, "--root-dir", folder.resolve("root").toString(),
        "--enable-logging", "--log-dir", file.resolve("logs").toString());

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(folder.resolve("root")).doesNotExist();
  }

  @Test
  void anOlderOneNeitherListsNorTakesAFlagThatItDoesNotKnow() throws Exception {
    assertThat(run(Map.of(), "--help").output()).contains("--disable-webrtc-direct");
    StandInAntNode2.installInto(folder, new Version("0.14.2"), Set.of("--disable-webrtc-direct"));

    assertThat(run(Map.of(), "--disable-webrtc-direct").output())
        .contains("unexpected argument '--disable-webrtc-direct' found");
    assertThat(run(Map.of(), "--help").output()).contains("--rewards-address").doesNotContain("--disable-webrtc-direct");
  }

  private Ended run(Map<String, String> variables, String... words) throws IOException, InterruptedException {
    Path antNode = folder.resolve(StandInAntNode2.FILE_NAME);
    if (!Files.exists(antNode)) {
      StandInAntNode2.installInto(folder);
    }
    List<String> all = new ArrayList<>(List.of(antNode.toString()));
    all.addAll(List.of(words));
    Process process = RunningNode.start(folder, Map.of(), variables, all);
    return new Ended(process.waitFor(), Files.readString(folder.resolve("console.log")));
  }
}
