package dev.wnm.core.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.model.DecisionLimits.Band;
import dev.wnm.spi.model.Version;
import org.junit.jupiter.api.Test;

/** The corrections to the Python wnm's rules, by their numbers in the design. */
class CorrectionsTest {
  private final Situation machine = new Situation();

  @Test
  void correction1OverTheCapOnlyTheExcessIsRemoved() {
    machine.running(22).concurrency(1, 1, 5, 5);
    assertThat(machine.plan()).isEqualTo("2 REMOVE 75");
    assertThat(machine.reason()).isEqualTo("22 nodes are more than node_cap 20");
    machine.maxRemovals = 1;
    assertThat(machine.plan()).isEqualTo("REMOVE 75");
  }

  @Test
  void correction1NodesBeingRemovedAreNoExcess() {
    machine.running(20).concurrency(1, 1, 5, 5);
    machine.removing = 2;
    assertThat(machine.decision().features().has(Feature.REMOVE)).isFalse();
    assertThat(machine.plan()).isEqualTo("SURVEY 0");
    machine.running(21);
    assertThat(machine.plan()).isEqualTo("REMOVE 75");
  }

  @Test
  void correction2AFullMachineStillStartsItsStoppedNodes() {
    machine.running(18).stopped(2).concurrency(1, 5, 1, 5);
    assertThat(machine.decision().features().has(Feature.ADD_NEW_NODE)).isFalse();
    assertThat(machine.plan()).isEqualTo("2 START 50");
  }

  @Test
  void correction3OnlyRunningNodesAreUpgraded() {
    machine.stopped(3).outdated(3);
    assertThat(machine.decision().features().has(Feature.UPGRADE)).isFalse();
    assertThat(machine.plan()).isEqualTo("START 50");
    assertThat(machine.running(2).concurrency(9, 1, 1, 9).plan()).isEqualTo("2 UPGRADE 60");
  }

  @Test
  void correction3NothingMovesToAnOlderVersion() {
    machine.running(20).outdated(3);
    machine.queenVersion = "0.4.10";
    assertThat(machine.plan()).isEqualTo("SURVEY 0");
    assertThat(DecisionEngine.explain(machine.input()))
        .containsEntry(Feature.UPGRADE, "version 0.4.7 is older than the first node's 0.4.10");
  }

  @Test
  void correction3UnknownVersionsUpgradeNothingAndBreakNothing() {
    machine.running(20).outdated(3);
    machine.antnodeVersion = "0";
    assertThat(machine.plan()).isEqualTo("SURVEY 0");
    machine.antnodeVersion = "0.4.7";
    machine.queenVersion = null;
    assertThat(machine.plan()).isEqualTo("UPGRADE 60");
  }

  @Test
  void correction4OnlyTheDiskAndTheCapRemoveNodes() {
    machine.running(5).stopped(2).outdated(5).cpu(99).concurrency(9, 9, 9, 9);
    machine.memory = 99;
    machine.load1 = 99;
    machine.diskReadLimits = new Band(0, 1);
    machine.diskReads = 99;
    machine.netReadLimits = new Band(0, 1);
    machine.netReads = 99;
    assertThat(machine.plan()).isEqualTo("5 STOP 70");
  }

  @Test
  void correction5EachTrafficThresholdCountsAlone() {
    machine.running(5);
    machine.netReads = 500;
    machine.netWrites = 5_000;
    machine.netReadLimits = new Band(1_000, 0);
    assertThat(machine.plan()).isEqualTo("ADD 40");
    machine.netReadLimits = new Band(500, 0);
    assertThat(machine.plan()).isEqualTo("SURVEY 0");
    machine.netReadLimits = new Band(0, 499);
    assertThat(machine.plan()).isEqualTo("STOP 70");
    machine.netReadLimits = new Band(0, 1);
    assertThat(machine.plan()).isEqualTo("STOP 70");
  }

