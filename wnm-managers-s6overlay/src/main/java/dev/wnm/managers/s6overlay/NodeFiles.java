package dev.wnm.managers.s6overlay;

import dev.wnm.core.docker.Owner;
import dev.wnm.core.manager.CannotException;
import dev.wnm.core.manager.ManagerContext;
import dev.wnm.core.manager.NodeFolder;
import dev.wnm.core.manager.NodeSpec;
import dev.wnm.core.manager.StorageMarker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What nodes have on the volumes, as this machine sees them. The folders belong to the nodes' account, which could put a link
 * anywhere: nothing here is written or read through one.
 */
final class NodeFiles {
  private static final int LONGEST_DEFINITION = 64 * 1024;

  private final ManagerContext context;
  private final Plan plan;
  private final Owner owner;

  NodeFiles(ManagerContext context, Plan plan, Owner owner) {
    this.context = context;
    this.plan = plan;
    this.owner = owner;
  }

  boolean isThere(NodeSpec node) {
    return Files.isDirectory(node.rootDir(), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Makes what is missing of a node's folders, binary and definition; when that fails, nothing new is left.
   *
   * @return whether anything was missing
   */
  boolean make(NodeSpec node, NodeDefinition definition) throws CannotException {
    boolean hadRoot = Files.exists(node.rootDir(), LinkOption.NOFOLLOW_LINKS);
    boolean hadBinary = Files.exists(node.binary(), LinkOption.NOFOLLOW_LINKS);
    boolean registered = definition(node).isPresent();
    boolean made = false;
    try {
      if (hadRoot && !registered && !looksLikeANode(node.rootDir())) {
        throw CannotException.forGood(node.rootDir() + " is there already and is no node's folder; move it away");
      }
      if (!hadBinary) {
        checkSource(node.source());
      }
      GroupVolume volume = volume(node);
      for (Path folder : List.of(volume.folder(), volume.cache(), volume.registry(), node.rootDir(), node.logDir())) {
        makeFolder(folder);
      }
      if (!hadBinary) {
        put(node.source(), node.binary());
      }
      if (!registered) {
        // Down until it is started: a container that boots meanwhile must not start it.
        write(volume.registry().resolve(node.service() + ".down"), "");
        write(volume.registry().resolve(node.service()), definition.line() + "\n");
      }
      made = true;
      return !hadRoot || !hadBinary || !registered;
    } catch (IOException e) {
      throw CannotException.forNow("its folder " + node.rootDir() + " cannot be made: " + e);
    } finally {
      if (!made && !hadRoot) {
        undo(node);
      }
    }
  }

  /** Puts the next binary beside the present one, whole. */
  void stage(NodeSpec node) throws CannotException {
    checkSource(node.source());
    if (!isThere(node)) {
      throw CannotException.forNow("its folder " + node.rootDir() + " does not exist");
    }
    onBinary(node, () -> put(node.source(), node.stagedBinary()));
  }

  /** Makes the staged binary the node's, keeps the one before it, and writes down how it is started. */
  void swap(NodeSpec node, NodeDefinition definition) throws CannotException {
    onBinary(node, () -> {
      if (Files.exists(node.binary(), LinkOption.NOFOLLOW_LINKS)) {
        Files.move(node.binary(), node.keptBinary(), StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(node.stagedBinary(), node.binary(), StandardCopyOption.ATOMIC_MOVE);
      register(node, definition);
    });
  }

  /** Puts the binary that {@link #swap} kept back in its place. */
  void restore(NodeSpec node, NodeDefinition definition) throws CannotException {
    if (Files.exists(node.keptBinary(), LinkOption.NOFOLLOW_LINKS)) {
      onBinary(node, () -> {
        Files.move(node.keptBinary(), node.binary(), StandardCopyOption.ATOMIC_MOVE);
        register(node, definition);
      });
    }
  }

  /** Deletes what an upgrade left beside the binary. */
  void forgetKept(NodeSpec node) throws CannotException {
    onBinary(node, () -> {
      Files.deleteIfExists(node.keptBinary());
      Files.deleteIfExists(node.stagedBinary());
    });
  }

  private void register(NodeSpec node, NodeDefinition definition) throws IOException {
    if (definition(node).isPresent()) {
      write(volume(node).registry().resolve(node.service()), definition.line() + "\n");
    }
  }

  @FunctionalInterface
  private interface FileWork {
    void run() throws IOException;
  }

  private static void onBinary(NodeSpec node, FileWork work) throws CannotException {
    try {
      work.run();
    } catch (IOException e) {
      throw CannotException.forNow("the binary of " + node.service() + " cannot be replaced: " + e);
    }
  }

  /** Checks that a start can succeed, as far as files go. */
  void checkStart(NodeSpec node) throws CannotException {
    if (!isThere(node)) {
      throw CannotException.forNow(
          "its folder " + node.rootDir() + " does not exist; if its disk is not mounted, mount it, else remove the node");
    }
    if (!Files.isRegularFile(node.binary(), LinkOption.NOFOLLOW_LINKS)) {
      throw CannotException.forGood("its binary " + node.binary() + " does not exist; upgrade the node to put one there");
    }
  }

  /** Why the node's folder must not be deleted, if it is there and must not. */
  Optional<String> refusal(NodeSpec node) {
    return Files.exists(node.rootDir(), LinkOption.NOFOLLOW_LINKS) ? folder(node).refusal() : Optional.empty();
  }

  private NodeFolder folder(NodeSpec node) {
    return new NodeFolder(node.rootDir(), NodeFolder.Content.DATA, node.service(), context.home(), context.colony());
  }

  /** Deletes the node's data. @return whether there were any */
  boolean delete(NodeSpec node) throws CannotException {
    try {
      boolean deleted = folder(node).delete();
      forget(node);
      return deleted;
    } catch (IOException e) {
      throw CannotException.forGood(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  /** Lets a node stay down when its container starts. */
  void markDown(NodeSpec node) throws CannotException {
    Path registry = volume(node).registry();
    if (definition(node).isEmpty()) {
      return;
    }
    try {
      write(registry.resolve(node.service() + ".down"), "");
    } catch (IOException e) {
      throw CannotException.forNow("that " + node.service() + " is to stay down cannot be written down: " + e);
    }
  }

  /** How the node is started, as written down. */
  Optional<NodeDefinition> definition(NodeSpec node) {
    return read(volume(node).registry().resolve(node.service()));
  }

  /** What is written down of all nodes of a group. */
  List<NodeDefinition> definitions(String group) {
    Path registry = plan.volume(group).registry();
    if (!Files.isDirectory(registry, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(registry)) {
      return files.filter(file -> !file.getFileName().toString().contains(".")).sorted()
          .flatMap(file -> read(file).filter(found -> found.service().equals(file.getFileName().toString())).stream()).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The groups that have a folder. */
  List<String> groups() {
    try (Stream<Path> entries = Files.list(plan.storage())) {
      Predicate<String> isGroup = name -> plan.group(name).isPresent();
      return entries.filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
          .map(entry -> entry.getFileName().toString()).filter(isGroup).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Deletes what is left of a group without nodes: empty folders, and those that wnm and the container made. */
  void deleteGroup(String group) throws CannotException {
    GroupVolume volume = plan.volume(group);
    try {
      deleteFolder(volume.registry());
      deleteFolder(volume.cache());
      StorageMarker.erase(context.colony(), volume.folder());
      Files.deleteIfExists(volume.folder());
    } catch (IOException e) {
      throw CannotException.forNow("the folder of group " + group + " is not empty, and stays: " + volume.folder());
    }
  }

  private static void deleteFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path entry : entries.sorted((one, other) -> other.getNameCount() - one.getNameCount()).toList()) {
        Files.delete(entry);
      }
    }
  }

  private void forget(NodeSpec node) throws IOException {
    Path registry = volume(node).registry();
    if (Files.isDirectory(registry, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(registry.resolve(node.service()));
      Files.deleteIfExists(registry.resolve(node.service() + ".down"));
    }
  }

  private void undo(NodeSpec node) {
    try {
      delete(node);
      GroupVolume volume = volume(node);
      if (definitions(volume.folder().getFileName().toString()).isEmpty()) {
        deleteEmpty(volume.registry());
      }
    } catch (CannotException e) {
      context.progress().report(node.service() + ": what was made of it could not be deleted again: " + e.getMessage());
    }
  }

  private static void deleteEmpty(Path folder) {
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // Not empty: in use.
    }
  }

  private void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(folder);
      owner.give(folder);
    }
  }

  private void put(Path source, Path binary) throws IOException {
    Path fresh = binary.resolveSibling("antnode.new");
    Files.deleteIfExists(fresh);
    Files.copy(source, fresh);
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
    owner.give(fresh);
    Files.move(fresh, binary, StandardCopyOption.ATOMIC_MOVE);
  }

  private void write(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.writeString(fresh, text, StandardOpenOption.CREATE_NEW);
    owner.give(fresh);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Optional<NodeDefinition> read(Path file) {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LONGEST_DEFINITION) {
        return Optional.empty();
      }
      return Files.readString(file, StandardCharsets.UTF_8).lines().findFirst().flatMap(NodeDefinition::parse);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean looksLikeANode(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return NodeFolder.looksLikeOne(entries.map(entry -> entry.getFileName().toString()).toList());
    }
  }

  /** @throws CannotException when it is no program that a node can be given a copy of */
  static void checkSource(Path source) throws CannotException {
    if (!Files.exists(source)) {
      throw CannotException.forGood("there is no antnode at " + source + "; give its place with --antnode_path");
    }
    if (!Files.isRegularFile(source) || !Files.isExecutable(source)) {
      throw CannotException.forGood(source + " is not an executable file; make it one with chmod +x, or name another"
          + " with --antnode_path");
    }
  }

  private GroupVolume volume(NodeSpec node) {
    return plan.volume(node.group().orElseThrow());
  }
}
