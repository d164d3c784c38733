package dev.wnm.core.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UfwLockTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(30);

  /** Holds the lock until it may read. */
  private static final String OTHER = """
      import java.nio.channels.FileChannel;
      import java.nio.file.*;
      class Other {
        public static void main(String[] words) throws Exception {
          try (var channel = FileChannel.open(Path.of(words[0]), StandardOpenOption.WRITE); var lock = channel.lock()) {
            System.out.println("held");
            System.in.read();
          }
        }
      }
      """;

  @TempDir
  private Path folder;
  private Path file;

  @BeforeEach
  void aFile() {
    file = folder.resolve("ufw.lock");
  }

  @Test
  void anotherProcessIsWaitedForButNotForEver() throws Exception {
    try (UfwLock first = UfwLock.take(file, SHORT)) {
      assertThat(first.isHeld()).isTrue();
    }
    Path program = Files.writeString(folder.resolve("Other.java"), OTHER);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process other = new ProcessBuilder(java, program.toString(), file.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader says = other.inputReader()) {
      assertThat(says.readLine()).isEqualTo("held");
      try (UfwLock second = UfwLock.take(file, SHORT)) {
        assertThat(second.isHeld()).isFalse();
      }
      other.getOutputStream().close();
      try (UfwLock third = UfwLock.take(file, LONG)) {
        assertThat(third.isHeld()).isTrue();
      }
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void everyAccountMayLockTheFileWhoeverMadeIt() throws IOException {
    UfwLock.take(file, SHORT).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-rw-rw-");
    assertThat(file).isEmptyFile();
  }

  @Test
  void whatSomebodyElsePutInItsPlaceIsNotOpened() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    try (UfwLock none = UfwLock.take(file, SHORT)) {
      assertThat(none.isHeld()).isFalse();
    }
    Files.delete(file);
    Files.createSymbolicLink(file, Files.createFile(folder.resolve("elsewhere")));
    try (UfwLock none = UfwLock.take(file, SHORT)) {
      assertThat(none.isHeld()).isFalse();
    }
  }

  @Test
  void whereThereCanBeNoLockItGoesOnWithout() {
    try (UfwLock none = UfwLock.take(folder.resolve("missing/ufw.lock"), SHORT)) {
      assertThat(none.isHeld()).isFalse();
    }
    try (UfwLock next = UfwLock.take(file, SHORT)) {
      assertThat(next.isHeld()).isTrue();
    }
  }
}
