package dev.wnm.core.firewall;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one wnm of a machine run ufw at a time, and one thread of each: two ufw that change rules at once lose some, because
 * each reads them before it takes its own lock. Who cannot have the lock goes on without: colonies of several accounts that
 * work at the same moment are rare, and the next sweep finds what got lost.
 */
final class UfwLock implements AutoCloseable {
  /** Where every account may make files, until the next reboot. */
  static final Path FILE = Path.of("/run/lock/wnm-ufw.lock");

  private static final ReentrantLock THREADS = new ReentrantLock();
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Optional<FileLock> lock;

  private UfwLock(Optional<FileLock> lock) {
    this.lock = lock;
  }

  /** Waits for other threads as long as it takes, for other processes at most {@code patience}. */
  static UfwLock take(Path file, Duration patience) {
    THREADS.lock();
    try {
      return new UfwLock(lock(open(file), patience));
    } catch (IOException e) {
      return new UfwLock(Optional.empty());
    }
  }

  boolean isHeld() {
    return lock.isPresent();
  }

  /** Any account may lock it, whoever made it; nothing is ever written into it. */
  private static FileChannel open(Path file) throws IOException {
    try {
      FileChannel made = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setPermissions(PosixFilePermissions.fromString("rw-rw-rw-"));
      return made;
    } catch (FileAlreadyExistsException e) {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException(file + " is no file");
      }
      // To read as well: a pipe that is put in its place just now would else never be open.
      return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private static Optional<FileLock> lock(FileChannel channel, Duration patience) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    FileLock lock = channel.tryLock();
    while (lock == null && System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(PAUSE_NANOS);
      lock = channel.tryLock();
    }
    if (lock == null) {
      channel.close();
    }
    return Optional.ofNullable(lock);
  }

  @Override
  public void close() {
    try {
      if (lock.isPresent()) {
        lock.get().channel().close();
      }
    } catch (IOException e) {
      // It ends with the process at the latest.
    } finally {
      THREADS.unlock();
    }
  }
}
