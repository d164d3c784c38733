package dev.wnm.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wnm.core.model.HostCounters;
import dev.wnm.core.model.HostMetrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostMeterTest {
  private static final String BOOT = "boot-1";

  @TempDir Path folder;
  private final ScriptedReader reader = new ScriptedReader();
  private final MovableClock clock = new MovableClock();
  private final List<Duration> pauses = new ArrayList<>();
  private final HostMeter meter = new HostMeter(reader, new Warnings(), clock, this::pause);

  @Test
  void ratesAreTakenSinceThePreviousLookWithoutAPause() {
    HostCounters previous = measure(Optional.empty()).counters();
    pauses.clear();
    clock.move(Duration.ofSeconds(60));
    reader.diskRead += 60_000;

    Measurement measurement = measure(Optional.of(previous));

    assertThat(pauses).isEmpty();
    assertThat(measurement.metrics().diskReadBytesPerSecond()).isEqualTo(1_000);
    assertThat(measurement.counters().takenAt()).isEqualTo(clock.instant());
    assertThat(measurement.counters().bootId()).isEqualTo(BOOT);
  }

  @Test
  void aFirstLookTakesAShortSample() {
    reader.growthPerPause = 500;

    assertThat(measure(Optional.empty()).metrics().diskReadBytesPerSecond()).isEqualTo(2_000);
    assertThat(pauses).containsExactly(HostMeter.SAMPLE);
  }

  @Test
  void aLookOfAnotherBootIsOfNoUse() {
    HostCounters previous = previous("boot-0", Duration.ofMinutes(1));
    reader.diskRead = 60_000;

    assertThat(measure(Optional.of(previous)).metrics().diskReadBytesPerSecond()).isZero();
    assertThat(pauses).containsExactly(HostMeter.SAMPLE);
  }

  @Test
  void aLookIsUsefulFromASecondToAnHour() {
    assertThat(needsSample(Duration.ofMillis(999))).isTrue();
    assertThat(needsSample(Duration.ofSeconds(1))).isFalse();
    assertThat(needsSample(Duration.ofHours(1))).isFalse();
    assertThat(needsSample(Duration.ofHours(1).plusMillis(1))).isTrue();
  }

  @Test
  void aLookOfTheFutureIsOfNoUse() {
    assertThat(needsSample(Duration.ofMinutes(-5))).isTrue();
  }

  @Test
  void bootLoadAndMemoryComeFromTheReader() {
    HostMetrics metrics = measure(Optional.empty()).metrics();

    assertThat(metrics.bootId()).isEqualTo(BOOT);
    assertThat(metrics.bootedAt()).isEqualTo(Instant.ofEpochSecond(1_000));
    assertThat(metrics.loadAverage1()).isEqualTo(1);
    assertThat(metrics.loadAverage5()).isEqualTo(5);
    assertThat(metrics.loadAverage15()).isEqualTo(15);
    assertThat(metrics.usedMemoryPercent()).isEqualTo(42);
  }

  @Test
  void theFileSystemIsThatOfTheNearestParentThatExists() throws Exception {
    var store = Files.getFileStore(folder);

    HostMetrics metrics = meter.measure(List.of(folder.resolve("not/there/yet")), Optional.empty()).metrics();

    assertThat(metrics.totalDiskBytes()).isEqualTo(store.getTotalSpace());
    double used = store.getTotalSpace() - store.getUnallocatedSpace();
    assertThat(metrics.usedDiskPercent()).isCloseTo(100 * used / (used + store.getUsableSpace()), within(1.0));
  }

  @Test
  void aRelativeFolderIsFoundFromTheCurrentOne() {
    assertThat(DiskSpace.around(Path.of("no/such/folder")).totalBytes()).isPositive();
  }

  private Measurement measure(Optional<HostCounters> previous) {
    return meter.measure(List.of(folder), previous);
  }

  private boolean needsSample(Duration age) {
    pauses.clear();
    measure(Optional.of(previous(BOOT, age)));
    return !pauses.isEmpty();
  }

  private HostCounters previous(String bootId, Duration age) {
    return new HostCounters(bootId, clock.instant().minus(age), Map.of(Counter.DISK_READ_BYTES.key(), 0L));
  }

  private void pause(Duration time) {
    pauses.add(time);
    clock.move(time);
    reader.diskRead += reader.growthPerPause;
  }

  private static final class ScriptedReader implements HostReader {
    private long diskRead;
    private long growthPerPause;

    @Override
    public String bootId() {
      return BOOT;
    }

    @Override
    public Instant bootedAt() {
      return Instant.ofEpochSecond(1_000);
    }

    @Override
    public List<Double> loadAverages() {
      return List.of(1.0, 5.0, 15.0);
    }

    @Override
    public double usedMemoryPercent() {
      return 42;
    }

    @Override
    public Map<Counter, Long> counters() {
      return Map.of(Counter.DISK_READ_BYTES, diskRead);
    }
  }

  private static final class MovableClock extends Clock {
    private Instant now = Instant.parse("2026-11-21T01:00:00Z");

    void move(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
