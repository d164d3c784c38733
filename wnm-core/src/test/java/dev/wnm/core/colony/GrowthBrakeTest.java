package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowthBrakeTest {
  /** As a machine without a router that opens ports by UPnP. */
  private static final String[] NO_ROUTER =
      {"--environment", "ANTNODE_STANDIN_NO_ROUTER=1", "--node_cap", "10", "--delay_start", "120"};

  @TempDir
  private Path home;

  @Test
  void nodesThatAllEndForOneCauseStopTheGrowthAndTheRemedyIsSaid() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home, NO_ROUTER)) {
      colony.cycles(60);
      assertThat(colony.nodes()).as("a few tries, not the whole cap").hasSizeBetween(2, 3);
      assertThat(colony.cycle().summary()).contains("no growth: ").contains("starts in a row failed")
          .contains("UPnP gateway not found").contains("use --no_upnp").doesNotContain("nothing to do");
    }
  }

  @Test
  void theRemedyLetsItGrowAtOnce() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home, NO_ROUTER)) {
      colony.cycles(30);
      int before = colony.nodes().size();
      assertThat(colony.cycle("--no_upnp").outcomes()).isNotEmpty().allMatch(NodeOutcome::succeeded);
      for (int i = 0; i < 60 && colony.running() < before + 2; i++) {
        colony.cycle();
      }
      assertThat(colony.running()).isGreaterThanOrEqualTo(before + 2);
      assertThat(colony.cycle().summary()).doesNotContain("no growth");
    }
  }

  @Test
  void growthIsNeverBlockedForEver() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home, NO_ROUTER)) {
      colony.cycles(30);
      colony.nodes().forEach(node -> {
        try {
          colony.force("remove", List.of(node.service()), OptionalInt.empty());
        } catch (Exception e) {
          throw new AssertionError(e);
        }
      });
      assertThat(colony.nodes()).isEmpty();
      long added = 0;
      for (int i = 0; i < 90; i++) {
        added += colony.cycle().outcomes().stream().filter(outcome -> outcome.kind() == OperationKind.ADD).count();
      }
      assertThat(added).as("a trial, and then its own restarts").isPositive();
    }
  }

  @Test
  void oneSickNodeDoesNotStopTheOthers() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home, "--delay_start", "60")) {
      colony.grow(2);
      for (int i = 0; i < 40; i++) {
        if (colony.machine.running().contains(2)) {
          colony.machine.kill(2);
        }
        colony.cycle();
      }
      assertThat(colony.nodes()).hasSize(3);
      assertThat(colony.status(3)).isEqualTo(NodeStatus.RUNNING);
    }
  }
}
