package dev.wnm.core.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.model.NodePorts;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PortPlanTest {
  private static final PortPlan DEFAULT = new PortPlan(55, 13, 30);

  @Test
  void aPortIsItsStartInThousandsPlusTheId() {
    assertThat(DEFAULT.portsOf(1)).isEqualTo(NodePorts.of(55_001, 13_001).withRpc(30_001));
    assertThat(DEFAULT.portsOf(1_000)).isEqualTo(NodePorts.of(56_000, 14_000).withRpc(31_000));
  }

  @Test
  void aStartMayBeWrittenOut() {
    assertThat(PortPlan.thousands(55)).isEqualTo(55);
    assertThat(PortPlan.thousands(999)).isEqualTo(999);
    assertThat(PortPlan.thousands(1_000)).isEqualTo(1);
    assertThat(PortPlan.thousands(55_000)).isEqualTo(55);
    assertThat(PortPlan.thousands(55_001)).isEqualTo(55);
  }

  @Test
  void theDefaultsHoldTenThousandNodes() {
    assertThat(DEFAULT.problem(20)).isEmpty();
    assertThat(DEFAULT.problem(10_000)).isEmpty();
  }

  @Test
  void portsThatDoNotExistAreNamedWithTheirOptionAndItsValue() {
    assertThat(DEFAULT.problem(10_536)).hasValue(
        "port_start 55 with node ids up to 10536 takes ports 55001-65536; ports must be within 1024-65535");
    assertThat(new PortPlan(1, 13, 30).problem(20)).hasValueSatisfying(text -> assertThat(text).startsWith("port_start 1 "));
    assertThat(new PortPlan(55, 13, 999).problem(20)).hasValueSatisfying(
        text -> assertThat(text).startsWith("rpc_port_start 999 "));
  }

  @Test
  void rangesThatOverlapAreNamedBoth() {
    assertThat(new PortPlan(14, 13, 30).problem(1_000)).isEmpty();
    assertThat(new PortPlan(14, 13, 30).problem(1_001)).hasValue(
        "port_start 14 with node ids up to 1001 takes ports 14001-15001, and metrics_port_start 13 with node ids up to 1001"
            + " takes ports 13001-14001; these must not overlap");
    assertThat(new PortPlan(55, 13, 13).problem(1)).isPresent();
  }

  @Property
  void whatIsFoundSoundHasNoPortTwiceAndNoneOutOfRange(
      @ForAll @IntRange(min = 0, max = 70) int port,
      @ForAll @IntRange(min = 0, max = 70) int metrics,
      @ForAll @IntRange(min = 0, max = 70) int rpc,
      @ForAll @IntRange(min = 1, max = 4_000) int capacity) {
    PortPlan plan = new PortPlan(port, metrics, rpc);
    boolean sound = true;
    Set<Integer> seen = new HashSet<>();
    for (int id = 1; id <= capacity; id++) {
      for (int number : new int[] {port * 1_000 + id, metrics * 1_000 + id, rpc * 1_000 + id}) {
        sound &= number >= 1_024 && number <= 65_535 && seen.add(number);
      }
    }
    assertThat(plan.problem(capacity).isEmpty()).isEqualTo(sound);
    if (sound) {
      assertThat(plan.portsOf(capacity)).isEqualTo(
          NodePorts.of(port * 1_000 + capacity, metrics * 1_000 + capacity).withRpc(rpc * 1_000 + capacity));
    }
  }
}
