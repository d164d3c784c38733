package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Kills wnm at random moments, as a power failure or the kernel's memory killer may, and checks after the next cycle that
 * every node is still there once, with its key, its row, its folder and its process.
 *
 * <p>{@code -Dwnm.kills=500} kills more often; {@code -Dwnm.seed=N} repeats the choices of an earlier run.
 */
@Order(4)
class KilledAtAnyMomentIT {
  private static final int KILLS = Integer.getInteger("wnm.kills", 25);
  private static final long SEED = Long.getLong("wnm.seed", System.nanoTime());
  private static final List<List<String>> ERRANDS = List.of(
      List.of("--node_cap", "8"), List.of("--node_cap", "3"), List.of("--node_cap", "6"),
      List.of("--force_action", "add", "--count", "2"), List.of("--force_action", "remove", "--count", "2"),
      List.of("--force_action", "stop", "--count", "3"), List.of("--force_action", "start", "--count", "3"),
      List.of("--force_action", "upgrade", "--count", "2"));
  private static final int LONGEST_OPERATION_MILLIS = 1_500;
  private static final int LOOK_EVERY_MILLIS = 10;

  private final Random random = new Random(SEED);
  private final Map<String, Integer> cutOff = new TreeMap<>();
  private TestHost host;
  private long usualMillis = 2_000;
  private int kills;
  private int killsInOperations;

  @BeforeEach
  void anEmptyMachine() throws IOException {
    host = TestHost.create();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    host.close();
  }

  @Test
  void noNodeIsLostOrphanedOrDoubled() throws Exception {
    List<String> more = new ArrayList<>(TestHost.WIDE_LIMITS);
    more.addAll(TestHost.NO_DELAYS);
    more.addAll(List.of("--node_cap", "6", "--max_concurrent_starts", "3", "--max_concurrent_upgrades", "3",
        "--max_concurrent_removals", "3", "--max_concurrent_operations", "6"));
    host.done(host.initWords(more));
    fullCycle();
    fullCycle();

    while (kills < KILLS) {
      List<String> errand = ERRANDS.get(random.nextInt(ERRANDS.size()));
      FleetBefore before = FleetBefore.on(host);
      host.seemIdle();
      String moment = killSomewhereIn(errand);
      if (random.nextInt(5) == 0) {
        moment += ", then " + killSomewhereIn(List.of());
      }
      WnmRun next = fullCycle();
      before.isKept("seed " + SEED + ", kill " + kills + ": " + moment + "\n" + next);
    }
    System.out.println("killed " + kills + " times (seed " + SEED + "), of these " + killsInOperations
        + " times inside operations: " + cutOff);
    assertThat(killsInOperations).as("kills inside operations; without any, this proved nothing").isPositive();

    host.done("--force_action", "teardown", "--confirm");
    assertThat(host.everything()).isEmpty();
    assertThat(host.folders()).isEmpty();
  }

  private String killSomewhereIn(List<String> errand) throws InterruptedException {
    boolean whenItActs = random.nextBoolean();
    int millis = random.nextInt(whenItActs ? LONGEST_OPERATION_MILLIS : (int) (usualMillis * 5 / 4));
    long last = FleetBefore.newestOperation(host);
    WnmRun run = host.wnm().start(errand.toArray(String[]::new));
    if (whenItActs) {
      awaitOperationAfter(last, run);
    }
    run.process().waitFor(millis, TimeUnit.MILLISECONDS);
    boolean stillRan = run.process().isAlive();
    run.killed();
    kills++;
    List<Map<String, String>> open = host.colony().rows("SELECT kind FROM operation WHERE closed_at IS NULL");
    open.forEach(operation -> cutOff.merge(operation.get("kind"), 1, Integer::sum));
    killsInOperations += stillRan && !open.isEmpty() ? 1 : 0;
    return errand + " cut off " + millis + " ms after its " + (whenItActs ? "first operation began" : "start")
        + (stillRan ? "" : " (it had ended)") + " inside " + open;
  }

  /** Most of a run is start and survey; half of the kills wait until it begins to do something, if it does. */
  private void awaitOperationAfter(long last, WnmRun run) throws InterruptedException {
    boolean ended = false;
    while (!ended && FleetBefore.newestOperation(host) == last) {
      ended = run.process().waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private WnmRun fullCycle() {
    host.seemIdle();
    long start = System.nanoTime();
    WnmRun run = host.done();
    usualMillis = (3 * usualMillis + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)) / 4;
    return run;
  }
}
