package dev.wnm.core.model;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The machine's raw counters at one time: the difference to a later reading, divided by the time between, gives rates.
 *
 * @param bootId the boot that the counters belong to; counters of another boot say nothing. Empty where there is no such id
 * @param takenAt when they were read, whole milliseconds
 * @param values counts since boot by name, such as {@code disk_read_bytes}
 */
public record HostCounters(String bootId, Instant takenAt, Map<String, Long> values) {
  private static final String UPTIME = "uptime_millis";
  /** A clock that is kept by NTP moves by less. */
  private static final Duration SMALLEST_JUMP = Duration.ofSeconds(30);

  public HostCounters {
    values = Map.copyOf(values);
  }

  /** The same with how long the machine has been up, by a clock that nobody sets. */
  public HostCounters withUptime(Optional<Duration> uptime) {
    Map<String, Long> more = new HashMap<>(values);
    uptime.ifPresent(time -> more.put(UPTIME, time.toMillis()));
    return new HostCounters(bootId, takenAt, more);
  }

  /** How long the machine had been up; empty where that is not known. */
  public Optional<Duration> uptime() {
    return Optional.ofNullable(values.get(UPTIME)).map(Duration::ofMillis);
  }

  /**
   * By how much the clock was set, forward or (negative) back, between this reading and a later one; empty when it was not, or
   * when that cannot be told: of another boot, or without an uptime, only a way back shows, and only that it was so much at
   * least.
   */
  public Optional<Duration> clockJump(HostCounters later) {
    Duration shown = Duration.between(takenAt, later.takenAt);
    boolean known = bootId.equals(later.bootId) && uptime().isPresent() && later.uptime().isPresent()
        && later.uptime().get().compareTo(uptime().get()) >= 0;
    Duration jump = known ? shown.minus(later.uptime().get().minus(uptime().get()))
        : shown.isNegative() ? shown : Duration.ZERO;
    return jump.abs().compareTo(SMALLEST_JUMP) > 0 ? Optional.of(jump) : Optional.empty();
  }
}
