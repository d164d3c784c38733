package dev.wnm.core.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ContainerPortsTest {
  private static final PortPlan PLAN = new PortPlan(55, 13, 30);

  @Test
  void fiveGroupsOfTwoHundredOwnTheBlocksOfTheDesign() {
    assertThat(ContainerPorts.HEADER).isEqualTo("Container,Metric_port_range,Node_port_range");
    assertThat(ContainerPorts.of(GroupBlocks.forCap(1_000, 200, 1), PLAN)).extracting(ContainerPorts::csv).containsExactly(
        "a1,13001-13200,55001-55200",
        "a2,13201-13400,55201-55400",
        "a3,13401-13600,55401-55600",
        "a4,13601-13800,55601-55800",
        "a5,13801-14000,55801-56000");
  }

  @Test
  void thereAreAsManyGroupsAsTheCapNeedsButNotFewerThanTheMinimum() {
    assertThat(GroupBlocks.forCap(20, 200, 1).groups()).isEqualTo(1);
    assertThat(GroupBlocks.forCap(200, 200, 1).groups()).isEqualTo(1);
    assertThat(GroupBlocks.forCap(201, 200, 1).groups()).isEqualTo(2);
    assertThat(GroupBlocks.forCap(20, 200, 5).groups()).isEqualTo(5);
    assertThat(GroupBlocks.forCap(0, 200, 1).groups()).isEqualTo(1);
  }

  @Test
  void portsAreCheckedForTheWholeOfTheLastBlock() {
    assertThat(GroupBlocks.forCap(10_401, 400, 1).highestId()).isEqualTo(10_800);
    assertThat(PLAN.problem(GroupBlocks.forCap(10_401, 400, 1).highestId())).isPresent();
    assertThatThrownBy(() -> new GroupBlocks(1, 0)).hasMessageContaining("at least 1");
  }
}
