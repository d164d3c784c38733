package dev.wnm.managers.setsid;

import dev.wnm.managers.support.NodeProcess;
import dev.wnm.managers.support.ProcessTable;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells which processes are which node's: those that were started from the node's own binary on its root folder. A binary
 * that was replaced under a running process still counts, and so does a script's interpreter, whose executable is another.
 */
final class NodeFinder {
  /** What a node's process is for an instant before it becomes the node; the node's command line is among its arguments. */
  private static final Set<String> LAUNCHERS = Set.of("setsid", "setpriv", "sudo", "env");

  private final ProcessTable table;

  NodeFinder(ProcessTable table) {
    this.table = table;
  }

  /** All that run now, from one look at the processes. */
  Found look() throws OperationFailedException {
    return new Found(table.candidates().stream()
        .filter(process -> process.arguments().rootDir().isPresent())
        .collect(Collectors.groupingBy(process -> process.arguments().rootDir().get())));
  }

  /** The processes of one node; two for a moment while it hands over to its successor. */
  List<NodeProcess> processesOf(NodeSpec node) throws OperationFailedException {
    return look().of(node);
  }

  /** The process of this pid, if it is the node's. */
  Optional<NodeProcess> processOf(NodeSpec node, long pid) {
    return table.find(pid).filter(process -> belongs(process, node));
  }

  /** What one look at the processes found, by root folder. */
  record Found(Map<Path, List<NodeProcess>> byRootDir) {
    List<NodeProcess> of(NodeSpec node) {
      return on(node.rootDir()).stream().filter(process -> belongs(process, node)).toList();
    }

    /** Which node program runs on the node's root folder without being the node, in words. */
    Optional<String> otherOn(NodeSpec node) {
      return on(node.rootDir()).stream().filter(process -> !belongs(process, node))
          .filter(process -> process.arguments().binary().isPresent()).findFirst().map(process ->
          "process " + process.pid() + " runs on " + node.rootDir() + ", but not from " + node.binary());
    }

    /** Those that run on a root folder, from whatever binary. */
    List<NodeProcess> on(Path rootDir) {
      return byRootDir.getOrDefault(rootDir.normalize(), List.of()).stream()
          .filter(process -> !LAUNCHERS.contains(process.program())).toList();
    }
  }

  private static boolean belongs(NodeProcess process, NodeSpec node) {
    if (LAUNCHERS.contains(process.program())
        || !process.arguments().rootDir().equals(Optional.of(node.rootDir().normalize()))) {
      return false;
    }
    return isRunBy(process, node.binary()) || isRunBy(process, real(node.binary()));
  }

  /** Whether a process was started from a binary. */
  static boolean isRunBy(NodeProcess process, Path binary) {
    return process.executable().filter(binary::equals).isPresent()
        || process.arguments().programs().anyMatch(binary::equals);
  }

  /** The path with its links resolved, as the system names executables; the file itself may be gone. */
  static Path real(Path file) {
    try {
      return file.getParent().toRealPath().resolve(file.getFileName());
    } catch (IOException e) {
      return file;
    }
  }
}
