package dev.wnm.fleet.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.fleet.rollout.Gate;
import dev.wnm.fleet.rollout.RollOut;
import dev.wnm.fleet.rollout.Waves;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RollOutSimulationTest {
  private static final Gate GATE = new Gate("running>=97% and dead<=1%");
  private static final Quality BAD = new Quality(Optional.of(Duration.ofMinutes(20)));
  private static final int HOSTS = 40;
  private static final int NODES = 100;

  @Test
  void aGoodVersionReachesAllInAsLongAsItsWavesTake() {
    RollOutSimulation.Ending ending = play("1,25%,100%", Quality.GOOD);

    assertThat(ending.state()).isEqualTo(RollOut.State.DONE);
    assertThat(ending.reached()).isEqualTo(HOSTS * NODES);
    // Three waves of 100 nodes, one after another, five minutes each, and half an hour each to soak.
    assertThat(ending.took()).isBetween(Duration.ofHours(26), Duration.ofHours(30));
  }

  @Test
  void aBadVersionIsStoppedInItsFirstWave() {
    RollOutSimulation.Ending ending = play("1,25%,100%", BAD);

    assertThat(ending.state()).isEqualTo(RollOut.State.PAUSED);
    assertThat(ending.reached()).isLessThan(10);
    assertThat(ending.why()).contains("the gate 'running>=97% and dead<=1%' cannot hold any more", "dead");
  }

  @Test
  void smallWavesAreWhatKeepsABadVersionSmall() {
    assertThat(play("100%", BAD).reached()).isGreaterThan(20 * play("1,25%,100%", BAD).reached());
  }

  private static RollOutSimulation.Ending play(String waves, Quality quality) {
    return new RollOutSimulation(Waves.parse(waves), GATE, Duration.ofMinutes(30)).run(HOSTS, NODES, Pace.USUAL, quality);
  }
}
