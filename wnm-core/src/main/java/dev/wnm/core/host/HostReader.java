package dev.wnm.core.host;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Reads from the operating system what can be read at once. What cannot be read is 0, empty or left out, never an error. */
interface HostReader {
  /** What changes with every boot and nothing else; empty where there is no such thing. */
  String bootId();

  /** When the machine came up; {@link Instant#EPOCH} when unreadable. */
  Instant bootedAt();

  /** Load averages over 1, 5 and 15 minutes. */
  List<Double> loadAverages();

  /** 0 to 100: what is neither free nor could be freed at once. */
  double usedMemoryPercent();

  /** Counts since boot, without those that cannot be read. */
  Map<Counter, Long> counters();
}
