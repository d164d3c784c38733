package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.cycle.ManualResult;
import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.model.DownCause;
import dev.wnm.core.model.Incident;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.BulkTeardown;
import dev.wnm.spi.manager.Capability;
import dev.wnm.spi.manager.InstallsBinaries;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.Traits;
import dev.wnm.testkit.HeldFile;
import dev.wnm.testkit.manager.ManagerKind;
import dev.wnm.testkit.manager.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node whose deletion has begun is on its way out, however often that fails: it is not started, and did not die. */
class RemovalTest {
  private static final String THERE = "cannot delete it";
  @TempDir
  private Path home;
  private ColonyHarness colony;

  private void colonyOfThree(Class<? extends Capability> further) throws Exception {
    colony = new ColonyHarness(home, new ManagerKind(Traits.USUAL, Set.copyOf(List.of(InstallsBinaries.class, further))));
    colony.init();
    colony.grow(3);
    colony.machine.log().clear();
  }

  private void colonyOfThree() throws Exception {
    colonyOfThree(InstallsBinaries.class);
  }

  @AfterEach
  void close() {
    colony.close();
  }

  private ManualResult remove(String... names) throws Exception {
    return colony.force("remove", List.of(names), OptionalInt.empty());
  }

  private void assertOnItsWayOut(int id, String why) {
    Node node = colony.node(id);
    assertThat(node.status()).isEqualTo(NodeStatus.REMOVING);
    assertThat(node.health().lastError()).contains(why);
    assertThat(node.health().downCause()).isNotEqualTo(DownCause.DIED);
    assertThat(colony.openOperations()).isZero();
  }

  /** Without growth, so that what happens to a node is not for another one. */
  private CycleReport cycle() throws Exception {
    return colony.cycle("--node_cap", "2", "--delay_remove", "60");
  }

  @Test
  void aFileThatCannotBeDeletedHoldsUpARemovalAndLeavesTheNodesKey() throws Exception {
    colonyOfThree();
    Path folder = colony.node(3).rootDir();
    byte[] key = Files.readAllBytes(folder.resolve("secret-key"));
    try (HeldFile held = HeldFile.at(folder, folder.resolve("record_store/x"))) {
      ManualResult result = remove("antnode0003");
      assertThat(result.failed()).isTrue();
      assertThat(result.lines()).singleElement().asString().contains(folder + "/", "/x: ");
      assertOnItsWayOut(3, folder + "/");
      for (int i = 0; i < 20; i++) {
        CycleReport report = cycle();
        String line = report.summary();
        assertThat(line).contains("antnode0003", "/x: ").doesNotContain("died");
        assertOnItsWayOut(3, folder + "/");
      }
      assertThat(colony.machine.log().of(Operation.REMOVE)).as("tried again, and less often each time").contains(3).hasSizeBetween(3, 8);
      assertThat(folder.resolve("secret-key")).hasBinaryContent(key);
    }
    assertThat(colony.machine.log().of(Operation.START)).isEmpty();
    assertThat(colony.incidents().values()).extracting(Incident::kind).doesNotContain(Incident.Kind.DIED);
    colony.advance(Duration.ofHours(1));
    cycle();
    assertThat(folder).doesNotExist();
    assertThat(colony.nodes()).extracting(Node::id).containsExactly(1, 2);
  }

  @Test
  void aRefusalBeforeAnythingWasDoneLeavesTheRowAsItWas() throws Exception {
    colonyOfThree();
    colony.machine.intercept((operation, node) -> operation == Operation.REMOVE
        ? Optional.of(OperationResult.refused(THERE, false)) : Optional.empty());
    assertThat(remove("antnode0003").failed()).isTrue();
    assertThat(colony.status(3)).isEqualTo(NodeStatus.RUNNING);
    assertThat(colony.node(3).health().lastError()).contains(THERE);
    assertThat(colony.machine.running()).containsExactly(1, 2, 3);
  }

  @Test
  void aRemovalOfWhichNothingIsKnownIsNoDeathAndIsSettledOnce() throws Exception {
    colonyOfThree();
    colony.machine.intercept((operation, node) -> {
      if (operation != Operation.REMOVE) {
        return Optional.empty();
      }
      colony.machine.kill(3);
      return Optional.of(OperationResult.unsettled("still at it"));
    });
    remove("antnode0003");
    for (int i = 0; i < 5; i++) {
      colony.machine.log().clear();
      CycleReport report = cycle();
      assertThat(report.summary()).contains("antnode0003", "still at it").doesNotContain("died");
      assertThat(colony.status(3)).isEqualTo(NodeStatus.REMOVING);
      assertThat(colony.openOperations()).isEqualTo(1);
      assertThat(colony.machine.log().of(Operation.REMOVE)).containsExactly(3);
    }
    colony.machine.intercept((operation, node) -> Optional.empty());
    cycle();
    assertThat(colony.nodes()).extracting(Node::id).containsExactly(1, 2);
  }

