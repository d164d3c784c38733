package dev.wnm.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Writes programs that tests run. A program that this JVM itself had open for writing sometimes cannot be run ("Text file
 * busy"): what another thread starts at that moment has the open file as well, until it has become its own program. So a
 * process of its own makes the file that is run.
 */
public final class Executables {
  private Executables() {}

  /**
   * Puts a program in place at once, over one that is there and may be running.
   *
   * @param file in a folder that exists; gets mode 0755
   * @return the file
   */
  public static Path write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path written = Files.createTempFile(folder, "." + file.getFileName(), ".text");
    Path program = Files.createTempFile(folder, "." + file.getFileName(), ".program");
    try {
      Files.writeString(written, text, StandardCharsets.UTF_8);
      // Not into the file that is there: this JVM had that one open.
      Files.delete(program);
      copy(written, program);
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
      return Files.move(program, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(written);
      Files.deleteIfExists(program);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Process process = new ProcessBuilder(List.of("cp", from.toString(), to.toString())).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("cp failed: " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + to + " was written", e);
    }
  }
}
