package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.cycle.ManualResult;
import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.manager.Upgrades;
import dev.wnm.spi.model.Version;
import dev.wnm.testkit.antnode.StandInAntnode;
import dev.wnm.testkit.manager.ManagerKind;
import dev.wnm.testkit.manager.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What one bad antnode, one full disk or one common cause of death may do to a fleet. */
@Order(3)
@Execution(value = ExecutionMode.CONCURRENT, reason = "each test has a home of its own, and waits for nodes that do not answer")
class WavesTest {
  private static final String[] WIDE = {"--max_concurrent_upgrades", "3", "--max_concurrent_starts", "3",
      "--max_concurrent_operations", "9", "--delay_start", "60", "--delay_upgrade", "60", "--upgrade_settling_time", "180"};

  @TempDir
  private Path home;
  private ColonyHarness colony;

  @AfterEach
  void close() {
    colony.close();
  }

  private void three() throws Exception {
    three(ManagerKind.USUAL);
  }

  private void three(ManagerKind kind) throws Exception {
    colony = new ColonyHarness(home, kind);
    colony.init(WIDE);
    colony.grow(3);
    colony.machine.log().clear();
  }

  private List<Integer> swaps() {
    return colony.machine.log().of(Operation.SWAP);
  }

  private Version binary(int id) throws IOException {
    return StandInAntnode.versionOf(colony.node(id).binary()).orElseThrow();
  }

  private static Path kept(Path binary) {
    return binary.resolveSibling("antnode.previous");
  }

  private void upgrade(String name) throws Exception {
    colony.force("upgrade", List.of(name), OptionalInt.empty());
  }

  @Test
  void oneNodeGetsANewAntnodeAndTheOthersOnceItHasAnsweredForTheSettlingTime() throws Exception {
    three();
    colony.antnode(ColonyHarness.NEW);
    colony.cycles(4);
    assertThat(swaps()).containsExactly(1);
    assertThat(kept(colony.node(1).binary())).exists();
    colony.cycles(2);
    assertThat(swaps()).containsExactlyInAnyOrder(1, 2, 3);
    assertThat(kept(colony.node(1).binary())).doesNotExist();
    colony.cycles(8);
    assertThat(kept(colony.node(3).binary())).doesNotExist();
  }

  @Test
  void theFirstIsNotEnoughWhenItDoesNotAnswer() throws Exception {
    three();
    colony.antnode(ColonyHarness.NEW);
    colony.cycle();
    colony.machine.garble(1);
    colony.cycles(6);
    assertThat(swaps()).containsExactly(1);
    assertThat(kept(colony.node(1).binary())).exists();
  }

  @Test
  void aDeathHoldsTheVersionBackPutsTheOldBinaryBackAndIsSaidOnce() throws Exception {
    three();
    colony.antnode(ColonyHarness.NEW);
    colony.cycles(3);
    colony.machine.kill(1);

    CycleReport report = colony.cycle();

    assertThat(report.outcomes()).filteredOn(outcome -> !outcome.succeeded()).singleElement().extracting(NodeOutcome::detail)
        .isEqualTo("version 0.4.17 is held back: antnode0001.service died with it (its process ended: killed by signal 9); version"
            + " 0.4.16 was put back and started; put a newer binary in place, or try again with --force_action upgrade"
            + " --service_name antnode0001.service");
    assertThat(binary(1)).isEqualTo(ColonyHarness.OLD);
    assertThat(colony.machine.running()).containsExactly(1, 2, 3);
    for (int i = 0; i < 20; i++) {
      assertThat(colony.cycle().failed()).isFalse();
    }
    assertThat(colony.cycle().summary()).contains("no upgrade: version 0.4.17 is held back").doesNotContain("nothing to do");
    assertThat(swaps()).containsExactly(1);
    assertThat(colony.running()).isEqualTo(3);
    assertThat(colony.force("upgrade", List.of(), OptionalInt.of(2)).fields().get("message").toString())
        .contains("version 0.4.17 is held back");
  }

  @Test
  void aVersionThatIsHeldBackIsGivenToNoNewNodeAndToNoneThatStarts() throws Exception {
    three();
    colony.antnode(ColonyHarness.NEW);
    colony.cycles(3);
    colony.machine.kill(1);
    colony.cycles(3);
    colony.force("stop", List.of("antnode0003"), OptionalInt.empty());
    CycleReport report = colony.cycle("--node_cap", "5");
    colony.cycles(5);

    assertThat(report.obstacle()).contains("version 0.4.17 is held back").contains("antnode0001.service died with it");
    assertThat(colony.nodes()).hasSize(3);
    assertThat(binary(3)).isEqualTo(ColonyHarness.OLD);
    assertThat(colony.machine.running()).containsExactly(1, 2, 3);
  }

