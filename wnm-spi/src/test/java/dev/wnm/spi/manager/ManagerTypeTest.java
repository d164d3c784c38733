package dev.wnm.spi.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagerTypeTest {
  @Test
  void servicesAreCalledAsThePythonWnmCallsThemUnlessTheTypeSaysOtherwise() {
    ManagerType type = ManagerType.of("plain+user");
    assertThat(type.service(3)).isEqualTo("antnode0003.service");
    assertThat(type.withServices("plain-{number}").forWholeSystem("ant").service(12_345)).isEqualTo("plain-12345");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "node", "{number}{number}", "../{number}", "a node {number}"})
  void aFormatThatTellsNoNodesApartOrIsNoNameIsRefused(String format) {
    ManagerType type = ManagerType.of("plain+user");
    assertThatThrownBy(() -> type.withServices(format)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("{number}");
  }

  @Test
  void whatItsNodesAreIsKept() {
    ManagerType type = ManagerType.of("plain+user");
    assertThat(type.nodes()).isEmpty();
    assertThat(type.whoseNodesAre("plain processes").startingInEachGroup(2).forWholeSystem("ant").preferredOn(OperatingSystem.LINUX, 5)
        .withServices("x{number}").nodes()).isEqualTo("plain processes");
  }

  @Test
  void howManyStartInEachGroupIsKeptAndAtLeastOne() {
    ManagerType type = ManagerType.of("plain+user");
    assertThat(type.startsOfAGroup()).isEmpty();
    assertThat(type.startingInEachGroup(2).forWholeSystem("ant").withServices("x{number}").startsOfAGroup()).hasValue(2);
    assertThatThrownBy(() -> type.startingInEachGroup(0)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("0 starts");
  }
}
