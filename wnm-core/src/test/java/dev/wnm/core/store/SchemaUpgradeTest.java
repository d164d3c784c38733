package dev.wnm.core.store;

import static dev.wnm.core.store.Colonies.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upgrade happens whole or not at all, and a copy of what was is there either way. */
class SchemaUpgradeTest {
  @TempDir
  Path folder;
  private Path file;

  @BeforeEach
  void aFileOfThePythonWnmWithoutItsLaterColumns() throws Exception {
    file = folder.resolve("colony.db");
    PythonFile.make(file, "eeec2af7114c", PythonFile.laterColumns());
  }

  private List<Path> backups() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(other -> other.getFileName().toString().contains("backup")).sorted().toList();
    }
  }

  private void refused(String... words) throws IOException {
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> ColonyStore.open(file, CLOCK)).isInstanceOf(StoreException.class).hasMessageContainingAll(words);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void oneThatFailsAtItsEndLeavesTheFileAsItWasAndNamesTheTableAndTheCopy() throws Exception {
    // What the last statements of our first migration need, taken by somebody else.
    Colonies.run(file, "CREATE TABLE host_counters (mine)", "INSERT INTO host_counters VALUES (7)");

    refused("table host_counters already exists", "CREATE TABLE host_counters", "the file is as it was",
        folder.resolve("colony.db.backup-20261121-080000").toString());
    assertThat(backups()).hasSize(1);
    assertThat(Colonies.texts(backups().get(0), "SELECT mine FROM host_counters")).containsExactly("7");
    assertThat(Colonies.texts(file, "SELECT name FROM pragma_table_info('node') WHERE name = 'log_dir'")).isEmpty();

    Colonies.run(file, "DROP TABLE host_counters");
    try (ColonyStore store = ColonyStore.open(file, CLOCK)) {
      assertThat(store.nodes()).hasSize(3);
    }
  }

  @Test
  void oneThatFailsEveryMinuteKeepsOneCopy() throws Exception {
    Colonies.run(file, "CREATE TABLE host_counters (mine)");
    for (int minute = 0; minute < 3; minute++) {
      Clock later = Clock.fixed(Colonies.NOW.plus(Duration.ofMinutes(minute)), ZoneOffset.UTC);
      assertThatThrownBy(() -> ColonyStore.open(file, later)).hasMessageContaining("colony.db.backup-20261121-080000");
    }
    assertThat(backups()).hasSize(1);

    Colonies.run(file, "UPDATE node SET version = '9.9.9'");
    assertThatThrownBy(() -> ColonyStore.open(file, CLOCK)).hasMessageContaining("colony.db.backup-20261121-080000-2");
  }

  @Test
  void nodesThatComeToHaveOneNameWhenTheirContainersAreGoneAreNamed() throws Exception {
    Colonies.run(file, "UPDATE node SET service = 'antnode', container_id = 40 + id WHERE id < 3");

    refused("nodes 1 and 2 are both antnode", "DELETE FROM node WHERE id", "a copy of it is kept in", "backup-");
    assertThat(Colonies.texts(file, "SELECT container_id FROM node WHERE id < 3")).containsExactly("41", "42");
  }

  @Test
  void aFullDiskInTheMiddleLeavesTheFileAsItWas() throws Exception {
    byte[] before = Files.readAllBytes(file);
    Connections connections = new Connections(file, Duration.ofSeconds(1));
    try (Connection connection = connections.forWriting()) {
      Sql.run(connection, "PRAGMA max_page_count = " + (Sql.number(connection, "PRAGMA page_count") + 5));
      assertThatThrownBy(() -> new SchemaUpgrade(file, connection, connections, CLOCK, Migration.all()).run())
          .isInstanceOf(StoreException.class).hasMessageContainingAll("no space left", "a copy of it is kept in");
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  private void aFileOfWnm10() throws Exception {
    Files.delete(file);
    RealFile.OF_WNM_1_0.unpackTo(file);
  }

  @Test
  void migrationsRunInOrderFromTheOneThatTheFileHas() throws Exception {
    assertThat(Migration.all()).extracting(Migration::version).startsWith(1L).isSorted().doesNotHaveDuplicates();
    aFileOfWnm10();

    try (ColonyStore store = ColonyStore.open(file, CLOCK)) {
      assertThat(store.nodes()).hasSize(2);
      assertThat(store.machine().orElseThrow()).containsEntry("last_firewall_mode", "UFW_IF_THERE");
    }
    assertThat(Colonies.texts(file, "PRAGMA user_version")).containsExactly(Long.toString(SchemaState.VERSION));
    assertThat(Colonies.texts(backups().get(0), "PRAGMA user_version")).containsExactly("1");
  }

  @Test
  void aCrashBetweenTheMigrationAndItsNumberInAnOlderWnmIsCompleted() throws Exception {
    aFileOfWnm10();
    Colonies.run(file, "PRAGMA user_version = 0", "PRAGMA application_id = 0");

    try (ColonyStore store = ColonyStore.open(file, CLOCK)) {
      assertThat(store.nodes()).hasSize(2);
    }
    assertThat(Colonies.texts(file, "PRAGMA user_version")).containsExactly(Long.toString(SchemaState.VERSION));
  }

  @Test
  void aLaterMigrationThatFailsLeavesTheFileAtItsOldSchema() throws Exception {
    aFileOfWnm10();
    Colonies.run(file, "CREATE TABLE storage (mine)");

    refused("table storage already exists", "CREATE TABLE storage", "a copy of it is kept in");
    assertThat(Colonies.texts(file, "PRAGMA user_version")).containsExactly("1");
  }
}