  @Test
  void aNodeThatProvesTheVersionWhenItIsTriedAgainReleasesIt() throws Exception {
    three();
    colony.antnode(ColonyHarness.NEW);
    colony.cycles(3);
    colony.machine.kill(1);
    colony.cycles(5);
    upgrade("antnode0002");
    colony.cycles(3);
    assertThat(swaps()).containsExactly(1, 2);
    colony.cycles(12);
    assertThat(List.of(binary(1), binary(2), binary(3))).containsOnly(ColonyHarness.NEW);
  }

  @Test
  void aNewerAntnodeIsAWaveOfItsOwn() throws Exception {
    three();
    colony.antnode(ColonyHarness.NEW);
    colony.cycles(3);
    colony.machine.kill(1);
    colony.cycles(5);
    colony.antnode(new Version("0.4.18"));
    colony.cycles(14);
    assertThat(List.of(binary(1), binary(2), binary(3))).containsOnly(new Version("0.4.18"));
  }

  @Test
  void theDeathOfAProvenNodeStopsTheRestOfTheWave() throws Exception {
    three();
    colony.antnode(ColonyHarness.NEW);
    colony.cycles(5, "--max_concurrent_upgrades", "1");
    assertThat(swaps()).containsExactly(1, 2);
    colony.machine.kill(1);
    colony.cycles(15);
    assertThat(swaps()).containsExactly(1, 2);
    assertThat(binary(3)).isEqualTo(ColonyHarness.OLD);
  }

  @Test
  void aNodeOnTrialThatIsUpgradedAgainKeepsTheBinaryThatItHadProven() throws Exception {
    three();
    colony.antnode(ColonyHarness.NEW);
    colony.cycles(2);
    colony.antnode(new Version("0.4.18"));
    upgrade("antnode0001");
    assertThat(binary(1)).isEqualTo(new Version("0.4.18"));
    assertThat(StandInAntnode.versionOf(kept(colony.node(1).binary()))).contains(ColonyHarness.OLD);
  }

