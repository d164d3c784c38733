package dev.wnm.core.store;

import static dev.wnm.core.store.Colonies.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeStatus;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening the Python wnm's file in place. */
class PythonColonyTest {
  @TempDir
  Path folder;

  private Path make(String revision, Set<String> lacking) throws SQLException {
    Path file = folder.resolve("colony.db");
    PythonFile.make(file, revision, lacking);
    return file;
  }

  private static List<Path> filesBeside(Path file) throws IOException {
    try (Stream<Path> files = Files.list(file.getParent())) {
      return files.filter(other -> !other.equals(file)).sorted().toList();
    }
  }

  @Test
  void aFileOfTheNewestRevisionOpensWithItsMachineAndNodes() throws Exception {
    Path file = make(PythonSchema.NEWEST, Set.of());

    try (ColonyStore store = ColonyStore.openExisting(file, CLOCK)) {
      assertThat(store.machine().orElseThrow()).containsEntry("node_cap", "5").containsEntry("max_load_average_allowed", "5.0")
          .doesNotContainKeys("antctl_version", "highest_node_id_used");
      assertThat(store.nodes()).extracting(Node::service)
          .containsExactly("antnode0001.service", "antnode0002.service", "antnode0003.service");
      assertThat(store.nodes()).extracting(Node::status).containsOnly(NodeStatus.RUNNING);
      store.save(store.nodes());
    }
  }

  @Test
  void aCopyOfTheFileAsItWasIsKeptBesideItForItsOwnerOnly() throws Exception {
    Path file = make("ba757077b6b0", Set.of("machine.antctl_version"));
    String before = String.join("\n", Colonies.texts(file, "SELECT sql FROM sqlite_master ORDER BY name"));

    ColonyStore.open(file, CLOCK).close();

    assertThat(filesBeside(file)).containsExactly(folder.resolve("colony.db.backup-20261121-080000"));
    Path backup = filesBeside(file).get(0);
    assertThat(String.join("\n", Colonies.texts(backup, "SELECT sql FROM sqlite_master ORDER BY name"))).isEqualTo(before);
    assertThat(Colonies.texts(backup, "SELECT version_num FROM alembic_version")).containsExactly("ba757077b6b0");
    for (Path path : List.of(file, backup)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-------");
    }
  }

  @Test
  void aFileIsUpgradedOnceOnly() throws Exception {
    Path file = make("eeec2af7114c", Set.of());
    ColonyStore.open(file, CLOCK).close();
    ColonyStore.open(file, CLOCK).close();

    assertThat(filesBeside(file)).hasSize(1);
  }

  @Property(tries = 10)
  void whateverColumnsAFileLacksItIsCompletedWithTheirDefaults(@ForAll long seed) throws Exception {
    Path folder = Files.createTempDirectory("wnm-python-");
    Path file = folder.resolve("colony.db");
    Random random = new Random(seed);
    Set<String> lacking = PythonFile.laterColumns().stream().filter(column -> random.nextBoolean()).collect(Collectors.toSet());
    PythonFile.make(file, "00dd80bcd645", lacking);

    try (ColonyStore store = ColonyStore.open(file, CLOCK)) {
      Node node = store.node(2).orElseThrow();
      assertThat(node.metrics().find(NodeMetric.GETS)).hasValue(lacking.contains("node.gets") ? 0 : 5);
      assertThat(node.metrics().rewards())
          .isEqualTo(lacking.contains("node.rewards") ? Optional.empty() : Optional.of(BigInteger.valueOf(12)));
      assertThat(node.ports().rpc()).isEqualTo(lacking.contains("node.rpc_port") ? OptionalInt.empty() : OptionalInt.of(5));
      assertThat(store.machine().orElseThrow())
          .containsEntry("delay_restart", lacking.contains("machine.delay_restart") ? "600" : "5")
          .containsEntry("docker_image", lacking.contains("machine.docker_image") ? "iweave/antnode:latest" : "text")
          .containsEntry("no_upnp", lacking.contains("machine.no_upnp") ? "1" : "5");
      assertThat(store.machine().orElseThrow().get("highest_node_id_used"))
          .isEqualTo(lacking.contains("machine.highest_node_id_used") ? "3" : null);
      store.save(List.of(Colonies.node(4)));
    }
    for (Path path : filesBeside(file)) {
      Files.delete(path);
    }
    Files.delete(file);
    Files.delete(folder);
  }

