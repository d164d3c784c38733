package dev.wnm.managers.setsid;

import dev.wnm.core.command.Command;
import dev.wnm.core.command.CommandFailedException;
import dev.wnm.core.command.CommandResult;
import dev.wnm.core.manager.Availability;
import dev.wnm.core.manager.ManagerContext;
import dev.wnm.core.manager.ProcessManager;
import dev.wnm.core.manager.ProcessManagerProvider;
import java.util.List;
import java.util.Map;

/**
 * Nodes as processes of their own, with no supervisor: {@code setsid+user} runs them as whoever runs wnm,
 * {@code setsid+sudo} as the account that their rows name ({@code ant}), for which wnm is root or may use sudo.
 */
public final class SetsidProvider implements ProcessManagerProvider {
  private static final String USER = "setsid+user";
  private static final String SUDO = "setsid+sudo";
  /** The account of nodes unless their rows name another. */
  private static final String ACCOUNT = "ant";

  private final NodeStopper.Graces graces;
  private final Map<String, String> environment;

  public SetsidProvider() {
    this(NodeStopper.Graces.DEFAULT, System.getenv());
  }

  /** @param environment wnm's own, of which nodes see a few variables */
  SetsidProvider(NodeStopper.Graces graces, Map<String, String> environment) {
    this.graces = graces;
    this.environment = environment;
  }

  @Override
  public List<String> types() {
    return List.of(USER, SUDO);
  }

  @Override
  public Availability availability(String type, ManagerContext context) {
    try {
      require(context, "setsid", "util-linux");
      if (type.equals(SUDO)) {
        checkSudo(context);
      }
      return new Availability.Available("");
    } catch (CommandFailedException e) {
      return new Availability.Unavailable(type + ": " + e.getMessage());
    }
  }

  @Override
  public ProcessManager create(String type, ManagerContext context) {
    ProcessTable table = ProcessTable.ofThisSystem();
    return type.equals(SUDO) ? SetsidManager.forAccounts(context, table, graces, isRoot(context), environment)
        : SetsidManager.forMyself(context, table, graces, environment);
  }

  private static void require(ManagerContext context, String program, String debianPackage) throws CommandFailedException {
    if (context.runner().find(program).isEmpty()) {
      throw new CommandFailedException(
          "the program '" + program + "' is not on the PATH; install it (Debian's package " + debianPackage + ")");
    }
  }

  private static void checkSudo(ManagerContext context) throws CommandFailedException {
    if (!System.getProperty("os.name").equals("Linux")) {
      throw new CommandFailedException("it needs Linux; use setsid+user here");
    }
    require(context, "setpriv", "util-linux");
    if (!isRoot(context)) {
      require(context, "sudo", "sudo");
      CommandResult tried = context.runner().run(Command.of("true").asRoot());
      if (!tried.succeeded()) {
        throw new CommandFailedException("sudo refuses to work without a password (" + tried.stderr().strip()
            + "); run wnm as root, or allow it in sudoers with NOPASSWD");
      }
    }
    new Accounts(context.runner()).of(ACCOUNT);
  }

  private static boolean isRoot(ManagerContext context) {
    try {
      return context.runner().run(Command.of("id", "-u")).stdout().strip().equals("0");
    } catch (CommandFailedException e) {
      return false;
    }
  }
}
