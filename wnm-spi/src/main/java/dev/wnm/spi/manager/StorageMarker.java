package dev.wnm.spi.manager;

import dev.wnm.spi.internal.Reason;
import dev.wnm.spi.internal.files.InTime;
import dev.wnm.spi.model.ColonyId;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sign by which a storage folder is known again: an empty file in it whose name has the colony's id. It is on the disk
 * that holds the nodes, so that the folder below an unmounted disk does not have it. One listing of the folder tells both:
 * whether the storage is there, and which nodes' folders are.
 */
public final class StorageMarker {
  private static final String PREFIX = ".storage-of-";

  private StorageMarker() {}

  /** The name of a colony's marker, such as {@code .storage-of-wnm-0123abcd}. */
  public static String nameFor(ColonyId colony) {
    return PREFIX + colony;
  }

  /** Whether this is the name of a marker, of whichever colony. */
  public static boolean isOne(String name) {
    return owner(name).isPresent();
  }

  /** What a storage is that holds these names. */
  public static StorageState judge(ColonyId colony, Collection<String> names) {
    Set<String> entries = names.stream().filter(name -> !isOne(name)).collect(Collectors.toSet());
    List<ColonyId> owners = names.stream().flatMap(name -> owner(name).stream()).sorted().toList();
    Optional<ColonyId> other = owners.stream().filter(owner -> !owner.equals(colony)).findFirst();
    if (other.isPresent()) {
      return new StorageState.Foreign(other.get(), entries);
    }
    return owners.isEmpty() ? new StorageState.Unmarked(entries) : new StorageState.Ours(entries);
  }

  /** Looks into a folder of this machine. */
  public static StorageState look(ColonyId colony, Path storage) {
    try {
      return judge(colony, InTime.run(storage, () -> namesIn(storage), late -> {}));
    } catch (InTime.StuckException e) {
      return new StorageState.Unreachable(Reason.of(e), true);
    } catch (NoSuchFileException e) {
      return new StorageState.Unreachable("it does not exist");
    } catch (NotDirectoryException e) {
      return new StorageState.Unreachable("it is not a folder");
    } catch (AccessDeniedException e) {
      return new StorageState.Unreachable("no permission to read it");
    } catch (IOException | java.io.UncheckedIOException e) {
      return new StorageState.Unreachable("it cannot be read: " + e);
    }
  }

  private static Set<String> namesIn(Path storage) throws IOException {
    try (Stream<Path> entries = Files.list(storage)) {
      return entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toCollection(HashSet::new));
    }
  }

  /** Marks a folder of this machine, as whoever runs wnm; one that is marked already stays so. */
  public static void write(ColonyId colony, Path storage) throws IOException {
    try {
      Files.createFile(storage.resolve(nameFor(colony)),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
    } catch (FileAlreadyExistsException e) {
      // As was wanted.
    }
  }

  /** Takes the mark of a colony away; no mark is fine. */
  public static void erase(ColonyId colony, Path storage) throws IOException {
    Files.deleteIfExists(storage.resolve(nameFor(colony)));
  }

  /**
   * What a storage lies on, in words that an operator knows, such as {@code /dev/sdb1}; empty where that cannot be told. Only
   * for sentences: disks change their names from boot to boot.
   */
  public static String device(Path storage) {
    try {
      return Files.getFileStore(storage).name();
    } catch (IOException e) {
      return "";
    }
  }

  private static Optional<ColonyId> owner(String name) {
    try {
      return name.startsWith(PREFIX) ? Optional.of(new ColonyId(name.substring(PREFIX.length()))) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
