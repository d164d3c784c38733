package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.report.Problem;
import dev.wnm.spi.model.Version;
import dev.wnm.testkit.antnode.StandInAntnode;
import dev.wnm.testkit.manager.Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpgradeTest {
  @TempDir
  private Path home;
  private ColonyHarness colony;

  @BeforeEach
  void growToTwoAndPutANewerAntnodeInPlace() throws Exception {
    colony = ColonyHarness.initialized(home, "--node_cap", "2");
    colony.grow(2);
    colony.antnode(ColonyHarness.NEW);
  }

  @AfterEach
  void close() {
    colony.close();
  }

  @Test
  void aNewerAntnodeReachesOneNodeAfterTheOtherTheOldestFirst() throws Exception {
    assertThat(colony.cycle().outcomes()).singleElement()
        .extracting(NodeOutcome::kind, NodeOutcome::nodeId).containsExactly(OperationKind.UPGRADE, 1);
    assertThat(colony.node(1).version()).contains(ColonyHarness.OLD);
    colony.cycles(9);
    assertThat(colony.machine.log().of(Operation.SWAP)).as("until the first has answered for the settling time").containsExactly(1);
    colony.cycles(16);
    assertThat(colony.nodes()).allSatisfy(node -> {
      assertThat(node.version()).contains(ColonyHarness.NEW);
      assertThat(node.status()).isEqualTo(NodeStatus.RUNNING);
      assertThat(StandInAntnode.versionOf(node.binary())).contains(ColonyHarness.NEW);
    });
  }

  @Test
  void anOlderAntnodeReachesNodesOnlyOnAnOrderAndThenOneNodeFirst() throws Exception {
    colony.cycles(26);
    assertThat(colony.nodes()).allSatisfy(node -> assertThat(node.version()).contains(ColonyHarness.NEW));
    List<Integer> before = colony.machine.log().of(Operation.SWAP);
    colony.antnode(ColonyHarness.OLD);
    colony.cycles(12);
    assertThat(colony.machine.log().of(Operation.SWAP)).as("not unasked").isEqualTo(before);

    assertThat(colony.cycle("--allow_downgrade").decision().actions()).singleElement().asString().contains("2 running nodes are of another version than 0.4.16");

    colony.cycles(5);
    assertThat(colony.machine.log().of(Operation.SWAP)).as("until the first has answered for the settling time").hasSize(before.size() + 1);
    colony.cycles(16);
    assertThat(colony.nodes()).allSatisfy(node -> {
      assertThat(node.version()).contains(ColonyHarness.OLD);
      assertThat(node.status()).isEqualTo(NodeStatus.RUNNING);
      assertThat(StandInAntnode.versionOf(node.binary())).contains(ColonyHarness.OLD);
    });
    assertThat(colony.stored()).containsEntry("allow_downgrade", "1");
  }

  @Test
  void aNodeThatIsToGoBackAndStaysAsItIsBacksOff() throws Exception {
    colony.cycles(26);
    colony.antnode(ColonyHarness.OLD);
    colony.cycle("--allow_downgrade");
    int swaps = colony.machine.log().of(Operation.SWAP).size();
    colony.machine.heal(1, ColonyHarness.NEW);
    colony.advance(Duration.ofMinutes(5));
    colony.cycle();
    assertThat(colony.node(1).health().lastError()).contains("the upgrade to 0.4.16 did not take: it runs 0.4.17");
    assertThat(colony.machine.log().of(Operation.SWAP)).hasSize(swaps);
    colony.cycle();
    assertThat(colony.machine.log().of(Operation.SWAP)).as("after a while").hasSize(swaps + 1);
  }

  @Test
  void anUpgradeThatDoesNotTakeIsReportedAndBacksOff() throws Exception {
    colony.cycle();
    colony.machine.heal(1, ColonyHarness.OLD);
    colony.advance(Duration.ofMinutes(5));
    colony.cycle();
    assertThat(colony.node(1).version()).contains(ColonyHarness.OLD);
    assertThat(colony.node(1).health().lastError()).contains("the upgrade to 0.4.17 did not take: it runs 0.4.16");
    assertThat(colony.machine.log().of(Operation.SWAP)).containsExactly(1);
    colony.cycle();
    assertThat(colony.machine.log().of(Operation.SWAP)).as("after a while").hasSize(2);
  }

  @Test
  void aBinaryThatDoesNotStartIsRolledBack() throws Exception {
    colony.machine.failNext(Operation.START, "illegal instruction", false);
    assertThat(colony.cycle().outcomes()).singleElement().extracting(NodeOutcome::detail).asString()
        .contains("illegal instruction").contains("the old binary runs again");
    assertThat(StandInAntnode.versionOf(colony.node(1).binary())).contains(ColonyHarness.OLD);
    assertThat(colony.machine.running()).containsExactly(1, 2);
    assertThat(colony.status(1)).isEqualTo(NodeStatus.RUNNING);
    assertThat(colony.status().health().brakes()).as("though all nodes run").singleElement().satisfies(brake -> {
      assertThat(brake.word()).isEqualTo(Problem.NO_UPGRADE);
      assertThat(brake.what()).startsWith("no upgrade: the last upgrade to version 0.4.17 failed (antnode0001.service: ").contains("illegal instruction");
    });
  }

  @Test
  void aStoppedOutdatedNodeIsUpgradedWhenItIsStarted() throws Exception {
    colony.force("stop", List.of("antnode0002"), OptionalInt.empty());
    colony.force("start", List.of("antnode0002"), OptionalInt.empty());
    assertThat(colony.status(2)).isEqualTo(NodeStatus.UPGRADING);
    assertThat(StandInAntnode.versionOf(colony.node(2).binary())).contains(ColonyHarness.NEW);
  }

  @Test
  void withUpgradesOffNoCycleAndNoStartMovesANodeUntilTheyAreOnAgain() throws Exception {
    colony.cycle("--no_enable_upgrade");
    colony.cycles(5);
    colony.force("stop", List.of("antnode0002"), OptionalInt.empty());
    colony.cycle();
    assertThat(colony.status(2)).as("it is started as it is").isEqualTo(NodeStatus.RESTARTING);
    colony.force("stop", List.of("antnode0001"), OptionalInt.empty());
    colony.force("start", List.of("antnode0001"), OptionalInt.empty());
    colony.cycles(12);
    assertThat(colony.machine.log().of(Operation.SWAP)).isEmpty();
    assertThat(colony.running()).isEqualTo(2);
    assertThat(colony.stored()).containsEntry("enable_upgrade", "0");

    colony.cycle("--enable_upgrade");

    assertThat(colony.machine.log().of(Operation.SWAP)).hasSize(1);
  }

  @Test
  void withUpgradesOffANodeThatIsNamedIsUpgradedAndNoOtherFollows() throws Exception {
    colony.cycle("--no_enable_upgrade");
    colony.force("upgrade", List.of("antnode0002"), OptionalInt.empty());
    colony.cycles(20);
    assertThat(colony.machine.log().of(Operation.SWAP)).containsExactly(2);
    assertThat(colony.node(2).version()).contains(ColonyHarness.NEW);
    assertThat(colony.node(1).version()).contains(ColonyHarness.OLD);
  }

  @Test
  void withUpgradesOffANodeThatWasUpgradedByNameAndDiesGetsItsOldBinaryBack() throws Exception {
    colony.cycle("--no_enable_upgrade");
    colony.force("upgrade", List.of("antnode0002"), OptionalInt.empty());
    colony.cycles(6);
    colony.machine.kill(2);
    colony.cycle();
    assertThat(StandInAntnode.versionOf(colony.node(2).binary())).contains(ColonyHarness.OLD);
  }

  @Test
  void aDisabledNodeOfANewerVersionHoldsNoUpgradeUp() throws Exception {
    colony.antnode(new Version("0.5.1"));
    colony.cycle("--no_enable_upgrade");
    colony.force("upgrade", List.of("antnode0001"), OptionalInt.empty());
    colony.cycles(12);
    colony.force("disable", List.of("antnode0001"), OptionalInt.empty());
    colony.antnode(ColonyHarness.NEW);
    colony.machine.log().clear();

    colony.cycle("--enable_upgrade");

    assertThat(colony.machine.log().of(Operation.SWAP)).containsExactly(2);
  }

  @Test
  void anOlderAntnodeReachesNoNodeUnlessItIsForced() throws Exception {
    colony.antnode(new Version("0.4.1"));
    colony.cycles(3);
    assertThat(colony.machine.log().of(Operation.SWAP)).isEmpty();
    colony.force("upgrade", List.of("antnode0001"), OptionalInt.empty());
    assertThat(StandInAntnode.versionOf(colony.node(1).binary())).contains(new Version("0.4.1"));
  }
}
