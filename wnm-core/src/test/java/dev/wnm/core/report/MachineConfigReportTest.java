package dev.wnm.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.core.config.Option;
import dev.wnm.core.config.OptionRegistry;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Platform;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.spi.manager.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineConfigReportTest {
  private static final String WALLETS = "0x1111111111111111111111111111111111111111:2, donate:1";
  private static final Map<String, String> STORED =
      Map.of("cpu_count", "8", "last_stopped_at", "1795219789", "node_removal_strategy", "youngest");

  @Test
  void textHasThePythonWnmsKeysInItsOrder() {
    List<String> lines = print(ReportFormat.TEXT, "--rewards_address", WALLETS).lines().toList();

    assertThat(lines).extracting(line -> line.substring(0, line.indexOf(": ")))
        .startsWith(Options.machineConfigKeys().toArray(String[]::new));
    assertThat(lines).contains("id: 1", "cpu_count: 8", "node_cap: 20", "no_upnp: False", "antctl_version: None", "environment: ",
        "highest_node_id_used: None", "max_load_average_allowed: 2.0", "desired_load_average: 1.2", "delay_start: 300",
        "last_stopped_at: 1795219789", "node_removal_strategy: youngest", "crisis_bytes: 2000000000",
        "rewards_address: " + WALLETS, "node_storage: /home/op/.local/share/autonomi/node",
        "dbpath: sqlite:////home/op/.local/share/autonomi/colony.db");
  }

  @Test
  void envIsUpperCaseAndQuotedForAShell() {
    assertThat(print(ReportFormat.ENV, "--rewards_address", WALLETS).lines()).contains("NODE_CAP=20", "NO_UPNP=False",
        "ANTCTL_VERSION=None", "ENVIRONMENT=\"\"", "REWARDS_ADDRESS=\"" + WALLETS + "\"", "PROCESS_MANAGER=setsid+user",
        "NODE_STORAGE=\"/home/op/.local/share/autonomi/node\"", "ANTCTL_PATH=/home/op/.local/bin/antctl");
  }

  @Test
  void jsonHasNumbersFlagsAndNulls() {
    assertThat(print(ReportFormat.JSON).lines()).startsWith("{", "  \"id\": 1,").contains("  \"node_cap\": 20,",
        "  \"no_upnp\": false,", "  \"antctl_version\": null,", "  \"environment\": \"\",", "  \"survey_delay\": 0,",
        "  \"max_load_average_allowed\": 2.0,", "  \"highest_node_id_used\": null,");
    assertThat(MachineConfigReport.line(Samples.settings(), STORED)).doesNotContain("\n").startsWith("{\"id\":1,");
  }

  @Test
  void aNumberForWhichAWordStandsIsThatWord() {
    assertThat(print(ReportFormat.JSON, "--webrtc_port_start", "off").lines()).contains("  \"webrtc_port_start\": \"off\",");
    assertThat(print(ReportFormat.JSON).lines()).contains("  \"webrtc_port_start\": 35,");
  }

  @Test
  void settingsOfOursComeLastAndNotInThePythonShape() {
    JsonObject ours = JsonParser.parseString(print(ReportFormat.JSON)).getAsJsonObject();
    JsonObject python = JsonParser.parseString(print(ReportFormat.JSON_COMPAT)).getAsJsonObject();

    assertThat(python.keySet()).containsExactlyElementsOf(Options.machineConfigKeys());
    assertThat(ours.keySet()).startsWith(Options.machineConfigKeys().toArray(String[]::new)).endsWith("plugin_path", "history_days", "history_megabytes");
  }

  @Test
  void aConfigFileHoldsOnlyWhatMayBeSetAndIsSet() {
    List<String> lines = print(ReportFormat.CONFIG, "--highest_node_id_used", "7").lines().toList();

    assertThat(lines).contains("node_cap=20", "no_upnp=False", "node_storage=\"/home/op/.local/share/autonomi/node\"",
        "dbpath=\"sqlite:////home/op/.local/share/autonomi/colony.db\"", "process_manager=setsid+user");
    assertThat(lines).noneMatch(line -> line.matches(
        "(id|cpu_count|node_removal_strategy|last_stopped_at|antctl_version|environment|start_args|highest_node_id_used)=.*"));
  }

  @Test
  void evalOfAllSettingsGivesThemAsTheyAreAndRunsNothing(@TempDir Path folder) throws Exception {
    String path = "/nodes/`touch x`'$(touch y)\" ü*";
    Settings settings = SettingsResolver.read(
            new Platform(OperatingSystem.LINUX, Samples.HOME, "op", false, 2, Map.of("P", path), Samples.HOME),
            List.of("--node_storage", "$P", "--environment", "A='$(touch z)' B=\"it's\"", "--start_args=--x '; touch w'"))
        .settle(Map.of(), List.of());

    String report = MachineConfigReport.print(settings, STORED, ReportFormat.ENV);

    assertThat(Sh.valuesAfterEval(folder, report, List.of("NODE_STORAGE", "ENVIRONMENT", "START_ARGS", "NODE_CAP", "DBPATH")))
        .containsExactly(path, "A='$(touch z)' B=\"it's\"", "--x '; touch w'", "20",
            "sqlite:////home/op/.local/share/autonomi/colony.db");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aConfigFileReadBackGivesTheSameSettings(@TempDir Path home) throws IOException {
    Settings settings = settings(home, "--rewards_address", WALLETS, "--node_cap", "33", "--no_upnp", "--max_load_average_allowed",
        "1e5", "--desired_load_average", "0.00001", "--environment", "A=1 B='x # y'", "--start_args=--a \"b c\"",
        "--antctl_version", "0.4.17", "--delay_start", "7", "--action_delay", "250", "--port_start", "56001",
        "--node_storage", "~/no des # 'here'", "--plugin_path", "/plug ins");

    assertThat(readBack(home, settings)).isEqualTo(kept(settings));
  }

  @Property(tries = 150)
  void whateverAConfigFileCanHoldIsReadBack(@ForAll("texts") String text) throws IOException {
    Path home = Files.createTempDirectory("wnm-config");
    Settings settings = settings(home, "--node_storage=/n" + text, "--docker_image=x" + text.replaceAll("\\s", "_"));
    Map<String, String> expected = kept(settings);
    List<String> lines = MachineConfigReport.print(settings, Map.of(), ReportFormat.CONFIG).lines().toList();
    for (String key : List.of("node_storage", "docker_image")) {
      if (lines.stream().anyMatch(line -> line.startsWith("# " + key))) {
        assertThat(text).as("a text that a config file cannot hold").contains("\"", "'").containsAnyOf("#", ";");
        expected.put(key, kept(settings(home)).get(key));
      }
    }

    assertThat(readBack(home, settings)).isEqualTo(expected);
    Files.delete(home.resolve("exported"));
    Files.delete(home);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("'", "\"", "#", " # ", ";", " ;", "=", ":", " ", "\t", "a", "É", "漢", "None", "true", "\\", "[", "--")
        .list().ofMaxSize(7).map(parts -> String.join("", parts));
  }

  private static String print(ReportFormat format, String... words) {
    return MachineConfigReport.print(Samples.settings(words), STORED, format);
  }

  private static Settings settings(Path home, String... words) {
    return SettingsResolver.read(Samples.platform(home), List.of(words)).settle(Map.of(), List.of());
  }

  private static Map<String, String> readBack(Path home, Settings settings) throws IOException {
    Path file = home.resolve("exported");
    Files.writeString(file, MachineConfigReport.print(settings, STORED, ReportFormat.CONFIG));
    return kept(settings(home, "-c", file.toString()));
  }

  private static Map<String, String> kept(Settings settings) {
    Map<String, String> kept = new TreeMap<>(settings.asText());
    kept.keySet().removeIf(name -> OptionRegistry.ofClassPath().find(name).map(Option::scope).filter(scope -> scope.isKept()).isEmpty());
    return kept;
  }
}
