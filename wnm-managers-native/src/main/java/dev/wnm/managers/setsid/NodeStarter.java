package dev.wnm.managers.setsid;

import dev.wnm.managers.support.NodeLogs;
import dev.wnm.managers.support.NodeProcess;
import dev.wnm.managers.support.Poll;
import dev.wnm.managers.support.UdpSockets;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Starts a node's process and watches it until it is up. */
final class NodeStarter {
  private static final Duration REAPED = Duration.ofSeconds(1);
  /** A process that has not become the node by then never will. */
  private static final Duration BECOMING = Duration.ofSeconds(15);
  /**
   * How long a node is watched for its UDP port to open; one that lives on without is taken for slow, and core's looks will
   * tell.
   */
  private static final Duration LISTENING = Duration.ofSeconds(3);

  private final UdpSockets sockets = UdpSockets.ofThisSystem();
  private final NodeFinder finder;
  private final Launcher launcher;
  private final NodeLogs logs;

  NodeStarter(NodeFinder finder, Launcher launcher, NodeLogs logs) {
    this.finder = finder;
    this.launcher = launcher;
    this.logs = logs;
  }

  /**
   * Returns once the process runs the node's binary and listens, or lives on for a while.
   *
   * @param words the node's command line
   * @return it
   * @throws OperationFailedException when it ended at once
   */
  NodeProcess start(NodeSpec node, List<String> words) throws OperationFailedException, CommandFailedException {
    Path console = NodeLogs.consoleOf(node);
    long consoleSize = logs.consoleSize(node);
    Map<String, String> variables = new TreeMap<>(launcher.environment(node.user()));
    variables.keySet().removeAll(node.unwantedVariables());
    variables.putAll(node.variables());
    Optional<Process> child = launcher.launch(node.user(), words, variables, console);

    Poll.until(BECOMING, () -> hasEnded(child) || find(node, child).isPresent());
    Poll.until(LISTENING, () -> hasEnded(child) || find(node, child).isEmpty() || sockets.ports().contains(node.ports().node()));
    // A child that ended may have handed over to a successor, which only a look at all processes finds.
    Optional<NodeProcess> running = find(node, child);
    if (running.isEmpty()) {
      running = find(node, Optional.empty());
    }
    if (running.isEmpty()) {
      Poll.until(REAPED, () -> hasEnded(child)); // its entry is gone a moment before its exit code is known
      throw OperationFailedException.forNow(ending(node, child) + "; " + logs.lastWords(node, consoleSize));
    }
    return running.get();
  }

  private Optional<NodeProcess> find(NodeSpec node, Optional<Process> child) throws OperationFailedException {
    if (child.isPresent()) {
      return finder.processOf(node, child.get().pid());
    }
    return finder.processesOf(node).stream().reduce((first, second) -> second);
  }

  private static boolean hasEnded(Optional<Process> child) {
    return child.filter(process -> !process.isAlive()).isPresent();
  }

  private static String ending(NodeSpec node, Optional<Process> child) {
    String program = node.program().name();
    return hasEnded(child) ? program + " ended at once " + node.program().ending(child.get().exitValue())
        : "its process did not become " + program;
  }
}
