package dev.wnm.core.takeover.anm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.config.ForeignValue;
import dev.wnm.spi.config.BadInputException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnmConfigTest {
  private static final String FILE = "/var/antctl/config";
  private static final String WALLET = "0x1111111111111111111111111111111111111111";
  private static final String LEAST = "NodeStorage=/srv\nNodeCap=9\nRewardsAddress=" + WALLET + "\n";
  /** In the order in which anm writes it, with settings that an operator has added. */
  private static final String WHOLE = """
      # edit this file to control behavior of the script

      DiscordUsername="--owner DiscordUserName"
      RewardsAddress="--rewards-address %s"


      MaxLoadAverageAllowed=12.0
      DesiredLoadAverage=7.2
      CpuLessThan=50
      MemLessThan=70
      HDLessThan=71
      CpuRemove=65
      MemRemove=90
      HDRemove=91

      # counters start at this number and upon action happening

      HDIOReadLessThan=1000
      HDIOReadRemove=2000
      NetIOWriteRemove=4000
      DonateAddress=%s
      Host=127.0.0.2
      DelayStart=5
      DelayReStart=6
      DelayUpgrade=7
      DelayRemove=10

      NodeStorage=/var/antctl/services

      NodeCap=20

      UpgradeHour=11
      UpgradeMin=12

      NodeVersion="--version 0.3.7"
      """.formatted(WALLET, WALLET);

  private static Map<String, String> values(String text) {
    return AnmConfig.parse(text, FILE).values().stream()
        .collect(Collectors.toMap(value -> value.option().name(), ForeignValue::text));
  }

  @Test
  void everyKeyBecomesTheValueOfItsOption() {
    assertThat(values(WHOLE)).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
        Map.entry("rewards_address", WALLET), Map.entry("donate_address", WALLET),
        Map.entry("max_load_average_allowed", "12.0"), Map.entry("desired_load_average", "7.2"),
        Map.entry("cpu_less_than", "50"), Map.entry("mem_less_than", "70"), Map.entry("hd_less_than", "71"),
        Map.entry("cpu_remove", "65"), Map.entry("mem_remove", "90"), Map.entry("hd_remove", "91"),
        Map.entry("hdio_read_less_than", "1000"), Map.entry("hdio_read_remove", "2000"),
        Map.entry("netio_write_remove", "4000"), Map.entry("host", "127.0.0.2"),
        Map.entry("delay_start", "300"), Map.entry("delay_restart", "360"), Map.entry("delay_upgrade", "420"),
        Map.entry("delay_remove", "600"), Map.entry("node_storage", "/var/antctl/services"), Map.entry("node_cap", "20")));
    assertThat(AnmConfig.parse(WHOLE, FILE).missing()).isEmpty();
  }

  @Test
  void eachValueKnowsWhereItStands() {
    assertThat(AnmConfig.parse(LEAST, FILE).values()).extracting(ForeignValue::where)
        .containsExactly("NodeStorage in /var/antctl/config", "NodeCap in /var/antctl/config",
            "RewardsAddress in /var/antctl/config");
  }

  @Test
  void whatAnmAlwaysWritesAndIsNotThereIsNamed() {
    assertThat(AnmConfig.parse(LEAST, FILE).missing()).contains("CpuLessThan", "DelayStart").doesNotContain("NodeCap", "Host");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "export NodeCap=12 | 12", "NodeCap=\"12\" | 12", "NodeCap='12' # few | 12", "  NodeCap=12 # few | 12",
      "NodeCap=3\\nNodeCap=12 | 12", "NodeCap=12\\r | 12", "export  NodeCap=\" 12 \" | 12"})
  void linesMayBeWrittenAsAShellTakesThem(String lines, String cap) {
    assertThat(values(LEAST + lines.replace("\\n", "\n").replace("\\r", "\r") + "\n")).containsEntry("node_cap", cap);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "\"--rewards-address @\" | @", "--rewards-address @ | @", "\"--rewards-address=@ --testnet\" | @",
      "\"--upnp --rewards-address   @ evm-arbitrum-one\" | @", "\"--owner me @\" | @", "\"@:2, donate\" | @:2, donate",
      "\"--rewards-address EtheriumAddress\" | EtheriumAddress"})
  void theWalletIsFoundAmongTheWordsOfAntnodesCommandLine(String written, String wallets) {
    assertThat(values(LEAST + "RewardsAddress=" + written.replace("@", WALLET) + "\n"))
        .containsEntry("rewards_address", wallets.replace("@", WALLET));
  }

  @Test
  void bothSpellingsOfTheRestartAreFound() {
    assertThat(values(LEAST + "DelayRestart=2\n")).containsEntry("delay_restart", "120");
    assertThat(AnmConfig.parse(LEAST + "DelayReStart=2\n", FILE).values()).extracting(ForeignValue::where)
        .contains("DelayReStart in /var/antctl/config (in runs of a minute)");
  }

  @Test
  void aDelayThatIsNoNumberIsLeftForTheOptionToRefuse() {
    assertThat(values(LEAST + "DelayStart=soon\n")).containsEntry("delay_start", "soon");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "  \n"})
  void anEmptyFileIsRefused(String text) {
    assertRefused(text, "--migrate_anm: /var/antctl/config is empty");
  }

  @Test
  void aLineThatIsNoAssignmentIsRefused() {
    assertRefused(LEAST + "rm -rf /\n", "--migrate_anm: /var/antctl/config line 4: 'rm -rf /' is not of the form KEY=value");
    assertRefused("NodeCap = 3\n", "--migrate_anm: /var/antctl/config line 1: 'NodeCap = 3' is not of the form KEY=value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NodeCap", "NodeStorage", "RewardsAddress"})
  void aFileWithoutWhatItMustHoldIsRefused(String key) {
    String without = LEAST.lines().filter(line -> !line.startsWith(key)).collect(Collectors.joining("\n", "", "\n"));
    String sentence =
        "--migrate_anm: /var/antctl/config does not say " + key + ", so it seems to be cut off; complete it first";

    assertRefused(without, sentence);
    assertRefused(without + key + "=\n", sentence);
  }

  @Test
  void aFileThatEndsInTheMiddleOfALineIsRefused() {
    assertRefused(LEAST + "NodeCap=2", "--migrate_anm: /var/antctl/config ends in the middle of a line: 'NodeCap=2'; if"
        + " nothing is missing, end that line with a line break");
    assertRefused(LEAST + "NodeVersion=\"--ver", "--migrate_anm: /var/antctl/config line 4: a quote is left open, so it seems"
        + " to be cut off");
  }

  /** Wherever a copy or a disk has ended: all of what wnm takes is there and whole, or the file is refused. */
  @Property
  void aFileThatWasCutOffIsRefusedUnlessNothingOfUseIsMissing(@ForAll @IntRange(max = 1_000) int length) {
    String cutOff = WHOLE.substring(0, Math.min(length, WHOLE.length()));
    try {
      assertThat(values(cutOff)).isEqualTo(values(WHOLE));
    } catch (BadInputException refused) {
      assertThat(refused).hasMessageStartingWith("--migrate_anm: /var/antctl/config");
    }
  }

  /** A value that is there is never a part of the value that was meant. */
  @Property
  void inWhateverOrderNoValueIsHalfRead(@ForAll @IntRange(max = 300) int length, @ForAll @IntRange(max = 5) int order) {
    List<String> lines = LEAST.lines().toList();
    int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    String text = "CpuRemove=75\n" + lines.get(orders[order][0]) + "\n" + lines.get(orders[order][1]) + "\nHDRemove=80\n"
        + lines.get(orders[order][2]) + "\nMemRemove=85\n";
    try {
      assertThat(values(text)).containsAllEntriesOf(values(text.substring(0, Math.min(length, text.length()))));
    } catch (BadInputException refused) {
      assertThat(refused).hasMessageStartingWith("--migrate_anm: /var/antctl/config");
    }
  }

  private static void assertRefused(String text, String sentence) {
    assertThatThrownBy(() -> AnmConfig.parse(text, FILE)).isInstanceOf(BadInputException.class).hasMessage(sentence);
  }
}