  @Test
  void thePythonWnmCanStillWriteTheFile() throws Exception {
    Path file = make("eeec2af7114c", PythonFile.laterColumns());
    ColonyStore.open(file, CLOCK).close();

    assertThat(Colonies.texts(file, "SELECT version_num FROM alembic_version")).containsExactly("e2f4a512d24c");
    try (Connection connection = Colonies.plain(file)) {
      PythonFile.insert(connection, "node", 9, "antnode0009.service");
      Sql.run(connection, "DELETE FROM node WHERE id = 1");
      Sql.run(connection, "UPDATE machine SET node_cap = 99");
    }
    try (ColonyStore store = ColonyStore.open(file, CLOCK)) {
      assertThat(store.nodes()).extracting(Node::id).containsExactly(2, 3, 9);
      assertThat(store.machine().orElseThrow()).containsEntry("node_cap", "99");
    }
  }

  @Test
  void nullsThatMigratedFilesAllowReadAsNotGiven() throws Exception {
    Path file = make(PythonSchema.NEWEST, Set.of("machine.survey_delay", "node.connected_peers"));
    Colonies.run(file, "ALTER TABLE machine ADD COLUMN survey_delay INTEGER DEFAULT '0'",
        "ALTER TABLE node ADD COLUMN connected_peers INTEGER", "UPDATE machine SET survey_delay = NULL");

    try (ColonyStore store = ColonyStore.open(file, CLOCK)) {
      assertThat(store.machine().orElseThrow()).doesNotContainKey("survey_delay");
      assertThat(store.node(1).orElseThrow().metrics().orZero(NodeMetric.CONNECTED_PEERS)).isZero();
      store.save(store.nodes());
    }
  }

  @Test
  void aReferenceToAContainerThatIsNotThereIsDropped() throws Exception {
    Path file = make(PythonSchema.NEWEST, Set.of());
    Colonies.run(file, "UPDATE node SET container_id = 77 WHERE id = 2");

    try (ColonyStore store = ColonyStore.open(file, CLOCK)) {
      assertThat(store.node(2).orElseThrow().containerId()).isEmpty();
      store.save(store.nodes());
    }
  }

  @Test
  void aFileWithTablesButNoMachineIsANewOne() throws Exception {
    Path file = make("", Set.of());
    Colonies.run(file, "DELETE FROM node", "DELETE FROM machine");

    try (ColonyStore store = ColonyStore.open(file, CLOCK)) {
      assertThat(store.machine()).isEmpty();
      store.createMachine(Colonies.machine());
    }
    assertThat(Colonies.texts(file, "SELECT version_num FROM alembic_version")).containsExactly("e2f4a512d24c");
  }

  @Test
  void aMachineWithoutARevisionIsRefused() throws Exception {
    assertRefused(make("", Set.of()), "before November 2025");
  }

  @Test
  void aRevisionThatPythonWnm050DoesNotHaveIsRefused() throws Exception {
    assertRefused(make("0123456789ab", Set.of()), "0123456789ab");
  }

  @Test
  void aRevisionThatThePythonWnmWentOnToLaterIsRefusedToo() throws Exception {
    Path file = make(PythonSchema.NEWEST, Set.of());
    ColonyStore.open(file, CLOCK).close();
    Colonies.run(file, "UPDATE alembic_version SET version_num = '0123456789ab'");
    Files.delete(filesBeside(file).get(0));

    assertRefused(file, "0123456789ab");
  }

  @Test
  void nodesThatAreListedTwiceAreNamedAndNothingIsChanged() throws Exception {
    Path file = make("fa0ca0abff5c", PythonFile.laterColumns());
    Colonies.run(file, "UPDATE node SET service = 'antnode0003.service' WHERE id = 1");

    assertRefused(file, "nodes 1 and 3 are both antnode0003.service");
  }

  @Test
  void aTableWithoutAColumnThatEveryVersionHasIsNotOfWnm() throws Exception {
    assertRefused(make(PythonSchema.NEWEST, Set.of("node.wallet")), "no column wallet");
  }

  private static void assertRefused(Path file, String why) throws IOException {
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(() -> ColonyStore.open(file, CLOCK))
        .isInstanceOf(StoreException.class).hasMessageContaining(file.toString()).hasMessageContaining(why);

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(filesBeside(file)).isEmpty();
  }
}
