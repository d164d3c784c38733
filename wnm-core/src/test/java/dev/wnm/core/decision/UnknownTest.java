package dev.wnm.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.DecisionLimits.Band;
import org.junit.jupiter.api.Test;

/** Decisions while something of the machine is unknown. */
class UnknownTest {
  private final Situation machine = new Situation().running(2).stopped(1).concurrency(2, 2, 2, 2);

  @Test
  void neitherItsFeatureForGrowthNorTheOneForStopsHolds() {
    machine.memory = Double.NaN;
    assertThat(machine.plan()).isEqualTo("SURVEY 0");
    assertThat(machine.decision().features().has(Feature.ALLOW_MEM)).isFalse();
    assertThat(machine.decision().features().has(Feature.REMOVE_MEM)).isFalse();
    assertThat(DecisionEngine.explain(machine.input()))
        .containsEntry(Feature.ALLOW_MEM, "memory is unknown (mem_less_than 60 %)")
        .containsEntry(Feature.REMOVE, "nothing is known to be above its limit: memory is unknown (mem_remove 75 %)");
  }

  @Test
  void whatIsKnownStillCounts() {
    machine.memory = Double.NaN;
    machine.cpu = 90;
    assertThat(machine.plan()).isEqualTo("2 STOP 70");
    machine.cpu = 10;
    machine.cap = 1;
    assertThat(machine.plan()).startsWith("REMOVE 80");
  }

  @Test
  void whatNoLimitIsSetForNeedNotBeKnown() {
    machine.cpu = Double.NaN;
    machine.cpuLimits = new Band(100, 100);
    assertThat(machine.plan()).isEqualTo("START 50, ADD 40");
    machine.cpu = 100;
    assertThat(machine.plan()).as("100 % is no limit").isEqualTo("START 50, ADD 40");
  }

  @Test
  void aMeasurementNextToItsLimitHasFewDigits() {
    machine.cpuLimits = new Band(99, 100);
    machine.cpu = 99.04458598726114;
    assertThat(DecisionEngine.explain(machine.input()).get(Feature.ALLOW_CPU)).isEqualTo("CPU 99.04 % is not below cpu_less_than 99 %");
  }

  @Test
  void nodesThatDoNotAnswerAreStartedAgainBeforeAnythingGrows() {
    machine.hung = 2;
    assertThat(machine.plan()).isEqualTo("2 RESTART 65");
    machine.restarting = 1;
    assertThat(machine.plan()).isEqualTo("RESTART 65");
  }
}
