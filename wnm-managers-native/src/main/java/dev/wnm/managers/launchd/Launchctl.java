package dev.wnm.managers.launchd;

import dev.wnm.managers.support.Rights;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.program.Stopping;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs launchctl and tells its exit codes apart. Safe to use from many threads. */
final class Launchctl {
  /** A launchd that has not answered by then hangs. */
  static final Duration LIMIT = Duration.ofSeconds(20);
  /** It waits for the job to end, which launchd kills before this. */
  private static final Duration BOOTOUT_LIMIT = Duration.ofSeconds(45);

  /** Said of domains and services alike; the exit code for a domain is not the same in all versions. */
  private static final String NOT_FOUND = "Could not find";
  private static final int NO_SUCH_PROCESS = 3;
  private static final int NOW_IN_PROGRESS = 36;
  private static final int ALREADY_IN_PROGRESS = 37;
  private static final int NO_SUCH_DOMAIN = 112;
  private static final int NO_SUCH_SERVICE = 113;
  private static final int DOMAIN_CANNOT = 125;

  private final CommandRunner runner;
  private final Rights rights;
  private final String program;

  /** @param program launchctl's name or path */
  Launchctl(CommandRunner runner, Rights rights, String program) {
    this.runner = runner;
    this.rights = rights;
    this.program = program;
  }

  /** What a domain says of itself; empty where there is no such domain. */
  Optional<String> printDomain(String domain) throws CommandFailedException {
    return print(domain, Set.of(NO_SUCH_DOMAIN, NO_SUCH_SERVICE, DOMAIN_CANNOT));
  }

  /** A job as it is now; empty where launchd knows none of that label. */
  Optional<Job> find(String target) throws CommandFailedException {
    return print(target, Set.of(NO_SUCH_DOMAIN, NO_SUCH_SERVICE)).map(printed -> Job.parse(target, printed));
  }

  /** Makes a job known; its property list says whether it starts at once. */
  void bootstrap(String domain, Path plist) throws CommandFailedException {
    run(LIMIT, "bootstrap", domain, plist.toString()).orThrow();
  }

  /**
   * Makes a job unknown, which ends its process.
   *
   * @return false when launchd knew none; when true, it may still be ending
   */
  boolean bootout(String target) throws CommandFailedException {
    CommandResult result = run(BOOTOUT_LIMIT, "bootout", target);
    return check(result, Set.of(NOW_IN_PROGRESS, ALREADY_IN_PROGRESS), Set.of(NO_SUCH_PROCESS, NO_SUCH_SERVICE));
  }

  /** Starts the process of a job that has none, without waiting for when launchd would. */
  void kickstart(String target) throws CommandFailedException {
    check(run(LIMIT, "kickstart", target), Set.of(ALREADY_IN_PROGRESS), Set.of());
  }

  /** Asks it to end. @return false when there is no process, or no such job */
  boolean signal(String target, Stopping how) throws CommandFailedException {
    return check(run(LIMIT, "kill", how.fullSignal(), target), Set.of(), Set.of(NO_SUCH_PROCESS, NO_SUCH_SERVICE));
  }

  /** Lets a label be loaded, now and at each login or reboot. */
  void enable(String target) throws CommandFailedException {
    run(LIMIT, "enable", target).orThrow();
  }

  /** Keeps a label from being loaded until it is enabled; a job that is there stays. */
  void disable(String target) throws CommandFailedException {
    run(LIMIT, "disable", target).orThrow();
  }

  private Optional<String> print(String target, Set<Integer> absent) throws CommandFailedException {
    CommandResult result = run(LIMIT, "print", target);
    if (!result.timedOut() && result.exitCode() != 0 && result.stderr().contains(NOT_FOUND)) {
      return Optional.empty();
    }
    return check(result, Set.of(), absent) ? Optional.of(result.stdout()) : Optional.empty();
  }

  private static boolean check(CommandResult result, Set<Integer> alsoFine, Set<Integer> nothingThere)
      throws CommandFailedException {
    if (!result.timedOut() && nothingThere.contains(result.exitCode())) {
      return false;
    }
    if (result.timedOut() || !alsoFine.contains(result.exitCode())) {
      result.orThrow();
    }
    return true;
  }

  private CommandResult run(Duration limit, String... words) throws CommandFailedException {
    List<String> argv = new ArrayList<>(List.of(program));
    argv.addAll(Arrays.asList(words));
    Command command = rights.privileged(argv).within(limit);
    return runner.run(command);
  }
}
