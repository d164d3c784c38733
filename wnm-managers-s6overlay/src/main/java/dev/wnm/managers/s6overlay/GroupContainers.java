package dev.wnm.managers.s6overlay;

import dev.wnm.managers.support.docker.ContainerArguments;
import dev.wnm.managers.support.docker.ContainerEnds;
import dev.wnm.managers.support.docker.Docker;
import dev.wnm.managers.support.docker.DockerContainer;
import dev.wnm.managers.support.docker.Formicaio;
import dev.wnm.managers.support.docker.Images;
import dev.wnm.managers.support.docker.Owner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.manager.CauseLine;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.GroupSpec;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.Progress;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.PortRange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes, starts, ends and removes the containers of groups. Keeps nothing: what there is, docker tells. */
final class GroupContainers {
  static final String GROUP = "dev.wnm.group";
  /** What it was made for; a container with another settings is made anew. */
  static final String PLAN = "dev.wnm.plan";

  private static final Pattern BROWSERS = Pattern.compile(" browsers ([0-9]{1,5})-([0-9]{1,5})$");

  /** What a container keeps of root's rights: each is needed to give up others, or to end nodes of another account. */
  private static final List<String> RIGHTS = List.of("--cap-add", "SETUID", "--cap-add", "SETGID", "--cap-add", "CHOWN",
      "--cap-add", "KILL", "--cap-add", "DAC_OVERRIDE");
  /** Above the 50 s that the container waits for its nodes. */
  private static final Duration GRACE = Duration.ofSeconds(70);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration END_IS_KNOWN = Duration.ofSeconds(5);
  private static final Duration BETWEEN_WORDS = Duration.ofSeconds(10);

  private final Docker docker;
  private final GroupSettings settings;
  private final Volumes volumes;
  private final Owner owner;
  private final ContainerNetwork network;
  private final Progress progress;
  private final Clock clock;

  GroupContainers(Docker docker, GroupSettings settings, Volumes volumes, ContainerNetwork network, Progress progress, Clock clock) {
    this.clock = clock;
    this.docker = docker;
    this.settings = settings;
    this.volumes = volumes;
    owner = volumes.owner();
    this.network = network;
    this.progress = progress;
  }

  /** Hears of those that end. @throws ManagerUnavailableException when the engine cannot be listened to */
  ContainerEnds lookOut() throws ManagerUnavailableException {
    return ContainerEnds.of(docker, node -> node.group().map(settings::containerName).orElse(""));
  }

  /** The container of a group, if there is one, in any state. */
  Optional<DockerContainer> find(String group) throws OperationFailedException {
    return docker.inspect(settings.containerName(group)).filter(this::isOurs);
  }

  /** The containers of these groups that there are, by group. */
  Map<String, DockerContainer> byGroup(List<String> groups) throws OperationFailedException {
    return docker.inspect(groups.stream().map(settings::containerName).toList()).stream().filter(this::isOurs)
        .collect(Collectors.toMap(container -> container.labels().get(GROUP), Function.identity()));
  }

  /** Nodes in containers of another manager, which are named and never touched. */
  List<FoundNode> ofOthers() throws OperationFailedException {
    return Formicaio.nodes(docker);
  }

  /** The container with the ports of its group, where it is one's. */
  Container recorded(DockerContainer container) {
    Container recorded = container.asRecorded(container.labels().getOrDefault(GROUP, container.name()));
    return settings.group(recorded.name()).map(group -> owning(recorded, asMade(group, container))).orElse(recorded);
  }

  /** What is recorded of a group's container that is not there. */
  Container gone(String name) {
    Container gone = new Container(Optional.empty(), name, "", settings.image(), false, clock.instant());
    return settings.group(name).map(group -> owning(gone, group)).orElse(gone);
  }

  private static Container owning(Container container, GroupSpec group) {
    return container.owning(group.nodePorts(), group.metricsPorts(), group.browserPorts());
  }

