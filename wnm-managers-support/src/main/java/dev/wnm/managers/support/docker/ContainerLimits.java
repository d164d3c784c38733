package dev.wnm.managers.support.docker;

import dev.wnm.spi.manager.ManagerContext;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the settings let a container take.
 *
 * @param memory the most memory, as docker writes it
 * @param cpus the most processors
 * @param pids the most threads
 * @param openFiles the most open files of each process
 * @param ioWeight the share of disk input and output, 10 to 1,000
 */
public record ContainerLimits(
    Optional<String> memory, Optional<BigDecimal> cpus, long pids, Optional<Integer> openFiles, Optional<Integer> ioWeight) {
  /** Threads of one node and its supervision; antnode has some for each processor. A bound, not a need. */
  private static final long PIDS_OF_A_NODE = 256;
  private static final long PIDS_OF_A_CONTAINER = 512;
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

  /** @param nodes how many nodes a container may hold */
  public static ContainerLimits of(ManagerContext context, int nodes) {
    return new ContainerLimits(context.find(DockerOptions.MEMORY), context.find(DockerOptions.CPUS),
        context.find(DockerOptions.PIDS).map(Integer::longValue).orElse(PIDS_OF_A_CONTAINER + PIDS_OF_A_NODE * nodes),
        context.find(DockerOptions.OPEN_FILES), context.find(DockerOptions.IO_WEIGHT));
  }

  /** Words of {@code docker run} and {@code docker create}. */
  public List<String> words() {
    List<String> words = new ArrayList<>(List.of("--pids-limit", Long.toString(pids)));
    memory.ifPresent(size -> words.addAll(List.of("--memory", size)));
    cpus.ifPresent(number -> words.addAll(List.of("--cpus", number.toPlainString())));
    openFiles.ifPresent(number -> words.addAll(List.of("--ulimit", "nofile=" + number + ":" + number)));
    ioWeight.ifPresent(weight -> words.addAll(List.of("--blkio-weight", weight.toString())));
    return words;
  }

  /**
   * Those that a container keeps from when it was made, as part of what it was made for; empty when there are none. {@code docker update}
   * cannot change open files, and does not tell whether the kernel took a weight.
   */
  public String plan() {
    return openFiles.map(number -> " nofile " + number).orElse("") + ioWeight.map(weight -> " io " + weight).orElse("");
  }

  /** Words of {@code docker update} that give a container, running or not, what it lacks of these; none where it has all. */
  public List<String> updates(DockerContainer container) {
    List<String> words = new ArrayList<>();
    memory.map(ContainerLimits::bytes).filter(bytes -> bytes != container.memory())
        .ifPresent(bytes -> words.addAll(List.of("--memory", bytes.toString(), "--memory-swap", "-1")));
    cpus.filter(number -> number.multiply(NANOS).longValueExact() != container.nanoCpus())
        .ifPresent(number -> words.addAll(List.of("--cpus", number.toPlainString())));
    if (container.pids() != pids) {
      words.addAll(List.of("--pids-limit", Long.toString(pids)));
    }
    return words;
  }

  /** Whether a container has limits that are none any more: those only a new one is free of. */
  public boolean isFreerThan(DockerContainer container) {
    return memory.isEmpty() && container.memory() > 0 || cpus.isEmpty() && container.nanoCpus() > 0;
  }

  /** Whether a container has these and no others. */
  public boolean areThoseOf(DockerContainer container) {
    return updates(container).isEmpty() && !isFreerThan(container);
  }

  private static long bytes(String size) {
    long number = Long.parseLong(size.substring(0, size.length() - 1));
    return number << Map.of('k', 10, 'm', 20, 'g', 30).get(size.charAt(size.length() - 1));
  }
}
