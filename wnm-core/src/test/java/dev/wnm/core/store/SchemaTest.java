package dev.wnm.core.store;

import static dev.wnm.core.store.Colonies.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
  @TempDir
  Path folder;

  @Test
  void theSchemaThisWnmWorksWithIsThatOfTheNewestMigration() {
    List<Migration> migrations = Migration.all();
    assertThat(migrations.get(migrations.size() - 1).version()).isEqualTo(SchemaState.VERSION);
  }

  @Test
  void everyMigrationIsListed() throws Exception {
    Path migrations = Path.of(SchemaTest.class.getResource("/db/migration").toURI());
    try (Stream<Path> files = Files.list(migrations)) {
      assertThat(Migration.all()).extracting(Migration::name).containsExactlyInAnyOrderElementsOf(
          files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".sql")).toList());
    }
  }

  /** It is written in one place, for all of them. */
  @Test
  void noMigrationSaysItsOwnNumber() {
    assertThat(Migration.all()).allSatisfy(migration ->
        assertThat(migration.statements()).noneMatch(statement -> statement.startsWith("PRAGMA")));
  }

  /** Files of wnm 1.0 have it, and stay as they are. */
  @Test
  void aNewFileHasNoHistoryOfMigrations() throws Exception {
    Path file = folder.resolve("colony.db");
    Colonies.initialised(file).close();
    assertThat(Colonies.texts(file, "SELECT name FROM sqlite_master")).contains("node").doesNotContain("flyway_schema_history");
  }

  /** What a store can do without the migrations' classes in the way is what a cycle pays for. */
  @Test
  void openingACurrentFileReadsNoMigration() throws Exception {
    Path file = folder.resolve("colony.db");
    Colonies.initialised(file).close();
    Process process = Java.start(List.of("-Xlog:class+load"), OpenAndRead.class, file.toString());
    String output = new String(process.getInputStream().readAllBytes());

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("dev.wnm.core.store.ColonyStore").doesNotContain("dev.wnm.core.store.SqlScript");
  }

  static final class OpenAndRead {
    private OpenAndRead() {}

    public static void main(String[] args) {
      try (ColonyStore store = ColonyStore.open(Path.of(args[0]), CLOCK)) {
        store.machine();
        store.nodes();
      }
    }
  }
}
