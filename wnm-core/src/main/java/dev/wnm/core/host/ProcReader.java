package dev.wnm.core.host;

import dev.wnm.spi.internal.Known;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/** Linux: the kernel's own text files (proc(5)). */
final class ProcReader implements HostReader {
  private static final String STAT = "proc/stat";
  private static final String LOADS = "proc/loadavg";
  private static final String MEMORY = "proc/meminfo";
  private static final String DISKS = "proc/diskstats";
  private static final String NETWORK = "proc/net/dev";
  /** user nice system idle; what comes after is newer than some kernels. */
  private static final int OLDEST_CPU_FIELDS = 4;
  /** And iowait irq softirq steal; guest times come after and are in user and nice already. */
  private static final int CPU_FIELDS = 8;
  private static final long BYTES_PER_KILOBYTE = 1_024;

  private final Path root;

  /** @param root where {@code proc} and {@code sys} are: {@code /} but in tests */
  ProcReader(Path root) {
    this.root = root;
  }

  @Override
  public String bootId(Doubts doubts) {
    String file = "proc/sys/kernel/random/boot_id";
    return text(file, Sense.REBOOTS, doubts).map(lines -> first(lines).word(0)).orElse("");
  }

  @Override
  public Instant bootedAt() {
    return ProcLine.read(root.resolve(STAT)).map(lines -> Instant.ofEpochSecond(named(lines, "btime").number(1)))
        .orElse(Instant.EPOCH);
  }

