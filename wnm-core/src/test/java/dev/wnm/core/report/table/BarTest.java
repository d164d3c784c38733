package dev.wnm.core.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BarTest {
  private static String bar(OptionalDouble used, double room, double pressure) {
    return Bar.of(used, OptionalDouble.of(room), OptionalDouble.of(pressure), 100, 20);
  }

  @Test
  void theUseIsDrawnBetweenItsThresholds() {
    assertThat(bar(OptionalDouble.of(30), 50, 75)).isEqualTo("[######....|....|....]");
    assertThat(bar(OptionalDouble.of(80), 50, 75)).isEqualTo("[##########|####|....]");
    assertThat(bar(OptionalDouble.of(250), 50, 100)).as("more than all is all").isEqualTo("[##########|########|]");
    assertThat(Bar.of(OptionalDouble.of(0), OptionalDouble.empty(), OptionalDouble.empty(), 4, 5)).isEqualTo("[.....]");
  }

  @Test
  void whatIsNotKnownIsNotDrawnAsNothing() {
    assertThat(bar(OptionalDouble.empty(), 50, 75)).isEqualTo("[????????????????????]");
    assertThat(bar(OptionalDouble.of(Double.NaN), 50, 75)).isEqualTo("[????????????????????]");
  }
}
