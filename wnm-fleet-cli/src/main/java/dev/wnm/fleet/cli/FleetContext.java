package dev.wnm.fleet.cli;

import dev.wnm.core.config.Platform;
import dev.wnm.core.report.table.Screen;
import dev.wnm.spi.command.CommandRunner;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * What a run of {@code wnm fleet} works with.
 *
 * @param platform the machine and the account
 * @param in standard input
 * @param out where answers go
 * @param err where is said what is wrong
 * @param screen what shows the answers
 * @param runner runs programs
 * @param clock the time
 * @param launcher the words that start this machine's wnm
 */
record FleetContext(Platform platform, InputStream in, PrintStream out, PrintStream err, Screen screen, CommandRunner runner, Clock clock,
    List<String> launcher) {
  /** Where an operator's files are: {@code WNM_FLEET_FOLDER}, else {@code ~/.config/wnm/fleet}. */
  Path operatorFolder() {
    return folder("WNM_FLEET_FOLDER", "fleet");
  }

  /** Where a host's files are: {@code WNM_FLEET_HOST_FOLDER}, else {@code ~/.config/wnm/fleet-host}. */
  Path hostFolder() {
    return folder("WNM_FLEET_HOST_FOLDER", "fleet-host");
  }

  private Path folder(String variable, String usual) {
    String given = platform.environment().getOrDefault(variable, "");
    return given.isEmpty() ? platform.home().resolve(".config/wnm").resolve(usual) : platform.currentFolder().resolve(given);
  }

  void say(String line) {
    out.println(line);
  }

  void warn(String sentence) {
    err.println("wnm fleet: " + sentence);
  }
}
