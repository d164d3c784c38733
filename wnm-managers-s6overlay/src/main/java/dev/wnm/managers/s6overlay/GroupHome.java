package dev.wnm.managers.s6overlay;

import dev.wnm.managers.support.Account;
import dev.wnm.managers.support.NodeFiles;
import dev.wnm.managers.support.NodeHome;
import dev.wnm.managers.support.NodeLogs;
import dev.wnm.managers.support.Rights;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.model.ColonyId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What nodes of groups have on the volumes, as this machine sees them: folders and binaries as those of every back end
 * ({@link NodeHome}), and beside them how each is started ({@link NodeRegistry}). The volumes belong to the nodes' account:
 * nothing here is written or read through what that account put there. No binary of a node is asked anything on this machine.
 */
final class GroupHome implements NodeHome.Layout {
  private final Volumes volumes;
  private final NodeFiles files;
  private final NodeHome homes;
  private final NodeRegistry registry;

  GroupHome(ManagerContext context, GroupSettings settings, Volumes volumes) {
    this.volumes = volumes;
    files = rights(context, volumes).filesBelow(settings.storage());
    homes = new NodeHome(context, files, (binary, user) -> Optional.empty(), this);
    registry = new NodeRegistry(settings, volumes);
  }

  private static Rights rights(ManagerContext context, Volumes volumes) {
    return volumes.owner().isMe() ? Rights.own(context.runner()) : Rights.overOne(context.runner(),
        new Account(Integer.toString(volumes.owner().uid()), volumes.owner().uid(), volumes.owner().gid(), context.nodeStorage()));
  }

  NodeRegistry registry() {
    return registry;
  }

  NodeFiles files() {
    return files;
  }

  NodeLogs logs() {
    return homes.logs();
  }

  @Override
  public Path consoleOf(NodeSpec node) {
    return node.rootDir().resolve("console/current");
  }

  @Override
  public void makeAround(NodeSpec node, Path storage, NodeFiles unused) throws IOException {
    volumes.make(volumes.settings().volume(node.group().orElseThrow()));
  }

  /** See {@link NodeHome#make}. */
  boolean make(NodeSpec node, NodeDefinition definition) throws OperationFailedException, CommandFailedException, IOException {
    return homes.make(node, () -> registry.isOurs(node), () -> registry.add(node, definition));
  }

  /** See {@link NodeHome#makeAll}. */
  <R> R makeAll(List<NodeSpec> nodes, Supplier<R> make) {
    return homes.makeAll(nodes, make);
  }

  /** See {@link NodeHome#forgetCopies}. */
  void forgetCopies(ColonyId colony, Path storage) throws IOException {
    homes.forgetCopies(colony, storage);
  }

  /** Checks that a start can succeed, as far as files go, and writes down how the node is started. */
  void prepareStart(NodeSpec node, NodeDefinition definition)
      throws OperationFailedException, CommandFailedException, IOException {
    if (homes.hasOnlyKeptBinary(node)) {
      restore(node);
    }
    homes.prepareFiles(node);
    registry.remember(node, definition);
  }

  void stage(NodeSpec node) throws OperationFailedException, CommandFailedException, IOException {
    homes.stage(node);
  }

  /** Makes the staged binary the node's, keeps the one before it, and writes down how it is started. */
  void swap(NodeSpec node, NodeDefinition definition) throws CommandFailedException, IOException {
    boolean known = registry.keepPrevious(node);
    homes.swap(node);
    if (known) {
      registry.put(node, definition);
    }
  }

  /** Puts the binary that {@link #swap} kept back in its place, and what was written down for it. */
  void restore(NodeSpec node) throws CommandFailedException, IOException {
    if (files.exists(node.keptBinary())) {
      homes.restore(node);
      registry.restorePrevious(node);
    }
  }

  void forgetKept(NodeSpec node) throws CommandFailedException, IOException {
    homes.forgetKept(node);
    registry.forgetPrevious(node);
  }

  /** See {@link NodeHome#keepKey}. */
  boolean keepKey(NodeSpec node, Path folder) throws CommandFailedException, IOException {
    return homes.keepKey(node, folder);
  }

  /** See {@link NodeHome#removable}. */
  List<NodeSpec> removable(List<NodeSpec> nodes, Map<Integer, OperationResult> results) {
    return homes.removable(nodes, results);
  }

  /** Deletes the node's data. @return whether there were any */
  boolean delete(NodeSpec node) throws OperationFailedException, CommandFailedException, IOException {
    boolean deleted = homes.delete(node, node.service());
    registry.forget(node);
    return deleted;
  }

  /** See {@link NodeHome#discardAll}. */
  Map<Integer, OperationResult> discardAll(List<NodeSpec> nodes, ProcessManager manager) {
    return homes.discardAll(nodes, manager);
  }

  /** Folders of nodes in one of a group. */
  List<Path> foldersIn(Path group) throws CommandFailedException, IOException {
    return homes.foldersIn(group, Set.of());
  }
}
