package dev.wnm.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.store.ColonyStore;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsTest {
  /** Columns that are bookkeeping, not options. */
  private static final Set<String> BOOKKEEPING = Set.of("id", "cpu_count", "node_removal_strategy", "last_stopped_at");

  @Test
  void everyConstantIsListedInOneGroupUnderItsOwnName() throws IllegalAccessException {
    Map<String, Option<?>> constants = new HashMap<>();
    for (Field field : Options.class.getFields()) {
      if (field.getType() == Option.class) {
        constants.put(field.getName().toLowerCase(Locale.ROOT), (Option<?>) field.get(null));
      }
    }

    assertThat(constants).allSatisfy((name, option) -> assertThat(option.name()).isEqualTo(name));
    assertThat(Options.GROUPS.stream().flatMap(group -> group.options().stream()))
        .containsExactlyInAnyOrderElementsOf(constants.values());
  }

  @Test
  void keptOptionsAreExactlyTheColumnsOfTheMachineTable(@TempDir Path folder) throws SQLException {
    Map<String, String> columns = machineColumns(folder.resolve("colony.db"));
    Set<String> kept = new TreeSet<>(BOOKKEEPING);
    OptionRegistry.ofClassPath().all().stream().filter(Option::isMachineColumn).map(Option::name).forEach(kept::add);

    assertThat(kept).containsExactlyInAnyOrderElementsOf(columns.keySet());
    for (Option<?> option : OptionRegistry.ofClassPath().all()) {
      if (option.isMachineColumn()) {
        String type = switch (option.placeholder()) {
          case "", "N", "S", "MS" -> "INTEGER";
          case "X" -> "FLOAT";
          default -> "TEXT";
        };
        assertThat(columns.get(option.name())).as(option.name()).isEqualTo(type);
      }
    }
  }

  @Test
  void initKeepsAValueForEveryColumnThatNeedsOne(@TempDir Path folder) throws SQLException {
    Map<String, String> kept = Settings.defaults(new Machine(folder).platform()).kept();
    List<String> needed = new ArrayList<>(machineColumns(folder.resolve("colony.db")).keySet());
    needed.removeAll(BOOKKEEPING);
    needed.remove("highest_node_id_used"); // null until antctl's numbers are used

    assertThat(kept.keySet()).containsExactlyInAnyOrderElementsOf(needed);
  }

  @Test
  void theReportListsEveryColumnOnceAndTheDatabase(@TempDir Path folder) throws SQLException {
    Set<String> expected = new TreeSet<>(machineColumns(folder.resolve("colony.db")).keySet());
    expected.add("dbpath");

    assertThat(Options.machineConfigKeys()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void everyOptionOfThePythonWnmIsThere() {
    assertThat(List.of("config", "show_machine_config", "show_machine_metrics", "show_decisions", "quiet", "version",
        "remove_lockfile", "dbpath", "loglevel", "dry_run", "init", "migrate_anm", "import", "confirm", "node_cap",
        "cpu_less_than", "cpu_remove", "mem_less_than", "mem_remove", "hd_less_than", "hd_remove", "delay_start",
        "delay_restart", "delay_upgrade", "delay_remove", "survey_delay", "this_survey_delay", "action_delay",
        "this_action_delay", "interval", "max_concurrent_upgrades", "max_concurrent_starts", "max_concurrent_removals",
        "max_concurrent_operations", "node_storage", "rewards_address", "donate_address", "max_load_average_allowed",
        "desired_load_average", "port_start", "metrics_port_start", "rpc_port_start", "highest_node_id_used",
        "hdio_read_less_than", "hdio_read_remove", "hdio_write_less_than", "hdio_write_remove", "netio_read_less_than",
        "netio_read_remove", "netio_write_less_than", "netio_write_remove", "crisis_bytes", "last_stopped_at", "host",
        "environment", "start_args", "force_action", "service_name", "report", "report_format", "json", "count",
        "process_manager", "no_upnp", "antnode_path", "antctl_path", "antctl_debug", "antctl_version", "rust_backtrace"))
        .allSatisfy(name -> assertThat(OptionRegistry.ofClassPath().find(name)).isPresent());
    assertThat(OptionRegistry.ofClassPath().withLetter('c')).contains(Options.CONFIG);
    assertThat(OptionRegistry.ofClassPath().withLetter('v')).contains(Options.VERBOSE);
    assertThat(OptionRegistry.ofClassPath().withLetter('q')).contains(Options.QUIET);
    assertThat(OptionRegistry.ofClassPath().withLetter('h')).contains(Options.HELP);
  }

  @Test
  void aSettingIsReadFromItsPythonNameAndFromOurs() {
    assertThat(Options.NODE_CAP.variables()).containsExactly("NODE_CAP", "WNM_NODE_CAP");
    assertThat(Options.HOST.variables()).containsExactly("WNM_HOST");
    assertThat(Options.FORCE_ACTION.variables()).isEmpty();
    assertThat(OptionRegistry.ofClassPath().all().stream().filter(option -> option.variables().size() == 1).map(Option::name))
        .containsExactlyInAnyOrder("host", "environment", "interval", "report_format", "json", "log_file", "quiet", "verbose",
            "firewall", "serve", "notify");
  }

  @Test
  void aNameIsFoundInBothSpellingsButNotAbbreviated() {
    assertThat(OptionRegistry.ofClassPath().find("no-upnp")).contains(Options.NO_UPNP);
    assertThat(OptionRegistry.ofClassPath().find("no_upnp")).contains(Options.NO_UPNP);
    assertThat(OptionRegistry.ofClassPath().find("no_up")).isEmpty();
  }

  @Test
  void everyDefaultIsAllowedAndReadsBackAsItself(@TempDir Path home) {
    Settings settings = Settings.defaults(new Machine(home).platform());
    settings.asText().forEach((name, text) -> {
      Option<?> option = OptionRegistry.ofClassPath().find(name).orElseThrow();
      if (!text.isEmpty()) {
        assertThat(option.read(text, Origin.STORED, settings.platform()).value()).as(name)
            .isEqualTo(settings.get(option));
      }
    });
  }

  private static Map<String, String> machineColumns(Path database) throws SQLException {
    String url = "jdbc:sqlite:" + database;
    ColonyStore.open(database, Clock.systemUTC()).close();
    Map<String, String> columns = new HashMap<>();
    try (Connection connection = DriverManager.getConnection(url);
        ResultSet rows = connection.createStatement().executeQuery("PRAGMA table_info(machine)")) {
      while (rows.next()) {
        columns.put(rows.getString("name"), rows.getString("type"));
      }
    }
    return columns;
  }
}
