package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.testkit.manager.Operation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cycle finds when the one before was cut off in the middle of an operation. */
class RecoveryTest {
  @TempDir
  private Path home;
  private ColonyHarness colony;

  /** Stands for the end of the whole program: nothing catches it, nothing is written after it. */
  private static final class Killed extends ThreadDeath {
    private static final long serialVersionUID = 1L;
  }

  @BeforeEach
  void growToTwo() throws Exception {
    colony = ColonyHarness.initialized(home, "--node_cap", "2");
    colony.grow(2);
    colony.machine.log().clear();
  }

  @AfterEach
  void close() {
    colony.close();
  }

  private void dieBefore(Operation operation) {
    dieAt((asked, node) -> {
      if (asked == operation) {
        throw new Killed();
      }
      return Optional.empty();
    });
  }

  private void dieAt(BiFunction<Operation, NodeSpec, Optional<OperationResult>> moment) {
    colony.machine.intercept(moment);
  }

  private void recover() throws Exception {
    colony.machine.intercept((operation, node) -> Optional.empty());
    colony.load(60, 10, 10, 0.1); // so that the cycle only recovers and surveys
    colony.cycle("--node_cap", "5");
    assertThat(colony.openOperations()).isZero();
  }

  private void forceAndDie(String action, String... names) {
    assertThatThrownBy(() -> colony.force(action, List.of(names), OptionalInt.empty())).isInstanceOf(Killed.class);
    assertThat(colony.openOperations()).isEqualTo(1);
  }

  @Test
  void anAddCutOffBeforeAnythingWasMadeLeavesNothing() throws Exception {
    dieBefore(Operation.CREATE);
    forceAndDie("add");
    recover();
    assertThat(colony.nodes()).hasSize(2);
    assertThat(colony.machine.nodes()).containsExactly(1, 2);
  }

  @Test
  void aNodeThatWasMadeButNotRecordedIsAdopted() throws Exception {
    dieBefore(Operation.START);
    forceAndDie("add");
    assertThat(colony.nodes()).hasSize(2);
    recover();
    assertThat(colony.nodes()).extracting(Node::id).containsExactly(1, 2, 3);
    assertThat(colony.status(3)).isEqualTo(NodeStatus.STOPPED);
    colony.load(10, 10, 10, 0.1);
    colony.cycle("--node_cap", "3");
    assertThat(colony.machine.running()).containsExactly(1, 2, 3);
  }

  @Test
  void aNodeThatRunsButWasNotRecordedIsAdoptedAndNoOtherIsMade() throws Exception {
    NodeSpec[] made = new NodeSpec[1];
    dieAt((operation, node) -> {
      if (operation == Operation.START && made[0] == null) {
        made[0] = node;
        OperationResult started = colony.startBehindOurBack(node);
        assertThat(started.failure()).isEmpty();
        throw new Killed();
      }
      return Optional.empty();
    });
    forceAndDie("add");
    recover();
    assertThat(colony.status(3)).isEqualTo(NodeStatus.RESTARTING);
    assertThat(colony.machine.running()).containsExactly(1, 2, 3);
  }

  @Test
  void aStopCutOffIsWhateverTheProcessManagerSays() throws Exception {
    dieBefore(Operation.STOP);
    forceAndDie("stop", "antnode0002");
    colony.machine.kill(2);
    recover();
    assertThat(colony.status(2)).isEqualTo(NodeStatus.STOPPED);
  }

  @Test
  void aStopOfANodeThatStillRunsIsFinished() throws Exception {
    dieBefore(Operation.STOP);
    forceAndDie("stop", "antnode0002");
    recover();
    assertThat(colony.status(2)).isEqualTo(NodeStatus.STOPPED);
    assertThat(colony.machine.running()).containsExactly(1);
  }

  @Test
  void aRemovalCutOffIsFinished() throws Exception {
    dieBefore(Operation.REMOVE);
    forceAndDie("remove", "antnode0002");
    recover();
    assertThat(colony.nodes()).extracting(Node::id).containsExactly(1);
    assertThat(colony.machine.nodes()).containsExactly(1);
  }

  @Test
  void anUpgradeCutOffWhileTheNodeWasDownBringsItUpAgain() throws Exception {
    colony.antnode(ColonyHarness.NEW);
    dieBefore(Operation.SWAP);
    forceAndDie("upgrade", "antnode0002");
    assertThat(colony.machine.running()).containsExactly(1);
    recover();
    assertThat(colony.machine.running()).containsExactly(1, 2);
    assertThat(colony.status(2)).isEqualTo(NodeStatus.UPGRADING);
  }

  @Test
  void aNodeWhoseUpgradeWasCutOffMayHaveBeenToldToStopAndIsStartedAgain() throws Exception {
    colony.antnode(ColonyHarness.NEW);
    dieBefore(Operation.STOP);
    forceAndDie("upgrade", "antnode0002");
    colony.machine.log().clear();
    recover();
    assertThat(colony.machine.log().of(Operation.STOP)).containsExactly(2);
    assertThat(colony.machine.log().of(Operation.START)).containsExactly(2);
    assertThat(colony.machine.running()).containsExactly(1, 2);
    assertThat(colony.status(2)).isEqualTo(NodeStatus.UPGRADING);
  }

  @Test
  void whatCannotBeToldStaysOpenForALaterCycle() throws Exception {
    dieBefore(Operation.STOP);
    forceAndDie("stop", "antnode0002");
    colony.machine.intercept((operation, node) -> Optional.empty());
    colony.machine.pretend(2, new ProcessState.Unknown("not reachable"));
    colony.load(60, 10, 10, 0.1);
    colony.cycle();
    assertThat(colony.openOperations()).isEqualTo(1);
    colony.machine.tellTheTruth();
    recover();
  }

  @Test
  void anAddIsNotSettledWhileTheProcessManagerCannotTellItsNodes() throws Exception {
    dieBefore(Operation.START);
    forceAndDie("add");
    colony.machine.intercept((operation, node) -> Optional.empty());
    colony.machine.tool().breaksDown("not reachable");
    colony.load(60, 10, 10, 0.1);
    colony.cycle("--node_cap", "5");
    assertThat(colony.openOperations()).isEqualTo(1);
    assertThat(colony.machine.nodes()).containsExactly(1, 2, 3);
    colony.machine.tool().recovers();
    recover();
    assertThat(colony.nodes()).extracting(Node::id).containsExactly(1, 2, 3);
  }

  @Test
  void aNodeThatTheProcessManagerListsAsGoneIsNotMadeAgain() throws Exception {
    dieBefore(Operation.START);
    forceAndDie("add");
    colony.machine.pretend(3, new ProcessState.Missing());
    recover();
    assertThat(colony.nodes()).extracting(Node::id).containsExactly(1, 2);
    assertThat(colony.machine.nodes()).containsExactly(1, 2);
  }

  @Test
  void theNumberOfANodeWhoseMakingIsNotSettledIsNotGivenTwice() throws Exception {
    dieBefore(Operation.CREATE);
    forceAndDie("add");
    dieAt((operation, node) -> operation == Operation.REMOVE
        ? Optional.of(OperationResult.failed("busy", true))
        : Optional.empty());
    assertThat(colony.cycle("--node_cap", "4").outcomes()).filteredOn(outcome -> outcome.kind() == OperationKind.ADD)
        .filteredOn(NodeOutcome::succeeded).extracting(NodeOutcome::nodeId).containsExactly(4);
  }
}
