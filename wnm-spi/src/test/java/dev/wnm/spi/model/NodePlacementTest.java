package dev.wnm.spi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodePlacementTest {
  private static final Path ROOT = Path.of("/nodes/antnode0001");

  @Test
  void logsAndBinaryAreInsideTheDataFolderUnlessToldOtherwise() {
    NodePlacement placement = NodePlacement.of("antnode0001", ROOT);
    assertThat(placement.logDir()).contains(ROOT.resolve("logs"));
    assertThat(placement.binary()).isEqualTo(ROOT.resolve("antnode"));
    assertThat(placement.withLogDir(Path.of("/logs")).withBinary(Path.of("/bin/antnode")).withService("one"))
        .isEqualTo(new NodePlacement("one", ROOT, Optional.of(Path.of("/logs")), Path.of("/bin/antnode")));
  }

  @Test
  void aLogFolderThatNobodyKnowsIsUnknownUntilOneIsNeeded() {
    NodePlacement unknown = new NodePlacement("antnode0001", ROOT, Optional.empty(), ROOT.resolve("antnode"));
    assertThat(unknown.logs()).isEqualTo(ROOT.resolve("logs"));
    assertThat(unknown.withKnownLogDir().logDir()).contains(ROOT.resolve("logs"));
  }

  @Test
  void inAnotherStorageWhatLiesInTheDataFolderLiesInItAndTheRestStays() {
    NodePlacement inside = NodePlacement.of("antnode0001", ROOT);
    assertThat(inside.in(Path.of("/mnt/b"))).isEqualTo(NodePlacement.of("antnode0001", Path.of("/mnt/b").resolve(ROOT.getFileName())));
    NodePlacement apart = inside.withLogDir(Path.of("/logs/1")).withBinary(Path.of("/bin/antnode")).in(Path.of("/mnt/b"));
    assertThat(apart.logs()).isEqualTo(Path.of("/logs/1"));
    assertThat(apart.binary()).isEqualTo(Path.of("/bin/antnode"));
  }

  @Test
  void aPortThatANodeDoesNotHaveIsAbsentAndNoPort0() {
    NodePorts two = NodePorts.of(55_001, 13_001);
    assertThat(two.rpc()).isEmpty();
    assertThat(two.all()).containsExactlyInAnyOrder(55_001, 13_001);
    assertThat(two.withRpc(30_001).all()).containsExactlyInAnyOrder(55_001, 13_001, 30_001);
    assertThatThrownBy(() -> two.withRpc(0)).hasMessage("rpc port 0 is not within 1-65535");
  }
}
