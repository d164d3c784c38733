package dev.wnm.core.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSizesTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  @TempDir
  private Path storage;

  private Node node(int id) {
    return Node.builder(id, "setsid+user", NodePlacement.of("antnode%04d".formatted(id), storage.resolve("n" + id)), NodePorts.of(55_000 + id))
        .status(NodeStatus.RUNNING, NOW).build();
  }

  private Node node(int id, int files, int bytes) throws IOException {
    Path folder = Files.createDirectories(storage.resolve("n" + id).resolve("chunks"));
    for (int i = 0; i < files; i++) {
      Files.write(folder.resolve(Integer.toString(i)), new byte[bytes]);
    }
    return node(id);
  }

  private static List<Node> measured(List<Node> nodes, long secondsLater) {
    return FolderSizes.measured(nodes, NOW.plusSeconds(secondsLater));
  }

  @Test
  void theFilesInAFolderAndTheFoldersInItAreCountedAndThoseThatLinksLeadToAreNot() throws IOException {
    Node node = node(1, 3, 1_000);
    Files.write(storage.resolve("elsewhere"), new byte[5_000]);
    Files.createSymbolicLink(node.rootDir().resolve("link"), storage.resolve("elsewhere"));
    Files.createSymbolicLink(node.rootDir().resolve("loop"), storage);
    Files.write(node.rootDir().resolve("key"), new byte[32]);

    Node measured = measured(List.of(node), 0).get(0);

    assertThat(measured.metrics().find(NodeMetric.DISK_BYTES)).hasValue(3_032);
    assertThat(measured.metrics().find(NodeMetric.DISK_MEASURED_AT)).hasValue(NOW.getEpochSecond());
  }

  @Test
  void whatWasMeasuredWithinAnHourIsNotMeasuredAgain() throws IOException {
    List<Node> first = measured(List.of(node(1, 1, 100)), 0);
    Files.write(first.get(0).rootDir().resolve("more"), new byte[50]);

    assertThat(measured(first, 3_599).get(0).metrics().find(NodeMetric.DISK_BYTES)).hasValue(100);
    assertThat(measured(first, 3_600).get(0).metrics().find(NodeMetric.DISK_BYTES)).hasValue(150);
  }

  @Test
  void oneLookWalksThroughTheFilesOfSomeNodesOnlyAndTheNextThroughThoseOfOthers() throws IOException {
    List<Node> nodes = new ArrayList<>();
    for (int id = 1; id <= 3; id++) {
      nodes.add(node(id, 3_000, 1));
    }

    List<Node> once = measured(nodes, 0);
    List<Node> twice = measured(once, 60);

    assertThat(once.stream().filter(node -> node.metrics().find(NodeMetric.DISK_BYTES).isPresent())).extracting(Node::id).containsExactly(1, 2);
    assertThat(twice).allSatisfy(node -> assertThat(node.metrics().find(NodeMetric.DISK_BYTES)).hasValue(3_000));
  }

  @Test
  void ofAFolderThatIsAwayTheSizeIsUnknownAndItDoesNotKeepOthersFromTheirTurn() throws IOException {
    Node away = node(1, 1, 100);
    List<Node> known = measured(List.of(away), 0);
    Files.move(away.rootDir(), storage.resolve("moved"));

    List<Node> later = measured(List.of(known.get(0), node(2, 1, 10)), 3_600);

    assertThat(later.get(0).metrics().find(NodeMetric.DISK_BYTES)).isEmpty();
    assertThat(later.get(0).metrics().find(NodeMetric.DISK_MEASURED_AT)).hasValue(NOW.getEpochSecond() + 3_600);
    assertThat(later.get(1).metrics().find(NodeMetric.DISK_BYTES)).hasValue(10);
  }
}