  @Override
  public List<OptionalDouble> loadAverages(Doubts doubts) {
    Optional<List<String>> lines = text(LOADS, Sense.LOAD, doubts);
    ProcLine line = first(lines.orElse(List.of()));
    List<OptionalDouble> loads = IntStream.range(0, 3).mapToObj(line::decimal).toList();
    if (loads.stream().anyMatch(OptionalDouble::isEmpty)) {
      lines.ifPresent(said -> doubts.about(Sense.LOAD, "/" + LOADS + " " + Doubts.said(String.join(" ", said))));
      return List.of(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    }
    return loads;
  }

  /**
   * (total − available) / total of the machine, or of a control group that wnm and nodes live in if that one is nearer to its
   * limit: its limit ends them as the machine's would.
   */
  @Override
  public OptionalDouble usedMemoryPercent(Set<Long> nodes, Doubts doubts) {
    Optional<List<String>> lines = text(MEMORY, Sense.MEMORY, doubts);
    if (lines.isEmpty()) {
      return OptionalDouble.empty();
    }
    OptionalLong total = named(lines.get(), "MemTotal:").find(1);
    OptionalLong available = available(lines.get());
    if (total.isEmpty() || available.isEmpty() || total.getAsLong() == 0 || available.getAsLong() > total.getAsLong()) {
      doubts.about(Sense.MEMORY, "/" + MEMORY + " " + (total.isPresent() && available.isPresent()
          ? "says that " + available.getAsLong() + " kB of " + total.getAsLong() + " kB are available"
          : Doubts.said(String.join(" ", lines.get()))));
      return OptionalDouble.empty();
    }
    double ofMachine = 100.0 * (total.getAsLong() - available.getAsLong()) / total.getAsLong();
    OptionalDouble ofGroups = new CgroupMemory(root, nodes).usedPercent(total.getAsLong() * BYTES_PER_KILOBYTE, doubts);
    return ofGroups.isPresent() ? OptionalDouble.of(Math.max(ofMachine, ofGroups.getAsDouble())) : ofGroups;
  }

  /** Kernels before 3.14 do not say what is available. */
  private static OptionalLong available(List<String> lines) {
    ProcLine told = named(lines, "MemAvailable:");
    OptionalLong free = named(lines, "MemFree:").find(1);
    return !told.isEmpty() ? told.find(1) : free.isEmpty() ? free
        : OptionalLong.of(free.getAsLong() + named(lines, "Buffers:").number(1) + named(lines, "Cached:").number(1));
  }

  @Override
  public Map<Counter, Long> counters(Doubts doubts) {
    Map<Counter, Long> counters = new EnumMap<>(Counter.class);
    addCpu(counters, doubts);
    addDisks(counters, doubts);
    addInterfaces(counters, doubts);
    return counters;
  }

  @Override
  public Optional<Duration> uptime() {
    OptionalDouble seconds = first(ProcLine.read(root.resolve("proc/uptime")).orElse(List.of())).decimal(0);
    return seconds.isPresent() ? Optional.of(Duration.ofMillis((long) (seconds.getAsDouble() * 1_000))) : Optional.empty();
  }

  @Override
  public String source(Counter counter) {
    return switch (counter.sense()) {
      case DISK_TRAFFIC -> "/" + DISKS;
      case NETWORK_TRAFFIC -> "/" + NETWORK;
      default -> "/" + STAT;
    };
  }

  private void addCpu(Map<Counter, Long> counters, Doubts doubts) {
    Optional<List<String>> lines = text(STAT, Sense.CPU, doubts);
    if (lines.isEmpty()) {
      return;
    }
    ProcLine cpu = named(lines.get(), "cpu");
    long total = 0;
    for (int field = 1; field <= CPU_FIELDS; field++) {
      if (cpu.find(field).isEmpty() && (field <= OLDEST_CPU_FIELDS || !cpu.word(field).isEmpty())) {
        doubts.about(Sense.CPU, "/" + STAT + " " + Doubts.said(String.join(" ", lines.get())));
        return;
      }
      total += cpu.number(field);
    }
    counters.put(Counter.CPU_TOTAL, total);
    counters.put(Counter.CPU_IDLE, cpu.number(4));
    counters.put(Counter.CPU_IO_WAIT, cpu.number(5));
  }

  private void addDisks(Map<Counter, Long> counters, Doubts doubts) {
    Optional<List<String>> lines = text(DISKS, Sense.DISK_TRAFFIC, doubts);
    if (lines.isEmpty()) {
      return;
    }
    WholeDisks disks = new WholeDisks(root.resolve("sys/block"));
    long read = 0;
    long written = 0;
    for (String text : lines.get()) {
      ProcLine line = new ProcLine(text);
      if (disks.contains(line.word(2))) {
        if (line.find(5).isEmpty() || line.find(9).isEmpty()) {
          doubts.about(Sense.DISK_TRAFFIC, "/" + DISKS + " " + Doubts.said(text));
          return;
        }
        read += line.number(5) * WholeDisks.SECTOR_BYTES;
        written += line.number(9) * WholeDisks.SECTOR_BYTES;
      }
    }
    counters.put(Counter.DISK_READ_BYTES, read);
    counters.put(Counter.DISK_WRITE_BYTES, written);
  }

  private void addInterfaces(Map<Counter, Long> counters, Doubts doubts) {
    Optional<List<String>> lines = text(NETWORK, Sense.NETWORK_TRAFFIC, doubts);
    if (lines.isEmpty()) {
      return;
    }
    Map<String, ProcLine> byName = new LinkedHashMap<>();
    for (String line : lines.get()) {
      // Old kernels leave no blank after the name, and show aliases (eth0:1), whose packets are counted with the interface.
      int colon = line.lastIndexOf(':');
      if (colon >= 0 && line.indexOf(':') == colon) {
        byName.put(line.substring(0, colon).strip(), new ProcLine(line.substring(colon + 1)));
      }
    }
    long read = 0;
    long written = 0;
    for (String name : Interfaces.outer(byName.keySet(), root.resolve("sys/class/net"))) {
      ProcLine numbers = Known.of(byName, name);
      if (numbers.find(0).isEmpty() || numbers.find(8).isEmpty()) {
        doubts.about(Sense.NETWORK_TRAFFIC, "/" + NETWORK + " " + Doubts.said(String.join(" ", lines.get())));
        return;
      }
      read += numbers.number(0);
      written += numbers.number(8);
    }
    counters.put(Counter.NET_READ_BYTES, read);
    counters.put(Counter.NET_WRITE_BYTES, written);
  }

  /** A file's lines, one or more; told to the doubts when there are none, as a dead lxcfs has it. */
  private Optional<List<String>> text(String file, Sense sense, Doubts doubts) {
    Optional<List<String>> lines = ProcLine.read(root.resolve(file));
    if (lines.isEmpty()) {
      doubts.about(sense, "/" + file + " cannot be read");
    } else if (lines.get().stream().allMatch(String::isBlank)) {
      doubts.about(sense, "/" + file + " is empty");
    }
    return lines.filter(all -> !all.stream().allMatch(String::isBlank));
  }

  private static ProcLine first(List<String> lines) {
    return new ProcLine(lines.isEmpty() ? "" : lines.get(0));
  }

  private static ProcLine named(List<String> lines, String name) {
    return ProcLine.named(lines.stream().map(ProcLine::new).toList(), name);
  }
}
