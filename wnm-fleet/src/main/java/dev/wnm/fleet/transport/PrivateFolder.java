package dev.wnm.fleet.transport;

import dev.wnm.spi.internal.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A folder of keys, and of what must not be half written: only its owner may read it, and each file is there as a whole or not at all.
 *
 * @param path where it is
 */
public record PrivateFolder(Path path) {
  private static final int MOST_BYTES = 4 << 20;
  private static final String LOCK = "lock";
  private static final Object IN_THIS_JVM = new Object();
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** Makes it where it is missing. @throws IOException when it cannot be made, or others may look into it */
  public static PrivateFolder at(Path path) throws IOException {
    Files.createDirectories(path, FOLDER);
    Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(path));
    others.removeAll(PosixFilePermissions.fromString("rwx------"));
    if (!others.isEmpty()) {
      throw new IOException("the folder " + path + " may be used by others than its owner, and has keys in it; chmod 700 " + path);
    }
    return new PrivateFolder(path);
  }

  /** Where a file of it is, or would be. */
  public Path file(String name) {
    return path.resolve(name);
  }

  /** What a file says; empty where there is none. @throws IOException when it cannot be read, or others may read it */
  public Optional<String> read(String name) throws IOException {
    Path file = file(name);
    try {
      Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      others.removeAll(FILE);
      if (!others.isEmpty()) {
        throw new IOException(file + " may be used by others than its owner; chmod 600 " + file);
      }
      if (Files.size(file) > MOST_BYTES) {
        throw new IOException(file + " is larger than 4 MiB");
      }
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Writes a file as a whole, so that it is on the disk when this returns. */
  public void write(String name, byte[] content) throws IOException {
    Path file = file(name);
    Path part = Files.createTempFile(path, "." + name + "-", ".part", PosixFilePermissions.asFileAttribute(FILE));
    try {
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        // A disk that fills up takes a part and says nothing of it; only what follows fails.
        for (ByteBuffer left = ByteBuffer.wrap(content); left.hasRemaining();) {
          channel.write(left);
        }
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException(file + " cannot be written as a whole: " + Reason.of(e), e);
    } finally {
      Files.deleteIfExists(part);
    }
    try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  /** The same with a text. */
  public void write(String name, String text) throws IOException {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** What is done while nobody else is at it. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws FleetException, IOException;
  }

  /**
   * Reads and writes as one: whoever else does so in this way, in this process or another, waits. What was read before another wrote would else
   * take what that wrote away, such as that a host was put out. Not to be called within itself.
   */
  public <T> T alone(Work<T> work) throws FleetException, IOException {
    // Within this JVM the lock of a file keeps nobody off.
    synchronized (IN_THIS_JVM) {
      try (FileChannel channel = FileChannel.open(file(LOCK), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
          PosixFilePermissions.asFileAttribute(FILE)); FileLock held = channel.lock()) {
        return work.run();
      }
    }
  }
}
