package dev.wnm.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartArgumentsTest {
  @Test
  void whateverWnmPutsOnANodesCommandLineIsRefusedAsAFurtherArgument() {
    Path folder = Path.of("/n/antnode0001");
    NodeSpec node = NodeSpec.builder(1, NodePlacement.of("antnode0001", folder), NodePorts.of(55_001, 13_001).withRpc(30_001))
        .source(Path.of("/antnode")).user("ant").wallet("0x1111111111111111111111111111111111111111")
        .bootstrapCache(Path.of("/cache")).build();

    List<String> flags = node.commandLine().stream().filter(word -> word.startsWith("--") || word.startsWith("evm-")).toList();

    assertThat(flags).contains("--root-dir", "--no-upnp", "evm-arbitrum-one").allSatisfy(flag ->
        assertThat(StartArguments.read(flag).problems()).as(flag).hasSize(1));
  }

  @Test
  void whatIsLeftOutGoesWithItsValue() {
    StartArguments read = StartArguments.read(
        "--log-format json --root-dir / --relay --port=5 --no-upnp --ip 10.0.0.1 --max-log-files");

    assertThat(read.words()).containsExactly("--log-format", "json", "--relay", "--ip", "10.0.0.1");
    assertThat(read.problems()).hasSize(4);
  }

  @Test
  void aTextThatCannotBeSplitGivesNoWords() {
    StartArguments read = StartArguments.read("--relay 'oops");

    assertThat(read.words()).isEmpty();
    assertThat(read.problems()).containsExactly("must close the quote ' that it opens; none is given to nodes");
  }
}
