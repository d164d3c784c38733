package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.managers.ManagerRegistry;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.manager.Upgrades;
import dev.wnm.testkit.manager.InMemoryMachine;
import dev.wnm.testkit.manager.ManagerKind;
import dev.wnm.testkit.manager.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first run on a database of the Python wnm: its rows are put right by what its nodes are, and its nodes run on. */
class RepairTest {
  /** As its imports leave it: no mode, a folder cut off, no log folder, no version, a binary that is nowhere. */
  private static final String AS_IMPORTED = "UPDATE node SET manager_type = 'memory', method = 'memory', root_dir = '/home/op',"
      + " log_dir = NULL, binary = '/home/op/antnode', version = '0', rpc_port = 0, node_name = service, user = 'ant'";
  private static final ManagerKind MONOTONIC = ManagerKind.of(Traits.USUAL.with(Traits.Numbering.MONOTONIC).with(Traits.Concurrency.SERIAL), Upgrades.class);

  @TempDir
  private Path home;

  /** Makes a file of the Python wnm of the colony's, and changes it further. */
  private static void asPython(ColonyHarness colony, String... statements) throws SQLException, IOException {
    StorageMarker.erase(colony.colony(), colony.home.resolve("nodes"));
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + colony.database);
        Statement sql = connection.createStatement()) {
      List<String> ours = new ArrayList<>();
      try (ResultSet tables = sql.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
          + " AND name NOT IN ('machine', 'node', 'container', 'alembic_version')")) {
        while (tables.next()) {
          ours.add(tables.getString(1));
        }
      }
      for (String table : ours) {
        sql.execute("DROP TABLE " + table);
      }
      sql.execute("DROP INDEX ux_node_container_service");
      sql.execute("PRAGMA user_version = 0");
      sql.execute("PRAGMA application_id = 0");
      sql.execute("PRAGMA journal_mode = DELETE");
      for (String statement : statements) {
        sql.execute(statement);
      }
    }
    colony.machine.log().clear();
  }

  private static void assertUntouched(ColonyHarness colony) {
    for (Operation operation : List.of(Operation.CREATE, Operation.START, Operation.STOP, Operation.SWAP, Operation.UPGRADE,
        Operation.REMOVE)) {
      assertThat(colony.machine.log().of(operation)).as(operation.toString()).isEmpty();
    }
  }

  private static List<Object> place(Node node) {
    return List.of(node.id(), node.managerType(), node.service(), node.rootDir(), node.logDir(), node.binary(),
        node.version(), node.ports(), node.user());
  }

  @Test
  void rowsOfAnImportAreRepairedAndTheNodesRunOn() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home, "--node_cap", "3"); LogLines log = new LogLines()) {
      colony.grow(3);
      List<Object> before = colony.nodes().stream().<Object>map(RepairTest::place).toList();
      asPython(colony, AS_IMPORTED);

      CycleReport report = colony.cycle();

      assertThat(report.outcomes()).isEmpty();
      assertThat(colony.nodes().stream().<Object>map(RepairTest::place)).isEqualTo(before);
      assertThat(colony.running()).isEqualTo(3);
      assertThat(log.at(Level.INFO)).filteredOn(line -> line.startsWith("repaired")).hasSize(3)
          .first().asString().startsWith("repaired antnode0001.service: manager_type is memory+user, no longer memory; root_dir");
      assertUntouched(colony);
    }
  }

  @Test
  void whoComesFromThePythonWnmIsToldOnceHowUpgradesAreLeftToAntnode() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home, "--node_cap", "1"); LogLines log = new LogLines()) {
      colony.grow(1);
      asPython(colony);
      colony.cycle();
      colony.cycle();
      assertThat(log.at(Level.WARNING)).filteredOn(line -> line.contains("--no_enable_upgrade")).hasSize(1);
      asPython(colony);
      colony.cycle("--no_enable_upgrade");
      assertThat(log.at(Level.WARNING)).filteredOn(line -> line.contains("--no_enable_upgrade")).hasSize(1);
    }
  }

  @Test
  void noRowIsWrittenAnewWhileOneCannotBeRead() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home, "--node_cap", "3"); LogLines log = new LogLines()) {
      colony.grow(3);
      asPython(colony, AS_IMPORTED, "UPDATE node SET status = 'SLEEPING' WHERE id = 2");

      colony.cycle();

      assertThat(colony.nodes()).extracting(Node::id).containsExactly(1, 2, 3);
      assertThat(log.at(Level.WARNING)).anyMatch(line -> line.contains("not compared with what is while one of its rows"));
      assertThat(log.at(Level.INFO)).noneMatch(line -> line.startsWith("repaired"));
      assertThat(colony.machine.running()).containsExactly(1, 2, 3);
      assertUntouched(colony);
    }
  }

  @Test
  void theRepairIsMadeOnce() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home, "--node_cap", "2")) {
      colony.grow(2);
      asPython(colony, AS_IMPORTED);
      colony.cycle();
      colony.machine.log().clear();

      colony.cycle();

      assertThat(colony.machine.log().of(Operation.SURVEY)).isEmpty();
      assertThat(colony.stored()).containsEntry("repaired_managers", "*");
    }
  }

  @Test
  void aColonyOfOurOwnIsNeverRepaired() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home, "--node_cap", "1")) {
      colony.grow(1);

      assertThat(colony.machine.log().of(Operation.SURVEY)).isEmpty();
    }
  }

  @Test
  void aSurveyThatCannotBeMadeIsMadeNextTimeAndNothingIsDoneToTheNodesUntilThen() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home, "--node_cap", "2"); LogLines log = new LogLines()) {
      colony.grow(2);
      asPython(colony, AS_IMPORTED);
      colony.machine.tool().breaksDown("the tool does not answer");
      colony.cycle();

      assertThat(colony.nodes()).extracting(Node::managerType).containsOnly("memory");
      assertThat(log.at(Level.WARNING)).contains("what the database says of 2 nodes of memory+user cannot be compared with what"
          + " is; the next run tries again: the tool does not answer");
      assertThat(colony.stored().get("repaired_managers")).isEmpty();
      assertUntouched(colony);

      colony.machine.tool().recovers();
      colony.cycle();
      assertThat(colony.nodes()).extracting(Node::managerType).containsOnly("memory+user");
      assertThat(colony.stored()).containsEntry("repaired_managers", "*");
    }
  }

  @Test
  void rowsOfATypeThatCannotWorkHereDoNotKeepTheOthersFromBeingRepaired() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home, "--node_cap", "2")) {
      colony.grow(2);
      asPython(colony, AS_IMPORTED, "UPDATE node SET manager_type = 'other', method = 'other' WHERE id = 2");

      colony.cycle();

      assertThat(colony.nodes()).extracting(Node::managerType).containsExactly("memory+user", "other");
      assertThat(colony.stored()).containsEntry("repaired_managers", "memory+user");
      assertUntouched(colony);
    }
  }

  @Test
  void aDryRunSaysWhatItWouldRepairAndSeesTheFleetSoAndWritesNothing() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home, "--node_cap", "3"); LogLines log = new LogLines()) {
      colony.grow(3);
      asPython(colony, AS_IMPORTED);
      try (Colony opened = Colony.open(colony.resolver(List.of()), colony.tools())) {
        assertThat(opened.nodes()).hasSize(3); // brought up to date, but nothing worked on the fleet yet
      }
      List<Node> before = colony.nodes();

      CycleReport report = colony.cycle("--dry_run");

      assertThat(report.nodes()).extracting(Node::managerType).containsOnly("memory+user");
      assertThat(colony.nodes()).isEqualTo(before);
      assertThat(colony.stored()).doesNotContainKey("repaired_managers");
      assertThat(log.at(Level.WARNING)).filteredOn(line -> line.startsWith("DRYRUN: would have repaired")).hasSize(3);
    }
  }

  @Test
  void aRowWithoutANodeStaysWithOneWarning() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home, "--node_cap", "1"); LogLines log = new LogLines()) {
      colony.grow(1);
      asPython(colony, AS_IMPORTED, "UPDATE machine SET node_cap = 0",
          "UPDATE node SET service = 'antnode0009.service', port = 1111, metrics_port = 1112, status = 'DISABLED'");
      colony.cycles(2);

      assertThat(colony.node(1).rootDir()).hasToString("/home/op");
      assertThat(log.at(Level.WARNING)).filteredOn(line -> line.contains("nothing that memory+user knows of matches it")).hasSize(1);
      assertUntouched(colony);
    }
  }

  @Test
  void anEnvironmentThatIsNoneKeepsNobodyFromTheNodes() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home, "--node_cap", "2"); LogLines log = new LogLines()) {
      colony.grow(2);
      asPython(colony, "UPDATE node SET environment = 'LABEL=my node' WHERE id = 1");

      assertThat(colony.force("stop", List.of("1", "2"), OptionalInt.empty()).failed()).isFalse();

      assertThat(colony.nodes()).extracting(Node::status).containsOnly(NodeStatus.STOPPED);
      assertThat(colony.node(1).environment()).isEqualTo("LABEL=my node");
      assertThat(log.at(Level.WARNING)).filteredOn(line -> line.startsWith("antnode0001.service is taken to have no environment:"
          + " its row's 'LABEL=my node' must be NAME=value pairs")).hasSize(1);
    }
  }

  @Test
  void anImportedNodeIsRemovedFromItsTrueFolderOnly() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home, "--node_cap", "1")) {
      colony.grow(1);
      Path folder = colony.node(1).rootDir();
      Path cutOff = Files.createDirectories(home.resolve("op"));
      Files.writeString(cutOff.resolve("secret-key"), "mine");
      asPython(colony, AS_IMPORTED, "UPDATE node SET root_dir = '" + cutOff + "'");

      assertThat(colony.force("remove", List.of("antnode0001"), OptionalInt.empty()).failed()).isFalse();

      assertThat(folder).doesNotExist();
      assertThat(cutOff.resolve("secret-key")).exists();
    }
  }

  @Test
  void whereTheProcessManagerCountsRowsGetTheNumbersOfTheirServicesAndTheHighestIsKept() throws Exception {
    try (ColonyHarness colony = new ColonyHarness(home, MONOTONIC)) {
      colony.init("--node_cap", "2");
      colony.grow(2);
      int start = colony.firstPort();
      // Numbered in the order of discovery; and a node 9 was there once, of whose ports node 2 has been given the plan.
      asPython(colony, AS_IMPORTED, "UPDATE node SET id = 20 WHERE id = 1", "UPDATE node SET id = 1 WHERE id = 2",
          "UPDATE node SET id = 2 WHERE id = 20", "UPDATE machine SET highest_node_id_used = 0");

      colony.cycle();

      assertThat(colony.nodes()).extracting(Node::id, Node::service, node -> node.ports().node()).containsExactly(
          tuple(1, "antnode0001.service", start + 1), tuple(2, "antnode0002.service", start + 2));
      assertThat(colony.stored()).containsEntry("highest_node_id_used", "2");
      assertThat(colony.running()).isEqualTo(2);
      assertUntouched(colony);
      colony.force("add", List.of(), OptionalInt.empty());
      assertThat(colony.nodes()).extracting(Node::id).containsExactly(1, 2, 3);
    }
  }

  @Test
  void aMachineWithoutAProcessManagerTakesThatOfItsRowsAndKeepsIt() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home, "--node_cap", "2")) {
      colony.grow(2);
      asPython(colony, AS_IMPORTED, "UPDATE machine SET process_manager = NULL");

      colony.cycle();

      assertThat(colony.stored()).containsEntry("process_manager", InMemoryMachine.TYPE);
      assertThat(colony.nodes()).extracting(Node::status).containsOnly(NodeStatus.RUNNING);
      assertUntouched(colony);
    }
  }

  @Test
  void aMachineWithoutProcessManagerAndRowsTakesWhatWorksHere() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home)) {
      asPython(colony, "UPDATE machine SET process_manager = NULL");
      Dependencies tools = colony.tools(folder -> ManagerRegistry.of(List.of(
          colony.machine.provider(), new NamedProvider(colony.machine, "systemd+user", "systemd+sudo"))));

      try (Colony opened = Colony.open(colony.resolver(List.of()), tools)) {
        assertThat(opened.settings().asText()).containsEntry("process_manager", "systemd+user");
      }
      assertThat(colony.stored()).containsEntry("process_manager", "systemd+user");
    }
  }

  @Test
  void aStorageWithATildeAndAVersionCalledNoneWork() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home, "--node_cap", "1")) {
      colony.grow(1);
      asPython(colony, AS_IMPORTED, "UPDATE machine SET node_storage = '~/nodes', antctl_version = 'None', node_cap = 2");

      colony.cycles(3);

      assertThat(colony.nodes()).hasSize(2);
      assertThat(colony.node(2).rootDir()).isEqualTo(home.resolve("nodes/antnode0002"));
      assertThat(colony.stored()).containsEntry("node_storage", "~/nodes").doesNotContainKey("antctl_version");
    }
  }
}
