package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.manager.StorageState;
import dev.wnm.testkit.manager.Operation;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowthTest {
  @TempDir
  private Path home;

  @Test
  void aFreeMachineGetsOneNodeAfterTheOtherUpToTheCap() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home)) {
      CycleReport first = colony.cycle();
      assertThat(first.outcomes()).extracting(NodeOutcome::kind).containsExactly(OperationKind.ADD);
      assertThat(colony.status(1)).isEqualTo(NodeStatus.RESTARTING);
      colony.grow(3);
      colony.cycles(3);
      assertThat(colony.nodes()).extracting(Node::id).containsExactly(1, 2, 3);
      assertThat(colony.machine.running()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void aStartedNodeIsLookedAtOnlyWhenItsDelayIsOver() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home, "--delay_start", "150")) {
      colony.cycle();
      colony.cycle();
      assertThat(colony.status(1)).isEqualTo(NodeStatus.RESTARTING);
      colony.cycles(2);
      assertThat(colony.status(1)).isEqualTo(NodeStatus.RUNNING);
    }
  }

  @Test
  void operationsUnderWayDoNotBlockOthersBelowTheLimits() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(
        home, "--node_cap", "6", "--max_concurrent_starts", "4", "--max_concurrent_operations", "4")) {
      assertThat(colony.cycle().outcomes()).hasSize(4);
      assertThat(colony.cycle().outcomes()).isEmpty();
      colony.advance(Duration.ofMinutes(5));
      assertThat(colony.cycle().outcomes()).hasSize(2);
      assertThat(colony.machine.log().mostAtOnce()).isLessThanOrEqualTo(4);
      assertThat(colony.machine.log().mostAtOnceOnOneNode()).isEqualTo(1);
    }
  }

  @Test
  void aNodeThatCannotBeMadeLeavesNothingAndTheOthersAreMade() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(
        home, "--max_concurrent_starts", "3", "--max_concurrent_operations", "3")) {
      colony.machine.failNext(Operation.CREATE, "no space", true);
      CycleReport report = colony.cycle();
      assertThat(report.failed()).isTrue();
      assertThat(report.outcomes()).filteredOn(outcome -> !outcome.succeeded()).singleElement()
          .extracting(NodeOutcome::detail).isEqualTo("no space");
      assertThat(colony.nodes()).hasSize(2);
      assertThat(colony.openOperations()).isZero();
    }
  }

  @Test
  void aNewNodeThatDoesNotStartIsTakenAwayAgain() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home)) {
      colony.machine.failNext(Operation.START, "exits at once", false);
      assertThat(colony.cycle().failed()).isTrue();
      assertThat(colony.nodes()).isEmpty();
      assertThat(colony.machine.nodes()).isEmpty();
      assertThat(StorageMarker.look(colony.colony(), home.resolve("nodes"))).isEqualTo(new StorageState.Ours(Set.of()));
    }
  }

  @Test
  void addsThatCannotWorkUntilSomethingChangesAreTriedAgainOnceAnHourOrWhenASettingChanged() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home)) {
      colony.machine.failNext(Operation.CREATE, "there is no antnode at /nowhere", false);
      assertThat(colony.cycle().failed()).isTrue();
      colony.advance(Duration.ofMinutes(50));
      CycleReport report = colony.cycle();
      assertThat(report.outcomes()).isEmpty();
      assertThat(report.summary()).contains("adding failed with 'there is no antnode at /nowhere'");

      assertThat(colony.cycle("--environment", "A=1").outcomes()).as("a setting has changed").hasSize(1);
      assertThat(colony.nodes()).hasSize(1);
    }
  }

  @Test
  void theLowestFreeNumberIsTakenAndAPortInUseIsPassedOver() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home)) {
      colony.grow(3);
      colony.force("remove", List.of("antnode0002"), OptionalInt.empty());
      int metricsPort = colony.node(1).ports().metrics().orElseThrow() + 1;
      try (ServerSocket squatter =
          new ServerSocket(metricsPort, 1, InetAddress.getByName("127.0.0.1"))) {
        assertThat(squatter.isBound()).isTrue();
        colony.cycle();
        assertThat(colony.nodes()).extracting(Node::id).containsExactly(1, 3, 4);
      }
    }
  }

  @Test
  void anRpcPortInUseIsPassedOverToo() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home)) {
      colony.grow(3);
      colony.force("remove", List.of("antnode0002"), OptionalInt.empty());
      try (ServerSocket squatter =
          new ServerSocket(colony.node(1).ports().rpc().orElseThrow() + 1, 1, InetAddress.getByName("127.0.0.1"))) {
        assertThat(squatter.isBound()).isTrue();
        colony.cycle();
        assertThat(colony.nodes()).extracting(Node::id).containsExactly(1, 3, 4);
      }
    }
  }

  @Test
  void nothingGrowsOnAMachineUnderLoad() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home)) {
      colony.load(60, 10, 10, 0.1);
      CycleReport report = colony.cycle();
      assertThat(report.outcomes()).isEmpty();
      assertThat(report.summary()).contains("no growth: CPU 60.0 %").contains("cpu_less_than 50");
      assertThat(colony.nodes()).isEmpty();
    }
  }

  @Test
  void aNewSettingCountsInTheRunThatSetsIt() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home)) {
      colony.load(60, 10, 10, 0.1);
      assertThat(colony.cycle("--cpu_less_than", "65").outcomes()).hasSize(1);
      assertThat(colony.stored()).containsEntry("cpu_less_than", "65");
    }
  }

  @Test
  void aPauseIsMadeBetweenOperationsAndNotAfterTheLast() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home, "--action_delay", "250", "--max_concurrent_starts", "3",
        "--max_concurrent_operations", "3")) {
      colony.cycle();
      assertThat(colony.pauses).containsExactly(Duration.ofMillis(250), Duration.ofMillis(250));
    }
  }

  @Test
  void aDryRunSaysWhatItWouldDoAndTouchesNothing() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home)) {
      byte[] before = Files.readAllBytes(colony.database);
      CycleReport report = colony.cycle("--dry_run", "--node_cap", "5");
      assertThat(report.outcomes()).singleElement().extracting(NodeOutcome::service).isEqualTo("antnode0001.service");
      assertThat(report.summary()).contains("would have added antnode0001");
      assertThat(colony.nodes()).isEmpty();
      assertThat(colony.machine.log().calls()).isEmpty();
      assertThat(colony.stored()).containsEntry("node_cap", "3");
      assertThat(Files.readAllBytes(colony.database)).isEqualTo(before);
    }
  }
}
