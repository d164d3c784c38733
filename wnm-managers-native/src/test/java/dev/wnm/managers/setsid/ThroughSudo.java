package dev.wnm.managers.setsid;

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
 * {@code setsid+sudo} as a wnm has it that is not root: everything goes through commands with sudo in front. Where the tests
 * run as root that word is all that is left out, so that they need no sudo on the machine.
 */
final class ThroughSudo implements ProcessManagerProvider {
  @Override
  public List<String> types() {
    return List.of("setsid+sudo");
  }

  @Override
  public Availability availability(String type, ManagerContext context) {
    return Setup.provider().availability(type, context);
  }

  @Override
  public ProcessManager create(String type, ManagerContext context) {
    ManagerContext unprivileged = new ManagerContext(context.settings(), new WithoutTheWord(), context.firewall(),
        context.clock(), context.nodeStorage(), context.home(), context.progress());
    return SetsidManager.forAccounts(unprivileged, ProcessTable.ofThisSystem(), Setup.GRACES, false, System.getenv());
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
      throw new UnsupportedOperationException("a child of wnm is not what sudo makes: " + command);
    }

    @Override
    public Optional<Path> find(String program) {
      return real.find(program);
    }
  }
}
