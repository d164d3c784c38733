package dev.wnm.core.store;

import static dev.wnm.core.store.Colonies.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.Version;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that the real Python wnm 0.6.3 left behind; {@code python-0.6.3.sql} tells how it came about. */
class Python063Test {
  @TempDir
  private Path folder;
  private Path file;

  @BeforeEach
  void putItThere() throws Exception {
    file = folder.resolve("colony.db");
    String[] script;
    try (var in = Python063Test.class.getResourceAsStream("python-0.6.3.sql")) {
      script = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "").strip().split(";\\s*\n");
    }
    Colonies.run(file, script);
  }

  @Test
  void opensInPlaceWithAllOfItsSettings() {
    try (ColonyStore store = ColonyStore.openExisting(file, CLOCK)) {
      assertThat(store.machine().orElseThrow()).containsAllEntriesOf(Map.ofEntries(
          Map.entry("cpu_count", "2"), Map.entry("node_cap", "3"), Map.entry("cpu_less_than", "50"), Map.entry("cpu_remove", "70"),
          Map.entry("mem_less_than", "60"), Map.entry("mem_remove", "75"), Map.entry("hd_less_than", "75"),
          Map.entry("hd_remove", "90"), Map.entry("max_load_average_allowed", "2.0"), Map.entry("desired_load_average", "1.2"),
          Map.entry("delay_start", "0"), Map.entry("delay_restart", "600"), Map.entry("delay_upgrade", "300"),
          Map.entry("delay_remove", "300"), Map.entry("survey_delay", "0"), Map.entry("action_delay", "0"),
          Map.entry("node_storage", "/home/operator/.local/share/autonomi/node"),
          Map.entry("rewards_address", "0x00455d78f850b0358E8cea5be24d415E01E107CF"), Map.entry("port_start", "46"),
          Map.entry("metrics_port_start", "47"), Map.entry("rpc_port_start", "48"), Map.entry("highest_node_id_used", "2"),
          Map.entry("last_stopped_at", "1795877648"), Map.entry("host", "127.0.0.1"), Map.entry("crisis_bytes", "2000000000"),
          Map.entry("max_concurrent_operations", "1"), Map.entry("process_manager", "antctl+user"),
          Map.entry("max_node_per_container", "200"), Map.entry("docker_image", "iweave/antnode:latest"), Map.entry("no_upnp", "0"),
          Map.entry("antnode_path", "~/.local/bin/antnode"), Map.entry("antctl_debug", "0")))
          .doesNotContainKeys("antctl_version", "enable_upgrade");
    }
  }

  @Test
  void opensInPlaceWithAllThatItKnowsOfItsNodes() {
    try (ColonyStore store = ColonyStore.openExisting(file, CLOCK)) {
      Node first = store.node(1).orElseThrow();
      assertThat(first.status()).isEqualTo(NodeStatus.RUNNING);
      assertThat(first.service()).isEqualTo("antnode0001.service");
      assertThat(first.version()).contains(new Version("0.4.17"));
      assertThat(first.ports()).isEqualTo(NodePorts.of(46_001, 47_001).withRpc(48_001));
      assertThat(first.peerId()).isEqualTo("12D3KooWGLUW5nGpqxPgPeG5xMzs1DgDCXynmzDjyYiiL7ZPg5E5");
      assertThat(first.statusAt()).isEqualTo(Instant.ofEpochSecond(1_795_891_509));
      assertThat(first.createdAt()).isEqualTo(Instant.ofEpochSecond(1_795_890_812));
      assertThat(first.metrics().find(NodeMetric.RECORDS)).isEqualTo(OptionalLong.of(14));
      assertThat(first.metrics().find(NodeMetric.CPU)).isEqualTo(OptionalLong.of(409));
      assertThat(first.metrics().find(NodeMetric.NETWORK_SIZE)).isEqualTo(OptionalLong.of(1_835_008));
      assertThat(first.metrics().rewards()).contains(BigInteger.ZERO);
      assertThat(store.node(2).orElseThrow().status()).isEqualTo(NodeStatus.DISABLED);
    }
  }

  @Test
  void canBeGoneOnWithByThePythonWnmWhateverWnmKeepsOfItsOwn() throws Exception {
    try (ColonyStore store = ColonyStore.openExisting(file, CLOCK)) {
      store.save(store.nodes());
      store.saveSettings(Map.of("enable_upgrade", "0", "node_cap", "6"));
    }
    try (Connection python = Colonies.plain(file)) {
      assertThat(Sql.texts(python, "SELECT version_num FROM alembic_version")).containsExactly("e2f4a512d24c");
      assertThat(Sql.texts(python, "SELECT name FROM pragma_table_info('machine')"))
          .containsExactlyElementsOf(PythonModels.columns("machine").stream().map(PythonModels.Column::name).toList());
      assertThat(Sql.texts(python, "SELECT node_cap FROM machine")).containsExactly("6");
    }
    try (ColonyStore store = ColonyStore.open(file, CLOCK)) {
      assertThat(store.machine().orElseThrow()).containsEntry("enable_upgrade", "0");
    }
  }

  /** So that what is known of files of 0.5.0 holds for those of 0.6.3. */
  @Test
  void hasTheTablesOf050() throws Exception {
    Path older = folder.resolve("older.db");
    PythonFile.make(older, PythonSchema.NEWEST, List.of());
    for (String table : PythonModels.TABLES) {
      String columns = "SELECT name || ' ' || type || ' ' || \"notnull\" || ' ' || pk FROM pragma_table_info('" + table + "')";
      assertThat(Colonies.texts(file, columns)).as(table).isEqualTo(Colonies.texts(older, columns));
    }
  }
}
