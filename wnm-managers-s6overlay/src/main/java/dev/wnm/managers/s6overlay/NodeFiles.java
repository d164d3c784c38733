package dev.wnm.managers.s6overlay;

import dev.wnm.managers.support.Sentences;
import dev.wnm.spi.internal.files.FileEntry;
import dev.wnm.spi.internal.files.FileOwner;
import dev.wnm.spi.internal.files.OpenFolder;
import dev.wnm.spi.internal.files.ProgramCopy;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.NodeFolder;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.StorageMarker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What nodes have on the volumes, as this machine sees them. The folders belong to the nodes' account: nothing here is written
 * or read through what that account put there. What decides how a node is started is written down twice where that account is
 * not wnm's own: in the registry, from which the container starts its nodes, and in the node storage, which no container sees
 * and from which a survey reads it back.
 */
final class NodeFiles {
  private static final int MOST_OF_A_LOG = 48 * 1024;
  private static final int LONGEST_DEFINITION = 64 * 1024;
  private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");
  private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");
  private static final Set<PosixFilePermission> SECRET = PosixFilePermissions.fromString("rw-------");
  private static final String DOWN = ".down";
  /** The definition that goes with the binary that an upgrade keeps. */
  private static final String PREVIOUS = ".previous";

  private final ManagerContext context;
  private final Plan plan;
  private final Volumes volumes;

  NodeFiles(ManagerContext context, Plan plan, Volumes volumes) {
    this.context = context;
    this.plan = plan;
    this.volumes = volumes;
  }

  boolean isThere(NodeSpec node) {
    return entry(node.rootDir()).filter(FileEntry::isFolder).isPresent();
  }

  /** When a node got its key; empty when it has none or that cannot be told. */
  Optional<Instant> keyedAt(Path rootDir) {
    return entry(rootDir.resolve(NodeFolder.KEY_FILE)).map(FileEntry::writtenAt);
  }

  boolean isFolder(Path folder) {
    return entry(folder).filter(FileEntry::isFolder).isPresent();
  }