  @Test
  void anUpgradeCutOffBetweenItsRenamesLosesNoBinary() throws Exception {
    three();
    colony.antnode(ColonyHarness.NEW);
    Path binary = colony.node(1).binary();
    colony.machine.intercept((operation, node) -> {
      if (operation == Operation.SWAP) {
        try {
          Files.move(node.binary(), node.keptBinary());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        throw new Killed();
      }
      return Optional.empty();
    });
    assertThatThrownBy(() -> upgrade("antnode0001")).isInstanceOf(Killed.class);
    colony.machine.intercept((operation, node) -> Optional.empty());
    assertThat(binary).doesNotExist();

    colony.cycle("--max_concurrent_operations", "1");

    assertThat(binary(1)).isEqualTo(ColonyHarness.OLD);
    assertThat(colony.machine.running()).containsExactly(1, 2, 3);
  }

  @Test
  void aSecondUpgradeCutOffBeforeItsFirstRenameKeepsTheBinaryThatWasProven() throws Exception {
    three();
    colony.antnode(ColonyHarness.NEW);
    colony.cycles(2);
    colony.antnode(new Version("0.4.18"));
    colony.machine.intercept((operation, node) -> {
      if (operation == Operation.RESTORE) {
        throw new Killed();
      }
      return Optional.empty();
    });
    assertThatThrownBy(() -> upgrade("antnode0001")).isInstanceOf(Killed.class);
    colony.machine.intercept((operation, node) -> Optional.empty());

    colony.antnode(ColonyHarness.NEW);

    // The second one looks at what the node answers with.
    colony.cycles(2);

    assertThat(binary(1)).isEqualTo(ColonyHarness.NEW);
    assertThat(StandInAntnode.versionOf(kept(colony.node(1).binary()))).contains(ColonyHarness.OLD);
    assertThat(colony.machine.running()).containsExactly(1, 2, 3);
  }

  @Test
  void aBinaryThatCannotBePutInPlaceStopsNoNodeAndHoldsTheOthers() throws Exception {
    three();
    colony.antnode(ColonyHarness.NEW);
    colony.machine.failNext(Operation.STAGE, "no space left on device", true);

    assertThat(colony.cycle().outcomes()).singleElement().extracting(NodeOutcome::detail)
        .isEqualTo("no space left on device; it runs on with the binary that it has");

    assertThat(colony.machine.log().of(Operation.STOP)).isEmpty();
    assertThat(colony.status(1)).isEqualTo(NodeStatus.RUNNING);
    assertThat(colony.machine.log().of(Operation.STAGE)).containsExactly(1);
    colony.machine.failNext(Operation.STAGE, "no space left on device", true);
    colony.cycle();
    colony.cycle();
    assertThat(colony.machine.log().of(Operation.STAGE)).as("twice as long after the second failure").hasSize(2);
  }

  @Test
  void aStoppedNodeWhoseNewBinaryCannotBePutInPlaceStartsWithTheOldOne() throws Exception {
    three();
    colony.force("stop", List.of("antnode0002"), OptionalInt.empty());
    colony.antnode(ColonyHarness.NEW);
    colony.machine.failNext(Operation.STAGE, "no space left on device", true);

    ManualResult started = colony.force("start", List.of("antnode0002"), OptionalInt.empty());

    assertThat(started.fields().toString()).contains("no space left on device; it was started with the binary that it has");
    assertThat(colony.machine.running()).containsExactly(1, 2, 3);
    assertThat(binary(2)).isEqualTo(ColonyHarness.OLD);
    assertThat(colony.status(2)).isEqualTo(NodeStatus.RESTARTING);
  }

  @Test
  void aRebootWhileANodeIsOnTrialIsNoDeath() throws Exception {
    three();
    colony.antnode(ColonyHarness.NEW);
    colony.cycles(3);
    colony.reboot();
    colony.cycles(25);
    assertThat(List.of(binary(1), binary(2), binary(3))).containsOnly(ColonyHarness.NEW);
  }

  @Test
  void whereTheBackEndUpgradesTheOldBinaryIsTakenFromANodeThatStillHasIt() throws Exception {
    three(ManagerKind.of(Traits.USUAL.with(Traits.Concurrency.SERIAL), Upgrades.class));
    colony.antnode(ColonyHarness.NEW);
    colony.cycles(3);
    assertThat(colony.machine.log().of(Operation.UPGRADE)).containsExactly(1);
    colony.machine.kill(1);

    CycleReport report = colony.cycle();

    assertThat(report.outcomes()).anySatisfy(outcome ->
        assertThat(outcome.detail()).contains("version 0.4.16 was put back and started"));
    assertThat(binary(1)).isEqualTo(ColonyHarness.OLD);
    colony.cycles(8);
    assertThat(colony.machine.log().of(Operation.UPGRADE)).containsExactly(1, 1);
  }

  @Test
  void ofNodesThatDiedOneStartsFirstAndTheOthersTogetherOnceItRuns() throws Exception {
    three();
    for (int id = 1; id <= 3; id++) {
      colony.machine.kill(id);
    }
    colony.cycle();
    CycleReport report = colony.cycle();
    for (int i = 0; i < 8 && colony.machine.log().of(Operation.START).isEmpty(); i++) {
      report = colony.cycle();
    }
    assertThat(colony.machine.log().of(Operation.START)).containsExactly(1);
    assertThat(report.decision().actions().get(0).reason()).contains("2 nodes that died wait until antnode0001.service runs");
    colony.cycle();
    assertThat(colony.machine.log().of(Operation.START)).containsExactlyInAnyOrder(1, 2, 3);
  }

  @Test
  void aFleetThatDiesAgainAndAgainIsStartedOneByOne() throws Exception {
    three();
    colony.machine.intercept((operation, node) -> operation == Operation.START
        ? Optional.of(OperationResult.failed("a library is missing", true)) : Optional.empty());
    for (int id = 1; id <= 3; id++) {
      colony.machine.kill(id);
    }
    for (int i = 0; i < 10; i++) {
      int before = colony.machine.log().of(Operation.START).size();
      colony.cycle();
      assertThat(colony.machine.log().of(Operation.START).size() - before).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void nodesThatWereStoppedOnPurposeWaitForNobody() throws Exception {
    three();
    colony.force("stop", List.of(), OptionalInt.of(3));
    colony.cycle();
    assertThat(colony.machine.log().of(Operation.START)).containsExactlyInAnyOrder(1, 2, 3);
  }

  @Test
  void addsThatFailGetRarerUntilSomethingChanges() throws Exception {
    three();
    colony.machine.intercept((operation, node) -> operation == Operation.CREATE
        ? Optional.of(OperationResult.failed("an unknown argument", true)) : Optional.empty());
    colony.cycle("--node_cap", "4");
    int asked = colony.machine.log().of(Operation.CREATE).size();
    colony.cycles(15);
    assertThat(colony.machine.log().of(Operation.CREATE).size() - asked).isBetween(2, 4);
    assertThat(colony.cycle().obstacle()).contains("times in a row, last with 'an unknown argument'; it is tried again at ");
    int before = colony.machine.log().of(Operation.CREATE).size();
    colony.cycle("--delay_start", "30");
    assertThat(colony.machine.log().of(Operation.CREATE)).as("at once after a change").hasSizeGreaterThan(before);
    colony.machine.intercept((operation, node) -> Optional.empty());
    colony.advance(Duration.ofHours(1));
    colony.cycle();
    assertThat(colony.nodes()).hasSize(4);
  }

  private static final class Killed extends ThreadDeath {
    private static final long serialVersionUID = 1L;
  }
}
