package dev.wnm.managers.antdaemon;

import dev.wnm.managers.support.NodeProcess;
import dev.wnm.managers.support.Poll;
import dev.wnm.managers.support.ProcessTable;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.OperationFailedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The daemon's process. That it runs is told by its pid file and the process of that pid, never by who answers at the port it wrote
 * down: after a crash, that may be anybody.
 */
final class Daemon {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final int HIGHEST_PORT = 65_535;

  private final ManagerContext context;
  private final DataFolder folder;
  private final ProcessTable table;
  private final Limits limits;
  private Instant notBefore = Instant.MIN;
  private String problem = "";

  Daemon(ManagerContext context, DataFolder folder, ProcessTable table, Limits limits) {
    this.context = context;
    this.folder = folder;
    this.table = table;
    this.limits = limits;
  }

  /** The port of the daemon; empty where none runs. */
  OptionalInt port() throws OperationFailedException {
    OptionalLong port = isRunning() ? folder.port() : OptionalLong.empty();
    return port.isPresent() && port.getAsLong() >= 1 && port.getAsLong() <= HIGHEST_PORT
        ? OptionalInt.of((int) port.getAsLong())
        : OptionalInt.empty();
  }

  /**
   * The port of the daemon, which is started where none runs. That touches no node: it takes over those that run, and starts none.
   *
   * @throws OperationFailedException when it cannot be started
   */
  synchronized int startedPort() throws OperationFailedException {
    OptionalInt port = port();
    if (port.isPresent()) {
      return port.getAsInt();
    }
    Instant now = context.clock().instant();
    if (now.isBefore(notBefore)) {
      throw OperationFailedException.forNow(problem);
    }
    try {
      start();
      port = Poll.last(limits.daemonStart(), BETWEEN_LOOKS, this::port, OptionalInt::isPresent);
      notBefore = Instant.MIN;
      return port.orElseThrow(() -> OperationFailedException.forNow("the ant daemon does not run: it was started, but wrote no port into "
          + folder.portFile()));
    } catch (CommandFailedException | OperationFailedException e) {
      problem = e.getMessage();
      notBefore = now.plus(limits.betweenStarts());
      throw OperationFailedException.forNow(problem);
    }
  }

  private void start() throws CommandFailedException, OperationFailedException {
    OptionalLong pid = folder.pid();
    if (pid.isPresent() && !isRunning() && table.find(pid.getAsLong()).isPresent()) {
      // ant takes whatever has this pid by now for its daemon, until a stop, which looks closer, has deleted the file.
      context.runner().run(command("node", "daemon", "stop"));
    }
    CommandResult started = context.runner().run(command("node", "daemon", "start"));
    if (!started.succeeded()) {
      throw OperationFailedException.forNow("the ant daemon does not run and cannot be started: " + started.describe());
    }
  }

  /**
   * What {@code ant --version} says.
   *
   * @throws CommandFailedException with a sentence when there is none, or it is another program
   */
  String version() throws CommandFailedException {
    CommandResult result = context.runner().run(command("--version")).orThrow();
    String said = result.stdout().lines().findFirst().orElse("").strip();
    if (!said.startsWith("ant ")) {
      throw new CommandFailedException(result.command().argv().get(0)
          + " is not the ant of the present network: its --version says '" + said + "'");
    }
    return said;
  }

  private Command command(String... words) throws CommandFailedException {
    Path configured = context.find(AntdaemonOptions.PATH).orElse(Path.of("ant"));
    Optional<Path> ant = context.runner().find(configured.toString()).or(() -> context.runner().find("ant"));
    if (ant.isEmpty()) {
      throw new CommandFailedException("the ant daemon does not run, and ant is missing: there is no " + configured
          + " (--ant_path) and none on the PATH; install it, or start the daemon with 'ant node daemon start'");
    }
    List<String> argv = new ArrayList<>(List.of(ant.get().toString()));
    argv.addAll(List.of(words));
    Command command = Command.of(argv).within(limits.daemonStart());
    for (var variable : folder.variables().entrySet()) {
      command = command.with(variable.getKey(), variable.getValue());
    }
    return command;
  }

  private boolean isRunning() throws OperationFailedException {
    OptionalLong pid = folder.pid();
    return pid.isPresent() && table.find(pid.getAsLong()).filter(Daemon::isOne).isPresent();
  }

  /** Where the system hides its words, it is believed. */
  private static boolean isOne(NodeProcess process) {
    return process.argv().isEmpty() || process.argv().contains("daemon");
  }
}
