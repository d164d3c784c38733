package dev.wnm.managers.launchd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobLabelTest {
  @ParameterizedTest
  @CsvSource({"antnode0001.service, 1", "antnode0012, 12", "antnode12345.service, 12345",
      "com.autonomi.antnode-7.plist, 7", "com.autonomi.antnode-7, 7", "my-node, 99"})
  void rowsOfWnmAndOfThePythonWnmMeanTheSameLabel(String service, int number) {
    assertThat(JobLabel.of(node(99, service))).hasToString("com.autonomi.antnode-" + number);
  }

  @Test
  void filesFoldersAndServicesAreCalledAfterIt() {
    JobLabel label = new JobLabel(7);

    assertThat(label.fileName()).isEqualTo("com.autonomi.antnode-7.plist");
    assertThat(label.nodeName()).isEqualTo("antnode0007");
    assertThat(label.service()).isEqualTo("antnode0007.service");
    assertThat(JobLabel.ofFile(label.fileName())).contains(label);
  }

  @ParameterizedTest
  @ValueSource(strings = {"com.autonomi.antnode-01.plist", "com.autonomi.antnode-.plist", "com.autonomi.antnode-1",
      "com.autonomi.antnode-1.plist.bak", "com.autonomi.antnode-0.plist", "com.autonomi.antnode-99999999999.plist",
      "x.plist"})
  void otherFilesAreNoNodes(String file) {
    assertThat(JobLabel.ofFile(file)).isEmpty();
  }

  private static NodeSpec node(int id, String service) {
    Path root = Path.of("/n/antnode");
    return NodeSpec.builder(id, NodePlacement.of(service, root).withLogDir(root).withBinary(root), NodePorts.of(1025, 1026).withRpc(1027))
        .source(root).host("h").user("u").wallet("w").network("n").bootstrapCache(root).build();
  }
}
