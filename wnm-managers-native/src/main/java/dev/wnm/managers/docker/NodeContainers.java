package dev.wnm.managers.docker;

import dev.wnm.managers.support.docker.ColonyNames;
import dev.wnm.managers.support.docker.ContainerArguments;
import dev.wnm.managers.support.docker.ContainerEnds;
import dev.wnm.managers.support.docker.Docker;
import dev.wnm.managers.support.docker.DockerContainer;
import dev.wnm.managers.support.docker.Formicaio;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.internal.TimedLine;
import dev.wnm.spi.manager.CauseLine;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.LogPart;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The containers of nodes: one call to docker for any number of them, but for making them. */
final class NodeContainers {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  /** Docker writes rules of its firewall for each, one after the other. */
  private static final Duration LIMIT_OF_EACH = Duration.ofSeconds(5);
  /** Docker notes the time of a start when the process may have said something already. */
  private static final Duration NOTED = Duration.ofSeconds(1);
  /** An error report with a backtrace has some dozens. */
  private static final String LINES = "200";
  /** More than a node prints between two looks. */
  private static final String MOST_LINES = "5000";

  private final Docker docker;
  private final ContainerSpec containerSpec;

  NodeContainers(Docker docker, ContainerSpec containerSpec) {
    this.docker = docker;
    this.containerSpec = containerSpec;
  }

  /** Those of these nodes that there are, in any state, by the nodes' numbers. */
  Map<Integer, DockerContainer> of(Collection<NodeSpec> nodes) throws OperationFailedException {
    Map<String, DockerContainer> byService = new HashMap<>();
    docker.inspect(nodes.stream().map(containerSpec::containerOf).toList()).stream().filter(containerSpec::isOurs)
        .forEach(container -> byService.put(ContainerSpec.serviceOf(container), container));
    Map<Integer, DockerContainer> found = new HashMap<>();
    for (NodeSpec node : nodes) {
      if (byService.containsKey(node.service())) {
        found.put(node.id(), byService.get(node.service()));
      }
    }
    return found;
  }

  /** Hears of those that end. @throws ManagerUnavailableException when the engine cannot be listened to */
  ContainerEnds lookOut() throws ManagerUnavailableException {
    return ContainerEnds.of(docker, containerSpec::containerOf);
  }

  /** All of the colony. */
  List<DockerContainer> all() throws OperationFailedException {
    return docker.labelled(ColonyNames.LABEL, ContainerSpec.NODE).stream().filter(containerSpec::isOurs).toList();
  }

  /** Nodes in containers of another manager, which are named and never touched. */
  List<FoundNode> ofOthers() throws OperationFailedException {
    return Formicaio.nodes(docker);
  }

  /** Makes the container of a node, which must not be there. When it fails there is none. */
  void make(NodeSpec node) throws OperationFailedException {
    CommandResult made = docker.run(docker.command(containerSpec.create(node)));
    if (!made.succeeded()) {
      if (made.timedOut()) {
        docker.run(docker.command("rm", "--force", "--volumes", containerSpec.containerOf(node)));
      }
      // Its command line is long and has the node's variables, which say nothing of what went wrong.
      throw OperationFailedException.forNow("docker cannot make its container " + containerSpec.containerOf(node) + ": "
          + wordsOf(made));
    }
  }

  /** What docker said of what it could not do, without the command line. */
  static String wordsOf(CommandResult result) {
    return result.timedOut() ? "it takes more than " + result.command().limit().toSeconds() + " s"
        : result.stderr().lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst()
            .orElse("exit " + result.exitCode());
  }

  /** What went wrong with which is told by their state afterwards. */
  CommandResult start(Collection<DockerContainer> containers) throws OperationFailedException {
    return all(List.of("start"), containers, Duration.ZERO);
  }

  /** Ends them, each within the time that it was made with; they stay down. */
  CommandResult stop(Collection<DockerContainer> containers) throws OperationFailedException {
    return all(List.of("stop"), containers, containerSpec.patience().longest());
  }

  /** Removes them, running or not; the nodes' folders stay. */
  void remove(Collection<DockerContainer> containers) throws OperationFailedException {
    CommandResult removed = all(List.of("rm", "--force", "--volumes"), containers, Duration.ZERO);
    if (!removed.succeeded() && removed.stderr().lines().anyMatch(line -> !line.contains("No such container"))) {
      throw OperationFailedException.forNow(removed.describe());
    }
  }

