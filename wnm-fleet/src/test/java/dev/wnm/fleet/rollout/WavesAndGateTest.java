package dev.wnm.fleet.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.query.Truth;
import dev.wnm.fleet.model.HostName;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WavesAndGateTest {
  @Test
  void wavesAreHostsOrPercentOfAllRoundedUp() {
    assertThat(sizes("1,5%,25%,100%", 250)).containsExactly(1, 12, 50, 187);
    assertThat(sizes("1,5%,25%,100%", 3)).containsExactly(1, 2);
    assertThat(sizes("100%", 3)).containsExactly(3);
    assertThat(sizes("1,2,100%", 1)).containsExactly(1);
    assertThat(Waves.parse(" 1, 5% ,100%").toString()).isEqualTo("1,5%,100%");
  }

  private static List<Integer> sizes(String text, int hosts) {
    return Waves.parse(text).over(IntStream.rangeClosed(1, hosts).mapToObj(i -> new HostName("h" + i)).toList()).stream().map(List::size).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1,5%", "0,100%", "200%", "a,100%", "100", "1,,100%", "-1,100%"})
  void whatAreNoWavesIsRefused(String text) {
    assertThatThrownBy(() -> Waves.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("such as 1,5%,25%,100%");
  }

  @Test
  void aGateAsksInPercent() {
    Gate gate = new Gate("running>=97% and dead<=1%");

    assertThat(gate.test(new Figures(1, 0, 100, 97, 1, 0, 97, 0))).isEqualTo(Truth.YES);
    assertThat(gate.test(new Figures(1, 0, 100, 96, 1, 0, 97, 0))).isEqualTo(Truth.NO);
    assertThat(gate.test(new Figures(1, 0, 100, 98, 2, 0, 97, 0))).isEqualTo(Truth.NO);
    assertThat(gate.test(new Figures(1, 1, 0, 0, 0, 0, 0, 0))).as("of nothing, nothing is known").isEqualTo(Truth.UNKNOWN);
    assertThat(gate.test(new Figures(1, 0, 100, 90, 0, 10, 90, 0))).as("ten of which nobody knows are neither up nor down").isEqualTo(Truth.UNKNOWN);
    assertThat(gate.test(new Figures(1, 0, 100, 80, 0, 10, 90, 0))).as("even if they ran").isEqualTo(Truth.NO);
  }

  @Test
  void whatIsNoGateIsRefusedWithTheWordsThatThereAre() {
    assertThatThrownBy(() -> new Gate("peers>3")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("running, dead, updated, silent");
    assertThatThrownBy(() -> new Gate("running>=")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("the gate 'running>='");
  }
}
