package dev.wnm.managers.launchd;

import dev.wnm.core.command.Command;
import dev.wnm.core.command.CommandFailedException;
import dev.wnm.core.command.CommandResult;
import dev.wnm.core.command.CommandRunner;
import dev.wnm.core.command.ProcessCommandRunner;
import dev.wnm.core.manager.Availability;
import dev.wnm.core.manager.ManagerContext;
import dev.wnm.core.manager.ProcessManager;
import dev.wnm.core.manager.ProcessManagerProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code launchd+sudo} as a wnm has it that is not root: everything goes through commands with sudo in front. Where the
 * tests run as root that word is all that is left out, so that they need no sudo on the machine.
 */
final class ThroughSudo implements ProcessManagerProvider {
  private final TestLaunchd launchd;

  ThroughSudo(TestLaunchd launchd) {
    this.launchd = launchd;
  }

  @Override
  public List<String> types() {
    return List.of("launchd+sudo");
  }

  @Override
  public Availability availability(String type, ManagerContext context) {
    return launchd.provider().availability(type, context);
  }

  @Override
  public ProcessManager create(String type, ManagerContext context) {
    return launchd.provider(false).create(type, new ManagerContext(context.settings(), new WithoutTheWord(),
        context.firewall(), context.clock(), context.nodeStorage(), context.home(), context.progress()));
  }

  private static final class WithoutTheWord implements CommandRunner {
    private static final List<String> SUDO = List.of("sudo", "-n", "--");
    private final CommandRunner real = new ProcessCommandRunner();

    @Override
    public CommandResult run(Command command) throws CommandFailedException {
      List<String> argv = command.argv();
      boolean root = System.getProperty("user.name").equals("root");
      return root && argv.size() > SUDO.size() && argv.subList(0, SUDO.size()).equals(SUDO)
          ? real.run(new Command(argv.subList(SUDO.size(), argv.size()), command.environment(), command.input(),
              command.limit(), command.directory()))
          : real.run(command);
    }

    @Override
    public Process spawn(Command command, Path log) {
      throw new UnsupportedOperationException("launchd starts nodes: " + command);
    }

    @Override
    public Optional<Path> find(String program) {
      return real.find(program);
    }
  }
}
