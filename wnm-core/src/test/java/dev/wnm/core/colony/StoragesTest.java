package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.cycle.ManualResult;
import dev.wnm.core.cycle.Order;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.manager.StorageState;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.testkit.manager.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of nodes whose disk is not there, is another one, or is somebody else's. */
class StoragesTest {
  @TempDir Path home;
  private ColonyHarness colony;
  private LogLines log;
  private Path storage;

  @BeforeEach
  void aFleetOfTwo() throws Exception {
    log = new LogLines();
    colony = ColonyHarness.initialized(home, "--node_cap", "2");
    colony.grow(2);
    storage = home.resolve("nodes");
    log.clear();
  }

  @AfterEach
  void close() {
    colony.close();
    log.close();
  }

  /** The machine goes down, and comes up without the disk: its mount point is there. */
  private void bootWithoutTheDisk() throws IOException {
    colony.reboot();
    Files.move(storage, home.resolve("away"));
    Files.createDirectory(storage);
  }

  private void mountTheDiskAgain() throws IOException {
    for (Path stray : List.of(storage.resolve(".keep"), storage.resolve("antnode0009"))) {
      Files.deleteIfExists(stray);
    }
    Files.delete(storage);
    Files.move(home.resolve("away"), storage);
  }

  private ManualResult force(String action, String... names) throws Exception {
    return colony.force(action, List.of(names), OptionalInt.empty());
  }

  @Test
  void nodesOfADiskThatIsNotMountedAreUnknownAndComeBackWithIt() throws Exception {
    List<String> peers = colony.nodes().stream().map(Node::peerId).toList();
    bootWithoutTheDisk();
    colony.machine.log().clear();

    for (int i = 0; i < 8; i++) {
      log.clear();
      CycleReport report = colony.cycle("--node_cap", "4");
      assertThat(report.summary()).startsWith("2 nodes (2 unknown)");
      assertThat(log.at(Level.WARNING)).anySatisfy(line ->
          assertThat(line).contains(storage.toString(), "its 2 nodes are unknown", "mount its disk"));
    }
    assertThat(colony.machine.log().of(Operation.CREATE)).isEmpty();
    assertThat(colony.machine.log().of(Operation.REMOVE)).isEmpty();
    assertThat(storage).isEmptyDirectory();
    assertThat(colony.nodes()).hasSize(2).allMatch(Node::isUnknown);

    mountTheDiskAgain();
    colony.grow(4);
    assertThat(colony.nodes().subList(0, 2)).extracting(Node::peerId).isEqualTo(peers);
  }

  @Test
  void anUnknownNodeIsNotCalledRunningWhenItIsToBeStarted() throws Exception {
    bootWithoutTheDisk();

    ManualResult result = force("start", "antnode0001");

    assertThat(result.failed()).isTrue();
    assertThat(result.lines()).singleElement().asString()
        .contains("it is not known whether it runs", "mount its disk").doesNotContain("already running");
    assertThat(colony.cycle().summary()).contains("is unknown (").doesNotContain("became");
    mountTheDiskAgain();
  }

  @Test
  void aStrayFileOrAnOldFolderInTheMountPointIsNoDisk() throws Exception {
    bootWithoutTheDisk();
    Files.createFile(storage.resolve(".keep"));
    Files.createDirectory(storage.resolve("antnode0009"));

    colony.cycles(3);

    assertThat(colony.nodes()).hasSize(2).allMatch(Node::isUnknown);
    mountTheDiskAgain();
  }

  @Test
  void aNodeThatRunsOnWithoutItsStorageIsSeenToRun() throws Exception {
    Files.move(storage, home.resolve("away"));

    colony.cycles(6);

    assertThat(colony.nodes()).extracting(Node::status).containsOnly(NodeStatus.RUNNING);
    assertThat(colony.nodes()).noneMatch(Node::isUnknown);
  }

