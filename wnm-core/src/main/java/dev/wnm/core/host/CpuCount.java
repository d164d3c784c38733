package dev.wnm.core.host;

/** How many CPUs wnm and what it starts may use. */
public final class CpuCount {
  private CpuCount() {}

  /**
   * 1 or more: the process's affinity set, or the CPU quota of its control group (v1 or v2, rounded up) where that is less.
   * The JVM works out both; {@code -XX:ActiveProcessorCount} overrides it.
   */
  public static int available() {
    return Runtime.getRuntime().availableProcessors();
  }
}
