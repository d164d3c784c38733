package dev.wnm.core.model;

import java.time.Instant;
import java.util.Map;

/**
 * The machine's raw counters at one time: the difference to a later reading, divided by the time between, gives rates.
 *
 * @param bootId the boot that the counters belong to; counters of another boot say nothing. Empty where there is no such id
 * @param takenAt when they were read, whole milliseconds
 * @param values counts since boot by name, such as {@code disk_read_bytes}
 */
public record HostCounters(String bootId, Instant takenAt, Map<String, Long> values) {
  public HostCounters {
    values = Map.copyOf(values);
  }
}
