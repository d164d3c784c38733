package dev.wnm.core.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The journal's entries, which a newer wnm and an older one read of each other. */
class JournaledNodeTest {
  private static final Instant MADE = Instant.parse("2026-11-21T12:00:00Z");
  private static final Node NODE = Node.builder(3, "docker", NodePlacement.of("antnode0003", Path.of("/n/antnode0003")),
      NodePorts.of(55_003, 13_003)).containerId(Optional.of(2)).user("ant").version(Version.parse("0.4.17")).wallet("0x1")
      .status(NodeStatus.STOPPED, MADE).createdAt(MADE).host("10.0.0.2").environment("A=1").build();
  private static final String JSON = "{\"id\":3,\"containerId\":2,\"managerType\":\"docker\",\"nodeName\":\"0003\","
      + "\"service\":\"antnode0003\",\"user\":\"ant\",\"binary\":\"/n/antnode0003/antnode\",\"version\":\"0.4.17\","
      + "\"rootDir\":\"/n/antnode0003\",\"logDir\":\"/n/antnode0003/logs\",\"port\":55003,\"metricsPort\":13003,\"rpcPort\":0,"
      + "\"network\":\"evm-arbitrum-one\",\"wallet\":\"0x1\",\"host\":\"10.0.0.2\",\"environment\":\"A\\u003d1\","
      + "\"createdAt\":1795262400,\"reason\":\"room\"}";

  /** What came later stands behind; the reason has a column of its own now. */
  @Test
  void anEntryLooksAsItAlwaysDid() {
    assertThat(JournaledNode.toJson(NODE))
        .isEqualTo(JSON.replace(",\"reason\":\"room\"}", "") + ",\"program\":\"antnode\",\"browserPort\":0}");
  }

  @Test
  void aNodeOfAnotherProgramComesBackAsThat() {
    NodeProgram program = NodePrograms.named("ant-node").orElseThrow();
    Node planned = NODE.toBuilder().program(program).ports(NodePorts.of(55_003).withBrowsers(OptionalInt.of(35_003))).build();

    assertThat(JournaledNode.read(JournaledNode.toJson(planned))).contains(planned);
  }

  @Test
  void theNodeComesBackAsItWasPlanned() {
    assertThat(JournaledNode.read(JSON)).contains(NODE);
    assertThat(JournaledNode.read(JSON.replace("\"rpcPort\":0", "\"rpcPort\":30003")).orElseThrow().ports().rpc()).hasValue(30_003);
    assertThat(JournaledNode.read(JSON.replace("\"logDir\":\"/n/antnode0003/logs\"", "\"logDir\":\"\"")).orElseThrow().logDir()).isEmpty();
  }

  @Test
  void whatIsNoEntryIsNone() {
    assertThat(JournaledNode.read("{}")).isEmpty();
    assertThat(JournaledNode.read("[")).isEmpty();
  }
}
