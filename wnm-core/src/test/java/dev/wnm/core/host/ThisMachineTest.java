package dev.wnm.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.HostMetrics;
import dev.wnm.spi.model.ProcessFacts;
import java.net.DatagramSocket;
import java.net.SocketException;
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

  @Test
  void thisProcessIsMeasured() {
    ProcessFacts facts = ProcessReader.ofThisSystem().of(ProcessHandle.current().pid());

    assertSane(facts);
  }

  @Test
  void oshiMeasuresThisProcessToo() throws SocketException {
    try (DatagramSocket socket = new DatagramSocket(0)) {
      ProcessFacts facts = new OshiProcessReader().of(ProcessHandle.current().pid());

      assertSane(facts);
      assertThat(facts.udpPorts().orElseThrow()).contains(socket.getLocalPort());
    }
    assertThat(new OshiProcessReader().of(5_000_000_001L)).isEqualTo(ProcessFacts.NONE);
  }

  private static void assertSane(ProcessFacts facts) {
    assertThat(facts.memoryBytes().orElseThrow()).isBetween(10_000_000L, 10_000_000_000L);
    assertThat(facts.cpu().orElseThrow()).isPositive();
    assertThat(facts.up().orElseThrow()).isBetween(Duration.ofMillis(1), Duration.ofDays(1));
    assertThat(facts.threads().orElseThrow()).isBetween(2, 10_000);
    assertThat(facts.openFiles().orElseThrow()).isBetween(3, 100_000);
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
