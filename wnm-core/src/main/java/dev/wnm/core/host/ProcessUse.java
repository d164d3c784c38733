package dev.wnm.core.host;

import dev.wnm.core.model.NodeMetric;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a process uses, as {@code /proc} tells (proc(5)): for nodes that do not tell it themselves. Where the system does not tell,
 * nothing is known. CPU is the average since the process started, of all processors.
 */
public final class ProcessUse {
  private static final int BYTES_PER_KIB = 1024;
  private static final int BYTES_PER_MEGABYTE = 1_000_000;
  private static final int HUNDREDTHS = 100;
  /** Linux counts in hundredths of a second for whoever reads /proc, whatever it does inside (USER_HZ). */
  private static final int TICKS_PER_SECOND = 100;
  /** Fields of stat after the name, which stands in brackets: user time, system time, start time. */
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;
  private static final int START_TICKS = 19;

  private final Path proc;
  private final int processors;

  private ProcessUse(Path proc, int processors) {
    this.proc = proc;
    this.processors = processors;
  }

  public static ProcessUse ofThisSystem() {
    return in(Path.of("/proc"), Runtime.getRuntime().availableProcessors());
  }

  /** The same where the system tells of itself in another folder. */
  static ProcessUse in(Path proc, int processors) {
    return new ProcessUse(proc, processors);
  }

  /** Memory, CPU and time since its start; without what is not known. */
  public Map<NodeMetric, Long> of(long pid) {
    Map<NodeMetric, Long> values = new EnumMap<>(NodeMetric.class);
    Path folder = proc.resolve(Long.toString(pid));
    resident(read(folder.resolve("status"))).ifPresent(bytes ->
        values.put(NodeMetric.MEM, bytes * HUNDREDTHS / BYTES_PER_MEGABYTE));
    String stat = read(folder.resolve("stat"));
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 1).strip().split(" "));
    Optional<BigDecimal> up = uptime();
    if (fields.size() > START_TICKS && up.isPresent()) {
      number(fields.get(START_TICKS)).ifPresent(started -> {
        long millis = up.get().movePointRight(3).longValue() - started * 1_000 / TICKS_PER_SECOND;
        values.put(NodeMetric.UPTIME, Math.max(0, millis / 1_000));
        ticks(fields).filter(ticks -> millis > 0).ifPresent(ticks -> values.put(NodeMetric.CPU,
            ticks * 1_000 / TICKS_PER_SECOND * HUNDREDTHS * HUNDREDTHS / millis / processors));
      });
    }
    return values;
  }

  private static Optional<Long> ticks(List<String> fields) {
    return number(fields.get(USER_TICKS)).flatMap(user -> number(fields.get(SYSTEM_TICKS)).map(system -> user + system));
  }

  /** {@code VmRSS:     78004 kB}. */
  private static Optional<Long> resident(String status) {
    return status.lines().filter(line -> line.startsWith("VmRSS:")).findFirst()
        .flatMap(line -> number(line.replaceAll("[^0-9]", ""))).map(kib -> kib * BYTES_PER_KIB);
  }

  private Optional<BigDecimal> uptime() {
    String first = read(proc.resolve("uptime")).strip().split(" ")[0];
    return first.matches("[0-9]{1,12}(\\.[0-9]{1,3})?") ? Optional.of(new BigDecimal(first)) : Optional.empty();
  }

  private static Optional<Long> number(String text) {
    return text.matches("[0-9]{1,15}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  /** A file's text; nothing when it is gone or hidden. */
  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
