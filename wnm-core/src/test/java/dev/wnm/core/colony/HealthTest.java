package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.decision.PlannedAction;
import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.model.DownCause;
import dev.wnm.core.model.Incident;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.testkit.manager.Operation;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Order(2)
@Execution(value = ExecutionMode.CONCURRENT, reason = "each test has a home of its own, and waits for nodes that do not answer")
class HealthTest extends FleetOfThree {
  private void survey() throws Exception {
    colony.force("survey", List.of(), OptionalInt.empty());
  }

  @Test
  void aNodeThatDiedIsToldApartFromOneThatWasStopped() throws Exception {
    colony.machine.kill(2);
    colony.force("stop", List.of("antnode0003"), OptionalInt.empty());
    survey();
    assertThat(colony.node(2).health().downCause()).isEqualTo(DownCause.DIED);
    assertThat(colony.node(2).health().lastError()).contains("killed by signal 9");
    assertThat(colony.node(3).health().downCause()).isEqualTo(DownCause.STOPPED);
  }

  @Test
  void aNodeThatDiedIsStartedAgainInTheNextCycle() throws Exception {
    colony.machine.kill(2);
    survey();
    colony.cycle();
    assertThat(colony.machine.running()).containsExactly(1, 2, 3);
  }

  @Test
  void aNodeThatDiesAgainAndAgainCountsAsDownAndIsNamedWithItsDeathsAndWords() throws Exception {
    colony.machine.pretend(2, new ProcessState.Stopped("with exit code 7; it said: no room", 7));
    colony.machine.hang(2);
    survey();

    assertThat(colony.status(2)).isEqualTo(NodeStatus.STOPPED);
    assertThat(colony.node(2).health().downCause()).isEqualTo(DownCause.CRASH_LOOP);
    colony.machine.failNext(Operation.START, "it dies again", true);
    CycleReport report = colony.cycle();
    assertThat(report.summary()).startsWith(
        "3 nodes (2 running, 1 restarting: antnode0002.service it dies again)").contains("1 failed");
    assertThat(colony.incidents().get(2).kind()).isEqualTo(Incident.Kind.LOOPING);
    assertThat(colony.cycle().summary()).contains("1 restarting: antnode0002.service").doesNotContain("nothing to do");
    survey();
    assertThat(colony.node(2).health().lastError()).isEqualTo("died 7 times, last with exit code 7; it said: no room");
    assertThat(colony.node(2).health().failures()).as("what is only seen again is no further failure").isEqualTo(2);
  }

  @Test
  void whatALoopingNodeSaysBetweenTwoDeathsDoesNotMakeItWell() throws Exception {
    colony.machine.pretend(2, new ProcessState.Stopped("with exit code 7", 7));
    colony.machine.hang(2);
    survey();
    colony.machine.heal(2, ColonyHarness.OLD);
    survey();
    colony.cycle();
    survey();
    assertThat(colony.status(2)).isNotEqualTo(NodeStatus.RUNNING);

    colony.machine.tellTheTruth();
    colony.cycles(10);
    assertThat(colony.status(2)).isEqualTo(NodeStatus.RUNNING);
    assertThat(colony.cycle().summary()).contains("3 nodes (3 running)");
  }

  @Test
  void aNodeThatDoesNotAnswerButRunsIsNotCalledStopped() throws Exception {
    colony.machine.hang(2);
    survey();
    assertThat(colony.status(2)).isEqualTo(NodeStatus.RUNNING);
    assertThat(colony.node(2).health().missedProbes()).isEqualTo(1);
    assertThat(colony.node(2).health().lastError()).contains("its process runs, but");
  }

