package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One wnm at a time, in this process and in others. */
class CycleLockTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  @TempDir
  Path temp;
  private Path database;
  private Path file;

  @BeforeEach
  void aDatabase() throws IOException {
    database = Files.createFile(temp.toRealPath().resolve("colony.db"));
    file = CycleLock.fileFor(database);
  }

  /** Takes the lock, or says why not, and holds it until its input ends. */
  static final class Other {
    private Other() {}

    public static void main(String[] args) throws Exception {
      try (CycleLock lock = CycleLock.take(Path.of(args[0]), NOW)) {
        System.out.println("held");
        System.in.read();
      } catch (CycleLock.HeldException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private Process other(Path of) throws IOException {
    return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("java.class.path"), Other.class.getName(), of.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private String otherSays(Path of) throws Exception {
    Process process = other(of);
    process.getOutputStream().close();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    process.waitFor();
    return words;
  }

  @Test
  void aSecondOneInThisProcessIsRefusedAndTakesNothingFromTheFirst() throws Exception {
    try (CycleLock first = CycleLock.take(database, NOW)) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> CycleLock.take(database, NOW)).isInstanceOf(CycleLock.HeldException.class)
            .hasMessageContaining("another wnm is at work on " + database);
        assertThatThrownBy(() -> CycleLock.remove(database)).isInstanceOf(CycleLock.HeldException.class);
      }
      assertThat(otherSays(database)).isEqualTo("another wnm is at work on " + database + " (process "
          + ProcessHandle.current().pid() + " since 2026-11-21T08:00:00Z)");
      first.close();
      assertThat(otherSays(database)).isEqualTo("held");
    }
  }

  @Test
  void manyThreadsNeverHoldItTogetherAlsoWhileTheFileIsBeingRemoved() throws Exception {
    AtomicInteger holders = new AtomicInteger();
    AtomicInteger takings = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Void>> work = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        work.add(() -> {
          for (int round = 0; round < 200; round++) {
            try (CycleLock lock = CycleLock.take(database, NOW)) {
              assertThat(holders.incrementAndGet()).isEqualTo(1);
              takings.incrementAndGet();
              holders.decrementAndGet();
            } catch (CycleLock.HeldException busy) {
              Thread.yield();
            }
            try {
              CycleLock.remove(database);
            } catch (CycleLock.HeldException busy) {
              Thread.yield();
            }
          }
          return null;
        });
      }
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(takings.get()).isPositive();
  }

  @Test
  void aLinkToTheDatabaseHasTheLockOfTheDatabase() throws Exception {
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(elsewhere.resolve("other.db"), database);
    Path throughFolder = Files.createSymbolicLink(temp.resolve("way"), temp).resolve("elsewhere/../colony.db");
    assertThat(CycleLock.fileFor(link)).isEqualTo(file);
    assertThat(CycleLock.fileFor(throughFolder)).isEqualTo(file);

    try (CycleLock held = CycleLock.take(database, NOW)) {
      assertThat(otherSays(link)).contains("another wnm is at work");
      assertThat(otherSays(throughFolder)).contains("another wnm is at work");
    }
    assertThat(elsewhere).isDirectoryNotContaining("glob:**.lock");
  }

  @Test
  void aDatabaseOfTwoNamesIsRefused() throws Exception {
    Files.createLink(temp.resolve("second.db"), database);
    assertThatThrownBy(() -> CycleLock.take(database, NOW)).isInstanceOf(StoreException.class).hasMessageContaining("hard link");
  }

  @Test
  void aLockThatIsALinkAPipeOrHasTwoNamesIsNotTouched() throws Exception {
    Path precious = Files.writeString(temp.resolve("precious"), "mine");
    Files.createSymbolicLink(file, precious);
    refused("no regular file");
    Files.delete(file);
    Files.createLink(file, precious);
    refused("hard link");
    Files.delete(file);
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    refused("no regular file");
    assertThat(precious).hasContent("mine");
  }

  private void refused(String why) {
    assertThatThrownBy(() -> CycleLock.take(database, NOW)).isInstanceOf(StoreException.class).hasMessageContaining(why);
    assertThatThrownBy(() -> CycleLock.remove(database)).isInstanceOf(StoreException.class).hasMessageContaining(why);
  }

  @Test
  void aFolderThatOthersCanWriteIsNoPlaceForIt() throws Exception {
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> CycleLock.take(database, NOW)).isInstanceOf(StoreException.class)
        .hasMessageContaining("chmod go-w " + temp.toRealPath());
    assertThat(file).doesNotExist();
  }

  @Test
  void aFileLeftBehindIsNoObstacleAndCanBeRemovedOnlyWhileNobodyHoldsIt() throws Exception {
    Files.writeString(file, "process 1 since 2020-01-01T00:00:00Z\n");
    Process other = other(database);
    try (BufferedReader says = new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(says.readLine()).isEqualTo("held");
      assertThatThrownBy(() -> CycleLock.remove(database)).isInstanceOf(CycleLock.HeldException.class)
          .hasMessageContaining("process " + other.pid());
      assertThat(file).exists();
      other.toHandle().destroyForcibly();
      other.waitFor();
    }
    assertThat(CycleLock.remove(database)).isTrue();
    assertThat(file).doesNotExist();
    assertThat(CycleLock.remove(database)).isFalse();
  }
}
