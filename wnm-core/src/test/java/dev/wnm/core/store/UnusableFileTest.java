package dev.wnm.core.store;

import static dev.wnm.core.store.Colonies.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.model.OperationKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that cannot be used end in one sentence and stay as they were. */
class UnusableFileTest {
  @TempDir
  Path folder;

  private Path file() {
    return folder.resolve("colony.db");
  }

  private Path initialised() {
    Colonies.initialised(file()).close();
    return file();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private void assertRefused(Path file, String why) throws IOException {
    List<Path> present = files();
    byte[] before = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
    assertSentence(() -> ColonyStore.open(file, CLOCK), file, why);
    assertSentence(() -> ColonyStore.openExisting(file, CLOCK), file, why);
    assertThat(files()).isEqualTo(present);
    assertSentence(() -> ColonyStore.openReadOnly(file, CLOCK), file, why);
    assertThat(Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0]).isEqualTo(before);
  }

  private static void assertSentence(ThrowingCallable call, Path file, String why) {
    assertThatThrownBy(call).isInstanceOf(StoreException.class)
        .hasMessageContaining(file.toString()).hasMessageContaining(why).message().doesNotContain("\n");
  }

  @Test
  void aNewFileIsReadableByItsOwnerOnlyAndSoAreTheFilesBesideIt() throws Exception {
    try (ColonyStore store = Colonies.initialised(file())) {
      store.save(Colonies.nodes(1));
      assertThat(files()).hasSize(3);
      for (Path path : files()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).as("%s", path).isEqualTo("rw-------");
      }
    }
    assertThat(files()).containsExactly(file());
  }

  @Test
  void aFileThatOthersCouldReadIsClosedToThem() throws Exception {
    Files.setPosixFilePermissions(initialised(), PosixFilePermissions.fromString("rw-r--r--"));

    ColonyStore.open(file(), CLOCK).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
  }

  @Test
  void aPathWithOddCharactersIsJustAPath() {
    Path odd = folder.resolve("a b?c=d&e%20#ü;'x.db");

    try (ColonyStore store = Colonies.initialised(odd)) {
      assertThat(store.machine()).isPresent();
    }
    try (ColonyStore store = ColonyStore.openReadOnly(odd, CLOCK)) {
      assertThat(store.machine()).isPresent();
    }
    assertThat(odd).exists();
  }

  @Test
  void aLinkToTheDatabaseIsFollowed() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link.db"), initialised());

    try (ColonyStore store = ColonyStore.open(link, CLOCK)) {
      assertThat(store.machine()).isPresent();
    }
    assertThat(link).isSymbolicLink();
  }

  @Test
  void aMissingFileIsMadeByOpenOnly() throws Exception {
    assertSentence(() -> ColonyStore.openExisting(file(), CLOCK), file(), "no database");
    assertSentence(() -> ColonyStore.openReadOnly(file(), CLOCK), file(), "no database");
    assertThat(files()).isEmpty();
  }

  @Test
  void aMissingFolderIsNamed() {
    Path file = folder.resolve("nowhere/colony.db");
    assertSentence(() -> ColonyStore.open(file, CLOCK), file, "no folder " + file.getParent());
  }

  @Test
  void aFolderThatTakesNoFilesIsNamed() {
    // Not even root can make a file here.
    Path file = Path.of("/proc/colony.db");
    assertSentence(() -> ColonyStore.open(file, CLOCK), file, "/proc");
  }

  @Test
  void aFolderIsNoDatabase() throws Exception {
    Files.createDirectory(file());
    assertRefused(file(), "is a folder");
  }

  @Test
  void aLinkToNowhereIsNoDatabase() throws Exception {
    Files.createSymbolicLink(file(), folder.resolve("nothing"));
    assertRefused(file(), file().toString());
  }

  @Test
  void aDeviceIsNoDatabase() throws Exception {
    assertRefused(Path.of("/dev/null"), "not a regular file");
  }

  @Test
  void aTextIsNoDatabase() throws Exception {
    Files.writeString(file(), "node_cap = 12\n".repeat(1_000));
    assertRefused(file(), "not a SQLite database");
  }

  @Test
  void aFileThatOnlyBeginsAsADatabaseIsDamaged() throws Exception {
    Files.writeString(file(), "SQLite format 3\0" + "x".repeat(5_000));
    assertRefused(file(), file().toString());
  }

  @Test
  void anotherProgramsDatabaseIsLeftAlone() throws Exception {
    Colonies.run(file(), "CREATE TABLE song (title TEXT)");
    assertRefused(file(), "another program");

    Files.delete(file());
    Colonies.run(file(), "PRAGMA application_id = 7", "CREATE TABLE machine (id)", "CREATE TABLE node (id)");
    assertRefused(file(), "another program");
  }

  @Test
  void aNewerSchemaIsRefusedWhereverItIsWritten() throws Exception {
    Colonies.run(initialised(), "PRAGMA user_version = " + (SchemaState.VERSION + 1));
    assertRefused(file(), "newer wnm");

    Colonies.run(file(), "PRAGMA user_version = 0", "CREATE TABLE flyway_schema_history (version TEXT, success INTEGER)",
        "INSERT INTO flyway_schema_history VALUES ('" + (SchemaState.VERSION + 1) + "', 1)");
    assertRefused(file(), "newer wnm");
  }

  @Test
  void aDamagedDatabaseIsNotUpgraded() throws Exception {
    PythonFile.make(file(), "eeec2af7114c", List.of());
    try (Connection connection = Colonies.plain(file())) {
      for (int id = 4; id < 200; id++) {
        PythonFile.insert(connection, "node", id, "antnode" + id);
      }
    }
    byte[] bytes = Files.readAllBytes(file());
    Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 8_192, (byte) 0x5a);
    Files.write(file(), bytes);

    assertSentence(() -> ColonyStore.open(file(), CLOCK), file(), "damaged");
    assertThat(Files.readAllBytes(file())).isEqualTo(bytes);
    assertThat(files()).containsExactly(file());
  }

  @Test
  void damageThatShowsWhileReadingIsSaidSo() throws Exception {
    try (ColonyStore store = Colonies.initialised(file())) {
      store.save(Colonies.nodes(500));
    }
    byte[] bytes = Files.readAllBytes(file());
    Arrays.fill(bytes, bytes.length / 3, bytes.length, (byte) 0x5a);
    Files.write(file(), bytes);

    assertSentence(() -> {
      try (ColonyStore store = ColonyStore.open(file(), CLOCK)) {
        store.nodes();
      }
    }, file(), "damaged");
  }

  @Test
  void anotherProgramThatHoldsTheFileTooLongIsNotWaitedForForever() throws Exception {
    initialised();
    try (ColonyStore store = ColonyStore.open(file(), CLOCK, Duration.ofMillis(50)); Connection other = Colonies.plain(file())) {
      Sql.run(other, "BEGIN IMMEDIATE");

      assertSentence(() -> store.begin(OperationKind.ADD, 1, "antnode0001", "{}", Map.of()), file(), "in use");
      assertThat(store.machine()).isPresent();

      Sql.run(other, "COMMIT");
      assertThat(store.begin(OperationKind.ADD, 1, "antnode0001", "{}", Map.of())).isPositive();
    }
  }

  @Test
  void anUpgradeThatFindsTheFileLockedChangesNothing() throws Exception {
    PythonFile.make(file(), "eeec2af7114c", PythonFile.laterColumns());
    byte[] before = Files.readAllBytes(file());
    try (Connection other = Colonies.plain(file())) {
      Sql.run(other, "BEGIN IMMEDIATE");
      assertSentence(() -> ColonyStore.open(file(), CLOCK, Duration.ofMillis(50)), file(), "in use");
      Sql.run(other, "ROLLBACK");
    }
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
    assertThat(files()).containsExactly(file());
  }

  @Test
  void aReadOnlyStoreReadsWhileOthersWriteAndNeverWrites() throws Exception {
    try (ColonyStore writer = Colonies.initialised(file()); ColonyStore reader = ColonyStore.openReadOnly(file(), CLOCK)) {
      writer.save(Colonies.nodes(2));

      assertThat(reader.nodes()).hasSize(2);
      assertSentence(() -> reader.save(Colonies.nodes(3)), file(), "read-only");
      assertThat(reader.nodes()).hasSize(2);
    }
  }

  @Test
  void anOlderFileIsNotUpgradedByReadingIt() throws Exception {
    PythonFile.make(file(), "eeec2af7114c", List.of());
    byte[] before = Files.readAllBytes(file());

    assertSentence(() -> ColonyStore.openReadOnly(file(), CLOCK), file(), "older wnm");
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  @Test
  void aFileWithoutTablesIsCompletedByOpenAndRefusedByTheOthers() throws Exception {
    for (String history : List.of("PRAGMA user_version = 0", "CREATE TABLE flyway_schema_history (version TEXT, success INTEGER)")) {
      Files.deleteIfExists(file());
      Files.createFile(file());
      Colonies.run(file(), history);
      byte[] before = Files.readAllBytes(file());
      assertSentence(() -> ColonyStore.openReadOnly(file(), CLOCK), file(), "run wnm --init");
      assertSentence(() -> ColonyStore.openExisting(file(), CLOCK), file(), "run wnm --init");
      assertThat(Files.readAllBytes(file())).isEqualTo(before);
      assertThat(ColonyStore.holdsSettings(file(), true)).isFalse();

      try (ColonyStore store = Colonies.initialised(file())) {
        assertThat(store.machine()).isPresent();
      }
      assertThat(files()).containsExactly(file());
      assertThat(ColonyStore.holdsSettings(file(), true)).isTrue();
    }
  }

  /** A writer that is killed before the file uses the write-ahead log leaves a journal, which only a writer can take back. */
  @Test
  void whatAKilledWriterLeftIsTakenBackByTheNextWriterAndNamedToReaders() throws Exception {
    PythonFile.make(file(), "eeec2af7114c", List.of());
    Path away = Files.createDirectory(folder.resolve("away"));
    try (Connection writer = Colonies.plain(file())) {
      Sql.run(writer, "PRAGMA cache_size = 1");
      Sql.run(writer, "PRAGMA cache_spill = 1");
      Sql.run(writer, "BEGIN IMMEDIATE");
      Sql.run(writer, "CREATE TABLE half AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000)"
          + " SELECT i, hex(randomblob(40)) FROM n");
      for (Path path : List.of(file(), file().resolveSibling("colony.db-journal"))) {
        Files.copy(path, away.resolve(path.getFileName()));
      }
      Sql.run(writer, "ROLLBACK");
    }
    Path killed = away.resolve("colony.db");

    assertSentence(() -> ColonyStore.openReadOnly(killed, CLOCK), killed, "a run was cut off while it wrote");
    assertSentence(() -> ColonyStore.holdsSettings(killed, false), killed, "a run was cut off while it wrote");
    assertThat(ColonyStore.holdsSettings(killed, true)).isTrue();
    try (ColonyStore store = ColonyStore.openExisting(killed, CLOCK)) {
      assertThat(store.nodes()).hasSize(3);
    }
  }
}
