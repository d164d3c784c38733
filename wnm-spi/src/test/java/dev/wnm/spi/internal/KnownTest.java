package dev.wnm.spi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownTest {
  @Test
  void isTheValueOfAKeyThatIsThere() {
    assertThat(Known.of(Map.of(3, "antnode3"), 3)).isEqualTo("antnode3");
  }

  @Test
  void aKeyThatIsMissingIsNamed() {
    assertThatIllegalStateException().isThrownBy(() -> Known.of(Map.of(3, "antnode3"), 4))
        .withMessage("nothing is known of 4");
  }
}
