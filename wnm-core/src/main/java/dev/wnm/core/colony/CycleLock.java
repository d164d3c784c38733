package dev.wnm.core.colony;

import dev.wnm.core.store.StoreException;
import dev.wnm.spi.internal.Reason;
import dev.wnm.spi.internal.files.ParentFolder;
import dev.wnm.spi.internal.trust.Trusted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lets one wnm at a time work on a database: a lock that the operating system holds on {@code <database>.lock} and lets go
 * of when the process ends, however it ends. A file that was left behind is no obstacle; what is in it only tells a second
 * wnm who holds the lock.
 *
 * <p>The lock is that of the real file: a link to a database has the lock of the database. The lock file itself is opened
 * through no link, and nothing is written into it before the lock is held.
 */
public final class CycleLock implements AutoCloseable {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final Set<OpenOption> OPTIONS =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  /** How often the file may be taken away and made anew under our hands before we give up. */
  private static final int TRIES = 100;
  private static final int MOST_NOTE_BYTES = 200;

  /**
   * The lock files that this process holds. The system's locks belong to processes, and closing any descriptor of such a file
   * lets go of them all: so none that is held may be opened a second time, not even to see that it is held. By path, and by
   * what the system tells files apart by.
   */
  private static final Set<Object> HELD_HERE = new HashSet<>();

  private final Path file;
  private final Object key;
  private final FileChannel channel;

  private CycleLock(Path file, Object key, FileChannel channel) {
    this.file = file;
    this.key = key;
    this.channel = channel;
  }

  /** Another wnm holds the lock; the message says which. */
  public static final class HeldException extends Exception {
    HeldException(String message) {
      super(message);
    }
  }

  /** The lock file of a database, by whatever link or relative path that is named. */
  public static Path fileFor(Path database) {
    Path real = real(database);
    return real.resolveSibling(real.getFileName() + ".lock");
  }

  /**
   * Takes the lock at once or not at all.
   *
   * @throws HeldException when another wnm holds it
   * @throws StoreException when the lock file cannot be made or opened
   */
  public static CycleLock take(Path database, Instant now) throws HeldException, IOException {
    synchronized (HELD_HERE) {
      refuseSecondName(database);
      CycleLock lock = take(database, fileFor(database));
      sign(lock.channel, now);
      return lock;
    }
  }

  /**
   * Removes the file that a wnm left behind.
   *
   * @return whether there was one
   * @throws HeldException when a wnm holds it, which is then at work
   * @throws StoreException when the lock file cannot be opened
   */
  public static boolean remove(Path database) throws HeldException, IOException {
    synchronized (HELD_HERE) {
      Path file = fileFor(database);
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      try (CycleLock lock = take(database, file)) {
        // Held meanwhile, so that nobody can have taken what goes away.
        Files.delete(lock.file);
        return true;
      }
    }
  }

  private static CycleLock take(Path database, Path file) throws HeldException, IOException {
    Trusted.problem(file).ifPresent(problem -> {
      throw new StoreException("the lock file " + file + " is not used: " + problem);
    });
    for (int i = 0; i < TRIES; i++) {
      if (HELD_HERE.contains(file) || HELD_HERE.contains(Identity.of(file).key())) {
        throw new HeldException("another wnm is at work on " + database + " (in this very process)");
      }
      Identity before = make(file);
      FileChannel channel;
      try {
        channel = FileChannel.open(file, OPTIONS);
      } catch (NoSuchFileException goneMeanwhile) {
        continue;
      } catch (IOException e) {
        throw unusable(file, e);
      }
      if (!tryLock(channel)) {
        channel.close();
        String holder = note(file);
        throw new HeldException("another wnm is at work on " + database + (holder.isEmpty() ? "" : " (" + holder + ")"));
      }
      // Else it was removed and made anew before we had it, and what we have locked is nobody's any more.
      if (!before.is(Identity.MISSING) && before.is(Identity.of(file))) {
        HELD_HERE.addAll(List.of(file, before.key()));
        return new CycleLock(file, before.key(), channel);
      }
      channel.close();
    }
    throw new StoreException("the lock file " + file + " cannot be used: something keeps removing it");
  }

  /**
   * Which file it is that has a name, and its last change: numbers are given again.
   *
   * @param key device and number
   */
  private record Identity(Object key, FileTime changed) {
    private static final Identity MISSING = new Identity("", FileTime.fromMillis(0));

    static Identity of(Path file) throws IOException {
      try {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return new Identity(found.fileKey() == null ? file : found.fileKey(), found.lastModifiedTime());
      } catch (NoSuchFileException e) {
        return MISSING;
      }
    }

    /** As equals, for which Java makes a class at each start. */
    boolean is(Identity other) {
      return key.equals(other.key) && changed.equals(other.changed);
    }
  }

  /** Makes the file where there is none. Opening a pipe might not end, and a file of two names is written to under both. */
  private static Identity make(Path file) throws IOException {
    try {
      FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY).close();
    } catch (FileAlreadyExistsException e) {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new StoreException("the lock file " + file + " cannot be used: it is no regular file; look who made it, and"
            + " remove it");
      }
      if (names(file) > 1) {
        throw new StoreException("the lock file " + file + " cannot be used: the same file has another name, too (a hard"
            + " link); look who made it, and remove it");
      }
    } catch (IOException e) {
      throw unusable(file, e);
    }
    return Identity.of(file);
  }

  private static StoreException unusable(Path file, IOException e) {
    return new StoreException("the lock file " + file + " cannot be used: "
        + (e instanceof AccessDeniedException ? "no permission" : Reason.of(e)), e);
  }

  /** SQLite, too, keeps its log by the name of a file: two names would be two databases in one. */
  private static void refuseSecondName(Path database) throws IOException {
    if (names(real(database)) > 1) {
      throw new StoreException("the database " + database + " has a second name (a hard link); remove one of them, or put a"
          + " copy in its place, because two wnm would work on it under different locks");
    }
  }

  /** @return how many names the file has, 1 also where nobody knows */
  private static int names(Path file) throws IOException {
    try {
      return (Integer) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException | UnsupportedOperationException | IllegalArgumentException e) {
      return 1;
    }
  }

  private static Path real(Path database) {
    Path path = database.toAbsolutePath().normalize();
    try {
      return path.toRealPath();
    } catch (IOException notThereYet) {
      try {
        return ParentFolder.of(path).toRealPath().resolve(path.getFileName());
      } catch (IOException noFolderEither) {
        return path;
      }
    }
  }

  /** What its holder has written into it; never asked for a lock that this process holds. */
  private static String note(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return new String(in.readNBytes(MOST_NOTE_BYTES), StandardCharsets.UTF_8).strip().replaceAll("\\p{Cntrl}", " ");
    }
  }

  /** The lock holds without its note too: a full disk is for the database to complain about. */
  private static void sign(FileChannel channel, Instant now) {
    String note = "process " + ProcessHandle.current().pid() + " since " + now.truncatedTo(ChronoUnit.SECONDS) + "\n";
    try {
      channel.truncate(0);
      for (ByteBuffer left = ByteBuffer.wrap(note.getBytes(StandardCharsets.UTF_8)); left.hasRemaining();) {
        channel.write(left);
      }
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
    synchronized (HELD_HERE) {
      if (channel.isOpen()) {
        channel.close();
        HELD_HERE.removeAll(List.of(file, key));
      }
    }
  }
}
