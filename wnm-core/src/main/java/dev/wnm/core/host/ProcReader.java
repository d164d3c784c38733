package dev.wnm.core.host;

import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Linux: the kernel's own text files (proc(5)). */
final class ProcReader implements HostReader {
  private final Path root;
  private final Warnings warnings;

  /** @param root where {@code proc} and {@code sys} are: {@code /} but in tests */
  ProcReader(Path root, Warnings warnings) {
    this.root = root;
    this.warnings = warnings;
  }

  @Override
  public String bootId() {
    return first(lines("proc/sys/kernel/random/boot_id", "reboots are not noticed")).word(0);
  }

  @Override
  public Instant bootedAt() {
    return Instant.ofEpochSecond(ProcLine.named(stat(), "btime").number(1));
  }

  @Override
  public List<Double> loadAverages() {
    ProcLine line = first(lines("proc/loadavg", "load averages count as 0"));
    return List.of(line.decimal(0), line.decimal(1), line.decimal(2));
  }

  /**
   * (total − available) / total of the machine, or of a control group around wnm if that one is nearer to its limit: nodes
   * that wnm starts by itself live in the same group and are ended by the same limit.
   */
  @Override
  public double usedMemoryPercent() {
    List<ProcLine> lines = lines("proc/meminfo", "memory use counts as 0");
    long total = kilobytes(lines, "MemTotal:");
    if (total == 0) {
      return 0;
    }
    // Kernels before 3.14 do not say what is available.
    long available = ProcLine.named(lines, "MemAvailable:").isEmpty()
        ? kilobytes(lines, "MemFree:") + kilobytes(lines, "Buffers:") + kilobytes(lines, "Cached:")
        : kilobytes(lines, "MemAvailable:");
    double ofMachine = Math.max(0, Math.min(100, 100.0 * (total - available) / total));
    return Math.max(ofMachine, new CgroupMemory(root).usedPercent(total * 1_024));
  }

  @Override
  public Map<Counter, Long> counters() {
    Map<Counter, Long> counters = new EnumMap<>(Counter.class);
    addCpu(counters);
    addDisks(counters);
    addInterfaces(counters);
    return counters;
  }

  /** user nice system idle iowait irq softirq steal; guest times come after and are in user and nice already. */
  private void addCpu(Map<Counter, Long> counters) {
    ProcLine cpu = ProcLine.named(stat(), "cpu");
    if (!cpu.isEmpty()) {
      long total = 0;
      for (int field = 1; field <= 8; field++) {
        total += cpu.number(field);
      }
      counters.put(Counter.CPU_TOTAL, total);
      counters.put(Counter.CPU_IDLE, cpu.number(4));
      counters.put(Counter.CPU_IO_WAIT, cpu.number(5));
    }
  }

  private void addDisks(Map<Counter, Long> counters) {
    WholeDisks disks = new WholeDisks(root.resolve("sys/block"));
    long read = 0;
    long written = 0;
    for (ProcLine line : lines("proc/diskstats", "disk reads and writes count as 0")) {
      if (disks.contains(line.word(2))) {
        read += line.number(5) * WholeDisks.SECTOR_BYTES;
        written += line.number(9) * WholeDisks.SECTOR_BYTES;
      }
    }
    counters.put(Counter.DISK_READ_BYTES, read);
    counters.put(Counter.DISK_WRITE_BYTES, written);
  }

  private void addInterfaces(Map<Counter, Long> counters) {
    long read = 0;
    long written = 0;
    for (String line : text("proc/net/dev", "network traffic counts as 0")) {
      // Old kernels leave no blank after the name, and an alias has a colon in its own.
      int colon = line.lastIndexOf(':');
      if (colon >= 0) {
        ProcLine numbers = new ProcLine(line.substring(colon + 1));
        read += numbers.number(0);
        written += numbers.number(8);
      }
    }
    counters.put(Counter.NET_READ_BYTES, read);
    counters.put(Counter.NET_WRITE_BYTES, written);
  }

  private List<ProcLine> stat() {
    return lines("proc/stat", "CPU use counts as 0 and the time of boot is unknown");
  }

  private List<ProcLine> lines(String file, String withoutIt) {
    return text(file, withoutIt).stream().map(ProcLine::new).toList();
  }

  private List<String> text(String file, String withoutIt) {
    Optional<List<String>> lines = ProcLine.read(root.resolve(file));
    if (lines.isEmpty()) {
      warnings.unreadable("/" + file, withoutIt);
    }
    return lines.orElse(List.of());
  }

  private static ProcLine first(List<ProcLine> lines) {
    return lines.isEmpty() ? new ProcLine("") : lines.get(0);
  }

  private static long kilobytes(List<ProcLine> lines, String name) {
    return ProcLine.named(lines, name).number(1);
  }
}
