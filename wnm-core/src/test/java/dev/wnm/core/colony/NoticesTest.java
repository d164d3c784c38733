package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.NodeStatus;
import dev.wnm.testkit.manager.Operation;
import java.util.List;
import java.util.OptionalInt;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of a fleet though nothing failed. */
class NoticesTest extends FleetOfThree {
  private LogLines log;

  @BeforeEach
  void listen() {
    log = new LogLines();
  }

  @AfterEach
  void stopListening() {
    log.close();
  }

  private List<String> warningsOfASurvey(String... notices) throws Exception {
    log.clear();
    colony.machine.tool().notices(notices);
    colony.force("survey", List.of(), OptionalInt.empty());
    return log.at(Level.WARNING);
  }

  @Test
  void aNoticeIsLoggedOnceWhileItIsRepeatedAndAgainAfterItHadGone() throws Exception {
    assertThat(warningsOfASurvey("antnode9 is not known")).containsExactly("antnode9 is not known");
    assertThat(warningsOfASurvey("antnode9 is not known")).isEmpty();
    assertThat(warningsOfASurvey("antnode9 is not known", "too old")).containsExactly("too old");
    assertThat(warningsOfASurvey()).isEmpty();
    assertThat(warningsOfASurvey("antnode9 is not known")).containsExactly("antnode9 is not known");
  }

  @Test
  void aCycleThatLooksAtTheFleetShowsThem() throws Exception {
    colony.machine.tool().notices("antnode9 is not known");

    colony.cycles(7);

    assertThat(log.at(Level.WARNING)).containsExactly("antnode9 is not known");
  }

  @Test
  void aNoticeThatIsGivenTwiceAtOnceIsLoggedOnceAndBreaksNoLaterCycle() throws Exception {
    assertThat(warningsOfASurvey("the same", "the same")).containsExactly("the same");
    assertThat(warningsOfASurvey("the same", "the same")).isEmpty();
  }

  @Test
  void aNoticeOfSeveralLinesIsLoggedAsOneAndOnce() throws Exception {
    assertThat(warningsOfASurvey("one\ntwo")).containsExactly("one two");
    assertThat(warningsOfASurvey("one\ntwo")).isEmpty();
  }

  @Test
  void aDryRunShowsThemAndDoesNotCountThemAsShown() throws Exception {
    colony.machine.tool().notices("antnode9 is not known");
    colony.force("survey", List.of(), OptionalInt.empty(), "--dry_run");
    assertThat(log.at(Level.WARNING)).containsExactly("antnode9 is not known");

    assertThat(warningsOfASurvey("antnode9 is not known")).containsExactly("antnode9 is not known");
  }

  @Test
  void aNodeThatUpgradedItselfIsToldAtInfoAndIsNoFailure() throws Exception {
    colony.machine.heal(2, ColonyHarness.NEW);

    assertThat(warningsOfASurvey()).isEmpty();

    assertThat(log.at(Level.INFO)).contains("antnode0002.service runs version 0.4.17 now, no longer 0.4.16");
    assertThat(log.at(Level.SEVERE)).isEmpty();
    assertThat(colony.node(2).version()).contains(ColonyHarness.NEW);
    assertThat(colony.status(2)).isEqualTo(NodeStatus.RUNNING);
    assertThat(colony.node(2).health().failures()).isZero();
    colony.cycles(3);
    assertThat(colony.machine.log().of(Operation.SWAP)).isEmpty();
    assertThat(colony.machine.log().of(Operation.START)).isEmpty();
  }
}
