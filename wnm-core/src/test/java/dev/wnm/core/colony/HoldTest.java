package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.decision.ActionType;
import dev.wnm.core.decision.PlannedAction;
import dev.wnm.spi.model.Version;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class HoldTest extends FleetOfThree {
  @Test
  void onHoldNoNodeIsAddedOrUpgradedUntilItIsReleased() throws Exception {
    colony.antnode(new Version("0.4.18"));
    colony.cycles(2, "--node_cap", "4", "--hold");

    assertThat(kinds()).doesNotContain(ActionType.ADD, ActionType.UPGRADE);
    assertThat(colony.whyNot(ActionType.ADD).conditions()).anyMatch(condition -> condition.toString().contains("wnm is on hold"));
    assertThat(colony.whyNot(ActionType.UPGRADE).conditions()).anyMatch(condition -> condition.toString().contains("wnm is on hold"));
    assertThat(colony.cycle("--no_hold").decision().actions()).extracting(PlannedAction::type).containsAnyOf(ActionType.ADD, ActionType.UPGRADE);
  }

  @Test
  void onHoldWhatTheMachineCannotBearIsStoppedAllTheSame() throws Exception {
    colony.cycle("--hold");
    colony.force("stop", List.of("antnode0003"), OptionalInt.empty());

    assertThat(colony.cycle("--node_cap", "2").decision().actions()).extracting(PlannedAction::type).contains(ActionType.REMOVE);
  }

  private List<ActionType> kinds() throws Exception {
    return colony.cycle().decision().actions().stream().map(PlannedAction::type).toList();
  }
}
