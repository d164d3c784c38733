package dev.wnm.fetch;

import dev.wnm.spi.internal.files.OpenFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A folder of wnm's own beside the place where a release is to lie, so that what is ready can be renamed into it. One wnm at a time
 * has it, held by a lock of the operating system; what a killed one left in it goes when the next one comes.
 */
final class Staging implements AutoCloseable {
  private static final String NAME = ".wnm-fetch";
  private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

  private final Path place;
  private final Path lockFile;
  private final FileChannel lock;

  private Staging(Path place, Path lockFile, FileChannel lock) {
    this.place = place;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /** @param place a folder that nobody else can change */
  static Staging in(Path place) throws IOException {
    Path lockFile = place.resolve(NAME + ".lock");
    FileChannel lock = FileChannel.open(lockFile,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    Staging staging = new Staging(place, lockFile, lock);
    try {
      if (!isTaken(lock)) {
        throw new FetchException("another wnm is fetching into " + place);
      }
      staging.clear();
      try (OpenFolder folder = OpenFolder.at(place)) {
        folder.makeFolder(NAME, PRIVATE, Optional.empty());
      }
      return staging;
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  private static boolean isTaken(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException inThisProcess) {
      return false;
    }
  }

  /** The path of a file in it. */
  Path file(String name) {
    return place.resolve(NAME).resolve(name);
  }

  private void clear() throws IOException {
    try (OpenFolder folder = OpenFolder.at(place)) {
      folder.deleteTree(NAME);
    }
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      clear();
      Files.deleteIfExists(lockFile);
    }
  }
}
