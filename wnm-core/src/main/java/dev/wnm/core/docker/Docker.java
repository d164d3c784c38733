package dev.wnm.core.docker;

import com.google.gson.JsonParseException;
import dev.wnm.core.command.Command;
import dev.wnm.core.command.CommandFailedException;
import dev.wnm.core.command.CommandResult;
import dev.wnm.core.command.CommandRunner;
import dev.wnm.core.manager.CannotException;
import dev.wnm.core.manager.ManagerContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The docker command.
 *
 * @param runner runs it
 * @param words what it is called with, before its own words
 */
public record Docker(CommandRunner runner, List<String> words) {
  public Docker {
    words = List.copyOf(words);
  }

  /** The docker of the settings. */
  public static Docker of(ManagerContext context) {
    return new Docker(context.runner(), List.of(context.setting("docker_path").orElse("docker")));
  }

  /** The engine's version. @throws CannotException when docker is missing or its engine does not answer, with what to do */
  public String requireEngine() throws CannotException {
    if (runner.find(words.get(0)).isEmpty()) {
      throw CannotException.forGood("there is no " + words.get(0) + " (--docker_path) on the PATH; install Docker"
          + " (Debian's package docker.io)");
    }
    CommandResult answer = run(command("version", "--format", "{{.Server.Version}}"));
    if (!answer.succeeded()) {
      throw CannotException.forNow("the Docker engine does not answer; start it (systemctl start docker), or let "
          + "this account use it (group docker): " + answer.describe());
    }
    return answer.stdout().strip();
  }

  /** Docker with these words, for a caller who changes limit or input before he runs it. */
  public Command command(List<String> arguments) {
    List<String> argv = new ArrayList<>(words);
    argv.addAll(arguments);
    return Command.of(argv);
  }

  /** See {@link #command(List)}. */
  public Command command(String... arguments) {
    return command(Arrays.asList(arguments));
  }

  /** Runs a command to its end, however that is. @throws CannotException when it could not be started */
  public CommandResult run(Command command) throws CannotException {
    try {
      return runner.run(command);
    } catch (CommandFailedException e) {
      throw CannotException.forNow(e.getMessage());
    }
  }

  /** The same for a command that must succeed. @return what it printed, without blanks at its ends */
  public String must(Command command) throws CannotException {
    try {
      return run(command).orThrow().stdout().strip();
    } catch (CommandFailedException e) {
      throw CannotException.forNow(e.getMessage());
    }
  }

  /** Those of these containers that there are, in any state. */
  public List<DockerContainer> inspect(List<String> names) throws CannotException {
    if (names.isEmpty()) {
      return List.of();
    }
    // Exit code 1 with the others' description when one of them is missing; with nothing when Docker does not answer.
    CommandResult result = run(command(Stream.concat(Stream.of("inspect", "--type", "container"), names.stream()).toList()));
    try {
      List<DockerContainer> containers = ContainerReader.read(result.stdout());
      if (containers.isEmpty() && !result.stderr().contains("No such")) {
        result.orThrow();
      }
      return containers;
    } catch (JsonParseException | IllegalStateException | NullPointerException e) {
      throw CannotException.forNow(result.succeeded()
          ? "docker inspect answers what cannot be understood: " + e.getMessage() : result.describe());
    } catch (CommandFailedException e) {
      throw CannotException.forNow(e.getMessage());
    }
  }

  /** The container of this name, if there is one. */
  public Optional<DockerContainer> inspect(String name) throws CannotException {
    return inspect(List.of(name)).stream().findFirst();
  }
}
