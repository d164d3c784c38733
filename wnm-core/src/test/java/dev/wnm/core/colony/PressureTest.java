package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.model.DownCause;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.testkit.manager.Operation;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PressureTest extends FleetOfThree {
  @Test
  void loadStopsTheYoungestNodeAndTheNextOneWaits() throws Exception {
    colony.load(90, 10, 10, 0.1);
    colony.cycle();
    assertThat(colony.status(3)).isEqualTo(NodeStatus.STOPPED);
    assertThat(colony.node(3).health().downCause()).isEqualTo(DownCause.STOPPED);
    assertThat(colony.node(3).rootDir()).isDirectory();
    colony.cycle();
    assertThat(colony.running()).isEqualTo(2);
    colony.advance(Duration.ofMinutes(5));
    colony.cycle();
    assertThat(colony.running()).isEqualTo(1);
  }

  @Test
  void aStoppedNodeComesBackWhenTheMachineIsFreeAgain() throws Exception {
    colony.load(90, 10, 10, 0.1);
    colony.cycle();
    colony.load(10, 10, 10, 0.1);
    assertThat(colony.cycle().outcomes()).singleElement().extracting(NodeOutcome::kind).isEqualTo(OperationKind.START);
    assertThat(colony.machine.running()).containsExactly(1, 2, 3);
  }

  @Test
  void aFullDiskRetiresANodeAndItsDataGoesWhenTheDelayIsOver() throws Exception {
    Path data = colony.node(3).rootDir();
    colony.load(10, 10, 95, 0.1);
    colony.cycle();
    assertThat(colony.status(3)).isEqualTo(NodeStatus.REMOVING);
    assertThat(data).isDirectory();
    colony.load(70, 10, 10, 0.1);
    colony.cycles(6);
    assertThat(data).doesNotExist();
    assertThat(colony.nodes()).extracting(Node::id).containsExactly(1, 2);
  }

  @Test
  void aLowerCapRemovesOnlyWhatIsTooMuch() throws Exception {
    colony.cycle("--node_cap", "2", "--max_concurrent_removals", "3", "--max_concurrent_operations", "3");
    assertThat(colony.status(3)).isEqualTo(NodeStatus.REMOVING);
    colony.cycles(7);
    assertThat(colony.nodes()).extracting(Node::id).containsExactly(1, 2);
    assertThat(colony.machine.log().of(Operation.REMOVE)).containsExactly(3);
  }

  @Test
  void aNodeThatDoesNotStopStaysAsItIsAndIsReported() throws Exception {
    colony.load(90, 10, 10, 0.1);
    colony.machine.failNext(Operation.STOP, "it clings to life", true);
    assertThat(colony.cycle().failed()).isTrue();
    assertThat(colony.status(3)).isEqualTo(NodeStatus.RUNNING);
    assertThat(colony.node(3).health().lastError()).isEqualTo("it clings to life");
  }

  @Test
  void aRemovalThatFailsKeepsTheRowAndIsTriedAgain() throws Exception {
    colony.load(10, 10, 95, 0.1);
    colony.cycle();
    colony.load(70, 10, 10, 0.1);
    colony.machine.failNext(Operation.REMOVE, "busy", true);
    colony.advance(Duration.ofMinutes(5));
    assertThat(colony.cycle().failed()).isTrue();
    assertThat(colony.status(3)).isEqualTo(NodeStatus.REMOVING);
    colony.cycles(3);
    assertThat(colony.machine.nodes()).doesNotContain(3);
  }

  @Test
  void unknownIsNeverAVictim() throws Exception {
    for (int id : new int[] {1, 2, 3}) {
      colony.machine.hang(id);
      colony.machine.pretend(id, new ProcessState.Unknown("the process manager is not reachable"));
    }
    colony.load(10, 10, 95, 0.1);
    colony.cycle();
    assertThat(colony.machine.log().of(Operation.STOP)).isEmpty();
    assertThat(colony.machine.log().of(Operation.REMOVE)).isEmpty();
    assertThat(colony.running()).isEqualTo(3);
  }
}
