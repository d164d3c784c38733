package dev.wnm.managers.antctl;

import dev.wnm.managers.support.NodeFiles;
import dev.wnm.managers.support.Rights;
import dev.wnm.managers.support.docker.Docker;
import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerOption;
import dev.wnm.spi.manager.ManagerType;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessManagerProvider;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Nodes that the {@code antctl} command runs: {@code antctl+user} with the antctl of whoever runs wnm, {@code antctl+sudo}
 * with root's, {@code antctl+zen} with the own one that chooses all paths and fetches antnode itself.
 */
public final class AntctlProvider implements ProcessManagerProvider {
  private final Supplier<Host> host;
  private final Limits limits;
  private final AtomicReference<Made> last = new AtomicReference<>();

  public AntctlProvider() {
    this(Host::ofThisProcess, Limits.DEFAULT);
  }

  /** @param host asked for only when it is needed: every run of wnm makes every provider */
  AntctlProvider(Supplier<Host> host, Limits limits) {
    this.host = host;
    this.limits = limits;
  }

  /** What was made for a context, so that making the manager does not ask again what availability has asked. */
  private record Made(String type, ManagerContext context, Instances instances) {}

  @Override
  public List<ManagerType> types() {
    return Mode.types();
  }

  @Override
  public List<ManagerOption<?>> options() {
    return AntctlOptions.all();
  }

  @Override
  public Availability availability(String type, ManagerContext context) {
    Instances instances = instances(type, context);
    Optional<String> missing = missing(instances, context);
    if (missing.isPresent()) {
      return new Availability.Unavailable(missing.get());
    }
    try {
      return new Availability.Available(instances.versions().entrySet().stream()
          .map(entry -> entry.getKey() + " " + entry.getValue()).collect(Collectors.joining(", ")));
    } catch (OperationFailedException e) {
      return new Availability.Unavailable(e.getMessage());
    }
  }

  @Override
  public ProcessManager create(String type, ManagerContext context) {
    return new AntctlManager(context, instances(type, context), new Arguments(Mode.of(type), context), files(type, context));
  }

  /** Root's antctl gives nodes to an account of their own. */
  private NodeFiles files(String type, ManagerContext context) {
    Host whose = host.get();
    return (Mode.of(type) == Mode.SUDO || whose.isRoot() ? Rights.overAccounts(context.runner(), whose.isRoot()) : Rights.own(context.runner()))
        .files();
  }

  private static Optional<String> missing(Instances instances, ManagerContext context) {
    String docker = Docker.program(context);
    if (instances.inContainers()) {
      return context.runner().find(docker).isPresent() ? Optional.empty()
          : Optional.of("--antctl_containers needs docker, but there is no " + docker + " (--docker_path) on the PATH");
    }
    if (context.runner().find(instances.antctl().toString()).isEmpty()) {
      return Optional.of("antctl is missing: there is no " + instances.antctl() + " (--antctl_path) and none on the PATH; install it"
          + " with antup (antup antctl), or build it with cargo install ant-node-manager");
    }
    return Stream.of("flock", "timeout").filter(program -> context.runner().find(program).isEmpty()).findFirst()
        .map(program -> "the program '" + program + "' is not on the PATH; install it (Debian's packages util-linux and "
            + "coreutils; Homebrew's flock and coreutils)");
  }

  private Instances instances(String type, ManagerContext context) {
    return last.updateAndGet(made -> made != null && made.type().equals(type) && made.context() == context
        ? made
        : new Made(type, context, new Instances(Mode.of(type), context, host.get(), limits))).instances();
  }
}
