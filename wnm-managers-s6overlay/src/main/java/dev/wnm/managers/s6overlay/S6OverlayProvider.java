package dev.wnm.managers.s6overlay;

import dev.wnm.core.command.Command;
import dev.wnm.core.command.CommandFailedException;
import dev.wnm.core.command.CommandResult;
import dev.wnm.core.docker.Docker;
import dev.wnm.core.manager.Availability;
import dev.wnm.core.manager.CannotException;
import dev.wnm.core.manager.ManagerContext;
import dev.wnm.core.manager.ProcessManager;
import dev.wnm.core.manager.ProcessManagerProvider;
import java.util.List;

/** Nodes in Docker containers, hundreds in each, where s6-overlay supervises them: {@code s6overlay+user}. */
public final class S6OverlayProvider implements ProcessManagerProvider {
  private static final String TYPE = "s6overlay+user";

  @Override
  public List<String> types() {
    return List.of(TYPE);
  }

  @Override
  public Availability availability(String type, ManagerContext context) {
    try {
      String version = serverVersion(context);
      Plan plan = Plan.of(context);
      Owner.of(context, me(context, "-u"), me(context, "-g"));
      if (plan.network() != NetworkMode.PUBLISHED) {
        requireLinux(plan);
      }
      if (plan.network() == NetworkMode.ROUTED) {
        requireIptables(context);
      }
      return new Availability.Available("docker " + version);
    } catch (CannotException e) {
      return new Availability.Unavailable(TYPE + ": " + e.getMessage());
    }
  }

  @Override
  public ProcessManager create(String type, ManagerContext context) {
    try {
      Docker docker = docker(context);
      Plan plan = Plan.of(context);
      Owner owner = Owner.of(context, me(context, "-u"), me(context, "-g"));
      ContainerNetwork network = switch (plan.network()) {
        case PUBLISHED -> new PublishedNetwork(docker, plan.groups());
        case ROUTED -> new RoutedNetwork(context.runner(), isRoot(context), plan);
        case HOST -> new HostNetwork();
      };
      GroupContainers containers = new GroupContainers(docker, plan, owner, network, context.progress());
      return new S6OverlayManager(context, plan, containers, new Groups(docker, plan, containers, network, context.progress()),
          new NodeFiles(context, plan, owner));
    } catch (CannotException e) {
      throw new IllegalStateException("asked for although it is not available: " + e.getMessage(), e);
    }
  }

  private static Docker docker(ManagerContext context) {
    return new Docker(context.runner(), List.of(context.setting("docker_path").orElse("docker")));
  }

  private static String serverVersion(ManagerContext context) throws CannotException {
    Docker docker = docker(context);
    if (context.runner().find(docker.words().get(0)).isEmpty()) {
      throw CannotException.forGood("there is no " + docker.words().get(0) + " (--docker_path) on the PATH; install Docker"
          + " (Debian's package docker.io)");
    }
    CommandResult answer = docker.run(docker.command("version", "--format", "{{.Server.Version}}"));
    if (!answer.succeeded()) {
      throw CannotException.forNow("the Docker engine does not answer; start it (systemctl start docker), or let "
          + "this account use it (group docker): " + answer.describe());
    }
    return answer.stdout().strip();
  }

  private static void requireLinux(Plan plan) throws CannotException {
    if (!System.getProperty("os.name").equals("Linux")) {
      throw CannotException.forGood("--container_network " + plan.network().word() + " needs Linux; use published here");
    }
  }

  private static void requireIptables(ManagerContext context) throws CannotException {
    try {
      Command look = Command.of("iptables-save", "-t", "nat");
      context.runner().run(isRoot(context) ? look : look.asRoot()).orThrow();
    } catch (CommandFailedException e) {
      throw CannotException.forGood("--container_network routed needs iptables, as root or by sudo without a password: "
          + e.getMessage());
    }
  }

  private static boolean isRoot(ManagerContext context) throws CannotException {
    return me(context, "-u") == 0;
  }

  /** A number of the account that wnm runs as. */
  private static int me(ManagerContext context, String which) throws CannotException {
    try {
      return Integer.parseInt(context.runner().run(Command.of("id", which)).orThrow().stdout().strip());
    } catch (CommandFailedException | NumberFormatException e) {
      throw CannotException.forNow("who runs wnm cannot be told: " + e.getMessage());
    }
  }
}
