package dev.wnm.core.model;

import java.util.OptionalLong;

/**
 * How large a machine is, for proposals.
 *
 * @param cpus that wnm and the nodes may use, 1 or more
 * @param memoryBytes all memory that there is for programs; empty where that is not known
 * @param freeDiskBytes what is free for the nodes' data; empty where that is not known
 */
public record MachineSize(int cpus, OptionalLong memoryBytes, OptionalLong freeDiskBytes) {
  public MachineSize {
    if (cpus < 1) {
      throw new IllegalArgumentException(cpus + " CPUs are none");
    }
  }
}
