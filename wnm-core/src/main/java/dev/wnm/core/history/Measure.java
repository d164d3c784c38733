package dev.wnm.core.history;

import dev.wnm.core.model.HostMetrics;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** What is measured of the machine and kept. */
public enum Measure {
  /** Percent of all CPUs, waiting for I/O included. */
  CPU("used_cpu_percent", HostMetrics::usedCpuPercent),
  /** Percent of the time of all CPUs. */
  IO_WAIT("io_wait_percent", HostMetrics::ioWaitPercent),
  /** Percent. */
  MEMORY("used_mem_percent", HostMetrics::usedMemoryPercent),
  /** Percent. */
  DISK("used_hd_percent", HostMetrics::usedDiskPercent),
  /** Load average over 1 minute. */
  LOAD_1("load_average_1", HostMetrics::loadAverage1),
  /** Load average over 5 minutes. */
  LOAD_5("load_average_5", HostMetrics::loadAverage5),
  /** Load average over 15 minutes. */
  LOAD_15("load_average_15", HostMetrics::loadAverage15),
  /** Bytes per second. */
  DISK_READS("hdio_read_bytes", host -> decimal(host.diskReadBytesPerSecond())),
  /** Bytes per second. */
  DISK_WRITES("hdio_write_bytes", host -> decimal(host.diskWriteBytesPerSecond())),
  /** Bytes per second. */
  NET_READS("netio_read_bytes", host -> decimal(host.netReadBytesPerSecond())),
  /** Bytes per second. */
  NET_WRITES("netio_write_bytes", host -> decimal(host.netWriteBytesPerSecond()));

  private final String key;
  private final Function<HostMetrics, OptionalDouble> reading;

  Measure(String key, Function<HostMetrics, OptionalDouble> reading) {
    this.key = key;
    this.reading = reading;
  }

  /** Its column in the database, and its key in reports. */
  public String key() {
    return key;
  }

  /** What a measurement says of it; empty when that is unknown. */
  public OptionalDouble of(HostMetrics host) {
    return reading.apply(host);
  }

  private static OptionalDouble decimal(OptionalLong value) {
    return value.isPresent() ? OptionalDouble.of(value.getAsLong()) : OptionalDouble.empty();
  }
}