  /** The group with the ports for browsers that its container was made with. */
  GroupSpec asMade(GroupSpec group, DockerContainer container) {
    Matcher browsers = BROWSERS.matcher(container.labels().getOrDefault(PLAN, ""));
    return group.withBrowserPorts(browsers.find()
        ? Optional.of(new PortRange(Integer.parseInt(browsers.group(1)), Integer.parseInt(browsers.group(2)))) : Optional.empty());
  }

  private boolean isOurs(DockerContainer container) {
    return settings.names().isOurs(container) && container.labels().containsKey(GROUP);
  }

  /** Whether it was made for this settings of ports, network, folder and account. */
  boolean fits(DockerContainer container, GroupSpec group) {
    return planOf(group).equals(container.labels().get(PLAN));
  }

  /** Makes the container and returns when it has booted; one that does not is removed again. */
  DockerContainer make(GroupSpec group, String image) throws OperationFailedException {
    Path folder = makeFolder(group);
    requireImage(image);
    List<String> words = new ArrayList<>(List.of("run", "--detach", "--pull", "never", "--name", settings.containerName(group.name()),
        "--hostname", group.name(), "--label", settings.names().label(), "--label", GROUP + "=" + group.name(),
        "--label", PLAN + "=" + planOf(group), "--stop-timeout", Long.toString(GRACE.toSeconds()), "--env", "WNM_ANT_UID=" + owner.uid(), "--env", "WNM_ANT_GID=" + owner.gid()));
    words.addAll(ContainerArguments.mount(folder, GroupVolume.INSIDE));
    words.addAll(ContainerArguments.HARDENING);
    words.addAll(RIGHTS);
    words.addAll(ContainerArguments.LOG);
    words.addAll(settings.limits().words());
    words.addAll(network.runWords(group));
    if (network.needsRelay()) {
      words.addAll(List.of("--env", "WNM_METRICS_FIRST=" + group.metricsPorts().first(),
          "--env", "WNM_METRICS_LAST=" + group.metricsPorts().last()));
    }
    words.add(image);
    try {
      patiently("making the container of " + group.name(), docker.command(words), group);
      DockerContainer container = booted(group);
      tellWhetherWeighed(group);
      // Not before: docker would start one that cannot boot again and again.
      adjust(container);
      return container;
    } catch (OperationFailedException e) {
      discard(group);
      throw e;
    }
  }

  /** Docker only warns when the kernel has no shares of disks. */
  private void tellWhetherWeighed(GroupSpec group) throws OperationFailedException {
    if (settings.limits().ioWeight().isPresent()) {
      CommandResult weight = docker.run(
          docker.command("inspect", "--format", "{{.HostConfig.BlkioWeight}}", settings.containerName(group.name())));
      if (weight.succeeded() && weight.stdout().strip().equals("0")) {
        progress.report("container_io_weight does nothing for " + group.name() + ": this machine's kernel or scheduler of disks has no shares");
      }
    }
  }

  /** Starts one that is stopped and returns when it has booted. */
  DockerContainer start(GroupSpec group) throws OperationFailedException {
    String name = settings.containerName(group.name());
    patiently("starting the container of " + group.name(), docker.command("start", name), group);
    DockerContainer container = booted(group);
    adjust(container);
    return container;
  }

  /** Gives a running container the limits of the settings, and lets it return after a reboot. @return whether it lacked any */
  boolean adjust(DockerContainer container) throws OperationFailedException {
    List<String> words = new ArrayList<>(List.of("update"));
    if (!container.restart().equals(ContainerArguments.RESTART)) {
      words.addAll(List.of("--restart", ContainerArguments.RESTART));
    }
    words.addAll(settings.limits().updates(container));
    if (words.size() == 1) {
      return false;
    }
    words.add(container.name());
    docker.must(docker.command(words));
    return true;
  }

