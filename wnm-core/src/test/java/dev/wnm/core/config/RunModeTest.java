package dev.wnm.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.OperatingSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which words mean something in which run; walks the registry and all that a run can be asked for. */
class RunModeTest {
  private static final Platform PLATFORM =
      new Platform(OperatingSystem.LINUX, Path.of("/home/op"), "op", false, 4, Map.of(), Path.of("/"));

  private static Settings asked(String... words) {
    return SettingsResolver.commandLineOnly(OptionRegistry.ofClassPath(), PLATFORM, List.of(words));
  }

  private static void check(String... words) {
    Settings asked = asked(words);
    RunMode.of(asked).refuseUnheeded(asked, asked::isGiven);
  }

  /** The words that ask for a mode. */
  private static List<String> asking(RunMode mode) {
    String words = mode.toString();
    return switch (mode) {
      case CYCLE -> List.of();
      case WHAT_IF, CONVERT_SUPERVISORD, VALIDATE -> List.of(words, "file");
      case WHY_NOT -> List.of(words, "add");
      case FETCH_NODE -> List.of(words, "latest");
      case WATCH -> List.of(words, "60");
      case LOGS, EXPLAIN, TRACE -> List.of(words, "a1/caddy");
      default -> List.of(words.split(" "));
    };
  }

  /** A value that an option takes. */
  private static String value(Option<?> option) {
    return option.words().isEmpty() ? switch (option.name()) {
      case "rewards_address", "donate_address" -> "0x" + "1".repeat(40);
      case "environment" -> "A=1";
      case "since" -> "1h";
      case "fetch_sha256" -> "ab".repeat(32);
      case "set" -> "node_cap=5";
      case "notify" -> "/x";
      case "notify_events" -> "died";
      case "filter" -> "peers<5";
      case "container_nofile" -> "4096";
      case "antctl_version" -> "0.4.17";
      case "process_manager" -> "setsid+user";
      case "bootstrap" -> "192.0.2.7:10000";
      case "start_args", "service_name", "host", "antctl_containers", "docker_image", "depends", "ready" -> "a1";
      default -> option.isFlag() ? "on" : option.placeholder().equals("SIZE") ? "1g"
          : option.placeholder().equals("PATH") || option.placeholder().equals("FILE") ? "/x" : "64";
    } : option.words().get(0);
  }

  static Stream<RunMode> modes() {
    return Stream.of(RunMode.values());
  }

  @ParameterizedTest
  @MethodSource("modes")
  void everyOptionIsHeededInARunOrRefusedInOneSentence(RunMode mode) {
    for (Option<?> option : OptionRegistry.ofClassPath().all()) {
      if (!RunMode.askedForBy(option.name()).isEmpty() || option.scope() == Scope.IGNORED) {
        continue;
      }
      List<String> words = new ArrayList<>(asking(mode));
      words.add("--" + option.name() + "=" + value(option));
      if (mode == RunMode.HELP || mode.heeds(option)) {
        assertThatCode(() -> check(words.toArray(String[]::new))).as(words.toString()).doesNotThrowAnyException();
      } else {
        assertThatThrownBy(() -> check(words.toArray(String[]::new))).as(words.toString())
            .isInstanceOf(BadInputException.class).hasMessageContaining(option.toString()).hasMessageMatching("[^\n]{20,}");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void aRunCarriesOutOneOrder(RunMode first) {
    for (RunMode second : RunMode.values()) {
      if (first.compareTo(second) >= 0 || second == RunMode.CYCLE || asking(first).get(0).equals(asking(second).get(0))) {
        continue;
      }
      List<String> words = new ArrayList<>(asking(second));
      words.addAll(asking(first));
      boolean goTogether = first == RunMode.HELP || first == RunMode.INIT && second == RunMode.IMPORT
          || first.isReport() && second == RunMode.SURVEY
          || first == RunMode.CHECK && (second == RunMode.STATUS || second == RunMode.SURVEY) || first == RunMode.INSTALL_SERVICE && second == RunMode.WATCH;
      if (goTogether) {
        assertThat(RunMode.of(asked(words.toArray(String[]::new)))).isEqualTo(first);
      } else {
        assertThatThrownBy(() -> RunMode.of(asked(words.toArray(String[]::new)))).as(words.toString())
            .hasMessageStartingWith(first + " and " + second + " are two orders");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(RunMode.class)
  void aModeIsFoundByItsOwnWords(RunMode mode) {
    assertThat(RunMode.of(asked(asking(mode).toArray(String[]::new)))).isEqualTo(mode);
  }

  @Test
  void everyOptionMeansSomethingSomewhere() {
    assertThat(OptionRegistry.ofClassPath().all()).allSatisfy(option -> assertThat(option.modes()).isNotEmpty());
  }

  @ParameterizedTest
  @CsvSource({"--service_name a", "--count 2", "--storage /nodes", "--confirm", "--report_format json", "--json",
      "--output_dir /x", "--import_file x", "--migrate_anm", "--companions /x", "--depends a:b", "--ready a=tcp:1"})
  void wordsOfAnotherRunAreRefusedInACycle(String words) {
    assertThatThrownBy(() -> check(words.split(" "))).hasMessageMatching(words.split(" ")[0] + " goes only with .*");
  }

  @Test
  void aConfirmationBelongsToAWallet() {
    check("--rewards_address", "0x" + "1".repeat(40), "--confirm");
    check("--init", "--donate_address", "0x" + "1".repeat(40), "--confirm");
    Settings alone = asked("--confirm");
    RunMode.CYCLE.refuseUnheeded(alone, option -> option == Options.REWARDS_ADDRESS); // a config file names one
  }

  @Test
  void aLetterAsksForTheStatus() {
    assertThat(RunMode.of(asked("-s"))).isEqualTo(RunMode.STATUS);
    assertThat(RunMode.of(asked("-s", "--report", "status"))).isEqualTo(RunMode.STATUS);
    assertThat(RunMode.of(asked("-s", "--check"))).isEqualTo(RunMode.CHECK);
    assertThatThrownBy(() -> RunMode.of(asked("-s", "--report", "node-status"))).hasMessageContaining("are two orders");
    check("-sq", "--json");
  }

  @Test
  void flagsThatAreOffAskForNothing() {
    assertThat(RunMode.of(asked("--init=false", "--report", "node-status"))).isEqualTo(RunMode.NODE_STATUS);
  }

  @Test
  void whatAReportWouldNotStoreIsNamedWithTheRunThatDoes() {
    assertThatThrownBy(() -> check("--report", "machine-config", "--environment", "A='1 2'"))
        .hasMessage("--report machine-config does not know --environment: a report stores no setting; store it with wnm"
            + " --force_action update_config --environment=\"A='1 2'\"");
  }
}
