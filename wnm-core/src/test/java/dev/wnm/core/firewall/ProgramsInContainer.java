package dev.wnm.core.firewall;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.testkit.docker.TestContainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The programs of a container, run there by one of its users.
 *
 * @param user the account's name
 */
record ProgramsInContainer(TestContainer container, String user) implements CommandRunner {
  private static final ProcessCommandRunner HOST = new ProcessCommandRunner();

  @Override
  public CommandResult run(Command command) throws CommandFailedException {
    List<String> words = new ArrayList<>(List.of("docker", "exec", "--user", user, container.name()));
    words.addAll(command.argv());
    CommandResult result = HOST.run(Command.of(words).within(command.limit()));
    return new CommandResult(command, result.exitCode(), result.stdout(), result.stderr(), result.took(), result.timedOut())
        .unwrapped();
  }

  @Override
  public Process spawn(Command command, Path log) throws CommandFailedException {
    throw new CommandFailedException("nothing is left in the background here");
  }

  /** On a PATH as cron has it, or at a path. */
  @Override
  public Optional<Path> find(String program) {
    List<String> places = program.contains("/") ? List.of(program) : List.of("/usr/bin/" + program, "/bin/" + program);
    return places.stream().filter(place -> container.exec("test", "-x", place).succeeded()).map(Path::of).findFirst();
  }
}
