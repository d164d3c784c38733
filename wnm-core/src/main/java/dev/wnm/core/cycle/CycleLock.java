package dev.wnm.core.cycle;

import dev.wnm.core.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * Lets one wnm at a time work on a database: a lock that the operating system holds on {@code <database>.lock} and lets go
 * of when the process ends, however it ends. A file that was left behind is no obstacle; what is in it only tells a second
 * wnm who holds the lock.
 */
public final class CycleLock implements AutoCloseable {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final FileChannel channel;

  private CycleLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Another wnm holds the lock; the message says which. */
  public static final class HeldException extends Exception {
    HeldException(String message) {
      super(message);
    }
  }

  /** The lock file of a database. */
  public static Path fileFor(Path database) {
    return database.resolveSibling(database.getFileName() + ".lock");
  }

  /**
   * Takes the lock at once or not at all.
   *
   * @throws HeldException when another wnm holds it
   * @throws StoreException when the lock file cannot be made or opened
   */
  public static CycleLock take(Path database, Instant now) throws HeldException, IOException {
    Path file = fileFor(database);
    FileChannel channel = open(file);
    if (!tryLock(channel)) {
      channel.close();
      String holder = Files.readString(file).strip();
      throw new HeldException("another wnm is at work on " + database + (holder.isEmpty() ? "" : " (" + holder + ")"));
    }
    sign(channel, now);
    return new CycleLock(channel);
  }

  private static FileChannel open(Path file) {
    try {
      return FileChannel.open(file,
          Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE), OWNER_ONLY);
    } catch (AccessDeniedException e) {
      throw new StoreException("the lock file " + file + " cannot be used: no permission", e);
    } catch (IOException e) {
      throw new StoreException("the lock file " + file + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** The lock holds without its note too: a full disk is for the database to complain about. */
  private static void sign(FileChannel channel, Instant now) {
    String note = "process " + ProcessHandle.current().pid() + " since " + now.truncatedTo(ChronoUnit.SECONDS) + "\n";
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(note.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      System.getLogger(CycleLock.class.getName()).log(System.Logger.Level.DEBUG, "the lock file says nothing", e);
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldInThisProcess) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
