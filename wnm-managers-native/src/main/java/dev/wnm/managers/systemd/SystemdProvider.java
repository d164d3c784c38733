package dev.wnm.managers.systemd;

import dev.wnm.managers.support.Account;
import dev.wnm.managers.support.Requirements;
import dev.wnm.managers.support.Rights;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerOption;
import dev.wnm.spi.manager.ManagerType;
import dev.wnm.spi.manager.OperatingSystem;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessManagerProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Nodes as services of systemd: {@code systemd+user} as services of whoever runs wnm, {@code systemd+sudo} as services of the
 * system that run as the account which their rows name ({@code ant}), for which wnm is root or may use sudo.
 */
public final class SystemdProvider implements ProcessManagerProvider {
  private static final String USER = "systemd+user";
  private static final String SUDO = "systemd+sudo";
  /** Before setsid, which has no supervisor. */
  private static final int RANK = 100;
  private static final Path RUN = Path.of("/run");

  private final Systemctl.Limits limits;
  private final BooleanSupplier isRoot;
  private final Function<ManagerContext, ServiceManager> ofUser;

  public SystemdProvider() {
    this(Systemctl.Limits.DEFAULT, Rights::isRoot, context -> ServiceManager.ofUser(context.home(), System.getenv()));
  }

  /**
   * @param isRoot whether wnm may do everything
   * @param ofUser the service manager of whoever runs wnm
   */
  SystemdProvider(
      Systemctl.Limits limits, BooleanSupplier isRoot, Function<ManagerContext, ServiceManager> ofUser) {
    this.limits = limits;
    this.isRoot = isRoot;
    this.ofUser = ofUser;
  }

  @Override
  public List<ManagerType> types() {
    return List.of(ManagerType.of(USER).preferredOn(OperatingSystem.LINUX, RANK)
            .whoseNodesAre("services of your account; systemd starts them again"),
        ManagerType.of(SUDO).forWholeSystem(Account.OF_NODES).preferredOn(OperatingSystem.LINUX, RANK)
            .whoseNodesAre("services of the whole system; systemd starts them again"));
  }

  @Override
  public List<ManagerOption<?>> options() {
    return SystemdOptions.all();
  }

  @Override
  public Availability availability(String type, ManagerContext context) {
    Requirements requirements = new Requirements(context.runner());
    try {
      requirements.program("systemctl", "systemd");
      Optional<String> obstacle = ServiceManager.obstacle(RUN, type.equals(USER), System.getenv());
      if (obstacle.isPresent()) {
        return new Availability.Unavailable(obstacle.get());
      }
      if (type.equals(USER)) {
        return new Availability.Available(ofUser.apply(context).linger().orElse(""));
      }
      requirements.program("setpriv", "util-linux");
      if (!isRoot.getAsBoolean()) {
        requirements.sudo(Command.of("systemctl", "--version"), Rights.sudoers(context.runner(), List.of("systemctl", "journalctl")));
      }
      requirements.accountOfNodes();
      return new Availability.Available("");
    } catch (CommandFailedException e) {
      return new Availability.Unavailable(e.getMessage());
    }
  }

  @Override
  public ProcessManager create(String type, ManagerContext context) {
    boolean user = type.equals(USER);
    Rights rights = user ? Rights.own(context.runner()) : Rights.overAccounts(context.runner(), isRoot.getAsBoolean());
    return SystemdManager.of(context, user ? ofUser.apply(context) : ServiceManager.ofSystem(), rights, limits);
  }
}