  @Test
  void anOrderToRemoveIsRefusedWhileTheStorageIsAway() throws Exception {
    bootWithoutTheDisk();

    assertThat(force("remove", "antnode0001").lines()).singleElement().asString().contains("is not as wnm left it");
    assertThat(force("teardown").failed()).isTrue();

    assertThat(colony.nodes()).hasSize(2);
    assertThat(home.resolve("away/antnode0001/secret-key")).exists();
  }

  @Test
  void aStorageOfAnotherColonyIsLeftAlone() throws Exception {
    StorageMarker.erase(colony.colony(), storage);
    ColonyId other = new ColonyId("wnm-00000001");
    StorageMarker.write(other, storage);
    colony.reboot();

    colony.cycles(3, "--node_cap", "3");

    assertThat(colony.nodes()).hasSize(2).allMatch(Node::isUnknown);
    assertThat(log.at(Level.WARNING)).anySatisfy(line -> assertThat(line).contains("the storage of another colony (wnm-00000001)"));
    assertThat(StorageMarker.look(other, storage)).isInstanceOf(StorageState.Ours.class);

    assertThat(forget(storage).failed()).isFalse();
    assertThat(colony.nodes()).isEmpty();
    assertThat(StorageMarker.look(other, storage)).isInstanceOf(StorageState.Ours.class);
    assertThat(storage.resolve("antnode0001/secret-key")).exists();
  }

  @Test
  void aMarkerThatSomebodyDeletedIsWrittenAgainWhereTheNodesAreInPlace() throws Exception {
    StorageMarker.erase(colony.colony(), storage);

    colony.cycle();

    assertThat(StorageMarker.look(colony.colony(), storage)).isInstanceOf(StorageState.Ours.class);
    assertThat(log.at(Level.WARNING)).isEmpty();
  }

  @Test
  void oneNodeOfManyInPlaceIsNoSignThatTheDiskIsThere() throws Exception {
    colony.cycle("--node_cap", "3");
    colony.grow(3);
    bootWithoutTheDisk();
    Files.createDirectory(storage.resolve("antnode0001"));
    Files.createFile(storage.resolve("antnode0001/secret-key"));

    colony.cycles(3);

    assertThat(StorageMarker.look(colony.colony(), storage)).isInstanceOf(StorageState.Unmarked.class);
    assertThat(colony.nodes()).hasSize(3).allMatch(Node::isUnknown);
  }

  @Test
  void aDeadRowWhoseFolderIsBackIsCorrectedAndNotRemoved() throws Exception {
    Path folder = colony.node(2).rootDir();
    colony.machine.kill(2);
    Files.move(folder, home.resolve("taken-away"));
    force("survey");
    assertThat(colony.status(2)).isEqualTo(NodeStatus.DEAD);
    Files.move(home.resolve("taken-away"), folder);

    CycleReport report = colony.cycle();

    assertThat(report.outcomes()).isEmpty();
    assertThat(folder.resolve("secret-key")).exists();
    colony.grow(2);
  }

  @Test
  void aNodeThatIsReallyGoneIsForgottenAndNoOtherIsRemovedInItsPlace() throws Exception {
    Path folder = colony.node(2).rootDir();
    colony.machine.kill(2);
    Files.move(folder, home.resolve("taken-away"));

    colony.cycles(3, "--node_cap", "1");

    assertThat(colony.nodes()).extracting(Node::id, Node::status).containsExactly(tuple(1, NodeStatus.RUNNING));
  }

  @Test
  void aDiskThatIsGoneForGoodIsForgottenByAnOrderThatNamesIt() throws Exception {
    assertThat(forget(storage).lines()).singleElement().asString().contains("is there", "--force_action remove");
    assertThat(forget(home.resolve("nowhere")).lines()).singleElement().asString().contains("no node lives in");
    bootWithoutTheDisk();

    ManualResult forgotten = forget(storage);

    assertThat(forgotten.failed()).isFalse();
    assertThat(forgotten.lines()).singleElement().asString().contains("antnode0001.service, antnode0002.service");
    assertThat(colony.nodes()).isEmpty();
    colony.grow(2);
    assertThat(StorageMarker.look(colony.colony(), storage)).isInstanceOf(StorageState.Ours.class);
  }

