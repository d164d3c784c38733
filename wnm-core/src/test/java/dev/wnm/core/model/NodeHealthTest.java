package dev.wnm.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class NodeHealthTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void aNodeThatDiesOnceIsTriedAgainAtOnce() {
    NodeHealth health = NodeHealth.FRESH.died("its process ended", NOW);
    assertThat(health.downCause()).isEqualTo(DownCause.DIED);
    assertThat(health.mayBeTried(NOW)).isTrue();
    assertThat(health.lastError()).isEqualTo("its process ended");
  }

  @Test
  void aNodeThatDiesAgainBeforeItHasRecoveredWaitsLongerEachTime() {
    NodeHealth health = NodeHealth.FRESH.died("", NOW);
    for (int minutes : new int[] {2, 4, 8, 16, 32, 60, 60}) {
      health = health.started(OptionalLong.of(7)).died("", NOW);
      assertThat(health.retryAfter()).isEqualTo(NOW.plus(Duration.ofMinutes(minutes)));
    }
    assertThat(health.recovered(OptionalLong.of(7)).died("", NOW).mayBeTried(NOW)).isTrue();
  }

  @Test
  void aFailedOperationWaitsAMinuteThenTwice() {
    NodeHealth once = NodeHealth.FRESH.failed("busy", NOW);
    assertThat(once.retryAfter()).isEqualTo(NOW.plus(Duration.ofMinutes(1)));
    assertThat(once.failed("busy", NOW).retryAfter()).isEqualTo(NOW.plus(Duration.ofMinutes(2)));
  }

  @Test
  void aFailureThatAnotherTryDoesNotMendWaitsAnHourFromTheFirst() {
    NodeHealth once = NodeHealth.FRESH.failed("there is no antnode", false, NOW);
    assertThat(once.retryAfter()).isEqualTo(NOW.plus(Duration.ofHours(1)));
    assertThat(once.failures()).isEqualTo(1);
    assertThat(once.waitsAfterFailure(NOW)).isTrue();
    assertThat(once.triedAgainNow(NOW).mayBeTried(NOW)).isTrue();
    assertThat(once.failed("busy", NOW).retryAfter()).as("a failure of the other kind").isEqualTo(NOW.plus(Duration.ofMinutes(2)));
  }

  @Test
  void aNodeThatDiedDoesNotWaitForAnOperationThatFailed() {
    assertThat(NodeHealth.FRESH.failed("busy", NOW).died("", NOW).waitsAfterFailure(NOW)).isFalse();
  }

  @Test
  void anAnswerMakesUpForMissedProbesAndNotForAFailedOperation() {
    NodeHealth silent = NodeHealth.FRESH.silent(OptionalLong.empty(), "no answer");
    assertThat(silent.missedProbes()).isEqualTo(1);
    assertThat(silent.answered(OptionalLong.of(7)).lastError()).isEmpty();
    NodeHealth failed = NodeHealth.FRESH.failed("the upgrade did not take", NOW);
    assertThat(failed.answered(OptionalLong.of(7)).lastError()).isEqualTo("the upgrade did not take");
  }
}
