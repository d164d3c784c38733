package dev.wnm.core.host;

import dev.wnm.core.model.HostCounters;
import dev.wnm.core.model.HostMetrics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Measures the machine. CPU use and rates are those since the previous look, so that a cycle need not wait; where there is
 * no previous look of use, it takes two with {@link #SAMPLE} between. Safe to use from many threads.
 */
public final class HostMeter {
  /** How long the short sample lasts that stands in for a previous look. */
  public static final Duration SAMPLE = Duration.ofMillis(250);
  /** An older look says too little about now. */
  public static final Duration OLDEST_USEFUL = Duration.ofHours(1);
  /** A younger look saw too few ticks of the kernel's clock. */
  public static final Duration YOUNGEST_USEFUL = Duration.ofSeconds(1);

  private final HostReader reader;
  private final Warnings warnings;
  private final Clock clock;
  private final Consumer<Duration> pause;

  HostMeter(HostReader reader, Warnings warnings, Clock clock, Consumer<Duration> pause) {
    this.reader = reader;
    this.warnings = warnings;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * A meter for the machine that this runs on.
   *
   * @param pause waits for the time given, or less when it is interrupted
   */
  public static HostMeter ofThisMachine(Clock clock, Consumer<Duration> pause) {
    Warnings warnings = new Warnings();
    boolean linux = System.getProperty("os.name").startsWith("Linux");
    return new HostMeter(linux ? new ProcReader(Path.of("/"), warnings) : new OshiReader(warnings), warnings, clock, pause);
  }

  /**
   * Measures once. Takes milliseconds with a useful previous look, {@link #SAMPLE} more without.
   *
   * @param nodeStorages the folders whose file systems are looked at, one or more; they need not exist yet
   * @param previous the counters of the last look, if there was one
   */
  public Measurement measure(List<Path> nodeStorages, Optional<HostCounters> previous) {
    HostCounters now = count();
    HostCounters before;
    if (previous.isPresent() && isUseful(previous.get(), now)) {
      before = previous.get();
    } else {
      before = now;
      pause.accept(SAMPLE);
      now = count();
    }
    Rates rates = Rates.between(before, now);
    List<Double> loads = reader.loadAverages();
    Map<Path, DiskSpace> disks = new LinkedHashMap<>();
    nodeStorages.forEach(storage -> disks.put(storage, DiskSpace.around(storage)));
    disks.forEach((storage, disk) -> {
      if (disk.totalBytes() <= 0) {
        warnings.unreadable("the size of the file system that holds " + storage, "disk usage counts as 0");
      }
    });
    DiskSpace disk = disks.values().stream().max(Comparator.comparing(DiskSpace::usedPercent)).orElseThrow();
    List<Path> fullest = disks.entrySet().stream().filter(entry -> entry.getValue().equals(disk)).map(Map.Entry::getKey).toList();
    return new Measurement(
        new HostMetrics(reader.bootedAt(), now.bootId(), loads.get(0), loads.get(1), loads.get(2), rates.usedCpuPercent(),
            rates.ioWaitPercent(), reader.usedMemoryPercent(), disk.usedPercent(), disk.totalBytes(), rates.diskRead(),
            rates.diskWrite(), rates.netRead(), rates.netWrite()),
        now, fullest);
  }

  private HostCounters count() {
    Map<String, Long> values = new HashMap<>();
    reader.counters().forEach((counter, value) -> values.put(counter.key(), value));
    return new HostCounters(reader.bootId(), clock.instant().truncatedTo(ChronoUnit.MILLIS), values);
  }

  private static boolean isUseful(HostCounters previous, HostCounters now) {
    Duration age = Duration.between(previous.takenAt(), now.takenAt());
    return previous.bootId().equals(now.bootId())
        && age.compareTo(YOUNGEST_USEFUL) >= 0
        && age.compareTo(OLDEST_USEFUL) <= 0;
  }
}
