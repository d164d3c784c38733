package dev.wnm.core.host;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;

/** How much memory there is. Loads much of Java, so it is for what is done once. */
public final class MachineMemory {
  private MachineMemory() {}

  /** All memory in bytes, or the limit of the control group around wnm where that is less; empty where that is not known. */
  public static OptionalLong totalBytes() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system && system.getTotalMemorySize() > 0
        ? OptionalLong.of(system.getTotalMemorySize()) : OptionalLong.empty();
  }
}
