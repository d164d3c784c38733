package dev.wnm.managers.support.docker;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.command.Wrapper;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.OperationFailedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The docker command.
 *
 * @param runner runs it
 * @param program its name or path
 * @param throughSudo whether it takes sudo to run it
 */
public record Docker(CommandRunner runner, String program, boolean throughSudo) {
  /** Said where there is none of a name; of files and sockets that are not there, docker and its kin say other words. */
  private static final Pattern NONE = Pattern.compile("(?i)no such (?:container|object)");

  /** The docker of the settings. */
  public static Docker of(ManagerContext context) {
    return new Docker(context.runner(), program(context), false);
  }

  /** Its name or path as the settings have it. */
  public static String program(ManagerContext context) {
    return context.find(DockerOptions.PATH).map(Path::toString).orElse("docker");
  }

  /** The same by sudo. */
  public Docker bySudo() {
    return new Docker(runner, program, true);
  }

  /** The engine's version. @throws OperationFailedException when docker is missing or its engine does not answer, with what to do */
  public String requireEngine() throws OperationFailedException {
    if (runner.find(program).isEmpty()) {
      throw OperationFailedException.forGood("there is no " + program + " (--docker_path) on the PATH; install Docker"
          + " (Debian's package docker.io)");
    }
    CommandResult answer = run(command("version", "--format", "{{.Server.Version}}"));
    if (!answer.succeeded()) {
      throw OperationFailedException.forNow("the Docker engine does not answer; start it (systemctl start docker), or let "
          + "this account use it (group docker): " + answer.describe());
    }
    return answer.stdout().strip();
  }

  /** Docker with these words, for a caller who changes limit or input before he runs it. */
  public Command command(List<String> arguments) {
    List<String> argv = new ArrayList<>(List.of(program));
    argv.addAll(arguments);
    return throughSudo ? Command.of(argv).asRoot() : Command.of(argv);
  }

  /**
   * A command in a container, whose result is that of the command and never docker's own: see {@link ContainerExec}.
   *
   * @param options of {@code docker exec}
   * @param inside the command, which may itself run through wrappers; its variables and folder are not looked at
   */
  public Command exec(String container, List<String> options, Command inside) {
    List<String> words = new ArrayList<>(List.of("exec"));
    words.addAll(options);
    words.add(container);
    Command shown = command(Stream.concat(words.stream(), inside.argv().stream()).toList()).within(inside.limit());
    words.addAll(ContainerExec.SHELL);
    words.addAll(inside.argv());
    Command docker = command(words);
    List<Wrapper> wrappers = new ArrayList<>(docker.wrappers());
    wrappers.add(new ContainerExec(container, shown));
    wrappers.addAll(inside.wrappers());
    return new Command(docker.argv(), Map.of(), inside.input(), inside.limit(), Optional.empty(), wrappers);
  }

  /** See {@link #command(List)}. */
  public Command command(String... arguments) {
    return command(Arrays.asList(arguments));
  }

  /** Runs a command to its end, however that is. @throws OperationFailedException when it could not be started */
  public CommandResult run(Command command) throws OperationFailedException {
    try {
      return runner.run(command);
    } catch (CommandFailedException e) {
      throw OperationFailedException.forNow(e.getMessage());
    }
  }

  /** The same for a command that must succeed. @return what it printed, without blanks at its ends */
  public String must(Command command) throws OperationFailedException {
    try {
      return run(command).orThrow().stdout().strip();
    } catch (CommandFailedException e) {
      throw OperationFailedException.forNow(e.getMessage());
    }
  }

  /** Those of these containers that there are, in any state. */
  public List<DockerContainer> inspect(List<String> names) throws OperationFailedException {
    if (names.isEmpty()) {
      return List.of();
    }
    // Exit code 1 with the others' description when one of them is missing; with nothing when Docker does not answer.
    CommandResult result = run(command(Stream.concat(Stream.of("inspect", "--type", "container"), names.stream()).toList()));
    try {
      List<DockerContainer> containers = ContainerReader.read(result.stdout());
      if (containers.isEmpty() && !NONE.matcher(result.stderr()).find()) {
        result.orThrow();
      }
      return containers;
    } catch (CommandFailedException e) {
      throw OperationFailedException.forNow(e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      // Docker's own shape is known; what stands in for it has any other: a text for a number, a list for an object.
      throw OperationFailedException.forNow(result.succeeded()
          ? "docker inspect answers what cannot be understood: " + e : result.describe());
    }
  }

  /** Those in any state that have all of these labels, whatever their values. */
  public List<DockerContainer> labelled(String... labels) throws OperationFailedException {
    List<String> words = new ArrayList<>(List.of("ps", "--all", "--quiet", "--no-trunc"));
    for (String label : labels) {
      words.addAll(List.of("--filter", "label=" + label));
    }
    return inspect(must(command(words)).lines().toList());
  }

  /** The container of this name, if there is one. */
  public Optional<DockerContainer> inspect(String name) throws OperationFailedException {
    return inspect(List.of(name)).stream().findFirst();
  }
}
