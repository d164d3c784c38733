package dev.wnm.core.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.colony.Colony;
import dev.wnm.core.colony.ColonyHarness;
import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.model.NodeStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A watch of a colony whose time passes while the watch waits, and in no other way. */
class WatchTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir
  private Path home;
  private ColonyHarness colony;
  private Instant began;
  /** When cycles were over, in seconds since the watch began. */
  private final List<Long> cycles = new ArrayList<>();

  @BeforeEach
  void twoNodes() throws Exception {
    colony = ColonyHarness.initialized(home.toRealPath(), "--node_cap", "2", "--cpu_less_than", "60", "--cpu_remove", "70");
    colony.grow(2);
    began = colony.now();
  }

  @AfterEach
  void nothingIsLeft() {
    colony.close();
  }

  /** What happens at some second, whole multiples of 2. */
  @FunctionalInterface
  private interface Script {
    void at(long second) throws Exception;
  }

  /** The harness's time, which a sleep of the machine takes out of. */
  private final class Scripted implements Ticks {
    private final Script script;
    private Duration slept = Duration.ZERO;
    private final long end;
    private Runnable end0 = () -> {};

    Scripted(long end, Script script) {
      this.end = end;
      this.script = script;
    }

    @Override
    public long now() {
      return Duration.between(began, colony.now()).minus(slept).toNanos();
    }

    @Override
    public Instant time() {
      return colony.now();
    }

    @Override
    public void await(Duration most) {
      colony.advance(most);
      long second = Duration.ofNanos(now()).toSeconds();
      try {
        script.at(second);
      } catch (Exception e) {
        throw new AssertionError(e);
      }
      if (second >= end) {
        end0.run();
      }
    }

    @Override
    public void wake() {}

    void sleep(Duration duration) {
      colony.setClock(duration);
      slept = slept.plus(duration);
    }
  }

  /** Watches until this second. */
  private void watch(long seconds, Script script) {
    watch(new Scripted(seconds, script));
  }

  private void watch(Scripted ticks) {
    Watch watch = new Watch(MINUTE, () -> colony.resolver(List.of()), colony.tools(), new Watch.Listener() {
      @Override
      public void ends(Colony open, CycleReport report) {
        cycles.add(Duration.ofNanos(ticks.now()).toSeconds());
      }
    }, ticks, pid -> Optional.of("always"));
    ticks.end0 = watch::end;
    watch.run();
  }

  @Test
  void cyclesBeginWhenTheIntervalIsOver() {
    watch(150, second -> {});
    assertThat(cycles).containsExactly(0L, 60L, 120L);
  }

  @Test
  void pressureThatLastsIsActedOnWithinTenSecondsOrSo() {
    watch(40, second -> {
      if (second == 20) {
        colony.load(95, 10, 10, 0.1);
      }
    });
    assertThat(cycles).hasSize(2);
    assertThat(cycles.get(1)).isBetween(30L, 36L);
    assertThat(colony.running()).isEqualTo(1);
  }

  @Test
  void aSpikeDoesNothing() {
    watch(70, second -> colony.load(second >= 20 && second < 24 ? 99 : 10, 10, 10, 0.1));
    assertThat(cycles).containsExactly(0L, 60L);
    assertThat(colony.running()).isEqualTo(2);
  }

  @Test
  void aSpikeInTheMomentOfACycleStopsNothing() {
    watch(70, second -> colony.load(second >= 58 && second < 62 ? 99 : 10, 10, 10, 0.1));
    assertThat(colony.running()).isEqualTo(2);
  }

  @Test
  void whatAMachineThatSleptHadHeardBeforeCountsNoMore() {
    Scripted[] ticks = new Scripted[1];
    ticks[0] = new Scripted(62, second -> {
      if (second == 56) {
        colony.machine.kill(1);
        ticks[0].sleep(Duration.ofHours(2));
      }
    });
    watch(ticks[0]);
    assertThat(cycles).containsExactly(0L, 60L);
    assertThat(colony.status(1)).isNotEqualTo(NodeStatus.RUNNING);
  }

  @Test
  void onceItIsToEndNoOperationIsBegunAndNoneIsLeftOpen() throws Exception {
    colony.close();
    colony = ColonyHarness.initialized(home.toRealPath().resolve("other"), "--node_cap", "2");
    began = colony.now();
    Watch[] watch = new Watch[1];
    watch[0] = new Watch(MINUTE, () -> colony.resolver(List.of()), colony.tools(), new Watch.Listener() {
      @Override
      public void begins(Colony open) {
        watch[0].end();
      }
    });
    watch[0].run();
    assertThat(watch[0].awaitEnd(Duration.ZERO)).isTrue();
    assertThat(colony.nodes()).isEmpty();
    assertThat(colony.openOperations()).isZero();
  }
}
