package dev.wnm.core.observation;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.internal.files.FolderSize;
import dev.wnm.spi.internal.files.InTime;
import dev.wnm.spi.internal.files.OpenFolder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures how much is in nodes' data folders: of a few nodes at each look, those first that were measured longest ago, so that no
 * look walks through all files of all nodes.
 */
public final class FolderSizes {
  /** Files and folders at a look; the first node is measured whatever it has. Some microseconds each. */
  private static final int MOST_AT_A_LOOK = 5_000;
  /** A node that is full has some 16,000 records. */
  private static final int MOST_OF_A_NODE = 200_000;
  private static final int MOST_NODES_AT_A_LOOK = 100;
  private static final Duration FRESH = Duration.ofHours(1);
  private static final Set<NodeStatus> WITHOUT_FOLDER = EnumSet.of(NodeStatus.UNREADABLE, NodeStatus.DEAD, NodeStatus.REMOVING);

  private FolderSizes() {}

  /** The same nodes in the same order, some of them measured. */
  public static List<Node> measured(List<Node> nodes, Instant now) {
    List<Node> due = nodes.stream().filter(node -> !WITHOUT_FOLDER.contains(node.status()) && isDue(node, now))
        .sorted(Comparator.comparing(FolderSizes::measuredAt)).limit(MOST_NODES_AT_A_LOOK).toList();
    Map<Integer, Node> measured = new HashMap<>();
    int left = MOST_AT_A_LOOK;
    for (Node node : due) {
      if (left <= 0) {
        break;
      }
      NodeMetrics unknown = node.metrics().with(NodeMetric.DISK_MEASURED_AT, now.getEpochSecond()).without(NodeMetric.DISK_BYTES);
      measured.put(node.id(), node.withMetrics(unknown));
      try {
        FolderSize size = size(node);
        left -= size.entries();
        if (size.isWhole()) {
          measured.put(node.id(), node.withMetrics(unknown.with(NodeMetric.DISK_BYTES, size.bytes())));
        }
      } catch (InTime.StuckException e) {
        // Its disk hangs, and so may those of the others.
        break;
      } catch (IOException unreadable) {
        // Its folder is away, or another account's.
      }
    }
    return nodes.stream().map(node -> measured.getOrDefault(node.id(), node)).toList();
  }

  private static FolderSize size(Node node) throws IOException {
    try (OpenFolder folder = OpenFolder.in(node.rootDir())) {
      return folder.size(MOST_OF_A_NODE);
    }
  }

  private static boolean isDue(Node node, Instant now) {
    Duration since = Duration.between(measuredAt(node), now);
    // A clock that was set back must not put it off.
    return since.isNegative() || since.compareTo(FRESH) >= 0;
  }

  private static Instant measuredAt(Node node) {
    return Instant.ofEpochSecond(node.metrics().find(NodeMetric.DISK_MEASURED_AT).orElse(0));
  }
}
