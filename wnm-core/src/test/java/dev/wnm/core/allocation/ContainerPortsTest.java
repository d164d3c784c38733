package dev.wnm.core.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ContainerPortsTest {
  private static final PortPlan PLAN = new PortPlan(55, 13, 30);

  private static GroupBlocks blocks(int nodeCap, int size, int minimum) {
    return GroupBlocks.forCap(nodeCap, size, minimum, BlockList.ALL);
  }

  @Test
  void fiveGroupsOfTwoHundredOwnTheBlocksOfTheDesign() {
    assertThat(ContainerPorts.HEADER).isEqualTo("Container,Metric_port_range,Node_port_range");
    assertThat(ContainerPorts.of(blocks(1_000, 200, 1).all().stream(), PLAN)).extracting(ContainerPorts::csv).containsExactly(
        "a1,13001-13200,55001-55200",
        "a2,13201-13400,55201-55400",
        "a3,13401-13600,55401-55600",
        "a4,13601-13800,55601-55800",
        "a5,13801-14000,55801-56000");
  }

  @Test
  void thereAreAsManyGroupsAsTheCapNeedsButNotFewerThanTheMinimum() {
    assertThat(blocks(20, 200, 1).groups()).isEqualTo(1);
    assertThat(blocks(200, 200, 1).groups()).isEqualTo(1);
    assertThat(blocks(201, 200, 1).groups()).isEqualTo(2);
    assertThat(blocks(20, 200, 5).groups()).isEqualTo(5);
    assertThat(blocks(0, 200, 1).groups()).isEqualTo(1);
  }

  @Test
  void whereOnlySomeBlocksAreAllowedGroupsHaveTheLowestOfThese() {
    GroupBlocks blocks = GroupBlocks.forCap(401, 200, 1, BlockList.parse("9,2-3").orElseThrow());
    assertThat(ContainerPorts.of(blocks.all().stream(), PLAN)).extracting(ContainerPorts::container).containsExactly("a2", "a3", "a9");
    assertThat(blocks.highestId()).isEqualTo(1_800);
    assertThat(blocks.ids()).hasSize(600).startsWith(201, 202).endsWith(1_799, 1_800);
    assertThat(GroupBlocks.forCap(1_000, 200, 1, BlockList.parse("9,2-3").orElseThrow()).groups()).as("no more than are allowed").isEqualTo(3);
    assertThat(GroupBlocks.forCap(20, 200, 1, BlockList.parse("9,2-3").orElseThrow()).groups()).as("no more than the cap needs").isEqualTo(1);
  }

  @Test
  void portsAreCheckedForTheWholeOfTheLastBlock() {
    assertThat(blocks(10_401, 400, 1).highestId()).isEqualTo(10_800);
    assertThat(PLAN.problem(blocks(10_401, 400, 1).highestId())).isPresent();
    assertThatThrownBy(() -> new GroupBlocks(1, 0)).hasMessageContaining("at least 1");
  }
}
