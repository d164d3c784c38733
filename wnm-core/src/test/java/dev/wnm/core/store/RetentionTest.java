package dev.wnm.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final Instant NOW = Colonies.NOW;

  private static long ago(Duration age) {
    return NOW.minus(age).getEpochSecond();
  }

  @Test
  void allOfTheLastDayIsKept() {
    List<Long> times = LongStream.rangeClosed(0, 1_440).map(minute -> ago(Duration.ofMinutes(1_440 - minute))).boxed().toList();

    assertThat(Retention.NODES.expired(times, NOW)).isEmpty();
  }

  @Test
  void ofOlderSamplesTheFirstOfEachHourThenOfEachDayIsKept() {
    long hour = ago(Duration.ofDays(5));
    long day = ago(Duration.ofDays(40).plusHours(8));

    assertThat(Retention.NODES.expired(List.of(day, day + 3_600, day + 7_200, day + 86_400, hour, hour + 600, hour + 3_600), NOW))
        .containsExactly(day + 3_600, day + 7_200, hour + 600);
  }

  @Test
  void theHostKeepsItsMinutesForAWeekThenTenMinutesThenHours() {
    long tenMinutes = ago(Duration.ofDays(8));
    long hour = ago(Duration.ofDays(31));
    assertThat(Retention.HOST.expired(List.of(hour, hour + 600, hour + 3_600, tenMinutes, tenMinutes + 60, tenMinutes + 600,
        ago(Duration.ofDays(6)), ago(Duration.ofDays(6)) + 60), NOW)).containsExactly(hour + 600, tenMinutes + 60);
    assertThat(Retention.HOST.intervalAt(Duration.ofDays(6))).isEqualTo(Duration.ofMinutes(1));
    assertThat(Retention.HOST.intervalAt(Duration.ofDays(29))).isEqualTo(Duration.ofMinutes(10));
    assertThat(Retention.HOST.intervalAt(Duration.ofDays(300))).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aSampleFromTheFutureIsKept() {
    assertThat(Retention.NODES.expired(List.of(NOW.getEpochSecond() + 1_000_000), NOW)).isEmpty();
  }

  @Property(tries = 5)
  void thinningAtEveryStepKeepsABoundedNumberWhateverTheRhythm(@ForAll long seed) {
    Random random = new Random(seed);
    List<Long> times = new ArrayList<>();
    long time = NOW.getEpochSecond();
    long end = time + Duration.ofDays(400).toSeconds();
    while (time < end) {
      time += Duration.ofMinutes(10).toSeconds() * (1 + random.nextInt(60));
      times.add(time);
      times.removeAll(Retention.NODES.expired(times, Instant.ofEpochSecond(time)));
    }

    assertThat(times).hasSizeLessThan(145 + 30 * 24 + 2 + 365 + 2).isSorted();
    assertThat(Retention.NODES.expired(times, Instant.ofEpochSecond(time))).isEmpty();
  }

  @Test
  void aSlotIsTheStartOfItsInterval() {
    assertThat(Retention.slot(Instant.parse("2026-11-21T08:19:59Z"), Duration.ofMinutes(10)))
        .isEqualTo(Instant.parse("2026-11-21T08:10:00Z").getEpochSecond());
  }
}
