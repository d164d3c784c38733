package dev.wnm.managers.setsid;

import dev.wnm.managers.support.AntDaemon;
import dev.wnm.managers.support.Finding;
import dev.wnm.managers.support.NodeFiles;
import dev.wnm.managers.support.NodeHome;
import dev.wnm.managers.support.NodeProcess;
import dev.wnm.managers.support.Sentences;
import dev.wnm.managers.support.UdpSockets;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.program.NodeArguments;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What else may run nodes as processes of the operator's: {@code ant node daemon}, whose registry tells of its nodes, and Formicaio,
 * which has them as children. Both start again what they find ended, so that their nodes are taken over only once they are gone.
 */
final class OtherSupervisors {
  /** What a process that has nodes as children would do, by the name of its program. */
  private static final Map<String, String> PARENTS = Map.of(
      "ant", "stop it first with 'ant node daemon stop': its nodes run on",
      "formicaio", "end that process first, it alone: its nodes run on");

  private final Optional<AntDaemon> daemon;
  private final ManagerContext context;
  private final UdpSockets sockets = UdpSockets.ofThisSystem();

  /** @param daemon that of the operator; empty where nodes run as other accounts than wnm, which it never does */
  OtherSupervisors(Optional<AntDaemon> daemon, ManagerContext context) {
    this.daemon = daemon;
    this.context = context;
  }

  /**
   * The nodes of the daemon's registry. One that cannot be read is told of and passed over: it is another program's, and what wnm's own
   * nodes are does not depend on it.
   */
  List<FoundNode> nodes(NodeFinder.Found found, NodeFiles files, NodeHome homes) throws CommandFailedException {
    List<FoundNode> nodes = new ArrayList<>();
    Optional<Long> runs = daemon.flatMap(AntDaemon::pid);
    for (AntDaemon.Entry entry : entries()) {
      nodes.add(node(entry, runs, found, files, homes));
    }
    return nodes;
  }

  private List<AntDaemon.Entry> entries() {
    try {
      return daemon.isPresent() ? daemon.get().entries() : List.of();
    } catch (CommandFailedException e) {
      context.progress().report("nodes of ant node daemon are not looked for: " + e.getMessage());
      return List.of();
    }
  }

  private FoundNode node(AntDaemon.Entry entry, Optional<Long> runs, NodeFinder.Found found, NodeFiles files, NodeHome homes)
      throws CommandFailedException {
    List<NodeProcess> processes = found.on(entry.rootDir());
    Optional<NodeProcess> own = processes.stream().filter(process -> NodeFinder.isRunBy(process, entry.binary())
        || NodeFinder.isRunBy(process, NodeFinder.real(entry.binary()))).reduce((first, second) -> second);
    ProcessState state = own.<ProcessState>map(process -> new ProcessState.Running(OptionalLong.of(process.pid())))
        .orElseGet(() -> new ProcessState.Stopped(""));
    NodeArguments arguments = own.map(NodeProcess::arguments).orElseGet(() -> new NodeArguments(entry.command()));
    Finding finding = new Finding(entry.rootDir().getFileName() + ".service", entry.rootDir(), arguments,
        System.getProperty("user.name"), entry.environment(), state);
    Optional<String> obstacle = runs.map(pid -> "ant node daemon runs (process " + pid + ") and would start again what wnm stops; "
        + PARENTS.get("ant"));
    if (obstacle.isEmpty() && entry.isEvicted()) {
      obstacle = Optional.of("the daemon deleted its data and its key when the disk was nearly full");
    }
    if (obstacle.isEmpty() && own.isEmpty()) {
      obstacle = processes.isEmpty()
          ? files.exists(entry.rootDir()) ? Optional.empty() : Optional.of("its folder " + entry.rootDir() + " does not exist")
          : Optional.of("process " + processes.get(0).pid() + " runs on " + entry.rootDir() + ", but not from " + entry.binary());
    }
    List<String> remarks = new ArrayList<>(remarks(finding));
    if (!entry.peers().isEmpty()) {
      remarks.add("asks " + String.join(", ", entry.peers()) + " first, which it forgets at its next start unless --bootstrap names"
          + " them");
    }
    return finding.describe(files, homes).id(OptionalInt.of(entry.id())).nodePort(port(finding))
        .obstacle(obstacle.or(() -> childOf(finding))).remarks(remarks).build();
  }

