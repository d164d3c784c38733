package dev.wnm.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.decision.GrowthForecast.Pace;
import dev.wnm.core.model.FleetCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** How long growth takes, held to the real decisions. */
class GrowthForecastTest {
  private static GrowthForecast forecast(int nodes, int starts, int operations, int delay) {
    return GrowthForecast.of(fleet(0, 0, 0), nodes, new Pace(starts, operations, Duration.ofSeconds(delay), Duration.ofMinutes(1)))
        .orElseThrow();
  }

  private static FleetCounts fleet(int running, int stopped, int restarting) {
    Situation situation = new Situation();
    situation.running = running;
    situation.stopped = stopped;
    situation.restarting = restarting;
    return situation.input().fleet();
  }

  /** Until the last one is begun, by the real decisions; each begins a moment after its cycle. */
  private static long secondsByDecisions(int cap, int stopped, int starts, int operations, int delay, int interval) {
    List<Double> begun = new ArrayList<>();
    int running = 0;
    int down = stopped;
    for (long now = 0;; now += interval) {
      int before = begun.size();
      double time = now;
      begun.removeIf(at -> at + delay <= time);
      running += before - begun.size();
      Situation situation = new Situation().concurrency(1, starts, 1, operations);
      situation.cap = cap;
      situation.running = running;
      situation.stopped = down;
      situation.restarting = begun.size();
      for (PlannedAction action : DecisionEngine.decide(situation.input()).actions()) {
        if (action.type() == ActionType.START || action.type() == ActionType.ADD) {
          down -= action.type() == ActionType.START ? action.count() : 0;
          for (int i = 0; i < action.count(); i++) {
            begun.add(now + 0.5);
          }
        }
      }
      if (running + begun.size() == cap) {
        return now;
      }
    }
  }

  @Property(tries = 300)
  void itIsWithinACycleOfWhatTheDecisionsTake(@ForAll @IntRange(min = 1, max = 120) int cap, @ForAll @IntRange(min = 0, max = 30) int stopped,
      @ForAll @IntRange(min = 1, max = 40) int starts, @ForAll @IntRange(min = 1, max = 40) int operations,
      @ForAll @IntRange(min = 0, max = 700) int delay, @ForAll @IntRange(min = 1, max = 120) int interval) {
    int down = Math.min(stopped, cap);

    Duration forecast = GrowthForecast.of(fleet(0, down, 0), cap, new Pace(starts, operations, Duration.ofSeconds(delay), Duration.ofSeconds(interval)))
        .orElseThrow().time();

    assertThat(forecast.toSeconds() - secondsByDecisions(cap, down, starts, operations, delay, interval)).isBetween(0L, (long) interval);
  }

  @Test
  void theUsualLimitsTakeDaysAndItSaysWhatWouldBeFaster() {
    assertThat(forecast(1_000, 1, 1, 300).sentence()).isEqualTo("with these limits 1,000 more nodes take about 100 h, at a cycle every minute"
        + " and with room on the machine; --max_concurrent_starts 50 --max_concurrent_operations 50 --delay_start 10 would take about 20 min");
  }

  @Test
  void whatIsFastEnoughNeedsNoAdvice() {
    assertThat(forecast(3, 1, 1, 300).sentence())
        .isEqualTo("with these limits 3 more nodes take about 13 min, at a cycle every minute and with room on the machine");
    assertThat(forecast(1, 1, 1, 300).sentence()).contains("1 more node takes about 1 min");
  }

  @Test
  void onlyWhatIsInTheWayIsAdvised() {
    assertThat(forecast(200, 1, 400, 10).sentence()).endsWith("; --max_concurrent_starts 10 would take about 20 min");
  }

  @Test
  void nodesThatAreUnderWayHoldTheirPlaces() {
    Pace pace = new Pace(4, 4, Duration.ofMinutes(5), Duration.ofMinutes(1));
    assertThat(GrowthForecast.of(fleet(0, 0, 4), 8, pace)).map(GrowthForecast::time).contains(Duration.ofMinutes(7));
    assertThat(GrowthForecast.of(fleet(4, 0, 0), 8, pace)).map(GrowthForecast::time).contains(Duration.ofMinutes(1));
  }

  @Test
  void aFullFleetHasNone() {
    assertThat(GrowthForecast.of(fleet(5, 0, 3), 8, new Pace(1, 1, Duration.ZERO, Duration.ofMinutes(1)))).isEqualTo(Optional.empty());
  }
}
