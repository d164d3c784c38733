package dev.wnm.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StartFailuresTest {
  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  @Test
  void threeOfTwoNodesForOneCauseStopTheGrowth() {
    assertThat(after("1 port 55001 is taken", "2 port 55002 is taken").stopGrowth()).isFalse();
    assertThat(after("1 port 55001 is taken", "2 port 55002 is taken", "1 port 55001 is taken").stopGrowth()).isTrue();
  }

  @Test
  void oneNodeAloneNeverDoes() {
    assertThat(after("1 x", "1 x", "1 x", "1 x", "1 x", "1 x", "1 x").stopGrowth()).isFalse();
  }

  @Test
  void sixDoWhateverTheirCauses() {
    assertThat(after("1 a", "2 b", "3 a", "4 b", "5 a").stopGrowth()).isFalse();
    assertThat(after("1 a", "2 b", "3 a", "4 b", "5 a", "6 b").stopGrowth()).isTrue();
  }

  @Test
  void whenAllThatAreRememberedAreOfOneNodeTheOthersMayGrowAgain() {
    StartFailures failures = after("1 x", "2 x", "1 x");
    for (int i = 0; i < 20; i++) {
      failures = failures.with(1, "x", "today", NOON);
    }
    assertThat(failures.stopGrowth()).isFalse();
  }

  @Test
  void otherCircumstancesBeginAnew() {
    assertThat(after("1 x", "2 x", "3 x").with(4, "x", "tomorrow", NOON).inARow()).hasSize(1);
  }

  @Test
  void trialsGetRarer() {
    assertThat(after("1 x", "2 x", "3 x").trialAt()).isEqualTo(NOON.plus(Duration.ofMinutes(1)));
    assertThat(after("1 x", "2 x", "3 x", "1 x", "1 x").trialAt()).isEqualTo(NOON.plus(Duration.ofMinutes(4)));
  }

  @Test
  void theyAreReadAsTheyWereWritten() {
    StartFailures failures = after("1 a\tb\nc", "2 x");
    assertThat(StartFailures.parse(failures.text())).isEqualTo(failures);
    assertThat(StartFailures.parse("")).isEqualTo(StartFailures.NONE);
    assertThat(StartFailures.parse("today\nx\ty\n-1\t2\tz\n").isEmpty()).isTrue();
  }

  private static StartFailures after(String... failures) {
    StartFailures all = StartFailures.NONE;
    for (String failure : failures) {
      String[] parts = failure.split(" ", 2);
      all = all.with(Integer.parseInt(parts[0]), parts[1], "today", NOON);
    }
    return all;
  }
}
