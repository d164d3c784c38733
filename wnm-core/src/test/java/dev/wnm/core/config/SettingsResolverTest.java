package dev.wnm.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.config.BadInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsResolverTest {
  private static final String ZERO = "0x0000000000000000000000000000000000000000";
  /** One letter of EIP-55's example in the wrong case. */
  private static final String MISTYPED = "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

  @TempDir
  private Path home;
  private Machine machine;

  @BeforeEach
  void aFreshMachine() {
    machine = new Machine(home);
  }

  @Test
  void withoutAnySourceEveryOptionHasItsDefault() {
    Settings settings = machine.settings();

    assertThat(settings.get(Options.NODE_CAP)).isEqualTo(20);
    assertThat(settings.get(Options.CPU_LESS_THAN)).isEqualTo(50);
    assertThat(settings.get(Options.MAX_LOAD_AVERAGE_ALLOWED)).isEqualTo(4.0);
    assertThat(settings.get(Options.DESIRED_LOAD_AVERAGE)).isEqualTo(2.4);
    assertThat(settings.get(Options.DELAY_REMOVE)).isEqualTo(Duration.ofSeconds(300));
    assertThat(settings.get(Options.PROCESS_MANAGER)).isEqualTo("setsid+user");
    assertThat(settings.get(Options.NODE_STORAGE).paths()).containsExactly(home.resolve(".local/share/autonomi/node"));
    assertThat(settings.get(Options.ANTNODE_PATH)).isEqualTo(home.resolve(".local/bin/antnode"));
    assertThat(settings.get(Options.REWARDS_ADDRESS)).isEmpty();
    assertThat(settings.find(Options.HIGHEST_NODE_ID_USED)).isEmpty();
    assertThat(settings.isGiven(Options.NODE_CAP)).isFalse();
    assertThat(settings.warnings()).isEmpty();
  }

  @Test
  void anAnswerCountsAsACommandLineAndARefusalSaysThatItWasOne() {
    SettingsResolver asked = machine.with("NODE_CAP", "3").read("--init");
    Settings settings = asked.answering(Map.of(Options.NODE_CAP, "7", Options.REWARDS_ADDRESS, "faucet")).settle(Map.of(), List.of());
    assertThat(settings.get(Options.NODE_CAP)).isEqualTo(7);
    assertThat(settings.isOnCommandLine(Options.REWARDS_ADDRESS)).isTrue();
    assertThatThrownBy(() -> asked.answering(Map.of(Options.NODE_CAP, "many"))).isInstanceOf(BadInputException.class)
        .hasMessageEndingWith("but the answer says 'many'");
  }

  @Test
  void eachSourceWinsOverTheOneBelowIt() {
    Map<String, String> stored = Map.of("node_cap", "1");
    assertThat(machine.settingsOver(stored).get(Options.NODE_CAP)).isEqualTo(1);
    machine.file(".local/share/wnm/config", "node_cap = 2");
    assertThat(machine.settingsOver(stored).get(Options.NODE_CAP)).isEqualTo(2);
    machine.file("wnm/config", "node_cap = 3");
    assertThat(machine.settingsOver(stored).get(Options.NODE_CAP)).isEqualTo(3);
    machine.file("mine", "node_cap = 4");
    assertThat(machine.settingsOver(stored, "-c", "~/mine").get(Options.NODE_CAP)).isEqualTo(4);
    machine.file(".local/share/wnm/.env", "export NODE_CAP='5'");
    assertThat(machine.settingsOver(stored, "-c", "~/mine").get(Options.NODE_CAP)).isEqualTo(5);
    machine.with("NODE_CAP", "6");
    assertThat(machine.settingsOver(stored, "-c", "~/mine").get(Options.NODE_CAP)).isEqualTo(6);
    machine.with("WNM_NODE_CAP", "7");
    assertThat(machine.settingsOver(stored, "-c", "~/mine").get(Options.NODE_CAP)).isEqualTo(7);
    assertThat(machine.settingsOver(stored, "-c", "~/mine", "--node_cap", "8").get(Options.NODE_CAP)).isEqualTo(8);
  }

  @Test
  void whatWillOverruleTheCommandLineAtTheNextRunIsNamed() {
    machine.file("wnm/config", "# mine\nnode_cap = 20\nno_upnp");
    machine.with("START_ARGS", "--log json");

    Settings settings = machine.settingsOver(Map.of("node_cap", "5"), "--node_cap", "30", "--no_upnp", "--start_args=--x");

    assertThat(settings.warnings()).containsExactly(
        home.resolve("wnm/config") + " line 2 says --node_cap 20, which counts again in the next run with that and without"
            + " --node_cap; change it there, too",
        "the environment variable START_ARGS says --start_args \"--log json\", which counts again in the next run with"
            + " that and without --start_args; change it there, too");
    assertThat(machine.settingsOver(Map.of("node_cap", "5")).warnings()).isEmpty();
    assertThat(machine.settingsOver(Map.of("node_cap", "5"), "--node_cap", "20", "--start_args=--log json").warnings()).isEmpty();
  }

  @Test
  void theNoneOfAnExportedConfigurationIsNotAValue() {
    Settings settings = machine.with("ANTCTL_VERSION", "None").with("HIGHEST_NODE_ID_USED", "None").settings();

    assertThat(settings.isGiven(OptionRegistry.ofClassPath().find("antctl_version").orElseThrow())).isFalse();
    assertThat(settings.find(Options.HIGHEST_NODE_ID_USED)).isEmpty();
  }

  @Test
  void whatDiffersFromTheStoredRowIsAChange() {
    Settings settings = machine.settingsOver(Map.of("node_cap", "30"), "--node_cap", "40", "--cpu_remove=70", "--no_upnp");

    assertThat(settings.changesAgainst(machine.stored(Map.of("node_cap", "30"))))
        .containsExactlyInAnyOrderEntriesOf(Map.of("node_cap", "40", "no_upnp", "1"));
  }

  @Test
  void anotherWayToWriteTheStoredValueIsNoChange() {
    String antnode = "~/.local/bin/antnode";
    Map<String, String> row = machine.stored(Map.of("antnode_path", antnode, "max_load_average_allowed", "4"));

    Settings settings = machine.read("--port_start", "55000", "--antnode_path", antnode).settle(row, List.of());

    assertThat(settings.changesAgainst(row)).isEmpty();
  }

  @Test
  void whatAnOldRowDoesNotHaveTakesItsDefaultAndIsFilledIn() {
    Map<String, String> row = machine.stored(Map.of());
    row.keySet().removeAll(List.of("survey_delay", "antctl_version", "process_manager"));

    Settings settings = machine.read().settle(row, List.of("systemd+user", "setsid+user"));

    assertThat(settings.get(Options.SURVEY_DELAY)).isZero();
    assertThat(settings.changesAgainst(row)).containsExactlyInAnyOrderEntriesOf(
        Map.of("survey_delay", "0", "process_manager", "systemd+user"));
  }

  @Test
  void aTextNoneInTheRowIsNoVersion() {
    assertThat(machine.settingsOver(Map.of("antctl_version", "None")).asText().get("antctl_version")).isEmpty();
  }

  @Test
  void aFixedSettingMayBeRepeatedButNotChanged() {
    assertThat(machine.settingsOver(Map.of(), "--metrics_port_start", "13").get(Options.METRICS_PORT_START)).isEqualTo(13);
    assertThatThrownBy(() -> machine.settingsOver(Map.of(), "--process_manager", "systemd+user"))
        .isInstanceOf(BadInputException.class)
        .hasMessage("--process_manager is fixed at --init: it is setsid+user, but the command line says systemd+user");
  }

  @Test
  void theHighestNodeIdChangesOnlyWithUpdateConfig() {
    assertThat(machine.settings("--highest_node_id_used", "7").get(Options.HIGHEST_NODE_ID_USED)).isEqualTo(7);
    Map<String, String> stored = Map.of("highest_node_id_used", "7");
    assertThat(machine.settingsOver(stored, "--highest_node_id_used", "7").get(Options.HIGHEST_NODE_ID_USED)).isEqualTo(7);
    assertThat(machine.settingsOver(stored, "--highest_node_id_used", "9", "--force_action", "update_config")
        .changesAgainst(machine.stored(stored))).containsExactly(Map.entry("highest_node_id_used", "9"));
    assertThatThrownBy(() -> machine.settingsOver(stored, "--highest_node_id_used", "9", "--force_action", "nullop"))
        .isInstanceOf(BadInputException.class)
        .hasMessage("--highest_node_id_used can be changed only together with --force_action update_config, but"
            + " the command line says 9");
  }

  @Test
  void aFlagCanBeSwitchedOffFromAnySource() {
    Map<String, String> stored = Map.of("no_upnp", "1");
    assertThat(machine.settingsOver(stored).get(Options.NO_UPNP)).isTrue();
    assertThat(machine.settingsOver(stored, "--no-upnp=false").get(Options.NO_UPNP)).isFalse();
    machine.with("NO_UPNP", "off");
    assertThat(machine.settingsOver(stored).get(Options.NO_UPNP)).isFalse();
    assertThat(machine.settingsOver(stored, "--no_upnp").get(Options.NO_UPNP)).isTrue();
  }

  @Test
  void disableConfigSwitchesOffTheFlagsThatAreNamedWithIt() {
    Map<String, String> stored = Map.of("no_upnp", "1", "antctl_debug", "1");

    Settings settings = machine.settingsOver(stored, "--force_action", "disable_config", "--no_upnp");

    assertThat(settings.changesAgainst(machine.stored(stored))).containsExactly(Map.entry("no_upnp", "0"));
  }

  @Test
  void anEmptyTextOnTheCommandLineEmptiesATextAndIsOtherwiseNotGiven() {
    Map<String, String> stored = Map.of("environment", "A=b", "antctl_version", "0.4.1", "node_cap", "9");

    Settings settings = machine.settingsOver(stored, "--environment=", "--antctl_version", "", "--node_cap", "");

    assertThat(settings.changesAgainst(machine.stored(stored))).containsOnlyKeys("environment", "antctl_version");
    assertThat(settings.get(Options.NODE_CAP)).isEqualTo(9);
  }

  @Test
  void namesThatOtherProgramsUseCountOnlyWithOurPrefix() {
    machine.with("HOST", "box").with("ENVIRONMENT", "production").with("INTERVAL", "x").with("REPORT_FORMAT", "x")
        .with("COUNT", "x").with("REPORT", "x").with("SERVICE_NAME", "x").with("FORCE_ACTION", "x").with("CONFIRM", "x")
        .with("INIT", "x");
    assertThat(machine.settings().get(Options.HOST)).isEqualTo("127.0.0.1");
    assertThat(machine.settings().get(Options.ENVIRONMENT)).isEmpty();
    assertThat(machine.settings().find(Options.INTERVAL)).isEmpty();

    machine.with("WNM_HOST", "10.0.0.1").with("WNM_ENVIRONMENT", "A=b").with("WNM_INTERVAL", "5")
        .with("WNM_REPORT_FORMAT", "json");
    assertThat(machine.settings().get(Options.HOST)).isEqualTo("10.0.0.1");
    assertThat(machine.settings().get(Options.ENVIRONMENT)).isEqualTo("A=b");
    assertThat(machine.settings().actionDelay()).isEqualTo(Duration.ofMillis(5));
    assertThat(machine.settings().get(Options.REPORT_FORMAT)).isEqualTo("json");
  }

  @Test
  void anEmptyVariableIsNotGiven() {
    machine.with("LOGLEVEL", "").with("THIS_SURVEY_DELAY", " ").with("DRY_RUN", "");
    assertThat(machine.settings().isGiven(Options.LOGLEVEL)).isFalse();
    assertThat(machine.settings().isGiven(Options.DRY_RUN)).isFalse();
    machine.with("LOGLEVEL", "debug").with("DRY_RUN", "yes");
    assertThat(machine.settings().get(Options.LOGLEVEL)).isEqualTo("DEBUG");
    assertThat(machine.settings().get(Options.DRY_RUN)).isTrue();
  }

  @Test
  void aVariableThatIsMeantForUsAndHasNoEffectIsWarnedOf() {
    machine.with("WNM_NODECAP", "5").with("WNM_ANTCTL", "/usr/bin/antctl").with("NODECAP", "5")
        .with("WNM_FORCE_ACTION", "teardown").with("WNM_CPU_REMOVE", "75");

    assertThat(machine.settings().warnings())
        .containsExactly(
            "the environment variable WNM_FORCE_ACTION is ignored: --force_action is taken from the command line only",
            "the environment variable WNM_NODECAP is none of wnm's; did you mean WNM_NODE_CAP?");
    assertThat(machine.settings().get(Options.FORCE_ACTION)).isEmpty();
  }

  @Test
  void thePausesOfThisRunOverruleTheStoredOnes() {
    assertThat(machine.settings("--action_delay", "1").actionDelay()).isEqualTo(Duration.ofMillis(1));
    assertThat(machine.settings("--action_delay=1", "--this_action_delay=2").actionDelay()).isEqualTo(Duration.ofMillis(2));
    assertThat(machine.settings("--this_action_delay=2", "--interval=3").actionDelay()).isEqualTo(Duration.ofMillis(3));
    assertThat(machine.settings("--survey_delay=4", "--this-survey-delay=5").surveyDelay()).isEqualTo(Duration.ofMillis(5));
  }

  @Test
  void aContradictionWithinAnOldRowWarnsAndANewOneIsRefused() {
    Map<String, String> old = Map.of("cpu_less_than", "70", "cpu_remove", "70");

    assertThat(machine.settingsOver(old).warnings()).containsExactly(
        "--cpu_less_than (70, the database) must be below --cpu_remove (70, the database)");
    assertThatThrownBy(() -> machine.settingsOver(old, "--cpu_remove", "60"))
        .isInstanceOf(BadInputException.class)
        .hasMessage("--cpu_less_than (70, the database) must be below --cpu_remove (60, the command line)");
  }

  @Test
  void aValueInTheRowThatIsNotAllowedCanBeReplaced() {
    Map<String, String> old = Map.of("max_concurrent_starts", "0");

    assertThatThrownBy(() -> machine.settingsOver(old))
        .isInstanceOf(BadInputException.class)
        .hasMessage("--max_concurrent_starts must be a whole number from 1 to 64000, but the database says '0'");
    assertThat(machine.settingsOver(old, "--max_concurrent_starts", "2").changesAgainst(machine.stored(old)))
        .containsExactly(Map.entry("max_concurrent_starts", "2"));
  }

  @Test
  void theCommandLineAloneAnswersHelpWhateverIsInTheFiles() {
    machine.file("wnm/config", "nonsense here and there").with("NODE_CAP", "many");

    assertThat(SettingsResolver.commandLineOnly(OptionRegistry.ofClassPath(), machine.platform(), List.of("-h")).get(Options.HELP)).isTrue();
    assertThat(SettingsResolver.commandLineOnly(OptionRegistry.ofClassPath(), machine.platform(), List.of("--version")).get(Options.VERSION)).isTrue();
  }

  @Test
  void valuesOfOneQuestionOverruleTheDefaults() {
    Settings settings = Settings.defaults(machine.platform())
        .with(Map.of("node_cap", "7", "hdio_read_remove", "5", "id", "1", "antctl_version", "None"), "line 1");

    assertThat(settings.decisionLimits().nodeCap()).isEqualTo(7);
    assertThat(settings.decisionLimits().diskReads().remove()).isEqualTo(5.0);
    assertThat(settings.decisionLimits().cpu().lessThan()).isEqualTo(50.0);
    assertThatThrownBy(() -> settings.with(Map.of("node_cap", "x"), "line 2"))
        .isInstanceOf(BadInputException.class)
        .hasMessageEndingWith("but line 2 says 'x'");
  }

  @Test
  void aWalletWithAWrongChecksumIsTakenWhenItIsConfirmedAndToldAtEachRun() {
    machine.file("wnm/config", "rewards_address = " + MISTYPED);

    assertThat(machine.settings("--confirm").warnings()).singleElement().asString().contains("EIP-55");
    assertThat(machine.settingsOver(Map.of("rewards_address", MISTYPED)).warnings()).singleElement().asString()
        .contains("--rewards_address: wallet " + MISTYPED + " has a wrong EIP-55 checksum", "wnm/config line 1)");
    assertThatThrownBy(() -> machine.settingsOver(Map.of())).isInstanceOf(BadInputException.class)
        .hasMessageContaining("EIP-55");
  }

  @ParameterizedTest
  @CsvSource({"rewards_address, " + ZERO + ", is the zero address", "donate_address, " + ZERO + ", is the zero address",
      "rewards_address, bob, is not a wallet", "donate_address, bob, must be 0x and 40 hex digits",
      "start_args, --root-dir /, must not hold '--root-dir'", "start_args, --a 'b, must close the quote"})
  void whatIsStoredWronglyIsToldAtEachRunAndEndsNone(String name, String value, String sentence) {
    Settings settings = machine.settingsOver(Map.of(name, value), "--node_cap", "7");

    assertThat(settings.warnings()).singleElement().asString().contains(sentence, "(from the database)");
    assertThat(settings.changesAgainst(machine.stored(Map.of(name, value)))).containsOnlyKeys("node_cap");
  }

  @Test
  void aNewListThatNamesAStoredZeroAddressAsDonateIsRefused() {
    assertThatThrownBy(() -> machine.settingsOver(Map.of("donate_address", ZERO), "--rewards_address", "donate"))
        .isInstanceOf(BadInputException.class).hasMessageContaining("is the zero address");
  }

  @Test
  void theServiceNamesAreSplitAndTrimmed() {
    assertThat(machine.settings("--service_name", " antnode0001, ,antnode0002 ").serviceNames())
        .containsExactly("antnode0001", "antnode0002");
    assertThat(machine.settings().serviceNames()).isEmpty();
  }

  /** A run of several cycles: what was given all along was stored once, and what others store afterwards holds. */
  @Test
  void inALongRunWhatIsOnlyReadAgainDoesNotOverruleWhatOthersHaveStored() {
    machine.file("wnm/config", "node_cap = 1\ncpu_remove = 80");
    List<String> words = List.of("--mem_remove", "85");
    SettingsResolver first = SettingsResolver.read(machine.platform(), words);
    Map<String, String> stored = machine.stored(Map.of("node_cap", "3", "cpu_remove", "60", "mem_remove", "70"));
    assertThat(first.settle(stored, List.of()).get(Options.NODE_CAP)).isEqualTo(1);

    SettingsResolver second = SettingsResolver.read(machine.platform(), words).after(first);
    assertThat(second.settle(stored, List.of()).get(Options.NODE_CAP)).isEqualTo(3);
    assertThat(second.settle(stored, List.of()).get(Options.MEM_REMOVE)).isEqualTo(70);
    assertThat(second.settle(stored, List.of()).changesAgainst(stored)).isEmpty();

    machine.file("wnm/config", "node_cap = 1\ncpu_remove = 90");
    SettingsResolver third = SettingsResolver.read(machine.platform(), words).after(second);
    assertThat(third.settle(stored, List.of()).changesAgainst(stored)).isEqualTo(Map.of("cpu_remove", "90"));

    SettingsResolver fourth = SettingsResolver.read(machine.platform(), words).after(third);
    assertThat(fourth.settle(stored, List.of()).get(Options.CPU_REMOVE)).as("another run has set it back").isEqualTo(60);
  }

  @Test
  void aLongRunStaysWithItsDatabase() {
    SettingsResolver first = SettingsResolver.read(machine.platform(), List.of());
    machine.file("wnm/config", "dbpath = /elsewhere/colony.db");
    SettingsResolver second = SettingsResolver.read(machine.platform(), List.of());
    assertThat(second.database()).isEqualTo(Path.of("/elsewhere/colony.db"));
    assertThat(second.after(first).database()).isEqualTo(first.database());
  }
}
