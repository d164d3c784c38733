package dev.wnm.managers.launchd;

import dev.wnm.managers.support.Account;
import dev.wnm.managers.support.Patience;
import dev.wnm.managers.support.Requirements;
import dev.wnm.managers.support.Rights;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerType;
import dev.wnm.spi.manager.OperatingSystem;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessManagerProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Nodes as jobs of macOS's launchd: {@code launchd+user} has agents of whoever runs wnm, {@code launchd+sudo} daemons of the
 * system that run as the account that their rows name ({@code ant}), for which wnm is root or may use sudo.
 */
public final class LaunchdProvider implements ProcessManagerProvider {
  private static final String USER = "launchd+user";
  private static final String SUDO = "launchd+sudo";
  /** Before setsid, which has no supervisor. */
  private static final int RANK = 100;

  private final String system;
  private final String program;
  private final Path daemons;
  private final Patience patience;
  private final BooleanSupplier isRoot;

  public LaunchdProvider() {
    this(System.getProperty("os.name"), "launchctl", Path.of("/Library/LaunchDaemons"), Patience.OF_PROGRAMS, Rights::isRoot);
  }

  /**
   * @param system the operating system's name, as Java has it
   * @param program launchctl's name or path
   * @param daemons the folder of the system's property lists
   * @param patience how long nodes may take to end gracefully
   * @param isRoot whether wnm may do everything; asked only when it matters
   */
  LaunchdProvider(String system, String program, Path daemons, Patience patience, BooleanSupplier isRoot) {
    this.system = system;
    this.program = program;
    this.daemons = daemons;
    this.patience = patience;
    this.isRoot = isRoot;
  }

  @Override
  public List<ManagerType> types() {
    return List.of(ManagerType.of(USER).preferredOn(OperatingSystem.MACOS, RANK)
            .whoseNodesAre("jobs of your account; launchd starts them again"),
        ManagerType.of(SUDO).forWholeSystem(Account.OF_NODES).preferredOn(OperatingSystem.MACOS, RANK)
            .whoseNodesAre("jobs of the whole system; launchd starts them again"));
  }

  @Override
  public Availability availability(String type, ManagerContext context) {
    try {
      if (!system.startsWith("Mac")) {
        throw new CommandFailedException("it needs macOS; use systemd or setsid here");
      }
      if (context.runner().find(program).isEmpty()) {
        throw new CommandFailedException("the program '" + program + "' is not on the PATH; macOS has it in /bin");
      }
      if (type.equals(SUDO)) {
        checkSudo(new Requirements(context.runner()));
      } else {
        Domains.ofUser(new Launchctl(context.runner(), Rights.own(context.runner()), program), Rights.uid()).current();
      }
      return new Availability.Available("");
    } catch (CommandFailedException e) {
      return new Availability.Unavailable(e.getMessage());
    }
  }

  @Override
  public ProcessManager create(String type, ManagerContext context) {
    return type.equals(SUDO) ? LaunchdManager.forAccounts(context, program, daemons, isRoot.getAsBoolean(), patience)
        : LaunchdManager.forMyself(context, program, Rights.uid(), patience);
  }

  private void checkSudo(Requirements requirements) throws CommandFailedException {
    if (!isRoot.getAsBoolean()) {
      requirements.sudo(Command.of("true"), "allow it in sudoers with NOPASSWD");
    }
    requirements.accountOfNodes();
  }
}