  @Test
  void ofAProcessThatHasToldNothingYetNothingIsKnownInsteadOfNought() throws Exception {
    colony.force("stop", List.of("antnode0002"), OptionalInt.empty());
    assertThat(colony.node(2).metrics().find(NodeMetric.CONNECTED_PEERS)).as("of one that is down").hasValue(0);
    colony.force("start", List.of("antnode0002"), OptionalInt.empty());
    assertThat(colony.node(2).metrics().find(NodeMetric.CONNECTED_PEERS)).as("of one that starts").isEmpty();
    colony.machine.hang(2);
    colony.advance(Duration.ofMinutes(6));
    colony.cycle();
    assertThat(colony.status(2)).isEqualTo(NodeStatus.RUNNING);
    assertThat(colony.node(2).metrics().find(NodeMetric.CONNECTED_PEERS)).as("of one that does not answer").isEmpty();
  }

  @Test
  void aNodeThatAnswersGarbageIsReportedAsSuch() throws Exception {
    colony.machine.garble(2);
    survey();
    assertThat(colony.status(2)).isEqualTo(NodeStatus.RUNNING);
    assertThat(colony.node(2).health().missedProbes()).isEqualTo(1);
  }

  @Test
  void aNodeThatFailsToStartDoesNotHoldUpTheOthers() throws Exception {
    colony.force("stop", List.of("antnode0001", "antnode0002"), OptionalInt.empty());
    colony.machine.failNext(Operation.START, "exits at once", true);
    assertThat(colony.cycle().outcomes()).singleElement().extracting(NodeOutcome::nodeId).isEqualTo(1);
    assertThat(colony.force("start", List.of(), OptionalInt.empty()).failed()).isFalse();
    assertThat(colony.machine.running()).hasSize(2);
  }

  @Test
  void whatCannotWorkUntilSomethingChangesIsTriedAgainOnceAnHour() throws Exception {
    colony.force("stop", List.of("antnode0002"), OptionalInt.empty());
    colony.machine.failNext(Operation.START, "its binary does not exist; upgrade the node to put one there", false);

    assertThat(colony.cycle().outcomes()).singleElement().extracting(NodeOutcome::succeeded).isEqualTo(false);
    int starts = colony.machine.log().of(Operation.START).size();
    for (int minutes = 5; minutes < 60; minutes += 5) {
      CycleReport report = colony.cycle();
      assertThat(report.failed()).as("said once").isFalse();
      assertThat(report.summary()).contains("failed to start (its binary does not exist; upgrade the node to put one there)");
      colony.advance(Duration.ofMinutes(4));
    }
    assertThat(colony.machine.log().of(Operation.START)).hasSize(starts);

    colony.advance(Duration.ofMinutes(10));
    colony.cycle();
    assertThat(colony.machine.log().of(Operation.START)).hasSize(starts + 1).endsWith(2);
  }

  @Test
  void whatCouldNotWorkIsTriedAgainAtOnceWhenASettingHasChangedOrAPersonAsksForIt() throws Exception {
    colony.force("stop", List.of("antnode0002"), OptionalInt.empty());
    colony.machine.failNext(Operation.START, "its account does not exist", false);
    colony.cycle();
    colony.cycle();
    assertThat(colony.status(2)).isEqualTo(NodeStatus.STOPPED);

    colony.machine.failNext(Operation.START, "its account does not exist", false);
    assertThat(colony.cycle("--environment", "A=1").outcomes()).as("a setting has changed").singleElement()
        .extracting(NodeOutcome::nodeId).isEqualTo(2);
    assertThat(colony.cycle().outcomes()).as("nothing has changed since").isEmpty();

    assertThat(colony.force("start", List.of("antnode0002"), OptionalInt.empty()).failed()).isFalse();
    assertThat(colony.machine.running()).containsExactly(1, 2, 3);
  }

  @Test
  void anUpgradeThatCannotWorkIsTriedAgainOnceAnHourAndAtOnceWithAnotherAntnode() throws Exception {
    colony.antnode(ColonyHarness.NEW);
    colony.machine.failNext(Operation.STAGE, "the binary is for another machine", false);
    colony.cycle();
    assertThat(colony.node(1).health().retryAfter()).isAfter(colony.now().plus(Duration.ofMinutes(55)));
    assertThat(colony.node(1).health().waitsAfterFailure(colony.now())).isTrue();

    colony.antnode(ColonyHarness.OLD);
    colony.cycle();
    assertThat(colony.node(1).health().waitsAfterFailure(colony.now())).isFalse();
  }

