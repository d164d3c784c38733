package dev.wnm.testkit.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/** Lets one thread of one JVM of this machine do something at a time. The system frees what a JVM held when it ends. */
final class MachineLock {
  private MachineLock() {}

  /** Waits for the lock of a name, however long that takes, and holds it while {@code work} goes on. */
  static <T> T holding(String name, Supplier<T> work) {
    // Locks on files are held by whole JVMs, hence the monitor for threads.
    synchronized (MachineLock.class) {
      Path file = Path.of("/tmp/wnm-test-docker-" + name + ".lock");
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);
          FileLock lock = channel.lock()) {
        assert lock.isValid();
        return work.get();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot lock " + file, e);
      }
    }
  }
}
