package dev.wnm.core.host;

import dev.wnm.core.model.HostCounters;
import dev.wnm.core.model.HostMetrics;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * What one look at the machine gave.
 *
 * @param metrics the machine's state and rates; its disk is the fullest of those that hold nodes
 * @param counters to be kept, and handed in at the next look
 * @param fullest the node storages on that disk, one or more
 * @param doubts a sentence on each sense that failed, which names the source and what that said
 */
@API(status = API.Status.STABLE)
public record Measurement(HostMetrics metrics, HostCounters counters, List<Path> fullest, Map<Sense, String> doubts) {
  public Measurement {
    fullest = List.copyOf(fullest);
    Map<Sense, String> copy = new EnumMap<>(Sense.class);
    copy.putAll(doubts);
    doubts = copy;
  }

  /** A look in which no sense failed. */
  public Measurement(HostMetrics metrics, HostCounters counters, List<Path> fullest) {
    this(metrics, counters, fullest, Map.of());
  }
}
