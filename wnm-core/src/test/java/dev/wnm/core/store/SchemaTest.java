package dev.wnm.core.store;

import static dev.wnm.core.store.Colonies.CLOCK;
import static dev.wnm.core.store.schema.Tables.CONTAINER;
import static dev.wnm.core.store.schema.Tables.MACHINE;
import static dev.wnm.core.store.schema.Tables.NODE;
import static dev.wnm.core.store.schema.Tables.NODE_HEALTH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.history.HistoryLimits;
import dev.wnm.core.model.FleetCounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.Table;
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

  /** jOOQ's classes are a third of what a cycle with nothing to do costs. */
  @Test
  void whatEveryCycleAsksAndSavesLoadsNoJooq() throws Exception {
    Path file = folder.resolve("colony.db");
    Colonies.initialised(file).close();
    Process process = Java.start(List.of("-Xlog:class+load"), IdleCycle.class, file.toString());
    String output = new String(process.getInputStream().readAllBytes());

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("dev.wnm.core.store.NodeTable").doesNotContain("org.jooq.impl.");
  }

  @Test
  void theColumnsThatPlainStatementsNameAreThoseOfTheSchema() {
    assertThat(MachineTable.COLUMNS).containsExactlyElementsOf(
        Arrays.stream(MACHINE.fields()).filter(field -> !field.equals(MACHINE.ID)).map(Field::getName).toList());
    assertThat(MachineTable.OTHER_THAN_NUMBERS).containsExactlyInAnyOrderElementsOf(
        Arrays.stream(MACHINE.fields()).filter(field -> field.getType() != Long.class).map(Field::getName).toList());
    assertThat(NodeTable.TEXTS).containsExactlyInAnyOrderElementsOf(
        Stream.of(NODE, NODE_HEALTH).flatMap(table -> texts(table).stream().map(column -> table.getName() + "." + column)).toList());
    assertThat(ContainerTable.TEXTS).containsExactlyInAnyOrderElementsOf(
        texts(CONTAINER).stream().map(column -> CONTAINER.getName() + "." + column).toList());
  }

  private static List<String> texts(Table<?> table) {
    return Arrays.stream(table.fields()).filter(field -> field.getType() == String.class).map(Field::getName).toList();
  }

  static final class IdleCycle {
    private IdleCycle() {}

    public static void main(String[] args) {
      try (ColonyStore store = ColonyStore.openExisting(Path.of(args[0]), CLOCK)) {
        store.machine();
        store.containers();
        store.unreadableContainers();
        store.storages();
        store.openOperations();
        store.rollOut();
        store.wave("");
        store.waves();
        store.trials();
        store.counters();
        store.lastIncidents();
        store.startsSince(Colonies.NOW);
        store.recordSurvey(store.nodes(), Colonies.NOW);
        FleetCounts none = new FleetCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Optional.empty(), Optional.empty());
        store.recordCycle(PastCycles.of(Colonies.NOW, Colonies.host(), none), OptionalLong.empty(), Duration.ofSeconds(2), PastCycles.COUNTERS);
        store.saveSettings(Map.of("setting_without_column", "z"));
        store.thin(Colonies.NOW, new HistoryLimits(Duration.ofDays(365), Long.MAX_VALUE));
      }
    }
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
