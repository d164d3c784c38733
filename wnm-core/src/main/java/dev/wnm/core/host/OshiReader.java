package dev.wnm.core.host;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.NetworkIF;
import oshi.util.PlatformEnum;
import oshi.util.platform.mac.SysctlUtil;

/** macOS and other systems, through OSHI. */
final class OshiReader implements HostReader {
  private final SystemInfo system = new SystemInfo();
  private final Warnings warnings;

  OshiReader(Warnings warnings) {
    this.warnings = warnings;
  }

  @Override
  public String bootId() {
    return PlatformEnum.getCurrentPlatform() == PlatformEnum.MACOS ? SysctlUtil.sysctl("kern.bootsessionuuid", "") : "";
  }

  @Override
  public Instant bootedAt() {
    return Instant.ofEpochSecond(system.getOperatingSystem().getSystemBootTime());
  }

  @Override
  public List<Double> loadAverages() {
    double[] loads = system.getHardware().getProcessor().getSystemLoadAverage(3);
    if (loads[0] < 0) {
      warnings.unreadable("the load average", "it counts as 0");
    }
    return List.of(Math.max(0, loads[0]), Math.max(0, loads[1]), Math.max(0, loads[2]));
  }

  @Override
  public double usedMemoryPercent() {
    GlobalMemory memory = system.getHardware().getMemory();
    if (memory.getTotal() <= 0) {
      warnings.unreadable("the size of the memory", "memory use counts as 0");
      return 0;
    }
    return 100.0 * (memory.getTotal() - memory.getAvailable()) / memory.getTotal();
  }

  @Override
  public Map<Counter, Long> counters() {
    Map<Counter, Long> counters = new EnumMap<>(Counter.class);
    CentralProcessor processor = system.getHardware().getProcessor();
    long[] ticks = processor.getSystemCpuLoadTicks();
    counters.put(Counter.CPU_TOTAL, LongStream.of(ticks).sum());
    counters.put(Counter.CPU_IDLE, ticks[TickType.IDLE.getIndex()]);
    counters.put(Counter.CPU_IO_WAIT, ticks[TickType.IOWAIT.getIndex()]);
    List<HWDiskStore> disks = system.getHardware().getDiskStores().stream().filter(OshiReader::isPhysical).toList();
    counters.put(Counter.DISK_READ_BYTES, disks.stream().mapToLong(HWDiskStore::getReadBytes).sum());
    counters.put(Counter.DISK_WRITE_BYTES, disks.stream().mapToLong(HWDiskStore::getWriteBytes).sum());
    List<NetworkIF> interfaces = system.getHardware().getNetworkIFs(true);
    counters.put(Counter.NET_READ_BYTES, interfaces.stream().mapToLong(NetworkIF::getBytesRecv).sum());
    counters.put(Counter.NET_WRITE_BYTES, interfaces.stream().mapToLong(NetworkIF::getBytesSent).sum());
    return counters;
  }

  /**
   * macOS shows an APFS container as a disk of its own, with the traffic of the disk beneath it but without its times
   * (OSHI's pull request 1464).
   */
  private static boolean isPhysical(HWDiskStore disk) {
    return disk.getTransferTime() > 0;
  }
}
