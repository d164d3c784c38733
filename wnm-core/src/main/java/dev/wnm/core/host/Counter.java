package dev.wnm.core.host;

import dev.wnm.core.model.HostCounters;
import java.util.Locale;
import java.util.OptionalLong;

/** A count since boot from which a rate is taken. Its lower-case name is its key in {@link HostCounters}. */
enum Counter {
  /** CPU time of all kinds; its unit is the reader's affair, as only shares are taken of it. */
  CPU_TOTAL,
  CPU_IDLE,
  CPU_IO_WAIT,
  DISK_READ_BYTES,
  DISK_WRITE_BYTES,
  NET_READ_BYTES,
  NET_WRITE_BYTES;

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How much it grew, 0 when it went backwards; empty when one of the readings lacks it. */
  OptionalLong growth(HostCounters before, HostCounters after) {
    Long first = before.values().get(key());
    Long last = after.values().get(key());
    return first == null || last == null ? OptionalLong.empty() : OptionalLong.of(Math.max(0, last - first));
  }
}
