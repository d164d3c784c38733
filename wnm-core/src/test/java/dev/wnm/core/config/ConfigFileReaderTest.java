package dev.wnm.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileReaderTest {
  @TempDir
  private Path home;
  private Machine machine;

  @BeforeEach
  void aFreshMachine() {
    machine = new Machine(home);
  }

  @ParameterizedTest
  @ValueSource(strings = {"node_cap 7", "node_cap=7", "node_cap = 7", "node_cap: 7", "node_cap :7", "--node_cap 7",
      "--node_cap=7", "  node_cap\t7  ", "node-cap = 7", "node_c = 7", "node_cap = \"7\"", "node_cap = '7'",
      "node_cap = 7 # nodes", "node_cap = 7 ; nodes", "node_cap '7' # nodes"})
  void anyOfTheFormsSetsAValue(String line) {
    machine.file("wnm/config", line);

    assertThat(machine.settings().get(Options.NODE_CAP)).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      no_enable_upgrade       | false
      --no-enable-upgrade     | false
      no_enable_upgrade = on  | false
      no_enable_upgrade = off | true
      enable_upgrade: no      | false
      enable_upgrade          | true
      """)
  void upgradesAreSwitchedOffByEitherWord(String line, boolean on) {
    machine.file("wnm/config", line);

    assertThat(machine.settings().get(Options.ENABLE_UPGRADE)).isEqualTo(on);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      no_upnp          | true
      --no-upnp        | true
      no_upnp # really | true
      no_upnp = yes    | true
      no_upnp: ON      | true
      no_upnp = 1      | true
      no_upnp = false  | false
      no_upnp = No     | false
      no_upnp = 0      | false
      """)
  void flagsAreSwitchedOnAndOff(String line, boolean on) {
    machine.file("wnm/config", line);

    assertThat(machine.settings().get(Options.NO_UPNP)).isEqualTo(on);
    assertThat(machine.settings().isGiven(Options.NO_UPNP)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "# node_cap = 7", "; node_cap = 7", "[nodes]", "---", "--- more", "node_cap =",
      "node_cap = \"\"", "node_cap: # none", "highest_node_id_used=None", "antctl_version = None", "id=1", "cpu_count=8",
      "node_removal_strategy=youngest", "last_stopped_at=1700000000"})
  void theseLinesSayNothing(String line) {
    machine.file("wnm/config", line);

    assertThat(machine.settings().asText()).isEqualTo(Settings.defaults(machine.platform()).asText());
  }

  @Test
  void valuesMayHoldWhatElsewhereSeparatesThem() {
    machine.file("wnm/config",
        "environment RUST_LOG=debug A=b:c",
        "rewards_address: faucet:2, donate:1",
        "start_args = \"--log-format json # not a comment\"",
        "node_storage='/mnt/big disk/nodes' # comment");

    Settings settings = machine.settings();

    assertThat(settings.get(Options.ENVIRONMENT)).isEqualTo("RUST_LOG=debug A=b:c");
    assertThat(settings.get(Options.REWARDS_ADDRESS)).isEqualTo("faucet:2, donate:1");
    assertThat(settings.get(Options.START_ARGS)).isEqualTo("--log-format json # not a comment");
    assertThat(settings.get(Options.NODE_STORAGE).paths()).containsExactly(Path.of("/mnt/big disk/nodes"));
  }

  @Test
  void theLastOfSeveralLinesCounts() {
    machine.file("wnm/config", "node_cap = 7", "node_cap = 8");

    assertThat(machine.settings().get(Options.NODE_CAP)).isEqualTo(8);
  }

  @Test
  void theMachineConfigReportOfThePythonWnmCanBeReadBack() {
    List<String> report = Options.machineConfigKeys().stream()
        .map(key -> key + "=" + switch (key) {
          case "id" -> "1";
          case "cpu_count" -> "4";
          case "node_removal_strategy" -> "youngest";
          case "last_stopped_at" -> "1795219789";
          case "no_upnp" -> "True";
          case "antctl_debug" -> "False";
          case "antctl_version", "highest_node_id_used" -> "None";
          case "environment", "start_args" -> "\"\"";
          case "rewards_address" -> "faucet";
          case "node_storage" -> "\"/data/node\"";
          case "dbpath" -> "\"sqlite:////data/colony.db\"";
          default -> Settings.defaults(machine.platform()).asText().get(key);
        })
        .toList();
    machine.file("report", report.toArray(String[]::new));

    Settings settings = machine.settings("-c", home + "/report");

    assertThat(settings.get(Options.NO_UPNP)).isTrue();
    assertThat(settings.get(Options.DBPATH)).isEqualTo(Path.of("/data/colony.db"));
    assertThat(settings.get(Options.NODE_STORAGE).paths()).containsExactly(Path.of("/data/node"));
  }

  @Test
  void windowsLineEndsAndAByteOrderMarkDoNoHarm() throws IOException {
    machine.file("wnm/config", "");
    Files.writeString(home.resolve("wnm/config"), "\uFEFFnode_cap = 7\r\ncpu_remove = 71\r\n");

    assertThat(machine.settings().get(Options.NODE_CAP)).isEqualTo(7);
    assertThat(machine.settings().get(Options.CPU_REMOVE)).isEqualTo(71);
  }

  @Test
  void aFileThatIsNoTextIsRefused() throws IOException {
    Path file = Files.write(home.resolve("binary"), new byte[] {(byte) 0xc0, (byte) 0xc0});

    assertThatThrownBy(() -> machine.settings("-c", file.toString()))
        .isInstanceOf(BadInputException.class)
        .hasMessage("the config file " + file + " is not UTF-8 text");
  }

  @Test
  void aFileWithoutEndIsRefused() {
    assertThatThrownBy(() -> machine.settings("-c", "/dev/zero"))
        .isInstanceOf(BadInputException.class)
        .hasMessage("the config file /dev/zero is larger than 1 MiB");
  }

  @Test
  void aUsualFileThatIsAFolderIsRefusedRatherThanPassedOver() {
    machine.file("wnm/config/inside", "x");

    assertThatThrownBy(() -> machine.settings())
        .isInstanceOf(BadInputException.class)
        .hasMessage("the config file " + home.resolve("wnm/config") + " is a folder");
  }

  @Test
  void nothingInTheCurrentFolderIsReadUnlessItIsNamed() {
    machine.file("current/config", "node_cap = 7").file("current/.env", "NODE_CAP=8");
    machine.file("current/wnm/config", "node_cap = 9");

    assertThat(machine.settings().get(Options.NODE_CAP)).isEqualTo(20);
    assertThat(machine.settings("-c", "config").get(Options.NODE_CAP)).isEqualTo(7);
  }

  @Test
  void theDotEnvFileMayExportQuoteAndComment() {
    machine.file(".local/share/wnm/.env", "# mine", "", "export NODE_CAP=\"7\"  # seven", "CPU_REMOVE = 71 # percent",
        "UNRELATED=x", "HOST=box", "WNM_ENVIRONMENT='A=b C=d'");

    Settings settings = machine.settings();

    assertThat(settings.get(Options.NODE_CAP)).isEqualTo(7);
    assertThat(settings.get(Options.CPU_REMOVE)).isEqualTo(71);
    assertThat(settings.get(Options.HOST)).isEqualTo("127.0.0.1");
    assertThat(settings.get(Options.ENVIRONMENT)).isEqualTo("A=b C=d");
  }
}
