package dev.wnm.managers.s6overlay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.managers.support.Patience;
import dev.wnm.programs.AntNode2;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class NodeDefinitionTest {
  private static final GroupVolume VOLUME = new GroupVolume(Path.of("/storage/a1"));

  private static NodeDefinition definition(NodePorts ports) {
    NodeSpec.Builder node = NodeSpec.builder(1, NodePlacement.of("antnode0001", VOLUME.rootDir("antnode0001")), ports)
        .wallet(GroupBench.WALLET).environment(Map.of("A", "b")).bootstrapCache(Path.of("/cache")).group(Optional.of("a1"));
    return NodeDefinition.of((ports.metrics().isPresent() ? node : node.program(new AntNode2())).build(), VOLUME, Patience.OF_PROGRAMS);
  }

  @Test
  void anOlderImageTakesThePortsOfANodeWithoutMetricsForAVariable() {
    NodeDefinition definition = definition(NodePorts.of(55_001).withBrowsers(OptionalInt.of(35_001)));

    List<String> words = List.of(definition.line().split("\t"));
    assertThat(words.subList(0, words.indexOf("--"))).allMatch(word -> word.matches("antnode0001|stop_(ms|signal)=.*"));
    assertThat(words.subList(words.indexOf("--"), words.size())).contains("WNM_UDP_PORTS=35001,55001", "A=b");
    assertThat(NodeDefinition.parse(definition.line())).contains(definition)
        .hasValueSatisfying(read -> assertThat(read.environment()).containsEntry("A", "b").doesNotContainKey("WNM_UDP_PORTS"));
  }

  @Test
  void aNodeWithMetricsIsReadyByThese() {
    NodeDefinition definition = definition(NodePorts.of(55_001, 13_001));

    assertThat(definition.settings()).containsEntry("port", "13001");
    assertThat(definition.line()).doesNotContain("WNM_UDP_PORTS");
  }
}
