package dev.wnm.core.host;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Reads from the operating system what can be read at once. What cannot be read, or cannot be true, is empty or left out, and
 * is told to the {@link Doubts}; it is never an error.
 */
interface HostReader {
  /** What changes with every boot and nothing else; empty where there is no such thing. */
  String bootId(Doubts doubts);

  /** When the machine came up; {@link Instant#EPOCH} when unreadable. */
  Instant bootedAt();

  /** How long the machine has been up, by a clock that nobody sets; empty where there is none. */
  Optional<Duration> uptime();

  /** Load averages over 1, 5 and 15 minutes, each 0 or more. */
  List<OptionalDouble> loadAverages(Doubts doubts);

  /**
   * 0 to 100: what is neither free nor could be freed at once.
   *
   * @param nodes processes of nodes: limits on memory that they share with wnm count
   */
  OptionalDouble usedMemoryPercent(Set<Long> nodes, Doubts doubts);

  /** Counts since boot, without those that cannot be read. */
  Map<Counter, Long> counters(Doubts doubts);

  /** Where a counter comes from, for a sentence. */
  String source(Counter counter);
}
