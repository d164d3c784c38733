package dev.wnm.managers.systemd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** How long the machine is up, by the clock that systemd counts with. */
final class Uptime {
  private Uptime() {}

  /** Zero where the system does not tell. */
  static Duration ofThisMachine() {
    try {
      String seconds = Files.readString(Path.of("/proc/uptime")).split("[. ]")[0];
      return Duration.ofSeconds(Long.parseLong(seconds));
    } catch (IOException | NumberFormatException e) {
      return Duration.ZERO;
    }
  }
}
