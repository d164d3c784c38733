package dev.wnm.core.watch;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessWatchTest {
  private final Map<Long, String> table = new HashMap<>();
  private final ProcessWatch watch = new ProcessWatch(pid -> Optional.ofNullable(table.get(pid)));

  @Test
  void anEndIsToldOnce() {
    table.putAll(Map.of(101L, "a", 102L, "b"));
    Map<Integer, Long> pids = Map.of(1, 101L, 2, 102L);
    assertThat(watch.ended(pids)).isEmpty();
    table.remove(102L);
    assertThat(watch.ended(pids)).containsExactly(2);
    assertThat(watch.ended(pids)).isEmpty();
  }

  @Test
  void anotherProcessOfTheSameNumberIsAnEnd() {
    table.put(101L, "started at 5");
    watch.ended(Map.of(1, 101L));
    table.put(101L, "started at 9");
    assertThat(watch.ended(Map.of(1, 101L))).containsExactly(1);
  }

  @Test
  void aNumberThatIsOldOrHiddenIsNoEnd() {
    assertThat(watch.ended(Map.of(1, 101L))).isEmpty();
    assertThat(watch.ended(Map.of(1, 101L))).isEmpty();
    table.put(101L, "a");
    watch.ended(Map.of(1, 101L));
    table.put(102L, "b");
    table.remove(101L);
    assertThat(watch.ended(Map.of(1, 102L))).as("it was started again, and has another number now").isEmpty();
    assertThat(watch.ended(Map.of())).isEmpty();
  }

  @Test
  void realProcessesAreSeenToEndAlsoThoseThatNobodyBuries() throws IOException {
    ProcessWatch real = new ProcessWatch(ProcessTable.ofThisSystem());
    // The shell's child is killed, and stays a zombie as long as the shell, by then a sleep, does not ask for it.
    Process parent = new ProcessBuilder("/bin/sh", "-c", "sleep 1000 & echo $!; exec sleep 1000").start();
    try {
      long child = Long.parseLong(parent.inputReader().readLine());
      Map<Integer, Long> pids = Map.of(1, parent.pid(), 2, child);
      assertThat(real.ended(pids)).isEmpty();
      assertThat(real.ended(pids)).isEmpty();
      ProcessHandle.of(child).orElseThrow().destroyForcibly();
      eventually("the end of the child is seen", () -> real.ended(pids).contains(2));
      parent.destroyForcibly();
      eventually("the end of the parent is seen", () -> real.ended(pids).contains(1));
    } finally {
      parent.destroyForcibly();
    }
  }
}
