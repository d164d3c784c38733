package dev.wnm.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CycleStateTest {
  private final CycleState cycleState = new CycleState(Map.of());

  @Test
  void aStrangerIsNewUntilItWasSaidAndAgainWhenAnotherCameOrItHadGone() {
    assertThat(cycleState.newStrangers(Map.of(1, Optional.of("X is there"), 2, Optional.empty()))).containsExactly("X is there");
    assertThat(cycleState.newStrangers(Map.of(1, Optional.of("X is there")))).isEmpty();
    assertThat(cycleState.newStrangers(Map.of(1, Optional.of("Y is there")))).containsExactly("Y is there");
    assertThat(cycleState.newStrangers(Map.of(1, Optional.empty()))).isEmpty();
    assertThat(cycleState.newStrangers(Map.of(1, Optional.of("Y is there")))).containsExactly("Y is there");
  }

  @Test
  void aLookAtSomeNodesForgetsNothingOfTheOthers() {
    cycleState.newStrangers(Map.of(1, Optional.of("X is there")));

    assertThat(cycleState.newStrangers(Map.of(2, Optional.of("Z is there")))).containsExactly("Z is there");

    assertThat(cycleState.newStrangers(Map.of(1, Optional.of("X is there")))).isEmpty();
  }

  @Test
  void whatStandsAtThePortsOfANodeThatIsGoneIsForgottenWithIt() {
    cycleState.newStrangers(Map.of(1, Optional.of("X is there"), 12, Optional.of("Z is there")));

    cycleState.keepStrangersOf(Set.of(12));

    assertThat(cycleState.newStrangers(Map.of(1, Optional.of("X is there"), 12, Optional.of("Z is there"))))
        .containsExactly("X is there");
  }
}
