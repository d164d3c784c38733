package dev.wnm.core.host;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.NetworkIF;
import oshi.util.GlobalConfig;
import oshi.util.PlatformEnum;
import oshi.util.platform.mac.SysctlUtil;

/** macOS and other systems, through OSHI. */
final class OshiReader implements HostReader {
  static {
    // OSHI gives the same answer again for 300 ms, which is longer than HostMeter.SAMPLE: nothing would seem to have happened.
    GlobalConfig.set(GlobalConfig.OSHI_UTIL_MEMOIZER_EXPIRATION, 0);
  }

  private final SystemInfo system = new SystemInfo();

  @Override
  public String bootId(Doubts doubts) {
    return PlatformEnum.getCurrentPlatform() == PlatformEnum.MACOS ? SysctlUtil.sysctl("kern.bootsessionuuid", "") : "";
  }

  @Override
  public Instant bootedAt() {
    return Instant.ofEpochSecond(system.getOperatingSystem().getSystemBootTime());
  }

  @Override
  public Optional<Duration> uptime() {
    // OSHI reckons it from the clock where the system has no such thing.
    return Optional.empty();
  }

  @Override
  public List<OptionalDouble> loadAverages(Doubts doubts) {
    double[] loads = system.getHardware().getProcessor().getSystemLoadAverage(3);
    if (DoubleStream.of(loads).anyMatch(load -> !(load >= 0 && Double.isFinite(load)))) {
      doubts.about(Sense.LOAD, "the system says " + Arrays.toString(loads));
      return List.of(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    }
    return List.of(OptionalDouble.of(loads[0]), OptionalDouble.of(loads[1]), OptionalDouble.of(loads[2]));
  }

  @Override
  public OptionalDouble usedMemoryPercent(Set<Long> nodes, Doubts doubts) {
    GlobalMemory memory = system.getHardware().getMemory();
    long total = memory.getTotal();
    long available = memory.getAvailable();
    if (total <= 0 || available < 0 || available > total) {
      doubts.about(Sense.MEMORY, "the system says that " + available + " of " + total + " bytes are available");
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(100.0 * (total - available) / total);
  }

  @Override
  public String source(Counter counter) {
    return "the system";
  }

  @Override
  public Map<Counter, Long> counters(Doubts doubts) {
    Map<Counter, Long> counters = new EnumMap<>(Counter.class);
    CentralProcessor processor = system.getHardware().getProcessor();
    long[] ticks = processor.getSystemCpuLoadTicks();
    counters.put(Counter.CPU_TOTAL, LongStream.of(ticks).sum());
    counters.put(Counter.CPU_IDLE, ticks[TickType.IDLE.getIndex()]);
    counters.put(Counter.CPU_IO_WAIT, ticks[TickType.IOWAIT.getIndex()]);
    List<HWDiskStore> disks = system.getHardware().getDiskStores().stream().filter(OshiReader::isPhysical).toList();
    counters.put(Counter.DISK_READ_BYTES, disks.stream().mapToLong(HWDiskStore::getReadBytes).sum());
    counters.put(Counter.DISK_WRITE_BYTES, disks.stream().mapToLong(HWDiskStore::getWriteBytes).sum());
    List<NetworkIF> interfaces = system.getHardware().getNetworkIFs(false).stream()
        .filter(each -> !Interfaces.isInnerByName(each.getName())).toList();
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
