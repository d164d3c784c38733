package dev.wnm.testkit;

import dev.wnm.spi.internal.trust.ProcessAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A file that nobody, not even root, can delete until it is let go: the first thing that a removal can fail at half way. It is
 * immutable or, in a container that may not make it so, a mount point.
 */
public final class HeldFile implements AutoCloseable {
  private final Path top;
  private final boolean isMounted;

  private HeldFile(Path top, boolean isMounted) {
    this.top = top;
    this.isMounted = isMounted;
  }

  /**
   * Makes one. A test that is not run by root ends here: there is nothing that an account could not delete of its own.
   *
   * @param top what is searched for it when it is let go, wherever in it the file was moved meanwhile
   * @param file in a folder below that, which is made where it is missing
   */
  public static HeldFile at(Path top, Path file) throws IOException {
    Assumptions.assumeTrue(ProcessAccount.current().isRoot(), "only root makes files that cannot be deleted");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "held");
    boolean isMounted = !run("chattr", "+i", file.toString());
    if (isMounted && !run("mount", "--bind", file.toString(), file.toString())) {
      throw new IOException(file + " can be made neither immutable nor a mount point");
    }
    return new HeldFile(top, isMounted);
  }

  private static boolean run(String... words) throws IOException {
    Process process = new ProcessBuilder(List.of(words)).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    try {
      return process.waitFor() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** From here on it can be deleted as any file. */
  @Override
  public void close() throws IOException {
    if (isMounted) {
      // Fields of a line: the fifth is where it is mounted.
      for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
        if (Path.of(line.split(" ")[4]).startsWith(top)) {
          run("umount", line.split(" ")[4]);
        }
      }
    } else if (Files.exists(top)) {
      run("chattr", "-R", "-i", top.toString());
    }
  }
}