  @Test
  void aStorageWhoseNodesStillRunIsNotForgotten() throws Exception {
    Files.move(storage, home.resolve("away"));

    assertThat(forget(storage).lines()).singleElement().asString().contains("still run: antnode0001.service, antnode0002.service");
    assertThat(colony.nodes()).hasSize(2);
  }

  private ManualResult forget(Path what) throws Exception {
    try (Colony opened = Colony.open(colony.resolver(List.of()), colony.tools())) {
      return opened.force(new Order("forget", List.of(), OptionalInt.empty(), Optional.of(what)));
    }
  }

  @Test
  void nodesKeepTheStorageThatTheyWereMadeIn() throws Exception {
    Path newer = home.resolve("newer");
    colony.cycle("--node_storage", newer.toString(), "--node_cap", "3");
    colony.grow(3);
    assertThat(colony.node(3).rootDir()).startsWith(newer);
    assertThat(colony.measured()).containsExactlyInAnyOrder(newer, storage);

    assertThat(force("remove", "antnode0001").failed()).isFalse();
    assertThat(storage.resolve("antnode0001")).doesNotExist();
    colony.cycles(12, "--node_cap", "0");

    assertThat(colony.nodes()).isEmpty();
    assertThat(newer.resolve("antnode0003")).doesNotExist();
  }

  @Test
  void aFullDiskCostsANodeOnItAndNoneOnAnother() throws Exception {
    Path newer = home.resolve("newer");
    colony.cycle("--node_storage", newer.toString(), "--node_cap", "3");
    colony.grow(3);
    colony.disk(storage, 97);

    colony.cycle();

    assertThat(colony.status(2)).isEqualTo(NodeStatus.REMOVING);
    assertThat(colony.status(3)).isEqualTo(NodeStatus.RUNNING);
  }

  @Test
  void anAddPassesOverTheFolderOfANodeThatNoRowKnows() throws Exception {
    Path unknown = storage.resolve("antnode0003");
    Files.createDirectory(unknown);
    Files.writeString(unknown.resolve("secret-key"), "precious");
    colony.machine.failNext(Operation.START, "exits at once", true);

    colony.cycle("--node_cap", "3");

    assertThat(log.at(Level.WARNING)).anySatisfy(line -> assertThat(line).contains("number 3 is skipped",
        unknown + " holds the key of a node", "wnm --import"));
    colony.grow(3);
    assertThat(colony.nodes()).extracting(Node::id).containsExactly(1, 2, 4);
    assertThat(unknown.resolve("secret-key")).hasContent("precious");
  }

  @Test
  void aSecondColonyDoesNotTakeTheStorageOfTheFirst() throws Exception {
    ColonyHarness second = new ColonyHarness(Files.createDirectory(home.resolve("second")));
    try (second) {
      assertThatThrownBy(() -> second.init("--node_storage", storage.toString())).isInstanceOf(BadInputException.class)
          .hasMessageContaining("is the storage of another colony (" + colony.colony() + ")").hasMessageContaining("--import");
      assertThat(second.database).doesNotExist();

      second.init("--node_storage", storage.toString(), "--import");
      colony.reboot();
      colony.cycles(3);

      assertThat(colony.nodes()).as("the first colony lets go of what was taken over").hasSize(2).allMatch(Node::isUnknown);
      assertThat(storage.resolve("antnode0001/secret-key")).exists();
    }
  }

  @Test
  void aTeardownGivesTheStorageUp() throws Exception {
    assertThat(force("teardown").failed()).isFalse();

    assertThat(storage).isEmptyDirectory();
  }
}
