package dev.wnm.managers.antdaemon;

import dev.wnm.spi.internal.Human;

/** What the daemon says of a node, in a few words. */
final class Description {
  private Description() {}

  /** @param isDown whether it died, and is to be started again */
  static String of(Entry entry, boolean isDown) {
    if (entry.eviction().isPresent()) {
      return entry.eviction().get().inWords();
    }
    if (isDown) {
      return "died, to be started again";
    }
    if (entry.isCalledRunning() && entry.pid().isPresent()) {
      return entry.up().map(up -> "up " + Human.time(up) + ", ").orElse("") + "pid " + entry.pid().getAsLong();
    }
    return entry.status();
  }
}
