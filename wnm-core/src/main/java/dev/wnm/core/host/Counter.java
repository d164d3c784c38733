package dev.wnm.core.host;

import dev.wnm.core.model.HostCounters;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** A count since boot from which a rate is taken. Its lower-case name is its key in {@link HostCounters}. */
enum Counter {
  /** CPU time of all kinds; its unit is the reader's affair, as only shares are taken of it. */
  CPU_TOTAL(Sense.CPU),
  CPU_IDLE(Sense.CPU),
  /** Linux lets this one go back now and then (proc(5)). */
  CPU_IO_WAIT(Sense.CPU),
  DISK_READ_BYTES(Sense.DISK_TRAFFIC),
  DISK_WRITE_BYTES(Sense.DISK_TRAFFIC),
  NET_READ_BYTES(Sense.NETWORK_TRAFFIC),
  NET_WRITE_BYTES(Sense.NETWORK_TRAFFIC);

  private final Sense sense;

  Counter(Sense sense) {
    this.sense = sense;
  }

  Sense sense() {
    return sense;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How much it grew; empty when it went backwards, or one of the readings lacks it. */
  OptionalLong growth(HostCounters before, HostCounters after) {
    Long first = before.values().get(key());
    Long last = after.values().get(key());
    // Less than 0 also when the difference does not fit a long.
    return first == null || last == null || last < first || last - first < 0 ? OptionalLong.empty() : OptionalLong.of(last - first);
  }

  /** Whether a counter that must only grow did not, as after a reset or when what it counts of went away. */
  static boolean anyWentBack(HostCounters before, HostCounters after) {
    return Arrays.stream(values()).filter(counter -> counter != CPU_IO_WAIT).anyMatch(counter -> counter.wentBack(before, after));
  }

  boolean wentBack(HostCounters before, HostCounters after) {
    return loss(before, after) > 0;
  }

  /** By how much it went back; 0 when it did not, or one of the readings lacks it. */
  long loss(HostCounters before, HostCounters after) {
    Long first = before.values().get(key());
    Long last = after.values().get(key());
    return first == null || last == null || last >= first ? 0 : Math.max(1, first - last);
  }

  /** The time between two readings, by the machine's uptime where both know it: the clock may have been set meanwhile. */
  static Duration elapsed(HostCounters before, HostCounters after) {
    Optional<Duration> first = before.uptime();
    Optional<Duration> last = after.uptime();
    return first.isPresent() && last.isPresent() && before.bootId().equals(after.bootId())
        ? last.get().minus(first.get()) : Duration.between(before.takenAt(), after.takenAt());
  }
}
