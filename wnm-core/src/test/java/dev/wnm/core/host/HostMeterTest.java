package dev.wnm.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wnm.core.model.HostCounters;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostMeterTest {
  private static final String BOOT = "boot-1";

  @TempDir Path folder;
  private final ScriptedReader reader = new ScriptedReader();
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-21T01:00:00Z"));
  private final List<Duration> pauses = new ArrayList<>();
  private final HostMeter meter = new HostMeter(reader, clock, this::pause);

  @Test
  void ratesAreTakenSinceThePreviousLookWithoutAPause() {
    HostCounters previous = measure(Optional.empty()).counters();
    pauses.clear();
    clock.advance(Duration.ofSeconds(60));
    reader.diskRead += 60_000;

    Measurement measurement = measure(Optional.of(previous));

    assertThat(pauses).isEmpty();
    assertThat(measurement.metrics().diskReadBytesPerSecond()).hasValue(1_000);
    assertThat(measurement.counters().takenAt()).isEqualTo(clock.instant());
    assertThat(measurement.counters().bootId()).isEqualTo(BOOT);
  }

  @Test
  void aFirstLookTakesAShortSample() {
    reader.growthPerPause = 500;

    assertThat(measure(Optional.empty()).metrics().diskReadBytesPerSecond()).hasValue(2_000);
    assertThat(pauses).containsExactly(HostMeter.SAMPLE);
  }

  @Test
  void aLookOfAnotherBootIsOfNoUse() {
    HostCounters previous = previous("boot-0", Duration.ofMinutes(1));
    reader.diskRead = 60_000;

    assertThat(measure(Optional.of(previous)).metrics().diskReadBytesPerSecond()).hasValue(0);
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
    assertThat(metrics.loadAverage1()).hasValue(1);
    assertThat(metrics.loadAverage5()).hasValue(5);
    assertThat(metrics.loadAverage15()).hasValue(15);
    assertThat(metrics.usedMemoryPercent()).hasValue(42);
  }

  @Test
  void theFileSystemIsThatOfTheNearestParentThatExists() throws Exception {
    var store = Files.getFileStore(folder);

    HostMetrics metrics = meter.measure(List.of(folder.resolve("not/there/yet")), Set.of(), Optional.empty()).metrics();

    assertThat(metrics.totalDiskBytes()).hasValue(store.getTotalSpace());
    double used = store.getTotalSpace() - store.getUnallocatedSpace();
    assertThat(metrics.usedDiskPercent().orElseThrow()).isCloseTo(100 * used / (used + store.getUsableSpace()), within(1.0));
  }

  @Test
  void aRelativeFolderIsFoundFromTheCurrentOne() {
    assertThat(DiskSpace.around(Path.of("no/such/folder")).totalBytes().orElseThrow()).isPositive();
  }

  @Test
  void countersThatWentBackAreTakenAnewInAShortSample() {
    HostCounters previous = new HostCounters(BOOT, clock.instant().minusSeconds(60), Map.of("disk_read_bytes", 9_000_000L));
    reader.growthPerPause = 500;

    Measurement measurement = measure(Optional.of(previous));

    assertThat(pauses).containsExactly(HostMeter.SAMPLE);
    assertThat(measurement.metrics().diskReadBytesPerSecond()).hasValue(2_000);
  }

  @Test
  void countersThatGoBackAllTheTimeAreUnknownAndTheSourceIsNamed() {
    reader.diskRead = 1_000;
    reader.growthPerPause = -10;

    Measurement measurement = measure(Optional.empty());

    assertThat(measurement.metrics().diskReadBytesPerSecond()).isEmpty();
    assertThat(measurement.doubts()).containsEntry(Sense.DISK_TRAFFIC,
        "disk traffic is unknown: the script went back from 1000 to 990");
  }

  @Test
  void aClockThatIsSetMeanwhileDoesNotChangeTheRates() {
    reader.uptime = Optional.of(Duration.ofSeconds(100));
    HostCounters previous = measure(Optional.empty()).counters();
    pauses.clear();
    clock.advance(Duration.ofMinutes(-30));
    reader.uptime = Optional.of(Duration.ofSeconds(160));
    reader.diskRead += 60_000;

    assertThat(measure(Optional.of(previous)).metrics().diskReadBytesPerSecond()).hasValue(1_000);
    assertThat(pauses).isEmpty();
  }

  @Test
  void absurdFileSystemsAreUnknown() {
    assertThat(DiskSpace.of(0, 0, 0).usedPercent()).isEmpty();
    assertThat(DiskSpace.of(100, 120, 10).usedPercent()).as("more free than there is").isEmpty();
    assertThat(DiskSpace.of(100, -5, 10).usedPercent()).isEmpty();
    assertThat(DiskSpace.of(-1, 0, 0).totalBytes()).isEmpty();
    assertThat(DiskSpace.of(100, 50, 50).usedPercent()).hasValue(50);
  }

  private Measurement measure(Optional<HostCounters> previous) {
    return meter.measure(List.of(folder), Set.of(), previous);
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
    clock.advance(time);
    reader.diskRead += reader.growthPerPause;
  }

  private static final class ScriptedReader implements HostReader {
    private long diskRead;
    private long growthPerPause;
    private Optional<Duration> uptime = Optional.empty();

    @Override
    public String bootId(Doubts doubts) {
      return BOOT;
    }

    @Override
    public Instant bootedAt() {
      return Instant.ofEpochSecond(1_000);
    }

    @Override
    public Optional<Duration> uptime() {
      return uptime;
    }

    @Override
    public List<OptionalDouble> loadAverages(Doubts doubts) {
      return List.of(OptionalDouble.of(1), OptionalDouble.of(5), OptionalDouble.of(15));
    }

    @Override
    public OptionalDouble usedMemoryPercent(Set<Long> nodes, Doubts doubts) {
      return OptionalDouble.of(42);
    }

    @Override
    public String source(Counter counter) {
      return "the script";
    }

    @Override
    public Map<Counter, Long> counters(Doubts doubts) {
      return Map.of(Counter.DISK_READ_BYTES, diskRead);
    }
  }
}
