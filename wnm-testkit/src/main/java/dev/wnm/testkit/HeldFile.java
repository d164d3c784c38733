package dev.wnm.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A file that nobody, not even root, can delete until it is let go: the first thing that a removal can fail at half way. */
public final class HeldFile implements AutoCloseable {
  private final Path top;

  private HeldFile(Path top) {
    this.top = top;
  }

  /**
   * Makes one. A test that is not run by root ends here: there is nothing that an account could not delete of its own.
   *
   * @param top what is searched for it when it is let go, wherever in it the file was moved meanwhile
   * @param file in a folder below that, which is made where it is missing
   */
  public static HeldFile at(Path top, Path file) throws IOException {
    Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root makes files that cannot be deleted");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "held");
    chattr("+i", file);
    return new HeldFile(top);
  }

  private static void chattr(String change, Path path) throws IOException {
    Process process = new ProcessBuilder(List.of("chattr", "-R", change, path.toString())).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("chattr " + change + " " + path + ": " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** From here on it can be deleted as any file. */
  @Override
  public void close() throws IOException {
    if (Files.exists(top)) {
      chattr("-i", top);
    }
  }
}