  /** Keeps those that do not run from being started after a reboot. */
  void keepDown(Collection<DockerContainer> containers) throws OperationFailedException {
    must(all(List.of("update", "--restart", "no"), containers.stream()
        .filter(container -> !container.running() && container.restart().equals(ContainerArguments.RESTART)).toList(),
        Duration.ZERO));
  }

  /** Gives a container that does not run the limits of the settings. */
  void bound(DockerContainer container) throws OperationFailedException {
    List<String> limits = containerSpec.limits().updates(container);
    if (!limits.isEmpty()) {
      List<String> words = new ArrayList<>(List.of("update"));
      words.addAll(limits);
      must(all(words, List.of(container), Duration.ZERO));
    }
  }

  /**
   * Gives running containers the limits of the settings, and lets them return after a reboot.
   *
   * @return whether it lacked any
   */
  boolean adjust(Collection<DockerContainer> containers) throws OperationFailedException {
    // What they lack is mostly the same.
    Map<List<String>, List<DockerContainer>> byWords = new HashMap<>();
    for (DockerContainer container : containers) {
      List<String> words = new ArrayList<>(containerSpec.limits().updates(container));
      if (!container.restart().equals(ContainerArguments.RESTART)) {
        words.addAll(List.of("--restart", ContainerArguments.RESTART));
      }
      byWords.computeIfAbsent(words, key -> new ArrayList<>()).add(container);
    }
    byWords.remove(List.of());
    for (Map.Entry<List<String>, List<DockerContainer>> entry : byWords.entrySet()) {
      List<String> words = new ArrayList<>(List.of("update"));
      words.addAll(entry.getKey());
      must(all(words, entry.getValue(), Duration.ZERO));
    }
    return !byWords.isEmpty();
  }

  /** Why a container ended, by what it printed in its last run; empty when that says nothing. */
  String lastWords(DockerContainer container) throws OperationFailedException {
    return CauseLine.of(printed(container));
  }

  /** What it printed last in its last run. */
  String printed(DockerContainer container) throws OperationFailedException {
    CommandResult log = docker.run(docker.command("logs", "--tail", LINES, "--since",
        container.state().startedAt().minus(NOTED).toString(), container.id()));
    return log.stdout() + "\n" + log.stderr();
  }

  /**
   * A part of what it printed, in whichever run, each line after its time.
   *
   * @param position the time of the last line of an earlier part; empty for the first part
   */
  LogPart printed(DockerContainer container, int lines, String position) throws OperationFailedException {
    List<String> words = new ArrayList<>(List.of("logs", "--timestamps", "--tail", position.isEmpty() ? Integer.toString(lines) : MOST_LINES));
    if (!position.isEmpty()) {
      words.addAll(List.of("--since", position));
    }
    words.add(container.id());
    CommandResult log = docker.run(docker.command(words));
    must(log);
    // Docker has lines of the very time that is asked for, too; its times have the same length.
    List<String> printed = Stream.concat(log.stdout().lines(), log.stderr().lines())
        .filter(line -> TimedLine.timeOf(line).isPresent() && timeOf(line).compareTo(position) > 0).sorted(Comparator.comparing(NodeContainers::timeOf)).toList();
    return LogPart.of(printed, printed.isEmpty() ? position : timeOf(printed.get(printed.size() - 1)));
  }

  private static String timeOf(String line) {
    return line.substring(0, Math.max(0, line.indexOf(' ')));
  }

  /** Does the same to all of them, none included. */
  private CommandResult all(List<String> words, Collection<DockerContainer> containers, Duration more)
      throws OperationFailedException {
    if (containers.isEmpty()) {
      return new CommandResult(docker.command(words), 0, "", "", Duration.ZERO, false);
    }
    List<String> all = new ArrayList<>(words);
    containers.forEach(container -> all.add(container.id()));
    return docker.run(docker.command(all).within(LIMIT.plus(more).plus(LIMIT_OF_EACH.multipliedBy(containers.size()))));
  }

  private static void must(CommandResult result) throws OperationFailedException {
    if (!result.succeeded()) {
      throw OperationFailedException.forNow(result.describe());
    }
  }
}
