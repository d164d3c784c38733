package dev.wnm.spi.model;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a process uses and holds, with the processes that it has started itself. What was not seen is empty, which is not the same as 0.
 * Make one from {@link #NONE} and the methods that follow, which a further part leaves as they are.
 *
 * @param memoryBytes what of it is in memory (RSS), 0 or more
 * @param cpu processor time since its start, that of all its threads and all processors together
 * @param up time since its start
 * @param threads how many threads it has, 1 or more
 * @param openFiles how many files and sockets it has open, 0 or more
 * @param udpPorts the UDP ports that it holds, in its own network name space
 */
public record ProcessFacts(OptionalLong memoryBytes, Optional<Duration> cpu, Optional<Duration> up, OptionalInt threads,
    OptionalInt openFiles, Optional<Set<Integer>> udpPorts) {
  /** Nothing was seen. */
  public static final ProcessFacts NONE = new ProcessFacts(OptionalLong.empty(), Optional.empty(), Optional.empty(),
      OptionalInt.empty(), OptionalInt.empty(), Optional.empty());

  public ProcessFacts {
    udpPorts = udpPorts.map(Set::copyOf);
  }

  public ProcessFacts withMemoryBytes(long bytes) {
    return new ProcessFacts(OptionalLong.of(bytes), cpu, up, threads, openFiles, udpPorts);
  }

  public ProcessFacts withCpu(Duration time) {
    return new ProcessFacts(memoryBytes, Optional.of(time), up, threads, openFiles, udpPorts);
  }

  public ProcessFacts withUp(Duration time) {
    return new ProcessFacts(memoryBytes, cpu, Optional.of(time), threads, openFiles, udpPorts);
  }

  public ProcessFacts withThreads(int count) {
    return new ProcessFacts(memoryBytes, cpu, up, OptionalInt.of(count), openFiles, udpPorts);
  }

  public ProcessFacts withOpenFiles(int count) {
    return new ProcessFacts(memoryBytes, cpu, up, threads, OptionalInt.of(count), udpPorts);
  }

  public ProcessFacts withUdpPorts(Set<Integer> ports) {
    return new ProcessFacts(memoryBytes, cpu, up, threads, openFiles, Optional.of(ports));
  }
}
