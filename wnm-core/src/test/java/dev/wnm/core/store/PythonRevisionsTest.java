package dev.wnm.core.store;

import static dev.wnm.core.store.Colonies.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.store.PythonModels.Column;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file of every revision of the Python wnm, made by it or carried along to it, opens, and the Python wnm can go on with it. */
class PythonRevisionsTest {
  @TempDir
  private Path folder;

  /**
   * @param made the revision at which the Python wnm made the file
   * @param carriedTo the revision to which its migrations brought it
   * @param ahead whether it has the columns that no migration adds
   */
  record History(String made, String carriedTo, boolean ahead) {
    @Override
    public String toString() {
      return "made at " + made + (made.equals(carriedTo) ? "" : ", carried to " + carriedTo)
          + (ahead ? ", with the columns that no migration adds" : "");
    }
  }

  /** Each revision: made at it, with and without what no migration adds; from the first to it; from it to the last. */
  static Set<History> histories() {
    String first = PythonModels.CHAIN.get(0);
    Set<History> histories = new LinkedHashSet<>();
    for (String revision : PythonModels.CHAIN) {
      histories.add(new History(revision, revision, true));
      histories.add(new History(revision, revision, false));
      histories.add(new History(first, revision, false));
      histories.add(new History(revision, PythonSchema.NEWEST, false));
    }
    return histories;
  }

  @ParameterizedTest
  @MethodSource("histories")
  void aFileOfEveryRevisionOpensInPlaceAndThePythonWnmGoesOnWithIt(History history) throws Exception {
    Path file = folder.resolve("colony.db");
    PythonFile.make(file, history.made(), history.carriedTo(), history.ahead());

    try (ColonyStore store = ColonyStore.openExisting(file, CLOCK)) {
      assertMachine(store.machine().orElseThrow(), history);
      assertThat(store.nodes()).extracting(Node::service)
          .containsExactly("antnode0001.service", "antnode0002.service", "antnode0003.service");
      Node node = store.node(2).orElseThrow();
      assertThat(node.ports().rpc()).isEqualTo(history.ahead() ? OptionalInt.of(5) : OptionalInt.empty());
      assertThat(node.metrics().orZero(NodeMetric.GETS)).isEqualTo(of("node", "gets").isIn(history.made()) ? 5 : 0);
      Optional<BigInteger> known = of("node", "rewards").isIn(history.made()) ? Optional.of(BigInteger.valueOf(12))
          : of("node", "rewards").isIn(history.carriedTo()) ? Optional.of(BigInteger.ZERO) : Optional.empty();
      assertThat(node.metrics().rewards()).isEqualTo(known);
      store.save(store.nodes());
      store.saveSettings(Map.of("node_cap", "6", "container_network", "host"));
    }

    assertBackupIs(history);
    try (Connection python = Colonies.plain(file)) {
      assertPythonCanUse(python);
    }
    try (ColonyStore store = ColonyStore.open(file, CLOCK)) {
      assertThat(store.nodes()).extracting(Node::id).containsExactly(2, 3, 9);
      assertThat(store.machine().orElseThrow()).containsEntry("node_cap", "99").containsEntry("container_network", "host");
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(other -> other.toString().contains("backup"))).hasSize(1);
    }
  }

  /** What was there stays; what was not has the default that the Python wnm's own migration or model gives. */
  private static void assertMachine(Map<String, String> machine, History history) {
    Map<String, String> defaults = Map.ofEntries(Map.entry("delay_restart", "600"), Map.entry("survey_delay", "0"),
        Map.entry("action_delay", "0"), Map.entry("rpc_port_start", "30"), Map.entry("max_concurrent_operations", "1"),
        Map.entry("max_node_per_container", "200"), Map.entry("min_container_count", "1"),
        Map.entry("docker_image", "iweave/antnode:latest"), Map.entry("no_upnp", "1"),
        Map.entry("antnode_path", "~/.local/bin/antnode"), Map.entry("antctl_path", "~/.local/bin/antctl"),
        Map.entry("antctl_debug", "0"));
    for (Column column : PythonModels.columns("machine")) {
      boolean there = column.isNeverAdded() ? history.ahead() : column.isIn(history.made());
      String name = column.name();
      if (there && defaults.containsKey(name)) {
        assertThat(machine.get(name)).as(name).isEqualTo(column.type().equals("TEXT") ? "text" : "5");
      } else if (defaults.containsKey(name)) {
        assertThat(machine).containsEntry(name, defaults.get(name));
      }
    }
    assertThat(machine).doesNotContainKey("antctl_version");
    assertThat(machine.get("highest_node_id_used")).isEqualTo(history.made().equals("e2f4a512d24c") ? null : "3");
  }

  private void assertBackupIs(History history) throws SQLException {
    Path backup = folder.resolve("colony.db.backup-20261121-080000");
    assertThat(Colonies.texts(backup, "SELECT version_num FROM alembic_version")).containsExactly(history.carriedTo());
    assertThat(Colonies.texts(backup, "SELECT name FROM sqlite_master WHERE type = 'table'"))
        .containsExactlyInAnyOrder("machine", "container", "node", "alembic_version");
  }

  /** It has its revision and all its columns, and neither a column of ours nor a reference stands in the way of its writes. */
  private static void assertPythonCanUse(Connection python) throws SQLException {
    assertThat(Sql.texts(python, "SELECT version_num FROM alembic_version")).containsExactly("e2f4a512d24c");
    Sql.run(python, "PRAGMA foreign_keys = OFF");
    for (String table : PythonModels.TABLES) {
      assertThat(Sql.texts(python, "SELECT name FROM pragma_table_info('" + table + "')")).as(table)
          .containsExactlyInAnyOrderElementsOf(PythonModels.columns(table).stream().map(Column::name).toList());
    }
    PythonFile.insert(python, "node", 9, "antnode0009.service");
    Sql.run(python, "DELETE FROM node WHERE id = 1");
    Sql.run(python, "UPDATE machine SET node_cap = 99, antctl_version = 'None' WHERE id = 1");
    Sql.run(python, "UPDATE node SET status = 'STOPPED', timestamp = 7 WHERE id = 3");
    assertThat(Sql.texts(python, "PRAGMA integrity_check")).containsExactly("ok");
    Sql.run(python, "PRAGMA journal_mode = DELETE");
  }

  /** So that these tests would see another order of columns, by which the Python wnm never writes, or other types. */
  @Test
  void aFileThatWeMakeHasThePythonWnmsTables() throws Exception {
    Path file = folder.resolve("ours.db");
    Colonies.initialised(file).close();
    Path theirs = folder.resolve("theirs.db");
    PythonFile.make(theirs, "e2f4a512d24c", List.of());

    for (String table : PythonModels.TABLES) {
      String columns = "SELECT name || ' ' || type || ' ' || \"notnull\" || ' ' || pk FROM pragma_table_info('" + table + "')";
      assertThat(Colonies.texts(file, columns)).as(table).isEqualTo(Colonies.texts(theirs, columns));
    }
    String indexes = "SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE 'ix_node%' ORDER BY name";
    assertThat(Colonies.texts(file, indexes)).isEqualTo(Colonies.texts(theirs, indexes));
  }

  private static Column of(String table, String name) {
    return PythonModels.columns(table).stream().filter(column -> column.name().equals(name)).findFirst().orElseThrow();
  }
}
