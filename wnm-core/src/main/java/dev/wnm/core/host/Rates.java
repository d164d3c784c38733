package dev.wnm.core.host;

import dev.wnm.core.model.HostCounters;
import java.time.Duration;

/**
 * What the machine did between two readings.
 *
 * @param usedCpuPercent 0 to 100: all but idle time, so waiting for I/O counts as used
 * @param ioWaitPercent 0 to 100
 */
record Rates(
    double usedCpuPercent, double ioWaitPercent, long diskRead, long diskWrite, long netRead, long netWrite) {
  /** Rates per second; a counter that is missing or went backwards gives 0. */
  static Rates between(HostCounters before, HostCounters after) {
    long millis = Duration.between(before.takenAt(), after.takenAt()).toMillis();
    long cpuTime = Counter.CPU_TOTAL.growth(before, after).orElse(0);
    double idle = share(Counter.CPU_IDLE.growth(before, after).orElse(cpuTime), cpuTime);
    double ioWait = share(Counter.CPU_IO_WAIT.growth(before, after).orElse(0), cpuTime);
    return new Rates(
        cpuTime == 0 ? 0 : 100 - idle,
        ioWait,
        perSecond(Counter.DISK_READ_BYTES.growth(before, after).orElse(0), millis),
        perSecond(Counter.DISK_WRITE_BYTES.growth(before, after).orElse(0), millis),
        perSecond(Counter.NET_READ_BYTES.growth(before, after).orElse(0), millis),
        perSecond(Counter.NET_WRITE_BYTES.growth(before, after).orElse(0), millis));
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : Math.min(100, 100.0 * part / whole);
  }

  private static long perSecond(long bytes, long millis) {
    return millis <= 0 ? 0 : (long) (bytes * 1_000.0 / millis);
  }
}