  @Test
  void correction6TheFleetNeverGrowsWhileSomethingAsksForFewer() {
    machine.running(5).stopped(2).cpu(20);
    machine.cpuLimits = new Band(50, 10);
    machine.sinceLastStopSeconds = 0;
    assertThat(machine.decision().features().has(Feature.ALLOW_CPU)).isTrue();
    assertThat(machine.decision().features().has(Feature.ADD_NEW_NODE)).isFalse();
    assertThat(machine.plan()).isEqualTo("SURVEY 0");
  }

  @Test
  void correction7OperationsUnderWayCountAndOtherwiseDoNotBlock() {
    machine.running(5).concurrency(4, 4, 4, 4);
    machine.restarting = 2;
    assertThat(machine.plan()).isEqualTo("2 ADD 40");
    machine.upgrading = 1;
    assertThat(machine.plan()).isEqualTo("ADD 40");
    machine.migrating = 1;
    assertThat(machine.reason()).isEqualTo("at global capacity");
  }

  @Test
  void correction7GrowthWaitsForRemovalsAndMigrationsAndUpgradesForRemovals() {
    machine.running(5).stopped(1).concurrency(4, 4, 4, 4);
    machine.migrating = 1;
    assertThat(machine.plan()).isEqualTo("SURVEY 0");
    assertThat(machine.outdated(1).plan()).isEqualTo("UPGRADE 60");
    machine.removing = 1;
    assertThat(machine.plan()).isEqualTo("SURVEY 0");
    assertThat(machine.reason()).isEqualTo("idle monitoring");
  }

  @Test
  void correction8AfterAStopForPressureTheNextOneWaits() {
    machine.running(5).cpu(99);
    machine.sinceLastStopSeconds = 299;
    assertThat(machine.plan()).isEqualTo("SURVEY 0");
    machine.sinceLastStopSeconds = 300;
    assertThat(machine.plan()).isEqualTo("STOP 70");
    machine.sinceLastStopSeconds = 0;
    machine.delayRemoveSeconds = 0;
    assertThat(machine.plan()).isEqualTo("STOP 70");
  }

  @Test
  void correction8ARemovalForTheDiskWaitsTooButTheCapsExcessDoesNot() {
    machine.running(5).disk(99).concurrency(1, 1, 9, 9);
    machine.sinceLastStopSeconds = 10;
    assertThat(machine.plan()).isEqualTo("SURVEY 0");
    assertThat(machine.cap(3).plan()).isEqualTo("2 REMOVE 75");
    assertThat(machine.disk(10).plan()).isEqualTo("2 REMOVE 75");
  }

  @Test
  void correction9AFullDiskRemovesWhateverElseIsUnderWay() {
    machine.running(5).disk(99).concurrency(2, 2, 2, 2);
    machine.restarting = 1;
    machine.upgrading = 1;
    assertThat(machine.plan()).isEqualTo("2 REMOVE 75");
    machine.removing = 2;
    assertThat(machine.reason()).isEqualTo("at global capacity");
  }

  @Test
  void correction10LimitsAreAtLeastOne() {
    assertThatThrownBy(() -> machine.concurrency(1, 1, 1, 0).plan())
        .isInstanceOf(IllegalArgumentException.class).hasMessage("max_concurrent_operations 0 is below 1");
  }

  @Test
  void correction10VersionsCompareAsNumbersThenByPreRelease() {
    assertThat(new Version("0.4.9").isOlderThan(new Version("0.4.10"))).isTrue();
    assertThat(new Version("0.4.10-rc.2").isOlderThan(new Version("0.4.10-rc.10"))).isTrue();
    assertThat(new Version("0.4.10-rc.10").isOlderThan(new Version("0.4.10"))).isTrue();
    machine.running(3).outdated(3);
    machine.antnodeVersion = "0.4.10";
    machine.queenVersion = "0.4.9";
    assertThat(machine.plan()).isEqualTo("UPGRADE 60");
    machine.antnodeVersion = "0.4.9-rc.1";
    assertThat(machine.plan()).isEqualTo("ADD 40");
  }

  @Test
  void correction11ARebootIsSaidByTheCallerNotReadFromAJitteringBootTime() {
    assertThat(machine.running(20).plan()).isEqualTo("SURVEY 0");
    machine.rebooted = true;
    assertThat(machine.plan()).isEqualTo("RESURVEY 100");
  }
}
