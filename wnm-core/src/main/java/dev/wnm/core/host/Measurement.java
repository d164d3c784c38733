package dev.wnm.core.host;

import dev.wnm.core.model.HostCounters;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.StorageSpace;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What one look at the machine gave.
 *
 * @param metrics the machine's state and rates; its disk is the fullest of those that are known
 * @param counters to be kept, and handed in at the next look
 * @param storages how full the disk of each node storage is, one or more
 * @param doubts a sentence on each sense that failed, which names the source and what that said
 */
@API(status = API.Status.STABLE)
public record Measurement(HostMetrics metrics, HostCounters counters, List<StorageSpace> storages, Map<Sense, String> doubts) {
  public Measurement {
    storages = List.copyOf(storages);
    Map<Sense, String> copy = new EnumMap<>(Sense.class);
    copy.putAll(doubts);
    doubts = copy;
  }

  /** That of one storage; empty when it was not looked at. */
  public Optional<StorageSpace> of(Path storage) {
    return storages.stream().filter(space -> space.storage().equals(storage)).findFirst();
  }

  /** A look in which no sense failed. */
  public Measurement(HostMetrics metrics, HostCounters counters, List<StorageSpace> storages) {
    this(metrics, counters, storages, Map.of());
  }
}