  @Test
  void aNodeWhoseFolderIsGoneIsDeadAndItsRowGoes() throws Exception {
    colony.machine.kill(2);
    colony.machine.pretend(2, new ProcessState.Missing());
    survey();
    assertThat(colony.status(2)).isEqualTo(NodeStatus.DEAD);
    assertThat(colony.cycle().outcomes()).singleElement()
        .extracting(NodeOutcome::kind, NodeOutcome::nodeId).containsExactly(OperationKind.REMOVE, 2);
    assertThat(colony.nodes()).extracting(Node::id).containsExactly(1, 3);
  }

  @Test
  void aBusyFleetIsStillSurveyedNowAndThen() throws Exception {
    colony.machine.kill(2);
    colony.load(90, 10, 10, 0.1);
    colony.cycle();
    colony.advance(Duration.ofMinutes(6));
    colony.cycle();
    assertThat(colony.node(2).health().downCause()).isEqualTo(DownCause.DIED);
  }

  @Test
  void afterARebootAllNodesComeBackWithoutBackOff() throws Exception {
    colony.reboot();
    assertThat(colony.cycle().decision().actions()).singleElement().extracting(PlannedAction::reason)
        .isEqualTo("system rebooted");
    assertThat(colony.nodes()).allSatisfy(node -> {
      assertThat(node.status()).isEqualTo(NodeStatus.STOPPED);
      assertThat(node.health().downCause()).isEqualTo(DownCause.REBOOT);
    });
    colony.cycle("--max_concurrent_starts", "3", "--max_concurrent_operations", "3");
    assertThat(colony.machine.running()).containsExactly(1, 2, 3);
  }

  @Test
  void aRebootIsNoFailureOfTheNodesHoweverLongAgoTheyWereLookedAt() throws Exception {
    colony.force("stop", List.of("antnode0003"), OptionalInt.empty());
    colony.force("start", List.of("antnode0003"), OptionalInt.empty());
    colony.advance(Duration.ofHours(1));
    colony.reboot();
    colony.cycle();
    assertThat(colony.nodes()).allSatisfy(node -> {
      assertThat(node.status()).isEqualTo(NodeStatus.STOPPED);
      assertThat(node.health().downCause()).isEqualTo(DownCause.REBOOT);
      assertThat(node.health().failures()).isZero();
      assertThat(node.health().mayBeTried(colony.now())).isTrue();
    });
  }

  @Test
  void aDisabledNodeIsLeftAloneUntilItIsEnabled() throws Exception {
    colony.force("disable", List.of("antnode0002"), OptionalInt.empty());
    colony.cycles(3);
    assertThat(colony.status(2)).isEqualTo(NodeStatus.DISABLED);
    assertThat(colony.machine.running()).containsExactly(1, 3);
    colony.force("enable", List.of("antnode0002"), OptionalInt.empty());
    colony.cycle();
    assertThat(colony.machine.running()).containsExactly(1, 2, 3);
  }

  @Test
  void aSecondWnmIsToldWhoHoldsTheLock() throws Exception {
    try (CycleLock held = CycleLock.take(colony.database, colony.now())) {
      assertThat(held).isNotNull();
      assertThatThrownBy(colony::cycle).isInstanceOf(CycleLock.HeldException.class)
          .hasMessageContaining("in this very process");
    }
  }

  @Test
  void aLockFileThatWasLeftBehindIsNoObstacle() throws Exception {
    Files.writeString(CycleLock.fileFor(colony.database), "process 1 since 2020-01-01T00:00:00Z");
    assertThat(colony.cycle().failed()).isFalse();
  }
}