  /**
   * Ends the container, its nodes within their own time, and removes it; the folder of its data stays. One that is not there
   * is fine.
   */
  void remove(GroupSpec group) throws OperationFailedException {
    Optional<DockerContainer> there = find(group.name());
    if (there.isEmpty()) {
      return;
    }
    String name = there.get().name();
    if (ContainerHealth.isBroken(there.get(), clock.instant())) {
      // It is told to end as far as it hears; whether it does, or docker can even tell it, does not matter.
      docker.run(docker.command("update", "--restart", "no", name));
      docker.run(docker.command("stop", "--time", Long.toString(GRACE.toSeconds()), name).within(limit(group)));
    } else if (there.get().isUp()) {
      // Else docker would start it again: it ends by itself.
      docker.must(docker.command("update", "--restart", "no", name));
      if (!halts(name, group)) {
        patiently("stopping the container of " + group.name(),
            docker.command("stop", "--time", Long.toString(GRACE.toSeconds()), name), group);
      }
    }
    patiently("removing the container of " + group.name(), docker.command("rm", "--force", name), group);
  }

  /** Asks the primary command to end. @return whether the container did in the time that its nodes are given */
  private boolean halts(String name, GroupSpec group) {
    try {
      new NodesTool(docker, name).halt();
      return docker.run(docker.command("wait", name).within(GRACE.plus(network.patience(group)))).succeeded();
    } catch (OperationFailedException e) {
      return false;
    }
  }

  private void discard(GroupSpec group) {
    try {
      docker.run(docker.command("rm", "--force", settings.containerName(group.name())).within(limit(group)));
    } catch (OperationFailedException e) {
      progress.report("what was made of " + group.name() + " could not be removed again: " + e.getMessage());
    }
  }

  private DockerContainer booted(GroupSpec group) throws OperationFailedException {
    try {
      new NodesTool(docker, settings.containerName(group.name())).status();
    } catch (OperationFailedException e) {
      if (e.isRetryable()) {
        // A call into a container that is ending fails a moment before docker knows of the end.
        docker.run(docker.command("wait", settings.containerName(group.name())).within(END_IS_KNOWN));
      }
      Optional<DockerContainer> ended = find(group.name()).filter(container -> !container.isUp());
      throw ended.isEmpty() ? e : OperationFailedException.forNow("the container of " + group.name() + " ended instead of booting (exit "
          + ended.get().exitCode() + ")" + lastWords(group.name()));
    }
    return find(group.name()).filter(DockerContainer::isUp)
        .orElseThrow(() -> OperationFailedException.forNow("the container of " + group.name() + " ended after it had booted"));
  }

  /** What the container printed last, as the end of a sentence; empty when nothing can be had. */
  String lastWords(String group) throws OperationFailedException {
    CommandResult log = docker.run(docker.command("logs", "--tail", "5", settings.containerName(group)));
    String words = CauseLine.oneLine((log.stdout() + log.stderr()).strip().replaceAll("\\s*\\R\\s*", "; "));
    return words.isEmpty() ? "" : "; its last words: " + words;
  }

  /** Fetches the image if it is not here. */
  void requireImage(String image) throws OperationFailedException {
    new Images(docker, progress).require(image);
  }

  private Path makeFolder(GroupSpec group) throws OperationFailedException {
    GroupVolume volume = settings.volume(group.name());
    try {
      volumes.make(volume);
      volumes.makeFolder(volume.registry());
      return settings.storage().toRealPath().resolve(volume.folder().getFileName());
    } catch (IOException e) {
      throw OperationFailedException.forNow("the folder " + volume.folder() + " for the data of " + group.name() + " cannot be made: " + e);
    }
  }

  private String planOf(GroupSpec group) {
    return settings.network().word() + " " + group.nodePorts() + " " + group.metricsPorts() + " " + owner.numbers()
        + settings.limits().plan() + group.browserPorts().map(ports -> " browsers " + ports).orElse("");
  }

  private Duration limit(GroupSpec group) {
    return LIMIT.plus(GRACE).plus(network.patience(group));
  }

  /** Runs what may take docker minutes, and says every few seconds that it does. */
  private void patiently(String what, Command command, GroupSpec group) throws OperationFailedException {
    Duration limit = limit(group);
    Ticker ticker = Ticker.every(BETWEEN_WORDS, elapsed -> progress.report(
        what + ": docker is at it for " + elapsed.toSeconds() + " s (limit " + limit.toSeconds() + " s)"));
    try {
      docker.must(command.within(limit));
    } finally {
      ticker.stop();
    }
  }
}
