package dev.wnm.managers.s6overlay;

import dev.wnm.spi.internal.files.FileEntry;
import dev.wnm.spi.internal.files.FileOwner;
import dev.wnm.spi.internal.files.OpenFolder;
import dev.wnm.spi.manager.NodeSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How each node is started, written down twice where the nodes' account is not wnm's own: in the registry of its group, from
 * which the container starts its nodes and which that account owns, and in the node storage, which no container sees and from
 * which a survey reads it back. What cannot be read is a failure, and never taken for nothing.
 *
 * @param settings where groups are
 * @param volumes their folders
 */
record NodeRegistry(GroupSettings settings, Volumes volumes) {
  private static final int LONGEST_DEFINITION = 64 * 1024;
  private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");
  private static final Set<PosixFilePermission> SECRET = PosixFilePermissions.fromString("rw-------");
  private static final String DOWN = ".down";
  /** The definition that goes with the binary that an upgrade keeps. */
  private static final String PREVIOUS = ".previous";

  /** How the node is started, as the container has it. */
  Optional<NodeDefinition> definition(NodeSpec node) throws IOException {
    return read(volume(node).registry(), node.service());
  }

  /** Whether wnm itself wrote down, out of reach of the nodes' account, that there is such a node. */
  boolean isOurs(NodeSpec node) throws IOException {
    return trusted(volume(node), node.service()).isPresent();
  }

  /**
   * Writes a new node down, to stay down until it is started: a container that boots meanwhile must not start it. What was
   * written is taken back when that fails.
   *
   * @return whether it was not yet
   */
  boolean add(NodeSpec node, NodeDefinition definition) throws IOException {
    if (definition(node).isPresent()) {
      return false;
    }
    try {
      keep(volume(node));
      write(volume(node).registry(), node.service() + DOWN, "");
      put(node, definition);
      return true;
    } catch (IOException e) {
      forget(node);
      throw e;
    }
  }

  /** For the container, and for a survey that may not believe what the nodes' account can write. */
  void put(NodeSpec node, NodeDefinition definition) throws IOException {
    remember(node, definition);
    write(volume(node).registry(), node.service(), definition.line() + "\n");
  }

  /** Writes down in the node storage how a node is started, where what is in the registry may not be believed. */
  void remember(NodeSpec node, NodeDefinition definition) throws IOException {
    if (volumes.owner().isMe() || trusted(volume(node), node.service()).filter(definition::equals).isPresent()) {
      return;
    }
    try (OpenFolder storage = volumes.open(settings.storage())) {
      storage.put(volume(node).memo(node.service()), SECRET, Optional.empty(), Optional.empty(),
          file -> file.write((definition.line() + "\n").getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** Keeps how a node is started, for when its binary is put back. @return whether that was known */
  boolean keepPrevious(NodeSpec node) throws IOException {
    Optional<NodeDefinition> before = definition(node);
    if (before.isPresent()) {
      write(volume(node).registry(), node.service() + PREVIOUS, before.get().line() + "\n");
    }
    return before.isPresent();
  }

  /** Takes that back. */
  void restorePrevious(NodeSpec node) throws IOException {
    Optional<NodeDefinition> before = read(volume(node).registry(), node.service() + PREVIOUS)
        .filter(definition -> definition.service().equals(node.service()));
    if (before.isPresent()) {
      put(node, before.get());
    }
  }

  void forgetPrevious(NodeSpec node) throws IOException {
    volumes.delete(volume(node).registry().resolve(node.service() + PREVIOUS));
  }

  /** Lets a node stay down when its container starts. */
  void markDown(NodeSpec node) throws IOException {
    if (definition(node).isPresent()) {
      write(volume(node).registry(), node.service() + DOWN, "");
    }
  }

  /** Makes a group's registry where it is missing: the container removes nothing without it. */
  void keep(GroupVolume volume) throws IOException {
    volumes.makeFolder(volume.registry());
  }

  void forget(NodeSpec node) throws IOException {
    GroupVolume volume = volume(node);
    for (String suffix : List.of("", DOWN, PREVIOUS)) {
      volumes.delete(volume.registry().resolve(node.service() + suffix));
    }
    volumes.delete(settings.storage().resolve(volume.memo(node.service())));
  }

  /**
   * What is written down of all nodes of a group, as far as it may be believed: where the nodes' account could have written it,
   * only their names are taken from the registry, and their ports.
   */
  List<NodeDefinition> definitions(String group) throws IOException {
    GroupVolume volume = settings.volume(group);
    List<String> names;
    try (OpenFolder registry = volumes.open(volume.registry())) {
      names = registry.names().stream().filter(name -> !name.contains(".")).sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
    List<NodeDefinition> found = new ArrayList<>();
    for (String name : names) {
      Optional<NodeDefinition> definition = read(volume.registry(), name).filter(read -> read.service().equals(name));
      if (definition.isPresent()) {
        found.add(trusted(volume, name).orElse(volumes.owner().isMe() ? definition.get() : definition.get().withoutWhatDecides()));
      }
    }
    return found;
  }

  /** What wnm itself wrote down of a node, out of reach of the nodes' account. */
  private Optional<NodeDefinition> trusted(GroupVolume volume, String service) throws IOException {
    if (volumes.owner().isMe()) {
      return read(volume.registry(), service).filter(definition -> definition.service().equals(service));
    }
    Path memo = settings.storage().resolve(volume.memo(service));
    Optional<FileEntry> entry = volumes.entry(memo);
    return entry.isPresent() && FileOwner.isMeOrRoot(entry.get().owner()) && !entry.get().isOpenToOthers()
        ? read(settings.storage(), volume.memo(service)).filter(definition -> definition.service().equals(service)) : Optional.empty();
  }

  private void write(Path parent, String name, String text) throws IOException {
    try (OpenFolder folder = volumes.open(parent)) {
      folder.put(name, READABLE, volumes.nodesAccount(), Optional.empty(), file -> file.write(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** What is no small file is no definition, whoever put it there. */
  private Optional<NodeDefinition> read(Path parent, String name) throws IOException {
    try (OpenFolder folder = volumes.open(parent)) {
      Optional<FileEntry> entry = folder.entry(name);
      if (entry.isEmpty() || !entry.get().isFile() || entry.get().size() > LONGEST_DEFINITION) {
        return Optional.empty();
      }
      return folder.read(name, LONGEST_DEFINITION)
          .flatMap(bytes -> new String(bytes, StandardCharsets.UTF_8).lines().findFirst()).flatMap(NodeDefinition::parse);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private GroupVolume volume(NodeSpec node) {
    return settings.volume(node.group().orElseThrow());
  }
}
