package dev.wnm.spi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ColonyIdTest {
  /** Containers and rules of earlier versions are found by it. */
  @Test
  void itFollowsFromTheNodeStorageAlone() {
    assertThat(ColonyId.of(Path.of("/var/antctl/services"))).hasToString("wnm-a998d48f");
    assertThat(ColonyId.of(Path.of("/var/antctl/other"))).isNotEqualTo(ColonyId.of(Path.of("/var/antctl/services")));
  }

  @Test
  void nothingElseIsOne() {
    assertThatThrownBy(() -> new ColonyId("wnm-0123ABCD")).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("wnm-0123ABCD");
  }
}
