package dev.wnm.fleet.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFolderTest {
  private static final int TIMES = 40;
  @TempDir
  Path folder;

  @Test
  void whatIsReadAndWrittenAloneIsLostToNobodyInThisProcessOrAnother() throws Exception {
    Path counted = folder.resolve("counted");
    Path log = folder.resolve("log");
    Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
        Counting.class.getName(), counted.toString()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    ExecutorService two = Executors.newFixedThreadPool(2);
    List<Future<Object>> here = two.invokeAll(List.<Callable<Object>>of(() -> count(counted), () -> count(counted)));
    two.shutdown();
    for (Future<Object> each : here) {
      each.get();
    }
    assertThat(other.waitFor(1, TimeUnit.MINUTES)).isTrue();

    assertThat(Files.readString(log)).isEmpty();
    assertThat(PrivateFolder.at(counted).read("number")).contains(Integer.toString(3 * TIMES));
  }

  private static Object count(Path folder) throws Exception {
    PrivateFolder own = PrivateFolder.at(folder);
    for (int i = 0; i < TIMES; i++) {
      own.alone(() -> {
        int number = own.read("number").map(Integer::parseInt).orElse(0);
        own.write("number", Integer.toString(number + 1));
        return number;
      });
    }
    return folder;
  }

  /** The other process. */
  public static final class Counting {
    public static void main(String[] words) throws Exception {
      count(Path.of(words[0]));
    }
  }
}
