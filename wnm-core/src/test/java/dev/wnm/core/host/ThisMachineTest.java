package dev.wnm.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.HostMetrics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The real readers on the machine that runs the tests. */
class ThisMachineTest {
  @Test
  void thisMachineIsMeasured() {
    HostMeter meter = HostMeter.ofThisMachine(Clock.systemUTC(), ThisMachineTest::pause);

    assertSane(meter.measure(List.of(Path.of("")), Set.of(), Optional.empty()).metrics());
  }

  @Test
  void oshiMeasuresItToo() {
    HostMeter meter = new HostMeter(new OshiReader(), Clock.systemUTC(), ThisMachineTest::pause);

    assertSane(meter.measure(List.of(Path.of("")), Set.of(), Optional.empty()).metrics());
  }

  @Test
  void aSecondLookUsesTheFirst() {
    HostMeter meter = HostMeter.ofThisMachine(Clock.systemUTC(), ThisMachineTest::pause);
    Measurement first = meter.measure(List.of(Path.of("")), Set.of(), Optional.empty());

    assertThat(first.counters().values()).containsKeys("cpu_total", "cpu_idle", "disk_read_bytes", "net_read_bytes");
    assertSane(meter.measure(List.of(Path.of("")), Set.of(), Optional.of(first.counters())).metrics());
  }

  @Test
  void atLeastOneCpuIsThere() {
    assertThat(CpuCount.available()).isPositive();
  }

  private static void assertSane(HostMetrics metrics) {
    assertThat(metrics.bootedAt()).isAfter(Instant.parse("2000-01-01T00:00:00Z")).isBefore(Instant.now());
    assertThat(metrics.usedCpuPercent().orElseThrow()).isBetween(0.0, 100.0);
    assertThat(metrics.ioWaitPercent().orElse(0)).isBetween(0.0, 100.0);
    assertThat(metrics.usedMemoryPercent().orElseThrow()).isGreaterThan(0).isLessThan(100);
    assertThat(metrics.usedDiskPercent().orElseThrow()).isGreaterThan(0).isLessThanOrEqualTo(100);
    assertThat(metrics.totalDiskBytes().orElseThrow()).isPositive();
    assertThat(metrics.loadAverage1().orElseThrow()).isNotNegative();
    assertThat(metrics.diskReadBytesPerSecond().orElseThrow()).isNotNegative();
    assertThat(metrics.netWriteBytesPerSecond().orElseThrow()).isNotNegative();
  }

  private static void pause(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }
}
