package dev.wnm.core.model;

import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One measurement of the machine. What could not be read, or could not be true, is absent: it is neither 0 nor 100 %.
 *
 * @param bootedAt when the machine came up; {@link Instant#EPOCH} when unreadable
 * @param bootId what changes with every boot and nothing else; empty where the system has no such thing
 * @param loadAverage1 load average over 1 minute
 * @param loadAverage5 load average over 5 minutes
 * @param loadAverage15 load average over 15 minutes
 * @param usedCpuPercent 0 to 100 over all CPUs, waiting for I/O included
 * @param ioWaitPercent 0 to 100
 * @param usedMemoryPercent 0 to 100: (total − available) / total
 * @param usedDiskPercent 0 to 100: used / (used + free for users) of the file system that holds the nodes
 * @param totalDiskBytes size of that file system
 * @param diskReadBytesPerSecond all disks
 * @param diskWriteBytesPerSecond all disks
 * @param netReadBytesPerSecond all interfaces that lead out of the machine
 * @param netWriteBytesPerSecond the same interfaces
 */
public record HostMetrics(
    Instant bootedAt,
    String bootId,
    OptionalDouble loadAverage1,
    OptionalDouble loadAverage5,
    OptionalDouble loadAverage15,
    OptionalDouble usedCpuPercent,
    OptionalDouble ioWaitPercent,
    OptionalDouble usedMemoryPercent,
    OptionalDouble usedDiskPercent,
    OptionalLong totalDiskBytes,
    OptionalLong diskReadBytesPerSecond,
    OptionalLong diskWriteBytesPerSecond,
    OptionalLong netReadBytesPerSecond,
    OptionalLong netWriteBytesPerSecond) {

  /** A measurement of which everything is known. */
  public HostMetrics(Instant bootedAt, String bootId, double loadAverage1, double loadAverage5, double loadAverage15,
      double usedCpuPercent, double ioWaitPercent, double usedMemoryPercent, double usedDiskPercent, long totalDiskBytes,
      long diskReadBytesPerSecond, long diskWriteBytesPerSecond, long netReadBytesPerSecond, long netWriteBytesPerSecond) {
    this(bootedAt, bootId, OptionalDouble.of(loadAverage1), OptionalDouble.of(loadAverage5), OptionalDouble.of(loadAverage15),
        OptionalDouble.of(usedCpuPercent), OptionalDouble.of(ioWaitPercent), OptionalDouble.of(usedMemoryPercent),
        OptionalDouble.of(usedDiskPercent), OptionalLong.of(totalDiskBytes), OptionalLong.of(diskReadBytesPerSecond),
        OptionalLong.of(diskWriteBytesPerSecond), OptionalLong.of(netReadBytesPerSecond),
        OptionalLong.of(netWriteBytesPerSecond));
  }
}
