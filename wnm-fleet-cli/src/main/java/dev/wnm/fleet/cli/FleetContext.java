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
 * @param telling says there what is asked for
 * @param err where is said what is wrong
 * @param screen what shows the answers
 * @param runner runs programs
 * @param clock the time
 * @param launcher the words that start this machine's wnm
 */
record FleetContext(Platform platform, InputStream in, PrintStream out, Telling telling, PrintStream err, Screen screen, CommandRunner runner, Clock clock,
    List<String> launcher) {
  /** One that speaks to people. */
  FleetContext(Platform platform, InputStream in, PrintStream out, PrintStream err, Screen screen, CommandRunner runner, Clock clock, List<String> launcher) {
    this(platform, in, out, new Telling(out, false), err, screen, runner, clock, launcher);
  }

  /** The same, which speaks to programs where it is asked to. */
  FleetContext speaking(boolean toPrograms) {
    return new FleetContext(platform, in, out, new Telling(out, toPrograms), err, screen, runner, clock, launcher);
  }

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

  /** Says something to people. */
  void say(String lines) {
    telling.say(lines);
  }

  /** Says to programs all that there is to say. */
  void tell(Document document) {
    telling.tell(document.json());
  }

  /** Says to programs, in a line, what has happened by now. */
  void tellStep(Document step) {
    telling.tellStep(step.json());
  }

  void warn(String sentence) {
    err.println("wnm fleet: " + sentence);
  }
}
