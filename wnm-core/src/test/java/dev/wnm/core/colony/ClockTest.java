package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockTest extends FleetOfThree {
  private static final Duration DAY = Duration.ofDays(1);

  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void aDelayLastsAsLongAsItShouldWhicheverWayTheClockIsSet(int direction) throws Exception {
    colony.cycle("--node_cap", "2");
    assertThat(colony.status(3)).isEqualTo(NodeStatus.REMOVING);
    colony.setClock(DAY.multipliedBy(direction));
    colony.cycle();
    assertThat(colony.nodes()).as("its delay is not over").hasSize(3);
    colony.cycles(4);
    assertThat(colony.nodes()).as("its delay is over").hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void theJumpIsNamedOnceAndNothingIsDoneForIt(int direction) throws Exception {
    try (LogLines log = new LogLines()) {
      colony.setClock(DAY.multipliedBy(direction));
      assertThat(colony.cycle().outcomes()).isEmpty();
      assertThat(log.at(Level.WARNING)).singleElement().asString()
          .contains("the clock was set " + (direction < 0 ? "back" : "forward") + " by 86400 s");
      log.clear();
      colony.cycles(2);
      assertThat(log.at(Level.WARNING)).isEmpty();
    }
  }

  @Test
  void growthIsNotBlockedByStartsThatLieInTheFuture() throws Exception {
    colony.cycle("--node_cap", "4");
    assertThat(colony.status(4)).isEqualTo(NodeStatus.RESTARTING);
    colony.setClock(DAY.negated());
    colony.cycles(6);
    assertThat(colony.status(4)).isEqualTo(NodeStatus.RUNNING);
  }

  @Test
  void aStopForPressureIsStillOfTodayAfterTheClockWasSetBack() throws Exception {
    colony.load(90, 10, 10, 0.1);
    colony.cycle();
    colony.setClock(Duration.ofHours(-2));
    assertThat(colony.cycle().outcomes()).as("the next one waits for delay_remove").isEmpty();
    colony.cycles(5);
    assertThat(colony.running()).isEqualTo(1);
  }

  @Test
  void acrossARebootAClockThatWasSetBackBlocksNothing() throws Exception {
    colony.cycle("--node_cap", "2");
    colony.setClock(DAY.negated());
    colony.reboot();
    colony.cycles(8);
    assertThat(colony.nodes()).hasSize(2);
  }

  @Test
  void aBackOffThatLiesDaysAheadIsNoLongerThanTheLongest() throws Exception {
    colony.load(60, 10, 10, 0.1);
    colony.machine.kill(2);
    colony.cycle();
    colony.setClock(DAY.negated());
    colony.load(10, 10, 10, 0.1);
    boolean started = false;
    for (int i = 0; i < 3; i++) {
      started |= colony.cycle().outcomes().stream().anyMatch(outcome -> outcome.kind() == OperationKind.START);
    }
    assertThat(started).isTrue();
  }

  @Test
  void aRowWhoseTimeLiesInTheFutureForNoKnownReasonCountsAsJustNow() throws Exception {
    colony.setClock(DAY);
    colony.force("stop", List.of("antnode0002"), OptionalInt.empty());
    colony.force("start", List.of("antnode0002"), OptionalInt.empty());
    colony.setClock(DAY.negated());
    assertThat(colony.status(2)).isEqualTo(NodeStatus.RESTARTING);
    colony.cycles(7);
    assertThat(colony.status(2)).isEqualTo(NodeStatus.RUNNING);
  }
}
