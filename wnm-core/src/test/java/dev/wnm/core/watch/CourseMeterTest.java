package dev.wnm.core.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.host.Measurement;
import dev.wnm.core.model.DecisionLimits;
import dev.wnm.core.model.DecisionLimits.Band;
import dev.wnm.core.model.DecisionLimits.Concurrency;
import dev.wnm.core.model.HostCounters;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.StorageSpace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A meter that is asked by cycles and by a watch in between. */
class CourseMeterTest {
  private static final List<Path> STORAGES = List.of(Path.of("/nodes"));
  private static final Band WIDE = new Band(100, 100);
  private static final Band OFF = new Band(0, 0);
  private static final DecisionLimits LIMITS = new DecisionLimits(10, new Band(60, 70), WIDE, WIDE, new Band(100, 100), OFF, OFF, OFF, OFF,
      new Concurrency(1, 1, 1, 1), Duration.ZERO, true, 0);

  private final HandMoved ticks = new HandMoved();
  private final List<Optional<HostCounters>> previous = new ArrayList<>();
  private double cpu = 20;
  private final CourseMeter meter = new CourseMeter((storages, nodes, before) -> {
    previous.add(before);
    HostMetrics metrics = new HostMetrics(Instant.EPOCH, "boot", 1, 1, 1, cpu, 0, 10, 10, 1, 0, 0, 0, 0);
    return new Measurement(metrics, counters(previous.size()), storages.stream()
        .map(storage -> new StorageSpace(storage, "disk", OptionalLong.of(10), OptionalLong.of(90))).toList());
  }, ticks);

  private static HostCounters counters(long count) {
    return new HostCounters("boot", Instant.EPOCH, Map.of("cpu_total", count));
  }

  @BeforeEach
  void limits() {
    meter.compareWith(LIMITS);
  }

  private double measured() {
    return meter.measure(STORAGES, Set.of(), Optional.of(counters(0))).metrics().usedCpuPercent().orElseThrow();
  }

  private Set<Figure> sampled(double percent) {
    ticks.pass(CourseMeter.EVERY);
    assertThat(meter.isDue()).isTrue();
    cpu = percent;
    return meter.sample();
  }

  @Test
  void ratesAreThoseSinceTheLastSampleAndNotSinceTheLastCycle() {
    measured();
    sampled(20);
    sampled(20);
    assertThat(previous).containsExactly(Optional.of(counters(0)), Optional.of(counters(1)), Optional.of(counters(2)));
  }

  @Test
  void aCycleRightAfterASampleMeasuresNothing() {
    measured();
    sampled(40);
    ticks.pass(Duration.ofSeconds(1));
    measured();
    assertThat(previous).hasSize(2);
    meter.measure(List.of(Path.of("/elsewhere")), Set.of(), Optional.empty());
    assertThat(previous).as("but for another disk").hasSize(3);
  }

  @Test
  void lastingPressureIsToldOnceWhenItBegins() {
    measured();
    assertThat(sampled(90)).isEmpty();
    assertThat(sampled(20)).isEmpty();
    assertThat(sampled(90)).isEmpty();
    assertThat(sampled(90)).containsExactly(Figure.CPU);
    assertThat(measured()).isGreaterThan(70);
    assertThat(sampled(95)).isEmpty();
    sampled(10);
    sampled(90);
    assertThat(sampled(90)).containsExactly(Figure.CPU);
  }

  @Test
  void nothingThatWasForgottenCounts() {
    measured();
    sampled(90);
    sampled(90);
    meter.forget();
    assertThat(meter.isDue()).isFalse();
    cpu = 30;
    assertThat(measured()).isEqualTo(30);
    assertThat(previous.get(3)).as("rates of another time are none of now").isEmpty();
  }
}
