package dev.wnm.core.model;

import java.time.Instant;

/**
 * One measurement of the machine.
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
 * @param netReadBytesPerSecond all interfaces
 * @param netWriteBytesPerSecond all interfaces
 */
public record HostMetrics(
    Instant bootedAt,
    String bootId,
    double loadAverage1,
    double loadAverage5,
    double loadAverage15,
    double usedCpuPercent,
    double ioWaitPercent,
    double usedMemoryPercent,
    double usedDiskPercent,
    long totalDiskBytes,
    long diskReadBytesPerSecond,
    long diskWriteBytesPerSecond,
    long netReadBytesPerSecond,
    long netWriteBytesPerSecond) {}
