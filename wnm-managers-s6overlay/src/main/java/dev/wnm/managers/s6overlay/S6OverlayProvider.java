package dev.wnm.managers.s6overlay;

import dev.wnm.managers.support.docker.Docker;
import dev.wnm.managers.support.docker.DockerOptions;
import dev.wnm.managers.support.docker.NetworkMode;
import dev.wnm.managers.support.docker.Owner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerOption;
import dev.wnm.spi.manager.ManagerType;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessManagerProvider;
import java.util.List;

/** Nodes in Docker containers, hundreds in each, where s6-overlay supervises them: {@code s6overlay+user}. */
public final class S6OverlayProvider implements ProcessManagerProvider {
  private static final String TYPE = "s6overlay+user";

  @Override
  public List<ManagerType> types() {
    return List.of(ManagerType.of(TYPE).startingInEachGroup(1).whoseNodesAre("hundreds in each of a few containers"));
  }

  @Override
  public List<ManagerOption<?>> options() {
    return DockerOptions.all();
  }

  @Override
  public Availability availability(String type, ManagerContext context) {
    try {
      String version = Docker.of(context).requireEngine();
      Owner owner = Owner.of(context);
      NetworkMode network = NetworkMode.of(context);
      network.requireSystem();
      if (network == NetworkMode.ROUTED) {
        requireIptables(context, owner);
      }
      return new Availability.Available("docker " + version);
    } catch (OperationFailedException e) {
      return new Availability.Unavailable(e.getMessage());
    }
  }

  @Override
  public ProcessManager create(String type, ManagerContext context) {
    try {
      Docker docker = Docker.of(context);
      GroupSettings settings = GroupSettings.of(context);
      Owner owner = Owner.of(context);
      ContainerNetwork network = switch (settings.network()) {
        case PUBLISHED -> new PublishedNetwork(docker, settings.groups());
        case ROUTED -> new RoutedNetwork(context.runner(), owner.byRoot(), settings);
        case HOST -> new HostNetwork();
      };
      Volumes volumes = new Volumes(settings, owner);
      GroupContainers containers = new GroupContainers(docker, settings, volumes, network, context.progress(), context.clock());
      return new S6OverlayManager(context, settings, containers,
          new Groups(docker, settings, containers, network, context.progress(), context.clock()),
          new GroupsCompanions(docker, settings, containers, context.clock()), volumes);
    } catch (OperationFailedException e) {
      throw new IllegalStateException("asked for although it is not available: " + e.getMessage(), e);
    }
  }

  private static void requireIptables(ManagerContext context, Owner owner) throws OperationFailedException {
    try {
      Command look = Command.of("iptables-save", "-t", "nat");
      context.runner().run(owner.byRoot() ? look : look.asRoot()).orThrow();
    } catch (CommandFailedException e) {
      throw OperationFailedException.forGood("--container_network routed needs iptables, as root or by sudo without a password: "
          + e.getMessage());
    }
  }
}
