package dev.wnm.managers.setsid;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nodes run as whoever runs wnm. */
final class UserLauncher implements Launcher {
  private final CommandRunner runner;
  private final Map<String, String> environment;

  /** @param environment the account's own variables */
  UserLauncher(CommandRunner runner, Map<String, String> environment) {
    this.runner = runner;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Map<String, String> environment(String user) {
    return environment;
  }

  /** setsid runs the node in its own place when it leads no process group, which a new child does not: the pid stays. */
  @Override
  public Optional<Process> launch(String user, List<String> words, Map<String, String> variables, Path log)
      throws CommandFailedException {
    List<String> argv = new ArrayList<>(List.of("setsid"));
    argv.addAll(PRIVATE_FILES);
    argv.addAll(words);
    return Optional.of(
        runner.spawn(new Command(argv, variables, "", Command.DEFAULT_LIMIT, Optional.of(WORKING_FOLDER)), log));
  }
}
