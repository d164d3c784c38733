package dev.wnm.managers.antdaemon;

import dev.wnm.managers.support.ProcessTable;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerOption;
import dev.wnm.spi.manager.ManagerType;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessManagerProvider;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Nodes that the daemon of the {@code ant} command runs ({@code ant node daemon}), that of whoever runs wnm: {@code antdaemon+user}. */
public final class AntdaemonProvider implements ProcessManagerProvider {
  private static final String USER = "antdaemon+user";

  private final Limits limits;
  private final Map<String, String> environment;
  private final Transport transport;

  public AntdaemonProvider() {
    this(Limits.DEFAULT, System.getenv(), new Loopback());
  }

  /** @param environment wnm's own, which may say where the daemon keeps its files */
  AntdaemonProvider(Limits limits, Map<String, String> environment, Transport transport) {
    this.limits = limits;
    this.environment = environment;
    this.transport = transport;
  }

  /** Never chosen unless it is named: whoever has the daemon may have it for nodes of his own. */
  @Override
  public List<ManagerType> types() {
    return List.of(ManagerType.of(USER).withServices("node" + ManagerType.NUMBER)
        .whoseNodesAre("those of ant node daemon, which runs them"));
  }

  @Override
  public List<ManagerOption<?>> options() {
    return AntdaemonOptions.all();
  }

  @Override
  public Availability availability(String type, ManagerContext context) {
    Daemon daemon = daemon(context);
    try {
      OptionalInt port = daemon.port();
      if (port.isPresent()) {
        return new Availability.Available("the ant daemon at port " + port.getAsInt());
      }
      return new Availability.Available(daemon.version() + ", whose daemon does not run yet");
    } catch (OperationFailedException | CommandFailedException e) {
      return new Availability.Unavailable(e.getMessage());
    }
  }

  @Override
  public ProcessManager create(String type, ManagerContext context) {
    return new AntdaemonManager(context, new Api(daemon(context), transport, limits), limits);
  }

  private Daemon daemon(ManagerContext context) {
    return new Daemon(context, DataFolder.of(environment, context.home()), ProcessTable.ofThisSystem(), limits);
  }
}