  @ParameterizedTest
  @ValueSource(classes = {Batches.class, BulkTeardown.class, InstallsBinaries.class})
  void aTeardownThatFailsIsGoneOnWithHoweverItIsDone(Class<? extends Capability> how) throws Exception {
    colonyOfThree(how);
    colony.machine.failNext(Operation.REMOVE, THERE, true);
    ManualResult result = colony.force("teardown", List.of(), OptionalInt.empty());
    assertThat(result.failed()).isTrue();
    assertThat(colony.nodes()).isNotEmpty().allSatisfy(node -> assertOnItsWayOut(node.id(), THERE));
    colony.advance(Duration.ofMinutes(5));
    colony.cycle("--node_cap", "1", "--max_concurrent_operations", "1");
    assertThat(colony.nodes()).extracting(Node::status).doesNotContain(NodeStatus.STOPPED, NodeStatus.REMOVING);
  }

  @Test
  void aFullDiskRemovesAStoppedNodeAndGoesOnWithItWhenThatFails() throws Exception {
    colonyOfThree();
    colony.force("stop", List.of("antnode0003"), OptionalInt.empty());
    colony.machine.failNext(Operation.REMOVE, THERE, true);
    colony.load(10, 10, 95, 0.1);
    CycleReport report = colony.cycle();
    assertThat(report.outcomes()).singleElement().extracting(NodeOutcome::kind).isEqualTo(OperationKind.REMOVE);
    assertOnItsWayOut(3, THERE);
    colony.load(70, 10, 10, 0.1);
    assertThat(colony.cycle().summary()).contains("antnode0003.service is not removed yet (" + THERE + ")");
    colony.cycles(6);
    assertThat(colony.nodes()).extracting(Node::id).containsExactly(1, 2);
  }

  @Test
  void aRetiredNodeWhoseDeletionFailsGoesLater() throws Exception {
    colonyOfThree();
    colony.machine.failNext(Operation.REMOVE, THERE, true);
    cycle();
    cycle();
    assertOnItsWayOut(3, THERE);
    for (int i = 0; i < 3; i++) {
      cycle();
    }
    assertThat(colony.nodes()).extracting(Node::id).containsExactly(1, 2);
  }

  @Test
  void aFailedAddThatCannotBeTakenBackIsNotStartedLater() throws Exception {
    colonyOfThree();
    colony.machine.failNext(Operation.START, "no start", true);
    colony.machine.failNext(Operation.REMOVE, THERE, true);
    colony.force("add", List.of(), OptionalInt.empty());
    assertOnItsWayOut(4, THERE);
    assertThat(colony.node(4).health().lastError()).contains("no start");
    colony.machine.log().clear();
    colony.advance(Duration.ofMinutes(10));
    colony.cycle();
    assertThat(colony.machine.log().of(Operation.START)).isEmpty();
    assertThat(colony.nodes()).extracting(Node::id).containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRemovalThatWasCutOffAndCannotBeFinishedGoesOn(boolean refused) throws Exception {
    colonyOfThree();
    colony.machine.intercept((operation, node) -> {
      if (operation == Operation.REMOVE) {
        throw new ThreadDeath();
      }
      return Optional.empty();
    });
    assertThatThrownBy(() -> remove("antnode0003")).isInstanceOf(ThreadDeath.class);
    colony.machine.intercept((operation, node) -> Optional.empty());
    colony.machine.kill(3);
    colony.machine.intercept((operation, node) -> operation == Operation.REMOVE
        ? Optional.of(refused ? OperationResult.refused(THERE, false) : OperationResult.failed(THERE, true)) : Optional.empty());
    assertThat(cycle().summary()).contains("antnode0003", THERE).doesNotContain("died");
    assertOnItsWayOut(3, THERE);
    colony.machine.intercept((operation, node) -> Optional.empty());
    colony.advance(Duration.ofMinutes(5));
    cycle();
    assertThat(colony.nodes()).extracting(Node::id).containsExactly(1, 2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDeadNodeWhoseFolderIsBackAfterItsRowCouldNotBeRemovedIsKept(boolean settled) throws Exception {
    colonyOfThree();
    Path folder = colony.node(3).rootDir();
    Path aside = folder.resolveSibling("aside");
    colony.machine.kill(3);
    Files.move(folder, aside);
    colony.machine.intercept((operation, node) -> operation != Operation.REMOVE ? Optional.empty()
        : Optional.of(settled ? OperationResult.failed(THERE, true) : OperationResult.unsettled("still at it")));
    colony.cycles(3);
    assertThat(colony.status(3)).isEqualTo(NodeStatus.DEAD);

    Files.move(aside, folder);
    colony.machine.intercept((operation, node) -> Optional.empty());
    colony.cycles(3);

    assertThat(colony.nodes()).extracting(Node::id).contains(3);
    assertThat(colony.status(3)).isNotIn(NodeStatus.DEAD, NodeStatus.REMOVING);
    assertThat(folder.resolve("secret-key")).exists();
  }
}
