package dev.wnm.managers.setsid;

import dev.wnm.managers.support.Account;
import dev.wnm.managers.support.ProcessTable;
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
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Nodes as processes of their own, with no supervisor: {@code setsid+user} runs them as whoever runs wnm,
 * {@code setsid+sudo} as the account that their rows name ({@code ant}), for which wnm is root or may use sudo.
 */
public final class SetsidProvider implements ProcessManagerProvider {
  private static final String USER = "setsid+user";
  private static final String SUDO = "setsid+sudo";
  /** After every other: it works where nothing else does, and supervises nothing. */
  private static final int RANK = 200;

  private final NodeStopper.Graces graces;
  private final Map<String, String> environment;
  private final BooleanSupplier isRoot;

  public SetsidProvider() {
    this(NodeStopper.Graces.DEFAULT, System.getenv(), Rights::isRoot);
  }

  /**
   * @param environment wnm's own, of which nodes see a few variables
   * @param isRoot whether wnm may do everything; asked only when it matters
   */
  SetsidProvider(NodeStopper.Graces graces, Map<String, String> environment, BooleanSupplier isRoot) {
    this.graces = graces;
    this.environment = environment;
    this.isRoot = isRoot;
  }

  @Override
  public List<ManagerType> types() {
    return List.of(everywhere(ManagerType.of(USER).whoseNodesAre("plain processes of your account; wnm starts them again")),
        everywhere(ManagerType.of(SUDO).forWholeSystem(Account.OF_NODES).whoseNodesAre("plain processes of the account "
            + Account.OF_NODES + "; wnm starts them again")));
  }

  private static ManagerType everywhere(ManagerType type) {
    return Stream.of(OperatingSystem.values()).reduce(type, (each, system) -> each.preferredOn(system, RANK), (one, same) -> one);
  }

  @Override
  public Availability availability(String type, ManagerContext context) {
    Requirements requirements = new Requirements(context.runner());
    try {
      requirements.program("setsid", "util-linux");
      if (type.equals(SUDO)) {
        checkSudo(requirements);
      }
      return new Availability.Available("");
    } catch (CommandFailedException e) {
      return new Availability.Unavailable(e.getMessage());
    }
  }

  @Override
  public ProcessManager create(String type, ManagerContext context) {
    ProcessTable table = ProcessTable.ofThisSystem();
    return type.equals(SUDO) ? SetsidManager.forAccounts(context, table, graces, isRoot.getAsBoolean(), environment)
        : SetsidManager.forMyself(context, table, graces, environment);
  }

  private void checkSudo(Requirements requirements) throws CommandFailedException {
    if (!System.getProperty("os.name").equals("Linux")) {
      throw new CommandFailedException("it needs Linux; use setsid+user here");
    }
    requirements.program("setpriv", "util-linux");
    if (!isRoot.getAsBoolean()) {
      requirements.sudo(Command.of("true"), "allow it in sudoers with NOPASSWD");
    }
    requirements.accountOfNodes();
  }
}
