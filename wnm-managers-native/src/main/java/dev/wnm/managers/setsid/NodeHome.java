package dev.wnm.managers.setsid;

import dev.wnm.core.command.CommandFailedException;
import dev.wnm.core.manager.CannotException;
import dev.wnm.core.manager.ManagerContext;
import dev.wnm.core.manager.NodeFolder;
import dev.wnm.core.manager.NodeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Makes, completes, checks and deletes what a node has on the disk. */
final class NodeHome {
  private final ManagerContext context;
  private final NodeFiles files;
  private final Binaries binaries;

  NodeHome(ManagerContext context, NodeFiles files, Binaries binaries) {
    this.context = context;
    this.files = files;
    this.binaries = binaries;
  }

  /**
   * Makes what is missing of a node's folders and files; when that fails, nothing that was not there before is left.
   *
   * @return whether anything that a node needs was missing
   */
  boolean make(NodeSpec node, NodeDescription description) throws CannotException, CommandFailedException, IOException {
    boolean hadRoot = files.exists(node.rootDir());
    boolean hadLogs = files.exists(node.logDir());
    boolean hadBinary = hadRoot && files.exists(node.binary());
    if (hadRoot && !NodeFolder.looksLikeOne(files.list(node.rootDir()))) {
      throw CannotException.forGood(node.rootDir() + " is there already and is no node's folder; move it away");
    }
    if (!hadBinary) {
      checkSource(node.source());
    }
    boolean made = false;
    try {
      files.makeShared(context.nodeStorage());
      files.makeOwn(node.rootDir(), node);
      files.makeOwn(node.logDir(), node);
      files.makeCache(node.bootstrapCache(), node);
      if (!hadBinary) {
        files.install(node.source(), node.binary());
        binaries.version(node.binary(), node.user());
      }
      describe(node, description);
      made = true;
    } finally {
      if (!made) {
        undo(node, hadRoot, hadLogs);
      }
    }
    return !hadRoot || !hadLogs || !hadBinary;
  }

  /** Writes down how the node is started, unless it is written so already. */
  void describe(NodeSpec node, NodeDescription description) throws CommandFailedException, IOException {
    Path file = NodeDescription.fileOf(node.rootDir());
    String json = description.toJson();
    if (!files.read(file).equals(Optional.of(json))) {
      files.write(file, json);
    }
  }

  /**
   * Checks that a start can succeed, and makes the log folder if it was tidied away.
   *
   * @throws CannotException when a start could not succeed
   */
  void prepareStart(NodeSpec node) throws CannotException, CommandFailedException, IOException {
    if (!files.exists(node.rootDir())) {
      throw CannotException.forNow(
          "its folder " + node.rootDir() + " does not exist; if its disk is not mounted, mount it, else remove the node");
    }
    if (!files.exists(node.binary())) {
      throw CannotException.forGood("its binary " + node.binary() + " does not exist; upgrade the node to put one there");
    }
    files.makeOwn(node.logDir(), node);
    Optional<String> taken = Ports.taken(node.ports());
    if (taken.isPresent()) {
      throw CannotException.forNow(taken.get() + " is in use by another program; end that or remove the node");
    }
  }

  void install(NodeSpec node, Path source) throws CannotException, CommandFailedException, IOException {
    checkSource(source);
    if (!files.exists(node.rootDir())) {
      throw CannotException.forNow("its folder " + node.rootDir() + " does not exist");
    }
    files.install(source, node.binary());
  }

  /**
   * Deletes the node's data and logs.
   *
   * @return whether there were any
   */
  boolean delete(NodeSpec node) throws CannotException, CommandFailedException, IOException {
    boolean hadData;
    try {
      hadData = files.delete(dataFolder(node));
    } catch (IOException e) {
      throw CannotException.forGood(Sentences.of(e));
    }
    return deleteLogs(node) || hadData;
  }

  /** Logs that are not clearly the node's own are left, which must not keep a node from being removed. */
  private boolean deleteLogs(NodeSpec node) throws CommandFailedException {
    Path logs = node.logDir();
    if (logs.startsWith(node.rootDir()) || logs.getParent() == null) {
      return false;
    }
    try {
      return files.delete(new NodeFolder(logs, logs.getParent(), nameOf(node), context.home()));
    } catch (IOException e) {
      context.progress().report(node.service() + " is removed, but its logs are left: " + Sentences.of(e));
      return false;
    }
  }

  /** The folder is the node's by its name, or because the description in it says so. */
  private NodeFolder dataFolder(NodeSpec node) {
    Path root = node.rootDir();
    boolean saysSo = files.read(NodeDescription.fileOf(root)).flatMap(NodeDescription::parse)
        .filter(description -> description.service().equals(node.service())).isPresent();
    String name = saysSo ? root.getFileName().toString() : nameOf(node);
    return new NodeFolder(root, context.nodeStorage(), name, context.home());
  }

  private static String nameOf(NodeSpec node) {
    return node.service().replaceFirst("\\.service$", "");
  }

  private static void checkSource(Path source) throws CannotException {
    if (!Files.exists(source)) {
      throw CannotException.forGood("there is no antnode at " + source + "; give its place with --antnode_path");
    }
    if (!Files.isRegularFile(source) || !Files.isExecutable(source)) {
      throw CannotException.forGood(source + " is not an executable file; make it one with chmod +x, or name another"
          + " with --antnode_path");
    }
  }

  private void undo(NodeSpec node, boolean hadRoot, boolean hadLogs) {
    try {
      if (!hadLogs && !node.logDir().startsWith(node.rootDir())) {
        deleteLogs(node);
      }
      if (!hadRoot) {
        files.delete(new NodeFolder(
            node.rootDir(), context.nodeStorage(), node.rootDir().getFileName().toString(), context.home()));
      }
    } catch (IOException | CommandFailedException e) {
      context.progress().report(node.service() + ": what was made of it could not be deleted again: " + e.getMessage());
    }
  }
}