  /** A node that was found by its folder or its process, with what is to be known before it is taken over. */
  FoundNode described(Finding finding, NodeFiles files, NodeHome homes) {
    return finding.describe(files, homes).nodePort(port(finding)).obstacle(childOf(finding)).remarks(remarks(finding)).build();
  }

  /** Sees to it that a later daemon does not take these nodes back. @return a sentence for each thing that an operator should know */
  List<String> release(List<NodeSpec> nodes) {
    if (daemon.isEmpty()) {
      return List.of();
    }
    Set<Path> folders = new HashSet<>();
    nodes.forEach(node -> folders.add(node.rootDir()));
    Path registry = daemon.get().registry();
    try {
      return daemon.get().takeOut(folders, context.clock().instant()).map(kept -> "the nodes taken over were taken out of " + registry
          + ", so that a later 'ant node daemon' does not take them back; what it was is kept as " + kept).stream().toList();
    } catch (IOException e) {
      return List.of(takenBack(Sentences.of(e)));
    } catch (CommandFailedException e) {
      return List.of(takenBack(e.getMessage()));
    }
  }

  private static String takenBack(String why) {
    return "a later 'ant node daemon' may take the nodes back, since they could not be taken out of its registry: " + why + "; move it"
        + " away before one is started";
  }

  /** What its command line says, else what its process listens on: from its next start on it gets that one by its command line. */
  private OptionalInt port(Finding finding) {
    if (finding.arguments().nodePort().isPresent() || !(finding.state() instanceof ProcessState.Running running)
        || running.pid().isEmpty()) {
      return finding.arguments().nodePort();
    }
    Map<String, Set<Integer>> ports = sockets.portsOf(running.pid().getAsLong());
    Set<Integer> both = without(ports.getOrDefault("udp6", Set.of()), finding);
    Set<Integer> old = without(ports.getOrDefault("udp", Set.of()), finding);
    // A node takes both kinds of addresses at one port, while browsers have one of IPv4 alone.
    Set<Integer> candidates = both.isEmpty() ? old : both;
    return candidates.size() == 1 ? OptionalInt.of(candidates.iterator().next()) : OptionalInt.empty();
  }

  private static Set<Integer> without(Set<Integer> ports, Finding finding) {
    Set<Integer> left = new HashSet<>(ports);
    finding.arguments().browserPort().ifPresent(left::remove);
    return left;
  }

  private static Optional<String> childOf(Finding finding) {
    return process(finding).flatMap(ProcessHandle::parent).flatMap(parent -> parent.info().command()
        .map(command -> Path.of(command).getFileName().toString().replaceFirst(" .*", ""))
        .filter(PARENTS::containsKey)
        .map(name -> name + " runs it (process " + parent.pid() + ") and would start again what wnm stops; " + PARENTS.get(name)));
  }

  private static List<String> remarks(Finding finding) {
    NodeProgram program = NodePrograms.ofFile(finding.binary()).orElseGet(NodePrograms::usual);
    return process(finding).isEmpty() || program.leavesRestartToOthers(finding.arguments().argv()) ? List.of()
        : List.of("runs without --stop-on-upgrade: when it upgrades itself it starts its successor as another process, until wnm has"
            + " restarted it (--force_action stop, then start)");
  }

  private static Optional<ProcessHandle> process(Finding finding) {
    return finding.state() instanceof ProcessState.Running running && running.pid().isPresent()
        ? ProcessHandle.of(running.pid().getAsLong()) : Optional.empty();
  }
}
