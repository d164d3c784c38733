package dev.wnm.core.host;

import dev.wnm.core.model.HostCounters;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.StorageSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Measures the machine. CPU use and rates are those since the previous look, so that a cycle need not wait; where there is
 * no previous look of use (counters went back since, say), it takes two with {@link #SAMPLE} between. Safe to use from many threads.
 */
public final class HostMeter {
  /** How long the short sample lasts that stands in for a previous look. */
  public static final Duration SAMPLE = Duration.ofMillis(250);
  /** An older look says too little about now. */
  public static final Duration OLDEST_USEFUL = Duration.ofHours(1);
  /** A younger look saw too few ticks of the kernel's clock. */
  public static final Duration YOUNGEST_USEFUL = Duration.ofSeconds(1);

  private final HostReader reader;
  private final Clock clock;
  private final Consumer<Duration> pause;

  HostMeter(HostReader reader, Clock clock, Consumer<Duration> pause) {
    this.reader = reader;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * A meter for the machine that this runs on.
   *
   * @param pause waits for the time given, or less when it is interrupted
   */
  public static HostMeter ofThisMachine(Clock clock, Consumer<Duration> pause) {
    boolean linux = System.getProperty("os.name").startsWith("Linux");
    return new HostMeter(linux ? new ProcReader(Path.of("/")) : new OshiReader(), clock, pause);
  }

  /**
   * Measures once. Takes milliseconds with a useful previous look, {@link #SAMPLE} more without.
   *
   * @param nodeStorages the folders whose file systems are looked at, one or more; they need not exist yet
   * @param nodes processes of nodes on this machine: limits on memory that they share with wnm count
   * @param previous the counters of the last look, if there was one
   */
  public Measurement measure(List<Path> nodeStorages, Set<Long> nodes, Optional<HostCounters> previous) {
    Doubts doubts = new Doubts();
    HostCounters now = count(doubts);
    HostCounters before;
    if (previous.isPresent() && isUseful(previous.get(), now)) {
      before = previous.get();
    } else {
      before = now;
      pause.accept(SAMPLE);
      now = count(doubts);
    }
    Rates rates = Rates.between(before, now);
    doubtRates(rates, before, now, doubts);
    List<OptionalDouble> loads = reader.loadAverages(doubts);
    Map<Path, DiskSpace> disks = new LinkedHashMap<>();
    nodeStorages.forEach(storage -> disks.put(storage, DiskSpace.around(storage)));
    disks.forEach((storage, disk) -> {
      if (disk.totalBytes().isEmpty()) {
        doubts.about(Sense.DISK_SPACE, "the file system that holds " + storage + " reports " + disk.said());
      }
    });
    DiskSpace disk = fullest(disks.values());
    List<StorageSpace> storages = disks.entrySet().stream().map(entry -> new StorageSpace(entry.getKey(), diskOf(entry.getKey()),
        entry.getValue().usedBytes(), entry.getValue().usableBytes())).toList();
    return new Measurement(
        new HostMetrics(reader.bootedAt(), now.bootId(), loads.get(0), loads.get(1), loads.get(2), rates.usedCpuPercent(),
            rates.ioWaitPercent(), reader.usedMemoryPercent(nodes, doubts), disk.usedPercent(), disk.totalBytes(),
            rates.diskRead(), rates.diskWrite(), rates.netRead(), rates.netWrite()),
        now, storages, doubts.sentences());
  }

  /** Of those that are known; nodes come to no other. */
  private static DiskSpace fullest(Collection<DiskSpace> disks) {
    return disks.stream().filter(disk -> disk.usedPercent().isPresent()).max(Comparator.comparing(disk -> disk.usedPercent().getAsDouble()))
        .orElseGet(() -> disks.iterator().next());
  }

  /** The number of the disk that holds a folder, or will hold it; the folder itself where the system has no such numbers. */
  private static String diskOf(Path folder) {
    try {
      return String.valueOf(Files.getAttribute(DiskSpace.nearest(folder), "unix:dev"));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return folder.toString();
    }
  }

  private void doubtRates(Rates rates, HostCounters before, HostCounters now, Doubts doubts) {
    for (Counter counter : Counter.values()) {
      if (counter != Counter.CPU_IO_WAIT && counter.wentBack(before, now)) {
        doubts.about(counter.sense(), reader.source(counter) + " went back from " + before.values().get(counter.key()) + " to "
            + now.values().get(counter.key()));
      }
    }
    String odd = " shows no time, or times that do not add up, between two looks";
    if (rates.usedCpuPercent().isEmpty()) {
      doubts.about(Sense.CPU, reader.source(Counter.CPU_TOTAL) + odd);
    }
    if (rates.diskRead().isEmpty() || rates.diskWrite().isEmpty()) {
      doubts.about(Sense.DISK_TRAFFIC, reader.source(Counter.DISK_READ_BYTES) + odd);
    }
    if (rates.netRead().isEmpty() || rates.netWrite().isEmpty()) {
      doubts.about(Sense.NETWORK_TRAFFIC, reader.source(Counter.NET_READ_BYTES) + odd);
    }
  }

  private HostCounters count(Doubts doubts) {
    Map<String, Long> values = new HashMap<>();
    reader.counters(doubts).forEach((counter, value) -> values.put(counter.key(), value));
    return new HostCounters(reader.bootId(doubts), clock.instant().truncatedTo(ChronoUnit.MILLIS), values)
        .withUptime(reader.uptime());
  }

  private static boolean isUseful(HostCounters previous, HostCounters now) {
    Duration age = Counter.elapsed(previous, now);
    return previous.bootId().equals(now.bootId())
        && age.compareTo(YOUNGEST_USEFUL) >= 0
        && age.compareTo(OLDEST_USEFUL) <= 0
        && !Counter.anyWentBack(previous, now);
  }
}
