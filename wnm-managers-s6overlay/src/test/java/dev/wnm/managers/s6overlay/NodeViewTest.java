package dev.wnm.managers.s6overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.model.ProcessFacts;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeViewTest {
  private static final String LINE = "antnode0001\tup\t42\t1000\t0\t-\tyes\t";

  private static ProcessFacts facts(String line) {
    return NodeView.parse(line).facts();
  }

  @Test
  void whatAProcessUsesIsReadAndToldWithItsState() {
    NodeView view = NodeView.parse(LINE + "\trss=5368709120 cpu_ms=1230 up=999 threads=8 fds=20 udp=35001,55001");

    assertThat(view.asProcess()).isEqualTo(new ProcessState.Running(OptionalLong.empty(), ProcessFacts.NONE
        .withMemoryBytes(5_368_709_120L).withCpu(Duration.ofMillis(1230)).withUp(Duration.ofSeconds(999)).withThreads(8)
        .withOpenFiles(20).withUdpPorts(Set.of(35_001, 55_001))));
  }

  @Test
  void aLineOfAnOlderImageTellsNothingOfIt() {
    assertThat(facts(LINE)).isEqualTo(ProcessFacts.NONE);
    assertThat(NodeView.parse(LINE).asProcess()).isEqualTo(new ProcessState.Running(OptionalLong.empty()));
  }

  @Test
  void whatWasNotSeenIsUnknownAndNoPortAtAllIsNot() {
    assertThat(facts(LINE + "\t-")).isEqualTo(ProcessFacts.NONE);
    assertThat(facts(LINE + "\trss=4096")).isEqualTo(ProcessFacts.NONE.withMemoryBytes(4096));
    assertThat(facts(LINE + "\tfds=3 udp=")).isEqualTo(ProcessFacts.NONE.withOpenFiles(3).withUdpPorts(Set.of()));
  }

  @Test
  void whatANewerImageAddsIsLeftOut() {
    assertThat(facts(LINE + "\tcolour=red threads=1\tmore")).isEqualTo(ProcessFacts.NONE.withThreads(1));
  }

  @Test
  void whatIsNoSuchLineIsNotTakenForOne() {
    assertThatThrownBy(() -> NodeView.parse("antnode0001\tup\t42")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NodeView.parse(LINE + "\trss=many")).isInstanceOf(IllegalArgumentException.class);
  }
}
