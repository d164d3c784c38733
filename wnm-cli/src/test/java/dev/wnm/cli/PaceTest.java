package dev.wnm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void theRestIsExpectedToTakeAsLongForEachAsWhatIsOver() {
    Pace pace = new Pace(10, 40, Duration.ofSeconds(20));
    assertThat(pace.left()).contains(Duration.ofSeconds(60));
    assertThat(pace.rate()).isEqualTo("30.0/min");
    assertThat(new Pace(50, 50, Duration.ofSeconds(10)).rate()).isEqualTo("5.0/s");
  }

  @Test
  void whileNothingIsOverNothingIsKnown() {
    assertThat(new Pace(0, 40, Duration.ofSeconds(20)).left()).isEmpty();
    assertThat(new Pace(0, 40, Duration.ofSeconds(20)).rate()).isEmpty();
  }
}
