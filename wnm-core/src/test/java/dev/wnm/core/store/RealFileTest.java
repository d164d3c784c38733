package dev.wnm.core.store;

import static dev.wnm.core.store.Colonies.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of earlier programs, as they are found in the field. */
class RealFileTest {
  private static final String SCHEMA = "SELECT name || ' ' || COALESCE(sql, '') FROM sqlite_master ORDER BY name";
  private static final String HISTORY = "SELECT installed_rank || ' ' || version || ' ' || script || ' ' || checksum || ' '"
      + " || installed_on || ' ' || success FROM flyway_schema_history";

  @TempDir
  Path folder;

  private Path unpacked(RealFile file) throws Exception {
    Path path = folder.resolve("colony.db");
    file.unpackTo(path);
    return path;
  }

  private List<Path> backups() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().contains(".backup")).toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isOpenedWithItsNodesAndSettings(RealFile real) throws Exception {
    Path file = unpacked(real);
    assertThat(Colonies.texts(file, "PRAGMA user_version")).containsExactly(Long.toString(real.version()));

    try (ColonyStore store = ColonyStore.openExisting(file, CLOCK)) {
      assertThat(store.nodes()).extracting(Node::service).containsExactly("antnode0001.service", "antnode0002.service");
      assertThat(store.nodes()).extracting(Node::status).containsExactly(NodeStatus.RUNNING, NodeStatus.STOPPED);
      assertThat(store.machine().orElseThrow()).containsEntry("node_cap", "3").containsEntry("antnode_version", "0.4.17")
          .containsEntry("rewards_address", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
    }
    assertThat(Colonies.texts(file, "PRAGMA user_version")).containsExactly(Long.toString(SchemaState.VERSION));
    try (ColonyStore store = ColonyStore.openReadOnly(file, CLOCK)) {
      assertThat(store.nodes()).hasSize(2);
    }
  }

  /** wnm 1.0 looks at user_version first, so it refuses the upgraded file; the copy is one that it opens. */
  @Test
  void thatOfWnm10KeepsItsHistoryAndTheCopyIsAsItWas() throws Exception {
    Path file = unpacked(RealFile.OF_WNM_1_0);
    List<String> history = Colonies.texts(file, HISTORY);
    List<String> schema = Colonies.texts(file, SCHEMA);
    List<String> nodes = Colonies.texts(file, "SELECT * FROM node");
    assertThat(history).hasSize(1);

    ColonyStore.open(file, CLOCK).close();

    assertThat(Colonies.texts(file, HISTORY)).isEqualTo(history);
    assertThat(backups()).hasSize(1);
    Path copy = backups().get(0);
    assertThat(Colonies.texts(copy, HISTORY)).isEqualTo(history);
    assertThat(Colonies.texts(copy, SCHEMA)).isEqualTo(schema);
    assertThat(Colonies.texts(copy, "SELECT * FROM node")).isEqualTo(nodes);
    assertThat(Colonies.texts(copy, "PRAGMA user_version")).containsExactly("1");
  }

  /** When the schema goes on, a file of that one takes its place here. */
  @Test
  void thatOfTheSameSchemaIsNotUpgraded() throws Exception {
    Path file = unpacked(RealFile.OF_SCHEMA_11);
    assertThat(RealFile.OF_SCHEMA_11.version()).isEqualTo(SchemaState.VERSION);
    List<String> schema = Colonies.texts(file, SCHEMA);

    ColonyStore.open(file, CLOCK).close();

    assertThat(backups()).isEmpty();
    assertThat(Colonies.texts(file, SCHEMA)).isEqualTo(schema);
  }

  /** What its Flyway had done when it was killed after its first transaction, as seen of the real program. */
  @Test
  void aFileOfThePythonWnmThatWnm10HadOnlyBegunToUpgradeIsUpgraded() throws Exception {
    Path file = folder.resolve("colony.db");
    PythonFile.make(file, PythonSchema.NEWEST, List.of());
    Colonies.run(file, "CREATE TABLE flyway_schema_history (installed_rank INT NOT NULL PRIMARY KEY, version VARCHAR(50),"
        + " description VARCHAR(200) NOT NULL, type VARCHAR(20) NOT NULL, script VARCHAR(1000) NOT NULL, checksum INT,"
        + " installed_by VARCHAR(100) NOT NULL, installed_on TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')),"
        + " execution_time INT NOT NULL, success BOOLEAN NOT NULL)",
        "INSERT INTO flyway_schema_history VALUES (1, '0', '<< Flyway Baseline >>', 'BASELINE', '<< Flyway Baseline >>', NULL,"
            + " '', '2026-11-28 21:47:09.662', 0, 1)");

    try (ColonyStore store = ColonyStore.open(file, CLOCK)) {
      assertThat(store.nodes()).hasSize(3);
    }
    assertThat(Colonies.texts(file, "SELECT version FROM flyway_schema_history")).containsExactly("0");
  }

  /** As {@code sqlite3 colony.db .dump | sqlite3 other.db} makes it: all is there but the numbers in the file's header. */
  @Test
  void oneMadeFromADumpOfAFileWithoutHistoryIsRefusedUntilItsSchemaIsSaid() throws Exception {
    Path file = unpacked(RealFile.OF_SCHEMA_7);
    Colonies.run(file, "PRAGMA user_version = 0", "PRAGMA application_id = 0");

    assertThatThrownBy(() -> ColonyStore.open(file, CLOCK)).isInstanceOf(StoreException.class)
        .hasMessageContainingAll(file.toString(), "does not say which schema it has", "put back a copy",
            "sqlite3 " + file + " \"PRAGMA user_version = " + SchemaState.VERSION + "\"");
    assertThat(backups()).isEmpty();

    Colonies.run(file, "PRAGMA user_version = 7");
    try (ColonyStore store = ColonyStore.open(file, CLOCK)) {
      assertThat(store.nodes()).hasSize(2);
    }
    assertThat(Colonies.texts(file, "PRAGMA application_id")).containsExactly(Integer.toString(0x776e6d00));
  }
}
