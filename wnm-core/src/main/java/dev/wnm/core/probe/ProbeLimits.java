package dev.wnm.core.probe;

import java.time.Duration;

/**
 * How much a survey may take.
 *
 * @param active nodes asked at once, 1 or more. A node that has been silent for a moment no longer counts, so that hung
 *     nodes do not hold up the others
 * @param open connections at once, silent ones included, {@code active} or more
 * @param connectTimeout for one connection to be made
 * @param totalTimeout for all that is asked of one node
 * @param responseBytes the longest body read, for each of the two answers
 */
public record ProbeLimits(int active, int open, Duration connectTimeout, Duration totalTimeout, int responseBytes) {
  /** 256 nodes at once, 4,096 connections, 2 s to connect, 5 s for a node, 1 MiB for an answer. */
  public static final ProbeLimits DEFAULTS =
      new ProbeLimits(256, 4_096, Duration.ofSeconds(2), Duration.ofSeconds(5), 1_048_576);

  public ProbeLimits {
    if (active < 1 || open < active || responseBytes < 1) {
      throw new IllegalArgumentException("probe limits: " + active + " nodes at once, " + open + " connections, "
          + responseBytes + " bytes: all must be at least 1, and connections no fewer than nodes");
    }
    if (connectTimeout.compareTo(Duration.ZERO) <= 0 || totalTimeout.compareTo(Duration.ZERO) <= 0) {
      throw new IllegalArgumentException("probe timeouts " + connectTimeout + " and " + totalTimeout + " must be above 0");
    }
  }
}
