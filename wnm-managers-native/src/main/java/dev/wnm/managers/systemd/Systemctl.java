package dev.wnm.managers.systemd;

import dev.wnm.managers.support.Patience;
import dev.wnm.managers.support.Rights;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The systemctl command, for one service manager. Takes any number of units at once; none at all runs nothing. Safe to use
 * from many threads.
 */
final class Systemctl {
  private final CommandRunner runner;
  private final Rights rights;
  private final ServiceManager serviceManager;
  private final Limits limits;

  /**
   * How long systemd may take.
   *
   * @param question for an answer
   * @param change to start units, or to read its files again
   * @param stop for a node to end after it was asked to, before it is killed
   */
  record Limits(Duration question, Duration change, Patience stop) {
    static final Limits DEFAULT = new Limits(Duration.ofSeconds(30), Duration.ofSeconds(90), Patience.OF_PROGRAMS);
  }

  Systemctl(CommandRunner runner, Rights rights, ServiceManager serviceManager, Limits limits) {
    this.runner = runner;
    this.rights = rights;
    this.serviceManager = serviceManager;
    this.limits = limits;
  }

  Limits limits() {
    return limits;
  }

  /** What systemd says of these units, with an entry for each; asked without any rights. */
  Map<String, UnitState> show(Collection<String> units) throws CommandFailedException {
    if (units.isEmpty()) {
      return Map.of();
    }
    List<String> words = words("show", "--property=" + String.join(",", UnitState.PROPERTIES), "--");
    words.addAll(units);
    Map<String, UnitState> states = UnitState.parse(run(Command.of(words).within(limits.question())).orThrow().stdout());
    units.forEach(unit -> states.putIfAbsent(unit, UnitState.NONE));
    return states;
  }

  /** The texts of these units' files with those of their drop-ins, each after a comment with its path. */
  String cat(Collection<String> units) throws CommandFailedException {
    return units.isEmpty() ? "" : change(limits.question(), List.of("cat", "--no-pager"), units).orThrow().stdout();
  }

  /** Makes systemd read its files again. */
  void reload() throws CommandFailedException {
    run(rights.privileged(words("daemon-reload")).within(limits.change())).orThrow();
  }

  /** Starts units; of those that fail {@link #show} tells more than the result. */
  CommandResult start(Collection<String> units) throws CommandFailedException {
    return change(limits.change(), List.of("start"), units);
  }

  /** Stops units, all at the same time, and returns when their processes are gone. */
  CommandResult stop(Collection<String> units) throws CommandFailedException {
    return change(limits.change().plus(limits.stop().longest()), List.of("stop"), units);
  }

  /** Lets units start at boot. Works for those without an [Install] section as well. */
  void enable(Collection<String> units) throws CommandFailedException {
    change(limits.change(), List.of("add-wants", serviceManager.bootTarget()), units).orThrow();
  }

  /** Takes back {@link #enable}, and what an operator did alike. */
  void disable(Collection<String> units) throws CommandFailedException {
    change(limits.change(), List.of("disable"), units).orThrow();
  }

  /** Makes systemd forget how units failed and how often. */
  void resetFailed(Collection<String> units) throws CommandFailedException {
    change(limits.change(), List.of("reset-failed"), units).orThrow();
  }

  private CommandResult change(Duration limit, List<String> verb, Collection<String> units) throws CommandFailedException {
    List<String> words = words(verb.toArray(String[]::new));
    if (units.isEmpty()) {
      return new CommandResult(Command.of(words), 0, "", "", Duration.ZERO, false);
    }
    words.add("--");
    words.addAll(units);
    return run(rights.privileged(words).within(limit));
  }

  private List<String> words(String... rest) {
    List<String> words = new ArrayList<>(List.of("systemctl"));
    if (serviceManager.ofUser()) {
      words.add("--user");
    }
    words.addAll(List.of(rest));
    return words;
  }

  private CommandResult run(Command command) throws CommandFailedException {
    Command reaching = command;
    for (Map.Entry<String, String> variable : serviceManager.environment().entrySet()) {
      reaching = reaching.with(variable.getKey(), variable.getValue());
    }
    return runner.run(reaching);
  }
}