  private Optional<FileEntry> entry(Path path) {
    try (OpenFolder folder = volumes.open(path.getParent())) {
      return folder.entry(nameOf(path));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Makes what is missing of a node's folders, binary and definition; when that fails, nothing new is left. A folder that holds
   * a key is completed only if wnm wrote down that it is this node's.
   *
   * @return whether anything was missing
   */
  boolean make(NodeSpec node, NodeDefinition definition) throws OperationFailedException {
    GroupVolume volume = volume(node);
    boolean hadRoot = entry(node.rootDir()).isPresent();
    boolean hadLogs = entry(node.logDir()).isPresent();
    boolean hadBinary = entry(node.binary()).isPresent();
    boolean registered = definition(node).isPresent();
    boolean made = false;
    try {
      if (hadRoot) {
        requireOurs(node, registered);
      }
      if (!hadBinary) {
        checkSource(node.source());
      }
      volumes.make(volume);
      volumes.makeFolder(node.rootDir());
      volumes.makeFolder(node.logDir());
      if (!hadBinary) {
        put(node.source(), node.binary());
      }
      if (!registered) {
        // Down until it is started: a container that boots meanwhile must not start it.
        write(volume.registry(), node.service() + DOWN, "");
        register(node, definition);
      }
      made = true;
      return !hadRoot || !hadBinary || !registered;
    } catch (IOException e) {
      throw OperationFailedException.forNow("its folder " + node.rootDir() + " cannot be made: " + e);
    } finally {
      if (!made) {
        undo(node, hadRoot, hadLogs, hadBinary, registered);
      }
    }
  }

  private void requireOurs(NodeSpec node, boolean registered) throws OperationFailedException, IOException {
    List<String> names;
    try (OpenFolder folder = volumes.open(node.rootDir())) {
      names = folder.names();
    }
    if (!registered && !NodeFolder.looksLikeOne(names)) {
      throw OperationFailedException.forGood(node.rootDir() + " is there already and is no node's folder; move it away");
    }
    if (names.contains(NodeFolder.KEY_FILE) && trusted(volume(node), node.service()).isEmpty()) {
      throw OperationFailedException.forGood(node.rootDir() + " holds the key of a node that is not known to be this colony's; take it"
          + " over with --import, or move the folder away");
    }
  }

  /** @throws OperationFailedException when the node's folder holds a key, or that cannot be told */
  void requireNoKey(NodeSpec node) throws OperationFailedException {
    try (OpenFolder folder = volumes.open(node.rootDir())) {
      if (folder.entry(NodeFolder.KEY_FILE).isPresent()) {
        throw OperationFailedException.forGood(node.rootDir() + " holds the key of a node and is left as it is; take the node over with"
            + " --import, or move the folder away");
      }
    } catch (NoSuchFileException e) {
      // No folder, no key.
    } catch (IOException e) {
      throw OperationFailedException.forNow("whether " + node.rootDir() + " holds a key cannot be told: " + e);
    }
  }

  /** Puts the next binary beside the present one, whole. */
  void stage(NodeSpec node) throws OperationFailedException {
    checkSource(node.source());
    if (!isThere(node)) {
      throw OperationFailedException.forNow("its folder " + node.rootDir() + " does not exist");
    }
    onBinary(node, folder -> put(node.source(), node.stagedBinary()));
  }

  /** Makes the staged binary the node's, keeps the one before it, and writes down how it is started. */
  void swap(NodeSpec node, NodeDefinition definition) throws OperationFailedException {
    onBinary(node, folder -> {
      Optional<NodeDefinition> before = definition(node);
      if (before.isPresent()) {
        write(volume(node).registry(), node.service() + PREVIOUS, before.get().line() + "\n");
      }
      if (folder.entry(nameOf(node.binary())).isPresent()) {
        folder.rename(nameOf(node.binary()), nameOf(node.keptBinary()));
      }
      folder.rename(nameOf(node.stagedBinary()), nameOf(node.binary()));
      if (before.isPresent()) {
        register(node, definition);
      }
    });
  }

  /** Puts the binary that {@link #swap} kept back in its place, and what was written down for it. */
  void restore(NodeSpec node) throws OperationFailedException {
    onBinary(node, folder -> {
      if (folder.entry(nameOf(node.keptBinary())).isPresent()) {
        folder.rename(nameOf(node.keptBinary()), nameOf(node.binary()));
        Optional<NodeDefinition> before = read(volume(node).registry(), node.service() + PREVIOUS);
        if (before.isPresent() && before.get().service().equals(node.service())) {
          register(node, before.get());
        }
      }
    });
  }

  /** Deletes what an upgrade left beside the binary. */
  void forgetKept(NodeSpec node) throws OperationFailedException {
    onBinary(node, folder -> {
      folder.delete(nameOf(node.keptBinary()));
      folder.delete(nameOf(node.stagedBinary()));
      deleteIn(volume(node).registry(), node.service() + PREVIOUS);
    });
  }

  /** How it is started, for the container, and for a survey that may not believe what the nodes' account can write. */
  private void register(NodeSpec node, NodeDefinition definition) throws IOException {
    GroupVolume volume = volume(node);
    remember(node, definition);
    write(volume.registry(), node.service(), definition.line() + "\n");
  }

  /** Writes down in the node storage how a node is started, where what is in the registry may not be believed. */
  private void remember(NodeSpec node, NodeDefinition definition) throws IOException {
    if (volumes.owner().isMe() || trusted(volume(node), node.service()).filter(definition::equals).isPresent()) {
      return;
    }
    try (OpenFolder storage = volumes.open(plan.storage())) {
      storage.put(volume(node).memo(node.service()), SECRET, Optional.empty(), Optional.empty(),
          file -> file.write((definition.line() + "\n").getBytes(StandardCharsets.UTF_8)));
    }
  }

  @FunctionalInterface
  private interface FileWork {
    void run(OpenFolder folder) throws IOException;
  }

  private void onBinary(NodeSpec node, FileWork work) throws OperationFailedException {
    try (OpenFolder folder = volumes.open(node.binary().getParent())) {
      work.run(folder);
    } catch (IOException e) {
      throw OperationFailedException.forNow("the binary of " + node.service() + " cannot be replaced: " + e);
    }
  }

  /** Whether a {@link #swap} was cut off between its two renames. */
  boolean hasOnlyKeptBinary(NodeSpec node) {
    return entry(node.binary()).isEmpty() && entry(node.keptBinary()).isPresent();
  }

  /** Checks that a start can succeed, as far as files go, and writes down how the node is started. */
  void prepareStart(NodeSpec node, NodeDefinition definition) throws OperationFailedException {
    if (!isThere(node)) {
      throw OperationFailedException.forNow(
          "its folder " + node.rootDir() + " does not exist; if its disk is not mounted, mount it, else remove the node");
    }
    if (entry(node.binary()).filter(FileEntry::isFile).isEmpty()) {
      throw OperationFailedException.forGood("its binary " + node.binary() + " does not exist; upgrade the node to put one there");
    }
    try {
      remember(node, definition);
    } catch (IOException e) {
      throw OperationFailedException.forNow("how " + node.service() + " is started cannot be written down: " + e);
    }
  }

  /** Why the node's folder must not be deleted, if it is there and must not. */
  Optional<String> refusal(NodeSpec node) {
    return entry(node.rootDir()).isPresent() ? folder(node).refusal() : Optional.empty();
  }

  private NodeFolder folder(NodeSpec node) {
    return new NodeFolder(node.rootDir(), NodeFolder.Content.DATA, node.service(), context.home(), context.colony());
  }

  /** Deletes the node's data. @return whether there were any */
  boolean delete(NodeSpec node) throws OperationFailedException {
    NodeFolder data = folder(node);
    Optional<String> refusal = data.refusal();
    if (refusal.isPresent()) {
      throw OperationFailedException.forGood(refusal.get());
    }
    try (OpenFolder parent = volumes.open(node.rootDir().getParent())) {
      boolean deleted = data.deleteIn(parent);
      forget(node);
      return deleted;
    } catch (IOException e) {
      throw OperationFailedException.forGood(Sentences.of(e));
    }
  }

  /** The ends of what a node printed and logged, each after its place; what cannot be read is left out. */
  String logs(NodeSpec node) {
    StringBuilder all = new StringBuilder();
    for (Path file : List.of(node.rootDir().resolve("console/current"), node.logDir().resolve("critical_failure.log"),
        node.logDir().resolve("antnode.log"))) {
      try (OpenFolder folder = volumes.open(file.getParent())) {
        String end = new String(folder.readEnd(nameOf(file), 0, MOST_OF_A_LOG), StandardCharsets.UTF_8);
        if (!end.isBlank()) {
          all.append("==> ").append(file).append(" <==\n").append(end.stripTrailing()).append('\n');
        }
      } catch (IOException e) {
        // A hint for a person: left out, as announced.
      }
    }
    return all.toString();
  }

  /** Lets a node stay down when its container starts. */
  void markDown(NodeSpec node) throws OperationFailedException {
    if (definition(node).isEmpty()) {
      return;
    }
    try {
      write(volume(node).registry(), node.service() + DOWN, "");
    } catch (IOException e) {
      throw OperationFailedException.forNow("that " + node.service() + " is to stay down cannot be written down: " + e);
    }
  }

  /** Makes a group's registry anew where it is gone: the container removes nothing without it. */
  void keepRegistry(String group) throws OperationFailedException {
    try {
      volumes.makeFolder(plan.volume(group).registry());
    } catch (IOException e) {
      throw OperationFailedException.forNow("the registry of group " + group + " cannot be made: " + e);
    }
  }

  /** How the node is started, as the container has it. */
  Optional<NodeDefinition> definition(NodeSpec node) {
    return read(volume(node).registry(), node.service());
  }

  /**
   * What is written down of all nodes of a group, as far as it may be believed: where the nodes' account could have written it,
   * only their names are taken from the registry, and their ports.
   */
  List<NodeDefinition> definitions(String group) {
    GroupVolume volume = plan.volume(group);
    try (OpenFolder registry = volumes.open(volume.registry())) {
      List<NodeDefinition> found = new ArrayList<>();
      for (String name : registry.names().stream().filter(name -> !name.contains(".")).sorted().toList()) {
        read(registry, name).filter(definition -> definition.service().equals(name))
            .map(definition -> trusted(volume, name).orElseGet(() ->
                volumes.owner().isMe() ? definition : definition.withoutWhatDecides()))
            .ifPresent(found::add);
      }
      return found;
    } catch (IOException e) {
      return List.of();
    }
  }

  /** What wnm itself wrote down of a node, out of reach of the nodes' account. */
  private Optional<NodeDefinition> trusted(GroupVolume volume, String service) {
    if (volumes.owner().isMe()) {
      return read(volume.registry(), service).filter(definition -> definition.service().equals(service));
    }
    try (OpenFolder storage = volumes.open(plan.storage())) {
      Optional<FileEntry> memo = storage.entry(volume.memo(service));
      return memo.isPresent() && FileOwner.isMeOrRoot(memo.get().owner()) && !memo.get().isOpenToOthers()
          ? read(storage, volume.memo(service)).filter(definition -> definition.service().equals(service)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The groups that have a folder. */
  List<String> groups() {
    try (OpenFolder storage = volumes.open(plan.storage())) {
      return storage.names().stream().filter(name -> plan.group(name).isPresent())
          .filter(name -> isFolder(plan.volume(name).folder())).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Deletes what is left of a group without nodes: empty folders, and those that wnm and the container made. */
  void deleteGroup(String group) throws OperationFailedException {
    GroupVolume volume = plan.volume(group);
    try {
      if (isFolder(volume.folder())) {
        try (OpenFolder folder = volumes.open(volume.folder())) {
          folder.deleteTree(nameOf(volume.registry()));
          folder.deleteTree(nameOf(volume.cache()));
          String marker = StorageMarker.nameFor(plan.colony());
          if (folder.names().stream().allMatch(marker::equals)) {
            folder.delete(marker);
          }
        }
        deleteIn(plan.storage(), nameOf(volume.folder()));
      }
    } catch (IOException e) {
      throw OperationFailedException.forNow("the folder of group " + group + " is not empty, and stays: " + volume.folder());
    }
  }

  private void forget(NodeSpec node) throws IOException {
    GroupVolume volume = volume(node);
    for (String suffix : List.of("", DOWN, PREVIOUS)) {
      deleteIn(volume.registry(), node.service() + suffix);
    }
    deleteIn(plan.storage(), volume.memo(node.service()));
  }

  private void undo(NodeSpec node, boolean hadRoot, boolean hadLogs, boolean hadBinary, boolean registered) {
    try {
      GroupVolume volume = volume(node);
      if (!hadRoot && entry(node.rootDir()).isPresent()) {
        try (OpenFolder parent = volumes.open(node.rootDir().getParent())) {
          new NodeFolder(node.rootDir(), NodeFolder.Content.UNFINISHED, node.service(), context.home(), context.colony())
              .deleteIn(parent);
        }
      } else if (hadRoot) {
        if (!hadBinary) {
          deleteIn(node.rootDir(), nameOf(node.binary()));
        }
        if (!hadLogs) {
          deleteIn(node.rootDir(), nameOf(node.logDir()));
        }
      }
      if (!registered) {
        forget(node);
      }
      if (definitions(nameOf(volume.folder())).isEmpty()) {
        deleteEmpty(volume.registry());
      }
    } catch (IOException e) {
      context.progress().report(node.service() + ": what was made of it could not be deleted again: " + e.getMessage());
    }
  }

  private void deleteEmpty(Path folder) {
    try {
      deleteIn(folder.getParent(), nameOf(folder));
    } catch (IOException e) {
      // Not empty: in use.
    }
  }

  /** Deletes a file, a link itself or an empty folder; none is fine. */
  private void deleteIn(Path parent, String name) throws IOException {
    try (OpenFolder folder = volumes.open(parent)) {
      folder.delete(name);
    } catch (NoSuchFileException e) {
      // As was wanted.
    }
  }

  private void put(Path source, Path binary) throws IOException {
    try (OpenFolder folder = volumes.open(binary.getParent())) {
      ProgramCopy.put(context.runner(), source, folder, nameOf(binary), PROGRAM, volumes.nodesAccount(), Optional.empty());
    }
  }

  private void write(Path parent, String name, String text) throws IOException {
    try (OpenFolder folder = volumes.open(parent)) {
      folder.put(name, READABLE, volumes.nodesAccount(), Optional.empty(), file -> file.write(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private Optional<NodeDefinition> read(Path parent, String name) {
    try (OpenFolder folder = volumes.open(parent)) {
      return read(folder, name);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<NodeDefinition> read(OpenFolder folder, String name) {
    try {
      return folder.read(name, LONGEST_DEFINITION)
          .flatMap(bytes -> new String(bytes, StandardCharsets.UTF_8).lines().findFirst()).flatMap(NodeDefinition::parse);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** @throws OperationFailedException when it is no program that a node can be given a copy of */
  static void checkSource(Path source) throws OperationFailedException {
    if (!Files.exists(source)) {
      throw OperationFailedException.forGood("there is no antnode at " + source + "; give its place with --antnode_path");
    }
    if (!Files.isRegularFile(source) || !Files.isExecutable(source)) {
      throw OperationFailedException.forGood(source + " is not an executable file; make it one with chmod +x, or name another"
          + " with --antnode_path");
    }
  }

  private GroupVolume volume(NodeSpec node) {
    return plan.volume(node.group().orElseThrow());
  }

  private static String nameOf(Path path) {
    return path.getFileName().toString();
  }
}
