package dev.wnm.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whose each port is, among all JVMs that run tests on this machine: byte N of one file is locked by the one that has port N.
 * The file is empty (one may lock what is not there), and a lock ends with its process however that ends, so nothing is ever
 * left to be cleaned up.
 */
final class PortLocks {
  /** By first port. Held strongly: a lock that is forgotten here is no lock any more for this JVM. */
  private static final Map<Integer, FileLock> HELD = new ConcurrentHashMap<>();
  /** Never closed: where a process closes any descriptor of a file, it loses all its locks of that. */
  private static final FileChannel CHANNEL = open();

  private PortLocks() {}

  /** Takes some ports in a row. False when any of them is somebody's, of this JVM's as well; then none is taken. */
  static boolean take(int first, int count) {
    try {
      FileLock lock = CHANNEL.tryLock(first, count, false);
      if (lock == null) {
        return false;
      }
      HELD.put(first, lock);
      return true;
    } catch (OverlappingFileLockException ours) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot reserve port " + first + " in " + file(), e);
    }
  }

  /** Gives back what was taken from this port on. Does nothing where nothing was. */
  static void release(int first) {
    FileLock lock = HELD.remove(first);
    if (lock != null) {
      try {
        lock.release();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot give back port " + first + " in " + file(), e);
      }
    }
  }

  /**
   * One for each network: what listens in another network namespace is in nobody's way here. Not in the folder for temporary files
   * of this JVM, of which another may have another.
   */
  private static Path file() {
    String network;
    try {
      network = Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString().replaceAll("\\D", "");
    } catch (IOException | UnsupportedOperationException e) {
      network = "0"; // a system with one network only
    }
    return Path.of("/tmp/wnm-test-ports-" + network);
  }

  /** Not "create if missing" in one step: Linux refuses that, even to root, for a file of somebody else's in /tmp. */
  private static FileChannel open() {
    Path file = file();
    try {
      try {
        return FileChannel.open(file, StandardOpenOption.WRITE);
      } catch (NoSuchFileException missing) {
        try {
          Files.createFile(file);
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        } catch (FileAlreadyExistsException another) {
          // made by a JVM that began at the same moment
        }
        return FileChannel.open(file, StandardOpenOption.WRITE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open " + file + ", in which tests reserve their ports", e);
    }
  }
}
