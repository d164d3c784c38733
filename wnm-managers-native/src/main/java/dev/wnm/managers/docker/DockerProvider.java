package dev.wnm.managers.docker;

import dev.wnm.managers.support.Account;
import dev.wnm.managers.support.Binaries;
import dev.wnm.managers.support.NodeFiles;
import dev.wnm.managers.support.NodeHome;
import dev.wnm.managers.support.Patience;
import dev.wnm.managers.support.Rights;
import dev.wnm.managers.support.docker.ColonyNames;
import dev.wnm.managers.support.docker.ContainerLimits;
import dev.wnm.managers.support.docker.Docker;
import dev.wnm.managers.support.docker.DockerOptions;
import dev.wnm.managers.support.docker.Images;
import dev.wnm.managers.support.docker.NetworkMode;
import dev.wnm.managers.support.docker.Owner;
import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerOption;
import dev.wnm.spi.manager.ManagerType;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessManagerProvider;
import java.util.List;

/** One Docker container for each node: {@code docker+user}. */
public final class DockerProvider implements ProcessManagerProvider {
  private static final String TYPE = "docker+user";

  private final Patience patience;

  public DockerProvider() {
    this(Patience.OF_PROGRAMS);
  }

  /** @param patience how long nodes may take to end; whole seconds */
  DockerProvider(Patience patience) {
    this.patience = patience;
  }

  @Override
  public List<ManagerType> types() {
    return List.of(ManagerType.of(TYPE).whoseNodesAre("a container each"));
  }

  @Override
  public List<ManagerOption<?>> options() {
    return DockerOptions.all();
  }

  @Override
  public Availability availability(String type, ManagerContext context) {
    try {
      String version = Docker.of(context).requireEngine();
      specOf(context);
      return new Availability.Available("docker " + version);
    } catch (OperationFailedException e) {
      return new Availability.Unavailable(e.getMessage());
    }
  }

  @Override
  public ProcessManager create(String type, ManagerContext context) {
    try {
      Docker docker = Docker.of(context);
      ContainerSpec containerSpec = specOf(context);
      Images images = new Images(docker, context.progress());
      Binaries binaries = new Binaries(new ImageAsker(docker, images, containerSpec));
      NodeFiles files = rights(context, containerSpec.owner()).files();
      NodeHome homes = new NodeHome(context, files, binaries);
      NodeContainers containers = new NodeContainers(docker, containerSpec);
      return new DockerManager(context, containerSpec, containers,
          new ContainerStarter(context, containerSpec, containers, images, files, homes, binaries),
          new ContainerSurvey(context, containers, files, homes), homes);
    } catch (OperationFailedException e) {
      throw new IllegalStateException("asked for although it is not available: " + e.getMessage(), e);
    }
  }

  private ContainerSpec specOf(ManagerContext context) throws OperationFailedException {
    return new ContainerSpec(new ColonyNames(context.colony()), context.get(DockerOptions.IMAGE),
        Owner.of(context), NodeNetwork.of(NetworkMode.of(context)), ContainerLimits.of(context, 1), patience);
  }

  private static Rights rights(ManagerContext context, Owner owner) {
    return owner.isMe() ? Rights.own(context.runner()) : Rights.overOne(context.runner(),
        new Account(Integer.toString(owner.uid()), owner.uid(), owner.gid(), context.nodeStorage()));
  }
}
