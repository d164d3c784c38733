package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.wnm.core.config.Options;
import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.cycle.ManualResult;
import dev.wnm.core.decision.Resource;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.HostsGroups;
import dev.wnm.spi.manager.InstallsBinaries;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.PlacesNodes;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.manager.StorageState;
import dev.wnm.spi.manager.Traits;
import dev.wnm.testkit.manager.ManagerKind;
import dev.wnm.testkit.manager.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A colony whose nodes live on two disks. */
class SeveralStoragesTest {
  @TempDir Path home;
  private ColonyHarness colony;
  private LogLines log;
  private Path a;
  private Path b;

  @BeforeEach
  void aColonyWithTwoDisks() throws Exception {
    log = new LogLines();
    a = home.resolve("a/nodes");
    b = home.resolve("b/nodes");
    colony = ColonyHarness.initialized(home, "--node_storage", a + "," + b, "--node_cap", "0", "--hd_less_than", "60",
        "--hd_remove", "80");
    colony.disk(a, 40);
    colony.disk(b, 30);
  }

  @AfterEach
  void close() {
    colony.close();
    log.close();
  }

  private void growTo(int nodes) throws Exception {
    colony.cycle("--node_cap", Integer.toString(nodes));
    colony.grow(nodes);
  }

  private long in(Path storage) {
    return colony.nodes().stream().filter(node -> NodeSpec.storageOf(node.rootDir()).equals(storage)).count();
  }

  private List<Integer> idsIn(Path storage) {
    return colony.nodes().stream().filter(node -> NodeSpec.storageOf(node.rootDir()).equals(storage)).map(Node::id).toList();
  }

