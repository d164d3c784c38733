package dev.wnm.core.managers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.InstallsBinaries;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OpensPorts;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.Upgrades;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnusableManagerTest {
  private static final NodeSpec NODE = NodeSpec.builder(1,
          NodePlacement.of("antnode0001.service", Path.of("/n/antnode0001")).withLogDir(Path.of("/n/logs")), NodePorts.of(1, 2))
      .source(Path.of("/antnode")).user("ant").bootstrapCache(Path.of("/cache")).build();

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
