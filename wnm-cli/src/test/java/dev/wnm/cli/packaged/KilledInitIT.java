package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** {@code --init} that is killed at any moment can be given again. {@code -Dwnm.kills=N} kills more often. */
@Order(6)
class KilledInitIT {
  private static final int KILLS = Math.max(12, Integer.getInteger("wnm.kills", 0) / 5);
  private static final long SEED = Long.getLong("wnm.seed", System.nanoTime());

  @Test
  void anInitThatWasKilledCanBeGivenAgain() throws Exception {
    Random random = new Random(SEED);
    int madeAnew = 0;
    try (TestHost host = TestHost.create()) {
      String[] init = host.initWords(List.of("--node_cap", "0"));
      long usual = millisOf(host, init);
      for (int kill = 0; kill < KILLS; kill++) {
        clear(host);
        // Most of it is start and checks; half of the kills wait until the file is there.
        boolean atTheFile = random.nextBoolean();
        int millis = random.nextInt(atTheFile ? 150 : (int) usual);
        WnmRun run = host.wnm().start(init);
        while (atTheFile && run.process().isAlive() && !Files.exists(host.database())) {
          run.process().waitFor(1, TimeUnit.MILLISECONDS);
        }
        run.process().waitFor(millis, TimeUnit.MILLISECONDS);
        run.killed();
        String what = "seed " + SEED + ", kill " + kill + " after " + millis + " ms\n" + run;

        boolean there = Files.exists(host.database());
        WnmRun other = host.run("--report", "machine-config");
        assertThat(other.exit() == 0 || other.exit() == 4 && other.err().contains("--init")).as(what + other).isTrue();
        WnmRun again = host.run(init);
        boolean done = again.exit() == 2 && again.err().contains("initialized already");
        madeAnew += there && !done ? 1 : 0;
        assertThat(again.exit() == 0 || done).as(what + again).isTrue();
        host.done();
      }
    }
    System.out.println("killed --init " + KILLS + " times (seed " + SEED + "), " + madeAnew + " times with the file half made");
  }

  private static long millisOf(TestHost host, String[] init) {
    long start = System.nanoTime();
    host.done(init);
    return Math.max(500, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }

  /** As before the first one; a storage that carries another colony's marker would be refused. */
  private static void clear(TestHost host) throws Exception {
    try (Stream<Path> entries = Files.list(host.storage())) {
      for (Path left : entries.toList()) {
        Files.delete(left);
      }
    } catch (NoSuchFileException notMadeYet) {
      // Killed before that.
    }
    for (String suffix : List.of("", "-journal", "-wal", "-shm", ".lock")) {
      Files.deleteIfExists(host.database().resolveSibling(host.database().getFileName() + suffix));
    }
  }
}
