package dev.wnm.spi.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimedLineTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

  @Test
  void theTimesOfNodeProgramsContainersAndJournalsAreUnderstood() {
    assertThat(TimedLine.timeOf("[2026-11-30T12:00:00.000000Z INFO ant_node] starting")).contains(NOON);
    assertThat(TimedLine.timeOf("{\"timestamp\":\"2026-11-30T12:00:00.500Z\",\"level\":\"INFO\"}")).contains(NOON.plusMillis(500));
    assertThat(TimedLine.timeOf("2026-11-30 12:00:00.000000000  listening")).as("as s6-log writes it").contains(NOON);
    assertThat(TimedLine.timeOf("2026-11-30T13:00:00+0100 host antnode: up")).contains(NOON);
  }

  @Test
  void aLineWithoutOneHasNone() {
    assertThat(TimedLine.timeOf("thread 'main' panicked")).isEmpty();
    assertThat(TimedLine.timeOf("2026-13-45T99:00:00Z is no time")).isEmpty();
    assertThat(TimedLine.timeOf("a sentence that goes on for a while before it names 2026-11-30T12:00:00Z")).isEmpty();
  }

  @Test
  void whatTellsNoTimeStaysWithWhatItFollows() {
    List<TimedLine> one = TimedLine.of(List.of("2026-11-30T12:00:00Z panic", "  at main", "2026-11-30T12:00:09Z up"), Instant.EPOCH);
    List<TimedLine> other = TimedLine.of(List.of("2026-11-30T12:00:05Z between"), Instant.EPOCH);

    assertThat(TimedLine.merged(List.of(one, other))).extracting(TimedLine::line)
        .containsExactly("2026-11-30T12:00:00Z panic", "  at main", "2026-11-30T12:00:05Z between", "2026-11-30T12:00:09Z up");
  }

  @Test
  void aLogWhoseClockWasSetBackKeepsItsOrder() {
    List<TimedLine> lines = TimedLine.of(List.of("2026-11-30T12:00:05Z a", "2026-11-30T12:00:00Z b"), Instant.EPOCH);

    assertThat(TimedLine.merged(List.of(lines))).extracting(TimedLine::line).containsExactly("2026-11-30T12:00:05Z a", "2026-11-30T12:00:00Z b");
  }

  @Test
  void whereNoLineTellsATimeThatOfTheLogCounts() {
    List<TimedLine> lines = TimedLine.of(List.of("a", "b"), NOON);

    assertThat(TimedLine.since(lines, Optional.of(NOON.minusSeconds(1)))).hasSize(2);
    assertThat(TimedLine.since(lines, Optional.of(NOON.plusSeconds(1)))).isEmpty();
    assertThat(TimedLine.last(lines, 1)).extracting(TimedLine::line).containsExactly("b");
  }
}
