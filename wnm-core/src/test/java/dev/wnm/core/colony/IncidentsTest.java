package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.model.Incident;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import dev.wnm.spi.manager.ProcessState;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.logging.Level;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Order(3)
@Execution(value = ExecutionMode.CONCURRENT, reason = "each test has a home of its own, and waits for nodes that do not answer")
class IncidentsTest extends FleetOfThree {
  @Test
  void aDeathIsNamedWithItsCauseInTheLineOfTheCycleThatSeesIt() throws Exception {
    colony.machine.kill(2);
    try (LogLines log = new LogLines()) {
      String line = colony.cycle().summary();
      assertThat(line).contains("antnode0002.service died (its process ended: killed by signal 9)")
          .doesNotContain("nothing to do");
      assertThat(log.at(Level.WARNING)).contains("antnode0002.service died (its process ended: killed by signal 9)");
    }
  }

  @Test
  void theNextStartDoesNotWipeIt() throws Exception {
    colony.machine.kill(2);
    colony.cycles(10);
    assertThat(colony.status(2)).isEqualTo(NodeStatus.RUNNING);
    assertThat(colony.node(2).health().lastError()).isEmpty();
    assertThat(colony.incidents().get(2)).extracting(Incident::kind, Incident::cause)
        .containsExactly(Incident.Kind.DIED, "its process ended: killed by signal 9");
  }

  @Test
  void aNodeThatIsDownIsNamedUntilItRunsAgain() throws Exception {
    colony.machine.kill(2);
    colony.load(60, 10, 10, 0.1);
    colony.cycle();
    assertThat(colony.cycle().summary()).contains("antnode0002.service died (").contains("no growth: CPU 60.0 %")
        .doesNotContain("nothing to do");
    colony.load(10, 10, 10, 0.1);
    colony.cycles(10);
    assertThat(colony.cycle().summary()).contains("nothing to do").doesNotContain("died");
  }

  @Test
  void aNodeWhoseFolderIsGoneIsNamedToo() throws Exception {
    colony.machine.kill(2);
    colony.machine.pretend(2, new ProcessState.Missing());
    assertThat(colony.cycle().summary()).contains("antnode0002.service died (its process and its folder are gone)");
  }

  @Test
  void aNodeThatWasStoppedOnPurposeOrByARebootIsNoNews() throws Exception {
    colony.force("stop", List.of("antnode0002"), OptionalInt.empty());
    colony.reboot();
    assertThat(colony.cycle().summary()).doesNotContain("died");
    assertThat(colony.incidents()).isEmpty();
  }

  @Test
  void aNodeThatDoesNotAnswerIsNamedAndStartedAgainAfterSoManyLooks() throws Exception {
    colony.machine.garble(2);
    colony.cycle("--restart_after_missed_probes", "3");
    assertThat(colony.node(2).health().missedProbes()).isEqualTo(1);
    assertThat(colony.cycle().summary()).contains("antnode0002.service stopped answering").doesNotContain("nothing to do");
    assertThat(colony.incidents().get(2).kind()).isEqualTo(Incident.Kind.HUNG);
    colony.cycle();
    long pid = colony.node(2).health().pid().orElseThrow();
    CycleReport report = colony.cycle();
    assertThat(report.outcomes()).singleElement().extracting(NodeOutcome::kind, NodeOutcome::nodeId, NodeOutcome::succeeded)
        .containsExactly(OperationKind.RESTART, 2, true);
    assertThat(report.summary()).contains("restarted antnode0002.service");
    assertThat(colony.node(2).health().pid().orElseThrow()).isNotEqualTo(pid);
    colony.cycles(6);
    assertThat(colony.status(2)).isEqualTo(NodeStatus.RUNNING);
    assertThat(colony.node(2).health().failures()).isZero();
  }

  @Test
  void aNodeThatHangsAgainAndAgainIsStartedEverMoreRarely() throws Exception {
    colony.cycle("--restart_after_missed_probes", "2", "--delay_start", "60");
    int restarts = 0;
    for (int minute = 0; minute < 60; minute++) {
      if (colony.machine.running().contains(2)) {
        colony.machine.garble(2);
      }
      restarts += colony.cycle().outcomes().stream().filter(outcome -> outcome.kind() == OperationKind.RESTART).count();
    }
    assertThat(restarts).isBetween(3, 6);
  }

  @Test
  void noNodeIsStartedAgainWhereThatIsSwitchedOff() throws Exception {
    colony.machine.garble(2);
    colony.cycle("--restart_after_missed_probes", "0");
    colony.cycles(10);
    assertThat(colony.machine.running()).containsExactly(1, 2, 3);
    assertThat(colony.node(2).health().missedProbes()).isGreaterThan(5);
    assertThat(colony.status(2)).isEqualTo(NodeStatus.RUNNING);
  }

  @Test
  void aNodeThatAnswersAgainInTimeIsLeftAlone() throws Exception {
    colony.machine.garble(2);
    colony.cycle("--restart_after_missed_probes", "3");
    colony.cycles(2);
    colony.machine.heal(2, ColonyHarness.OLD);
    assertThat(colony.cycle().outcomes()).isEmpty();
    assertThat(colony.node(2).health().missedProbes()).isZero();
  }

  @Test
  void aStartWhoseEndCannotBeSeenIsNamedAsStuck() throws Exception {
    colony.force("stop", List.of("antnode0002"), OptionalInt.empty());
    colony.force("start", List.of("antnode0002"), OptionalInt.empty());
    colony.machine.garble(2);
    colony.machine.pretend(2, new ProcessState.Unknown("docker does not answer"));
    colony.advance(Duration.ofMinutes(20));
    String line = colony.cycle().summary();
    assertThat(line).contains("antnode0002.service got stuck (RESTARTING since ").contains("docker does not answer")
        .doesNotContain("nothing to do");
    assertThat(colony.incidents().get(2).kind()).isEqualTo(Incident.Kind.STUCK);
  }
}
