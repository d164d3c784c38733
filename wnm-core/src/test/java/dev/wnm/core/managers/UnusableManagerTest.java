package dev.wnm.core.managers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.InstallsBinaries;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OpensPorts;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.Upgrades;
import dev.wnm.spi.model.NodePorts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnusableManagerTest {
  private static final NodeSpec NODE = new NodeSpec(1, "antnode0001.service", Path.of("/n/antnode0001"), Path.of("/n/logs"),
      Path.of("/n/antnode0001/antnode"), Path.of("/antnode"), new NodePorts(1, 2, 0), "127.0.0.1", "ant", "", "evm-arbitrum-one",
      false, Map.of(), List.of(), Path.of("/cache"), Optional.empty(), OptionalLong.empty());

  private final UnusableManager manager = new UnusableManager("its engine is down");

  @Test
  void whatIsAskedOfItFailsForTheReasonAndTouchesNothing() {
    InstallsBinaries binaries = manager.capability(InstallsBinaries.class).orElseThrow();
    assertThat(Stream.of(manager.create(NODE), manager.start(NODE), manager.stop(NODE), manager.remove(NODE), binaries.stage(NODE),
        binaries.swap(NODE), binaries.restore(NODE), binaries.forgetKept(NODE)))
        .allSatisfy(result -> assertThat(result).isEqualTo(OperationResult.refused("its engine is down", true)));
  }

  @Test
  void nothingElseIsOffered() {
    assertThat(manager.capability(Upgrades.class)).isEmpty();
    assertThat(manager.capability(OpensPorts.class)).isEmpty();
  }
}
