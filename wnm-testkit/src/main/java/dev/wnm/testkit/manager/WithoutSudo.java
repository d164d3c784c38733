package dev.wnm.testkit.manager;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.internal.trust.ProcessAccount;
import dev.wnm.spi.manager.ManagerContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Runs what a wnm runs that is not root, by commands with sudo in front. Where the tests run as root that word is all that is
 * left out, so that they need no sudo on the machine.
 */
public final class WithoutSudo implements CommandRunner {
  private static final List<String> SUDO = List.of("sudo", "-n", "--");
  private final CommandRunner real = new ProcessCommandRunner();

  /** The same context with this runner. */
  public static ManagerContext in(ManagerContext context) {
    return context.with(new WithoutSudo());
  }

  @Override
  public CommandResult run(Command command) throws CommandFailedException {
    List<String> argv = command.argv();
    return ProcessAccount.current().isRoot() && argv.size() > SUDO.size() && argv.subList(0, SUDO.size()).equals(SUDO)
        ? real.run(new Command(argv.subList(SUDO.size(), argv.size()), command.environment(), command.input(),
            command.limit(), command.directory(), command.wrappers().subList(1, command.wrappers().size())))
        : real.run(command);
  }

  @Override
  public Process spawn(Command command, Path log) {
    throw new UnsupportedOperationException("a child of wnm is not what sudo makes: " + command);
  }

  @Override
  public Optional<Path> find(String program) {
    return real.find(program);
  }
}
