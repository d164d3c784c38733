package dev.wnm.managers.s6overlay;

import dev.wnm.managers.support.docker.Owner;
import dev.wnm.spi.internal.files.FileEntry;
import dev.wnm.spi.internal.files.FileOwner;
import dev.wnm.spi.internal.files.OpenFolder;
import dev.wnm.spi.manager.StorageMarker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The folders of groups on this machine. Each and all in it belong to the nodes' account, which may put a link anywhere: from
 * the node storage on, none is followed.
 *
 * @param settings where they are
 * @param owner whose they are
 */
record Volumes(GroupSettings settings, Owner owner) {
  private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwxr-xr-x");
  private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");

  /** A folder below the node storage, or that itself; also one elsewhere, where a node was recorded once. */
  OpenFolder open(Path folder) throws IOException {
    if (folder.startsWith(settings.storage())) {
      return OpenFolder.below(settings.storage(), folder);
    }
    return folder.getParent() == null ? OpenFolder.at(folder) : OpenFolder.in(folder);
  }

  /** Makes what is missing of a group's folders; a new one is marked as the colony's. */
  void make(GroupVolume volume) throws IOException {
    Files.createDirectories(settings.storage());
    if (makeFolder(volume.folder())) {
      mark(volume.folder());
    }
    makeFolder(volume.cache());
  }

  /** What is in a place; empty when nothing is. */
  Optional<FileEntry> entry(Path path) throws IOException {
    try (OpenFolder parent = open(path.getParent())) {
      return parent.entry(path.getFileName().toString());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Deletes a file, a link itself or an empty folder; none is fine. */
  void delete(Path path) throws IOException {
    try (OpenFolder parent = open(path.getParent())) {
      parent.delete(path.getFileName().toString());
    } catch (NoSuchFileException e) {
      // As was wanted.
    }
  }

  /** The groups that have a folder; none where there is no storage. */
  List<String> groups() throws IOException {
    List<String> groups = new ArrayList<>();
    try (OpenFolder storage = open(settings.storage())) {
      for (String name : storage.names().stream().filter(name -> settings.group(name).isPresent()).sorted().toList()) {
        if (storage.entry(name).filter(FileEntry::isFolder).isPresent()) {
          groups.add(name);
        }
      }
    } catch (NoSuchFileException e) {
      // None.
    }
    return groups;
  }

  /** Deletes what is left of a group without nodes: empty folders, and those that wnm and the container made. */
  void delete(GroupVolume volume) throws IOException {
    if (entry(volume.folder()).filter(FileEntry::isFolder).isEmpty()) {
      return;
    }
    try (OpenFolder folder = open(volume.folder())) {
      folder.deleteTree(volume.registry().getFileName().toString());
      folder.deleteTree(volume.cache().getFileName().toString());
      String marker = StorageMarker.nameFor(settings.colony());
      if (folder.names().stream().allMatch(marker::equals)) {
        folder.delete(marker);
      }
    }
    delete(volume.folder());
  }

  /** Makes a storage or a group's folder where there is none, and marks it as the colony's. */
  void claim(Path folder) throws IOException {
    Files.createDirectories(settings.storage());
    if (!folder.equals(settings.storage())) {
      makeFolder(folder);
    }
    mark(folder);
  }

  /** Takes the colony's mark away; a folder that is gone, as that of a group without nodes is, has none. */
  void release(Path folder) throws IOException {
    delete(folder.resolve(StorageMarker.nameFor(settings.colony())));
  }

  private void mark(Path folder) throws IOException {
    String marker = StorageMarker.nameFor(settings.colony());
    try (OpenFolder marked = open(folder)) {
      if (marked.entry(marker).isEmpty()) {
        marked.put(marker, READABLE, Optional.empty(), Optional.empty(), file -> {});
      }
    }
  }

  /** Makes a folder for the nodes' account in one that is there; one that is there stays as it is. @return whether it was made */
  boolean makeFolder(Path folder) throws IOException {
    String name = folder.getFileName().toString();
    try (OpenFolder parent = open(folder.getParent())) {
      return parent.entry(name).filter(FileEntry::isFolder).isEmpty() && parent.makeFolder(name, OPEN, nodesAccount());
    }
  }

  /** Whose files are to be that are given to nodes; empty where they are wnm's own account's anyway. */
  Optional<FileOwner> nodesAccount() throws IOException {
    return owner.isMe() ? Optional.empty() : Optional.of(FileOwner.of(owner.uid(), owner.gid()));
  }
}
