package dev.wnm.core.host;

import dev.wnm.core.model.HostCounters;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the machine did between two readings. What a counter that is missing or went backwards would tell is unknown.
 *
 * @param usedCpuPercent 0 to 100: all but idle time, so waiting for I/O counts as used
 * @param ioWaitPercent 0 to 100
 */
record Rates(OptionalDouble usedCpuPercent, OptionalDouble ioWaitPercent, OptionalLong diskRead, OptionalLong diskWrite,
    OptionalLong netRead, OptionalLong netWrite) {

  /** Rates per second. */
  static Rates between(HostCounters before, HostCounters after) {
    long millis = Counter.elapsed(before, after).toMillis();
    OptionalLong cpuTime = cpuTime(before, after);
    OptionalDouble idle = share(Counter.CPU_IDLE.growth(before, after), cpuTime);
    return new Rates(
        idle.isPresent() ? OptionalDouble.of(100 - idle.getAsDouble()) : OptionalDouble.empty(),
        share(Counter.CPU_IO_WAIT.growth(before, after), cpuTime),
        perSecond(Counter.DISK_READ_BYTES.growth(before, after), millis),
        perSecond(Counter.DISK_WRITE_BYTES.growth(before, after), millis),
        perSecond(Counter.NET_READ_BYTES.growth(before, after), millis),
        perSecond(Counter.NET_WRITE_BYTES.growth(before, after), millis));
  }

  /** The waiting for I/O may go back (proc(5)), and is part of the whole: without that, the rest could seem more than the whole. */
  private static OptionalLong cpuTime(HostCounters before, HostCounters after) {
    OptionalLong grown = Counter.CPU_TOTAL.growth(before, after);
    return grown.isEmpty() ? grown : OptionalLong.of(grown.getAsLong() + Counter.CPU_IO_WAIT.loss(before, after));
  }

  /** Unknown where the whole did not grow, or less than its part. */
  private static OptionalDouble share(OptionalLong part, OptionalLong whole) {
    return part.isEmpty() || whole.isEmpty() || whole.getAsLong() == 0 || part.getAsLong() > whole.getAsLong()
        ? OptionalDouble.empty() : OptionalDouble.of(100.0 * part.getAsLong() / whole.getAsLong());
  }

  private static OptionalLong perSecond(OptionalLong bytes, long millis) {
    return bytes.isEmpty() || millis <= 0 ? OptionalLong.empty() : OptionalLong.of((long) (bytes.getAsLong() * 1_000.0 / millis));
  }
}
