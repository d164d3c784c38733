package dev.wnm.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.decision.PlannedAction.Target;
import dev.wnm.core.model.DecisionLimits.Band;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecisionRulesTest {
  private final Situation machine = new Situation();

  @Test
  void anEmptyIdleMachineGetsItsFirstNode() {
    assertThat(machine.plan()).isEqualTo("ADD 40");
    assertThat(machine.reason()).isEqualTo(
        "0 nodes are fewer than node_cap 20; CPU 10.0 %, memory 10.0 %, disk 10.0 %, load over 1 minute 0.50 leave room");
  }

  @Test
  void aRebootComesBeforeEverythingElse() {
    machine.rebooted = true;
    machine.dead = 3;
    machine.disk(99);
    assertThat(machine.plan()).isEqualTo("RESURVEY 100");
    assertThat(machine.reason()).isEqualTo("system rebooted");
  }

  @Test
  void deadNodesComeBeforeTheRestAndWithinTheLimitOfRemovals() {
    machine.running(5).concurrency(1, 1, 2, 1);
    machine.dead = 3;
    machine.restarting = 1;
    assertThat(machine.plan()).isEqualTo("2 REMOVE 90");
    assertThat(machine.reason()).isEqualTo("3 nodes are dead; max_concurrent_removals 2 lets 2 of them go now");
    assertThat(machine.decision().actions().get(0).target()).isEqualTo(Target.DEAD_NODE);
    assertThat(machine.concurrency(1, 1, 3, 1).reason()).isEqualTo("3 nodes are dead");
  }

  @Test
  void nodesBeingRemovedCountAgainstTheLimitForDeadOnes() {
    machine.running(5).concurrency(1, 1, 2, 9);
    machine.dead = 3;
    machine.removing = 1;
    assertThat(machine.plan()).isEqualTo("REMOVE 90");
    machine.removing = 2;
    assertThat(machine.plan()).isEqualTo("SURVEY 0");
    assertThat(machine.reason()).isEqualTo("3 nodes are dead; max_concurrent_removals 2 lets 0 of them go now");
  }

  @Test
  void aNewBinaryGoesToOneNodeUntilItIsProven() {
    machine.running(5).outdated(5).concurrency(3, 3, 3, 9);
    machine.brakes = new Brakes(Optional.empty(), true, Optional.empty(), Optional.empty());
    assertThat(machine.plan()).isEqualTo("UPGRADE 60");
    machine.upgrading = 1;
    assertThat(machine.plan()).doesNotContain("UPGRADE");
  }

  @Test
  void whatHoldsUpgradesBackIsSaidAndLetsTheRestGoOn() {
    machine.running(5).stopped(1).outdated(5);
    machine.brakes = new Brakes(Optional.of("version 0.4.7 is held back"), false, Optional.empty(), Optional.empty());
    assertThat(machine.plan()).isEqualTo("START 50");
    assertThat(DecisionEngine.explain(machine.input()).get(Feature.UPGRADE)).isEqualTo("version 0.4.7 is held back");
  }

  @Test
  void upgradesThatAreOffAreNeverDecidedAndHoldNothingUp() {
    machine.running(5).stopped(1).outdated(5);
    assertThat(machine.plan()).isEqualTo("UPGRADE 60");
    machine.upgrades = false;
    assertThat(machine.plan()).isEqualTo("START 50");
    assertThat(DecisionEngine.explain(machine.input()).get(Feature.UPGRADE)).isEqualTo("enable_upgrade is off");
  }

  @Test
  void whatHoldsAddsBackIsSaidAndLetsStoppedNodesStart() {
    machine.running(5).stopped(1).concurrency(3, 3, 3, 9);
    machine.brakes = new Brakes(Optional.empty(), false, Optional.of("adding failed with 'no room'"), Optional.empty());
    assertThat(machine.plan()).isEqualTo("START 50");
    assertThat(DecisionEngine.explain(machine.input()).get(Feature.ADD_NEW_NODE)).isEqualTo("adding failed with 'no room'");
  }

  @Test
  void stoppedNodesThatWaitForAnotherAreNotStarted() {
    machine.running(5).stopped(4).concurrency(3, 3, 3, 9).cap(9);
    machine.waiting = 3;
    machine.brakes = new Brakes(Optional.empty(), false, Optional.empty(),
        Optional.of("3 nodes that died wait until antnode0001 runs"));
    assertThat(machine.plan()).isEqualTo("START 50");
    assertThat(machine.reason()).startsWith("1 node is stopped").endsWith("3 nodes that died wait until antnode0001 runs");
    machine.waiting = 4;
    assertThat(machine.reason()).isEqualTo("idle monitoring; 3 nodes that died wait until antnode0001 runs");
  }

  @Test
  void nothingIsBegunWhileTheGlobalLimitIsFull() {
    machine.running(5).stopped(2).outdated(3).cpu(95);
    machine.restarting = 1;
    assertThat(machine.plan()).isEqualTo("SURVEY 0");
    assertThat(machine.reason()).isEqualTo("at global capacity");
  }

  @Test
  void aFullDiskRemovesStoppedNodesBeforeRunningOnes() {
    machine.running(5).stopped(2).disk(92).concurrency(1, 1, 3, 4);
    assertThat(machine.plan()).isEqualTo("2 REMOVE 80, REMOVE 75");
    assertThat(machine.reason()).isEqualTo("disk 92.0 % is above hd_remove 90 %");
    assertThat(machine.decision().actions()).extracting(PlannedAction::target)
        .containsExactly(Target.STOPPED_NODE, Target.RUNNING_NODE);
  }

  @Test
  void pressureStopsAsManyNodesAsTheRemovalLimitAllows() {
    machine.running(5).cpu(81).concurrency(1, 1, 2, 4);
    assertThat(machine.plan()).isEqualTo("2 STOP 70");
    assertThat(machine.reason()).isEqualTo("CPU 81.0 % is above cpu_remove 70 %");
  }

  @Test
  void noMoreNodesAreStoppedThanRun() {
    assertThat(machine.running(1).cpu(81).concurrency(1, 1, 5, 5).plan()).isEqualTo("STOP 70");
  }

  @Test
  void nothingIsStoppedWhileANodeIsBeingRemoved() {
    machine.running(5).cpu(81).concurrency(1, 1, 5, 5);
    machine.removing = 1;
    assertThat(machine.plan()).isEqualTo("SURVEY 0");
    assertThat(machine.reason()).isEqualTo("idle monitoring");
  }

  @Test
  void everyCauseOfAStopIsNamed() {
    machine.running(5).cpu(81);
    machine.load5 = 4.004;
    machine.netWriteLimits = new Band(1_000, 2_000);
    machine.netWrites = 5_000_000;
    assertThat(machine.reason()).isEqualTo("CPU 81.0 % is above cpu_remove 70 %, "
        + "network output 5.0 MB/s is above netio_write_remove 2.0 kB/s, "
        + "load over 5 minutes 4.004 is above max_load_average_allowed 4");
  }

  @Test
  void upgradesComeBeforeGrowth() {
    machine.running(5).stopped(1).outdated(4).concurrency(3, 3, 3, 2);
    assertThat(machine.plan()).isEqualTo("2 UPGRADE 60");
    assertThat(machine.reason()).isEqualTo("4 running nodes are older than version 0.4.7");
  }

  @Test
  void whileAllUpgradesAllowedAreUnderWayTheFleetMayGrow() {
    machine.running(5).stopped(1).outdated(4).concurrency(1, 3, 3, 3);
    machine.upgrading = 1;
    assertThat(machine.plan()).isEqualTo("START 50, ADD 40");
  }

  @Test
  void stoppedNodesAreStartedBeforeNewOnesAreAdded() {
    machine.running(5).stopped(2).concurrency(1, 4, 1, 3);
    assertThat(machine.plan()).isEqualTo("2 START 50, ADD 40");
    assertThat(machine.reason()).startsWith("2 nodes are stopped; CPU 10.0 %");
  }

  @Test
  void noNodeIsAddedBeyondTheCap() {
    assertThat(machine.running(18).concurrency(1, 9, 1, 9).plan()).isEqualTo("2 ADD 40");
    assertThat(machine.running(20).plan()).isEqualTo("SURVEY 0");
  }

  @Test
  void nodesThatWaitAfterAFailureDoNotHoldUpTheOthers() {
    machine.running(5).stopped(3).concurrency(1, 4, 1, 4);
    machine.backingOff = 2;
    assertThat(machine.plan()).isEqualTo("START 50, 3 ADD 40");
  }

  @Test
  void eachThresholdIsMissedByEquality() {
    assertThat(machine.cpu(50).plan()).isEqualTo("SURVEY 0");
    assertThat(machine.cpu(49.9).plan()).isEqualTo("ADD 40");
    assertThat(machine.running(1).cpu(70).plan()).isEqualTo("SURVEY 0");
    assertThat(machine.running(1).cpu(70.01).plan()).isEqualTo("STOP 70");
    assertThat(machine.reason()).isEqualTo("CPU 70.01 % is above cpu_remove 70 %");
  }

  @Test
  void allThreeLoadsMustBeLowToGrowAndOneIsEnoughToStop() {
    machine.running(3);
    machine.load15 = 2.4;
    assertThat(machine.plan()).isEqualTo("SURVEY 0");
    machine.load15 = 4.1;
    assertThat(machine.plan()).isEqualTo("STOP 70");
  }

  @Test
  void featuresAreReportedInTheirFixedOrder() {
    assertThat(machine.decision().features().asMap().keySet()).containsExactly("allow_cpu", "allow_mem", "allow_hd",
        "remove_cpu", "remove_mem", "remove_hd", "allow_node_cap", "allow_netio", "remove_netio", "allow_hdio", "remove_hdio",
        "load_allow", "load_not_allow", "add_new_node", "remove", "upgrade");
  }

  @Test
  void everyFeatureIsExplained() {
    machine.running(20).outdated(1).cpu(81.26);
    assertThat(DecisionEngine.explain(machine.input()))
        .containsEntry(Feature.ALLOW_CPU, "CPU 81.3 % is not below cpu_less_than 50 %")
        .containsEntry(Feature.REMOVE_MEM, "memory 10.0 % is not above mem_remove 75 %")
        .containsEntry(Feature.ALLOW_NODE_CAP, "the number of running nodes 20 is not below node_cap 20")
        .containsEntry(Feature.ALLOW_NETIO, "no threshold is set")
        .containsEntry(Feature.REMOVE, "CPU 81.3 % is above cpu_remove 70 %")
        .containsEntry(Feature.UPGRADE, "CPU 81.3 % is above cpu_remove 70 %")
        .containsEntry(Feature.ADD_NEW_NODE, "CPU 81.3 % is not below cpu_less_than 50 %, "
            + "the number of running nodes 20 is not below node_cap 20, CPU 81.3 % is above cpu_remove 70 %, "
            + "there are as many nodes as node_cap 20")
        .containsOnlyKeys(Feature.values());
  }

  @Test
  void theOneMoreThatARenewalAllowsIsNotTakenForTheCap() {
    machine.cap(20).running(20);
    DecisionInput input = machine.input();
    DecisionInput renewing = new DecisionInput(input.limits().withMoreNodes(1), input.host(), input.fleet(),
        input.sinceLastStop(), input.rebooted(), input.brakes());

    assertThat(DecisionEngine.explain(renewing).get(Feature.ADD_NEW_NODE))
        .startsWith("20 nodes are fewer than node_cap 20 and 1 while others are renewed;");
  }
}
