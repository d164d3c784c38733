package dev.wnm.managers.antctl;

import dev.wnm.managers.support.docker.Docker;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerOption;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Every antctl that nodes are with: those that new nodes go to, and those that old ones are still with. */
final class Instances {
  /** What wnm was tried with; elsewhere antctl's registry and words may be others. */
  private static final Version FIRST_TESTED = new Version("0.14.0");
  private static final Version FIRST_UNTESTED = new Version("0.15.0");

  private final Mode mode;
  private final ManagerContext context;
  private final Host host;
  private final Limits limits;
  private final Path antctl;
  private final Docker docker;
  private final List<String> containers;
  private final Map<Optional<String>, Antctl> made = new ConcurrentHashMap<>();
  private final Map<Optional<String>, String> versions = new ConcurrentHashMap<>();

  Instances(Mode mode, ManagerContext context, Host host, Limits limits) {
    this.mode = mode;
    this.context = context;
    this.host = host;
    this.limits = limits;
    antctl = located(context);
    containers = context.find(AntctlOptions.CONTAINERS).map(ManagerOption.Names::all).orElse(List.of());
    docker = mode == Mode.SUDO && !host.isRoot() ? Docker.of(context).bySudo() : Docker.of(context);
  }

  /** Where antctl is: the configured file, else the first one on the PATH. */
  static Path located(ManagerContext context) {
    Path configured = context.find(AntctlOptions.PATH).orElse(Path.of("antctl"));
    return context.runner().find(configured.toString()).or(() -> context.runner().find("antctl")).orElse(configured);
  }

  Path antctl() {
    return antctl;
  }

  boolean inContainers() {
    return !containers.isEmpty();
  }

  /** Those that new nodes go to. */
  List<Antctl> main() {
    return inContainers()
        ? containers.stream().map(name -> named(Optional.of(name))).toList()
        : List.of(named(Optional.empty()));
  }

  Antctl of(NodeSpec node) {
    return named(node.group());
  }

  /** Nodes by their antctl. */
  Map<Antctl, List<NodeSpec>> group(Collection<NodeSpec> nodes) {
    return nodes.stream().collect(Collectors.groupingBy(this::of, LinkedHashMap::new, Collectors.toList()));
  }

  /** The containers that new nodes go to, as Docker tells; what Docker does not know is reported. */
  List<Container> containers() throws OperationFailedException {
    List<Container> found = docker.inspect(containers).stream().map(each -> each.asRecorded(each.name())).toList();
    List<String> names = found.stream().map(Container::name).toList();
    containers.stream().filter(name -> !names.contains(name))
        .forEach(name -> context.progress().report("--antctl_containers " + name + ": Docker has no such container"));
    return found;
  }

  /** The version of each antctl that new nodes go to, asked once; the proof that all of them can be called. */
  Map<String, Version> versions() throws OperationFailedException {
    Map<String, Version> found = new LinkedHashMap<>();
    for (Antctl each : main()) {
      String text = versions.get(each.instance().name());
      if (text == null) {
        text = each.instance().version();
        versions.put(each.instance().name(), text);
      }
      String said = text;
      found.put("antctl" + each.instance().inWords(), Version.parse(text).orElseThrow(() -> OperationFailedException.forGood(
          antctl + each.instance().inWords() + " is not antctl: its --crate-version says '"
              + said.lines().findFirst().orElse("") + "'")));
    }
    return found;
  }

  /** A sentence for each antctl of a version that wnm was not tried with. */
  List<String> untestedVersions() {
    List<String> sentences = new ArrayList<>();
    try {
      versions().forEach((name, version) -> {
        if (version.isOlderThan(FIRST_TESTED) || !version.isOlderThan(FIRST_UNTESTED)) {
          sentences.add(name + " is version " + version + "; wnm was tried with " + FIRST_TESTED + " up to, but not including, "
              + FIRST_UNTESTED);
        }
      });
    } catch (OperationFailedException e) {
      // Whoever wants something of it will say so.
    }
    return sentences;
  }

  /** That of a container, or of this machine. */
  Antctl named(Optional<String> container) {
    return made.computeIfAbsent(container, name -> new Antctl(name.<Instance>map(this::containerInstance)
        .orElseGet(() -> new HostInstance(context.runner(), host, antctl, context.home(), context.nodeStorages(),
            mode == Mode.SUDO, limits)),
        context, limits, host.environment()));
  }

  private Instance containerInstance(String name) {
    return new ContainerInstance(context.runner(), docker, name, mode == Mode.SUDO, antctl, limits);
  }
}
