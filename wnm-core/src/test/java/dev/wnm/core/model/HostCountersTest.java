package dev.wnm.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostCountersTest {
  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  @Test
  void aClockThatGoesAsFastAsTheUptimeWasNotSet() {
    assertThat(at("b", 0, 100).clockJump(at("b", 3_600, 3_700))).isEmpty();
    assertThat(at("b", 0, 100).clockJump(at("b", 70, 160))).as("ten seconds of correction").isEmpty();
  }

  @Test
  void aJumpIsWhatTheClockWentMoreThanTheUptime() {
    assertThat(at("b", 0, 100).clockJump(at("b", 7_260, 160))).contains(Duration.ofHours(2));
    assertThat(at("b", 0, 100).clockJump(at("b", -7_140, 160))).contains(Duration.ofHours(-2));
  }

  @Test
  void acrossABootOnlyAWayBackShows() {
    assertThat(at("b", 0, 100).clockJump(at("c", 7_200, 10))).as("it may have been off").isEmpty();
    assertThat(at("b", 0, 100).clockJump(at("c", -7_200, 10))).contains(Duration.ofHours(-2));
  }

  private static HostCounters at(String boot, long second, long uptimeSeconds) {
    return new HostCounters(boot, NOON.plusSeconds(second), Map.of()).withUptime(Optional.of(Duration.ofSeconds(uptimeSeconds)));
  }
}
