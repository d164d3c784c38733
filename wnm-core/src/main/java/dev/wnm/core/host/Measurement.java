package dev.wnm.core.host;

import dev.wnm.core.model.HostCounters;
import dev.wnm.core.model.HostMetrics;
import java.nio.file.Path;
import java.util.List;

/**
 * What one look at the machine gave.
 *
 * @param metrics the machine's state and rates; its disk is the fullest of those that hold nodes
 * @param counters to be kept, and handed in at the next look
 * @param fullest the node storages on that disk, one or more
 */
public record Measurement(HostMetrics metrics, HostCounters counters, List<Path> fullest) {
  public Measurement {
    fullest = List.copyOf(fullest);
  }
}
