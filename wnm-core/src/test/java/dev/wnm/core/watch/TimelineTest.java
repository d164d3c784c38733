package dev.wnm.core.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final HandMoved ticks = new HandMoved();
  private final Timeline timeline = new Timeline(ticks);

  @Test
  void timeThatPassesIsNoTrouble() {
    for (int i = 0; i < 100; i++) {
      ticks.pass(LOOK);
      ticks.jump(Duration.ofMillis(i % 2 == 0 ? 500 : -500)); // NTP at work
      assertThat(timeline.trouble(LOOK)).isEmpty();
    }
  }

  @Test
  void aMachineThatSleptAndAClockThatWasSetAreSeenOnce() {
    ticks.pass(LOOK);
    ticks.jump(Duration.ofHours(3));
    assertThat(timeline.trouble(LOOK)).hasValue("the machine slept, or its clock was set forward, for 10800 s");
    ticks.pass(LOOK);
    assertThat(timeline.trouble(LOOK)).isEmpty();
    ticks.jump(Duration.ofMinutes(-1));
    assertThat(timeline.trouble(LOOK)).hasValue("the clock was set back by 60 s");
    assertThat(timeline.trouble(LOOK)).isEmpty();
  }

  @Test
  void aProcessThatStoodStillIsSeenAndALongCycleIsNot() {
    ticks.pass(Duration.ofMinutes(1));
    assertThat(timeline.trouble(LOOK)).hasValue("nothing ran here for 58 s");
    ticks.pass(Duration.ofHours(1));
    assertThat(timeline.trouble(Duration.ofNanos(Long.MAX_VALUE))).isEmpty();
  }
}
