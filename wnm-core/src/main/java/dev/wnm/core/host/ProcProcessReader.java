package dev.wnm.core.host;

import dev.wnm.spi.model.ProcessFacts;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * Linux: the kernel's own text files (proc(5)). A process's children are those of its first thread, which is the only one of whatever
 * wraps a program. UDP ports are not among the facts: {@link PortHolders} tells more of them.
 */
final class ProcProcessReader implements ProcessReader {
  private static final int BYTES_PER_KIB = 1024;
  /** Linux counts in hundredths of a second for whoever reads /proc, whatever it does inside (USER_HZ). */
  private static final int MILLIS_PER_TICK = 10;
  /** Fields of stat after the name, which stands in brackets: user time, system time, start time. */
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;
  private static final int THREADS = 17;
  private static final int START_TICKS = 19;
  /** A node behind wrappers makes a handful. */
  private static final int MOST_PROCESSES = 64;
  /** What has ended and waits for whoever started it to hear of that: it uses nothing any more. In containers "sight" says the same. */
  private static final Set<String> ENDED = Set.of("Z", "X");

  private final Path proc;

  /** @param proc where the system tells of itself: {@code /proc} but in tests */
  ProcProcessReader(Path proc) {
    this.proc = proc;
  }

  /** What is told of one process. */
  private record One(Optional<Long> memory, Optional<Long> cpu, Optional<Long> up, Optional<Long> threads, Optional<Long> files) {
    private static final One UNKNOWN = new One(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The same where nothing but the time is known. */
    One alone() {
      return new One(Optional.empty(), Optional.empty(), up, Optional.empty(), Optional.empty());
    }
  }

  @Override
  public ProcessFacts of(long pid) {
    Optional<Long> sinceBoot = sinceBoot();
    List<Path> family = family(pid);
    if (hasEnded(stat(family.get(0)))) {
      return ProcessFacts.NONE;
    }
    One first = one(family.get(0), sinceBoot).orElse(One.UNKNOWN);
    // What it has with only some of those that it started is not what it has.
    List<One> all = family.size() > MOST_PROCESSES ? List.of(first.alone())
        : family.stream().flatMap(each -> one(each, sinceBoot).stream()).toList();
    return facts(first.up, sum(all, One::memory), sum(all, One::cpu), sum(all, One::threads), sum(all, One::files));
  }

  private static ProcessFacts facts(Optional<Long> up, Optional<Long> memory, Optional<Long> cpu, Optional<Long> threads, Optional<Long> files) {
    ProcessFacts facts = with(ProcessFacts.NONE, up, (known, millis) -> known.withUp(Duration.ofMillis(millis)));
    facts = with(facts, memory, ProcessFacts::withMemoryBytes);
    facts = with(facts, cpu, (known, millis) -> known.withCpu(Duration.ofMillis(millis)));
    facts = with(facts, threads, (known, count) -> known.withThreads(Math.toIntExact(count)));
    return with(facts, files, (known, count) -> known.withOpenFiles(Math.toIntExact(count)));
  }

  @FunctionalInterface
  private interface Part {
    ProcessFacts with(ProcessFacts facts, long value);
  }

  private static ProcessFacts with(ProcessFacts facts, Optional<Long> value, Part part) {
    return value.map(known -> part.with(facts, known)).orElse(facts);
  }

  /** Unknown where it is unknown of one of them. */
  private static Optional<Long> sum(List<One> all, Function<One, Optional<Long>> part) {
    BinaryOperator<Optional<Long>> plus = (one, other) -> one.flatMap(a -> other.map(b -> a + b));
    return all.stream().map(part).reduce(plus).orElse(Optional.empty());
  }

  /** A process and all that it has started, itself first; where they are too many, not all of them but more than those. */
  private List<Path> family(long pid) {
    List<Path> family = new ArrayList<>(List.of(folder(Long.toString(pid))));
    for (int i = 0; i < family.size() && family.size() <= MOST_PROCESSES; i++) {
      Path process = family.get(i);
      Arrays.stream(read(process.resolve("task").resolve(process.getFileName()).resolve("children")).split(" "))
          .map(String::strip).filter(word -> word.matches("[0-9]{1,18}")).map(this::folder).forEach(family::add);
    }
    return family;
  }

  /** Empty for one that has ended. */
  private static Optional<One> one(Path process, Optional<Long> sinceBoot) {
    List<String> fields = stat(process);
    if (hasEnded(fields)) {
      return Optional.empty();
    }
    Optional<Long> memory = resident(read(process.resolve("status")));
    Optional<Long> files = openFiles(process);
    if (fields.size() <= START_TICKS) {
      return Optional.of(new One(memory, Optional.empty(), Optional.empty(), Optional.empty(), files));
    }
    Optional<Long> cpu = number(fields.get(USER_TICKS)).flatMap(user -> number(fields.get(SYSTEM_TICKS)).map(system -> user + system));
    Optional<Long> up = number(fields.get(START_TICKS)).flatMap(started -> sinceBoot.map(now -> now - started * MILLIS_PER_TICK));
    return Optional.of(new One(memory, cpu.map(ticks -> ticks * MILLIS_PER_TICK), up.map(millis -> Math.max(0, millis)),
        number(fields.get(THREADS)), files));
  }

  /** The fields of its line after its name, of which the first is its state. Processes name themselves as they like. */
  private static List<String> stat(Path process) {
    String stat = read(process.resolve("stat"));
    return List.of(stat.substring(stat.lastIndexOf(')') + 1).strip().split(" "));
  }

  private static boolean hasEnded(List<String> stat) {
    return ENDED.contains(stat.get(0));
  }

  /** Empty when it is gone, or another account's. */
  private static Optional<Long> openFiles(Path process) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      long count = 0;
      for (Iterator<Path> files = open.iterator(); files.hasNext(); files.next()) {
        count++;
      }
      return Optional.of(count);
    } catch (IOException | DirectoryIteratorException hiddenOrGone) {
      return Optional.empty();
    }
  }

  /** {@code VmRSS:     78004 kB}. */
  private static Optional<Long> resident(String status) {
    return status.lines().filter(line -> line.startsWith("VmRSS:")).findFirst()
        .flatMap(line -> number(line.replaceAll("[^0-9]", ""))).map(kib -> kib * BYTES_PER_KIB);
  }

  /** Milliseconds since the machine came up. */
  private Optional<Long> sinceBoot() {
    String first = read(proc.resolve("uptime")).strip().split(" ")[0];
    return first.matches("[0-9]{1,12}(\\.[0-9]{1,3})?") ? Optional.of(new BigDecimal(first).movePointRight(3).longValue()) : Optional.empty();
  }

  private static Optional<Long> number(String text) {
    return text.matches("[0-9]{1,15}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  private Path folder(String pid) {
    return proc.resolve(pid);
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