  private String column() throws Exception {
    try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + colony.database);
        ResultSet row = file.createStatement().executeQuery("SELECT node_storage FROM machine")) {
      return row.getString(1);
    }
  }

  @Test
  void allStoragesAreMarkedAndRememberedAndThePythonWnmReadsTheFirst() throws Exception {
    assertThat(StorageMarker.look(colony.colony(), a)).isInstanceOf(StorageState.Ours.class);
    assertThat(StorageMarker.look(colony.colony(), b)).isInstanceOf(StorageState.Ours.class);
    assertThat(colony.stored()).containsEntry("node_storage", a + "," + b);
    assertThat(column()).isEqualTo(a.toString());

    colony.cycle("--node_storage", b.toString());
    assertThat(colony.stored()).containsEntry("node_storage", b.toString());
    assertThat(column()).isEqualTo(b.toString());
  }

  @Test
  void whatThePythonWnmWritesIntoTheColumnCounts() throws Exception {
    try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + colony.database)) {
      file.createStatement().executeUpdate("UPDATE machine SET node_storage = '" + b + "'");
    }

    assertThat(colony.stored()).containsEntry("node_storage", b.toString());
  }

  @Test
  void newNodesGoWhereTheMostRoomIs() throws Exception {
    growTo(2);

    assertThat(in(b)).as("30 % are used of the one disk, and 40 % of the other").isEqualTo(2);
    assertThat(colony.measured()).containsExactlyInAnyOrder(a, b);

    colony.disk(b, 41);
    growTo(3);

    assertThat(in(a)).isEqualTo(1);
  }

  @Test
  void aDiskBeyondItsThresholdGetsNoNodeAndTheOtherGrows() throws Exception {
    colony.disk(b, 70);

    growTo(3);

    assertThat(in(a)).isEqualTo(3);
    assertThat(in(b)).isZero();
  }

  @Test
  void whereNoDiskHasRoomTheFleetStaysAsItIs() throws Exception {
    colony.disk(a, 61);
    colony.disk(b, 70);

    CycleReport report = colony.cycle("--node_cap", "4");

    assertThat(colony.nodes()).isEmpty();
    assertThat(report.summary()).contains("disk 61.0 % is not below hd_less_than 60 %");
  }

  @Test
  void pressureOnOneDiskCostsItsNodesAndTheOtherGrowsMeanwhile() throws Exception {
    colony.disk(b, 50);
    growTo(2);
    colony.disk(b, 30);
    growTo(3);
    List<Integer> onB = idsIn(b);
    assertThat(in(a)).isEqualTo(2);
    assertThat(onB).hasSize(1);
    colony.disk(a, 85);

    colony.cycles(4, "--node_cap", "6", "--max_concurrent_operations", "4");

    assertThat(idsIn(a)).allSatisfy(id -> assertThat(id).isLessThan(3));
    assertThat(colony.nodes().stream().filter(node -> node.status() == NodeStatus.REMOVING)).hasSize(1)
        .allSatisfy(node -> assertThat(node.rootDir()).startsWith(a));
    assertThat(in(b)).as("it grows while a node of the full disk leaves").isGreaterThan(1);
    assertThat(colony.status(onB.get(0))).isEqualTo(NodeStatus.RUNNING);
  }

  @Test
  void aStoppedNodeIsStartedOnlyWhereItsDiskHasRoom() throws Exception {
    colony.disk(b, 50);
    growTo(1);
    colony.disk(b, 30);
    growTo(2);
    int onA = idsIn(a).get(0);
    int onB = idsIn(b).get(0);
    colony.force("stop", List.of("antnode0001", "antnode0002"), OptionalInt.empty());
    colony.disk(a, 70);

    colony.cycles(6, "--node_cap", "2");

    assertThat(colony.status(onA)).isEqualTo(NodeStatus.STOPPED);
    assertThat(colony.status(onB)).isEqualTo(NodeStatus.RUNNING);
  }

  @Test
  void aStorageThatIsAwayGetsNoneAndTheOtherGoesOn() throws Exception {
    Files.move(b, home.resolve("away"));
    Files.createDirectory(b);

    growTo(2);

    assertThat(in(a)).isEqualTo(2);
    assertThat(b).isEmptyDirectory();
    assertThat(log.at(Level.WARNING)).anySatisfy(line -> assertThat(line).contains(b.toString(), "no node is put there"));
  }

  @Test
  void aStorageWhoseSpaceIsUnknownGetsNoneAndTheOtherGoesOn() throws Exception {
    colony.disk(b, Double.NaN);

    growTo(2);

    assertThat(in(a)).isEqualTo(2);
  }

  @Test
  void aForcedAddGoesWhereTheMostRoomIsHoweverFull() throws Exception {
    colony.disk(a, 90);
    colony.disk(b, 95);

    assertThat(colony.force("add", List.of(), OptionalInt.empty()).failed()).isFalse();

    assertThat(in(a)).isEqualTo(1);
  }

  @Test
  void ofABatchWhoseFirstNodeFailsInOneStorageTheOthersThereAreNotTriedWhileTheOtherStorageGrows() throws Exception {
    try (ColonyHarness batches = new ColonyHarness(Files.createDirectory(home.resolve("second")),
        ManagerKind.of(Traits.USUAL, InstallsBinaries.class, PlacesNodes.class, Batches.class))) {
      Path x = batches.home.resolve("x");
      Path y = batches.home.resolve("y");
      batches.init("--node_storage", x + "," + y, "--node_cap", "0");
      batches.disk(x, 30);
      batches.disk(y, 30);
      batches.machine.intercept((operation, node) -> operation == Operation.CREATE && node.storage().equals(y)
          ? Optional.of(OperationResult.failed("the disk is read-only", true)) : Optional.empty());

      ManualResult result = batches.force("add", List.of(), OptionalInt.of(6));

      assertThat(batches.nodes()).hasSize(3).allSatisfy(node -> assertThat(node.rootDir()).startsWith(x));
      assertThat(result.outcomes()).filteredOn(outcome -> !outcome.succeeded()).hasSize(1);
      assertThat(log.at(Level.WARNING)).contains("2 more nodes are not tried: the first in its storage failed");
    }
  }

  @Test
  void aNameThatIsTakenInOneStorageIsTakenInAll() throws Exception {
    Path unknown = Files.createDirectory(a.resolve("antnode0001"));
    Files.writeString(unknown.resolve("secret-key"), "precious");

    growTo(1);

    assertThat(colony.nodes()).extracting(Node::id).containsExactly(2);
    assertThat(in(b)).isEqualTo(1);
  }

  @Test
  void nodesOfAPathThatIsNoLongerListedLiveOnAndNewOnesDoNotCome() throws Exception {
    growTo(2);
    assertThat(in(b)).isEqualTo(2);

    colony.cycle("--node_storage", a.toString());
    growTo(4);

    assertThat(in(b)).isEqualTo(2);
    assertThat(in(a)).isEqualTo(2);
  }

  @Test
  void theStatusTellsOfEachDisk() throws Exception {
    growTo(1);
    colony.disk(b, 85);

    assertThat(colony.status().outlook().resources()).filteredOn(resource -> resource.name().startsWith("disk of"))
        .extracting(Resource::name, Resource::inWords, Resource::state)
        .containsExactly(tuple("disk of " + a, "40.0 %", Resource.State.ROOM),
            tuple("disk of " + b, "85.0 %", Resource.State.PRESSURE));
  }

  @Test
  void aDryRunSaysWhereANodeWouldGo() throws Exception {
    colony.cycle("--dry_run", "--node_cap", "1");

    assertThat(log.at(Level.WARNING)).anySatisfy(line -> assertThat(line).contains("antnode0001.service", "in " + b));
    assertThat(colony.nodes()).isEmpty();
  }

  @Test
  void aProcessManagerThatHasOneStorageForAllRefusesAList() throws Exception {
    try (ColonyHarness groups = new ColonyHarness(Files.createDirectory(home.resolve("second")),
        ManagerKind.of(Traits.USUAL, HostsGroups.class))) {
      String list = groups.home.resolve("x") + "," + groups.home.resolve("y");
      assertThatThrownBy(() -> groups.init("--node_storage", list)).isInstanceOf(BadInputException.class)
          .hasMessageContaining("--node_storage " + list).hasMessageContaining("one for all nodes");
      assertThat(groups.database).doesNotExist();

      groups.init("--node_storage", groups.home.resolve("x").toString());
      assertThatThrownBy(() -> groups.cycle("--node_storage", list)).isInstanceOf(BadInputException.class)
          .hasMessageContaining("one for all nodes");
      assertThat(groups.stored()).containsEntry("node_storage", groups.home.resolve("x").toString());
    }
  }

  @Test
  void theSettingsHoldTheListAsItWasGiven() {
    try (ColonyStore store = ColonyStore.openReadOnly(colony.database, Clock.systemUTC())) {
      assertThat(colony.resolver(List.of()).settle(store.machine().orElseThrow(), List.of()).get(Options.NODE_STORAGE).paths())
          .containsExactly(a, b);
    }
  }
}
