package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.wnm.core.host.Sense;
import dev.wnm.core.model.Event;
import dev.wnm.core.model.Told;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.testkit.manager.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An event is what is other than before: told once when it begins, once when it is over, and not in between. */
@Order(3)
@Execution(value = ExecutionMode.CONCURRENT, reason = "each test has a home of its own, and waits for nodes that do not answer")
class EventsTest extends FleetOfThree {
  @BeforeEach
  void somebodyIsToBeTold() throws Exception {
    assertThat(colony.eventsOfACycle()).isEmpty();
  }

  private List<Event> cycles(int count, String... options) throws Exception {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.addAll(colony.eventsOfACycle(options));
    }
    return events;
  }

  @Test
  void aFleetThatIsWellIsNoNews() throws Exception {
    assertThat(cycles(20)).isEmpty();
  }

  @Test
  void nodesThatDieTogetherAreOneEventWithTheirCause() throws Exception {
    colony.machine.kill(2);
    colony.machine.kill(3);
    Event death = colony.eventsOfACycle().get(0);
    assertThat(death.kind()).isEqualTo(Event.Kind.DIED);
    assertThat(death.what()).isEqualTo("2 nodes died: antnode0002.service, antnode0003.service died (its process ended: killed by signal 9)");
    assertThat(death.nodes()).containsExactly("antnode0002.service", "antnode0003.service");
    assertThat(cycles(5)).as("the rest is no news").isEmpty();
  }

  @Test
  void deathsOneAfterAnotherAreToldTogetherAndNoneIsLost() throws Exception {
    colony.machine.kill(1);
    assertThat(colony.eventsOfACycle()).singleElement().extracting(Event::nodes).isEqualTo(List.of("antnode0001.service"));
    colony.machine.kill(2);
    assertThat(colony.eventsOfACycle()).isEmpty();
    colony.machine.kill(3);
    assertThat(cycles(12)).filteredOn(event -> event.kind() == Event.Kind.DIED).singleElement().extracting(Event::count).isEqualTo(2);
  }

  @Test
  void whatHappenedInCyclesThatWereCutOffBeforeTheyToldIsToldByTheNext() throws Exception {
    colony.machine.kill(2);
    colony.cycle();
    assertThat(colony.eventsOfACycle()).extracting(Event::kind).containsExactly(Event.Kind.DIED);
  }

  @Test
  void aProblemIsToldOnceAndItsEndOnce() throws Exception {
    colony.machine.garble(2);
    List<Event> begun = cycles(8, "--restart_after_missed_probes", "0");
    assertThat(begun).extracting(Event::kind, Event::problem).containsExactly(tuple(Event.Kind.PROBLEM, "no-answer"));
    assertThat(begun.get(0).what()).startsWith("antnode0002.service stopped answering");
    assertThat(begun.get(0).mend()).isEqualTo("wnm --explain antnode0002");
    colony.machine.heal(2, ColonyHarness.OLD);
    List<Event> over = cycles(15);
    assertThat(over).extracting(Event::kind, Event::problem).containsExactly(tuple(Event.Kind.SOLVED, "no-answer"));
    assertThat(over.get(0).nodes()).containsExactly("antnode0002.service");
  }

  @Test
  void aProblemThatComesAndGoesIsOne() throws Exception {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      colony.machine.garble(2);
      events.addAll(cycles(3, "--restart_after_missed_probes", "0"));
      colony.machine.heal(2, ColonyHarness.OLD);
      events.addAll(cycles(3));
    }
    assertThat(events).extracting(Event::kind).containsExactly(Event.Kind.PROBLEM);
  }

  @Test
  void aProgramThatIsGoneIsAProblemUntilItIsThereAgain() throws Exception {
    Path program = colony.home.resolve(".local/bin/antnode");
    Files.delete(program);
    List<Event> gone = cycles(3);
    assertThat(gone).extracting(Event::problem).contains("no-program");
    assertThat(gone).filteredOn(event -> event.problem().equals("no-program")).singleElement().extracting(Event::mend).asString().contains("--antnode_path");
    colony.antnode(ColonyHarness.OLD);
    assertThat(cycles(12)).extracting(Event::kind).contains(Event.Kind.SOLVED);
  }

  @Test
  void aProcessManagerThatCannotWorkIsToldThoughNoCycleCanRun() throws Exception {
    Event problem = colony.eventsWithoutACycle().get(0);
    assertThat(problem.problem()).isEqualTo("unusable");
    assertThat(problem.what()).startsWith("wnm can do nothing: ");
    assertThat(colony.eventsWithoutACycle()).isEmpty();
    assertThat(cycles(12)).extracting(Event::kind, Event::problem).contains(tuple(Event.Kind.SOLVED, "unusable"));
  }

  @Test
  void whatCannotBeMeasuredRightAfterAStartIsNoNewsAndLaterItIs() throws Exception {
    colony.doubt(Map.of(Sense.MEMORY, "nobody knows"));
    assertThat(cycles(5)).isEmpty();
    assertThat(cycles(8)).extracting(Event::problem).containsExactly("unmeasured");
  }

  @Test
  void anOperationThatFailsAgainAndAgainIsToldOnce() throws Exception {
    colony.machine.kill(2);
    colony.machine.intercept((operation, node) -> operation == Operation.START
        ? Optional.of(OperationResult.failed("no room for " + node.id(), true)) : Optional.empty());
    assertThat(cycles(90)).filteredOn(event -> event.kind() == Event.Kind.FAILED).singleElement().satisfies(failed -> {
      assertThat(failed.problem()).isEqualTo("failed-start");
      assertThat(failed.what()).startsWith("starting antnode0002.service failed: no room for");
    });
  }

  @Test
  void anOperationOfSomebodyElseThatFailedBetweenCyclesIsToldWithWhoAskedForIt() throws Exception {
    colony.machine.failNext(Operation.STOP, "it does not stop", false);
    colony.force("stop", List.of("antnode0002"), OptionalInt.empty());
    assertThat(colony.eventsOfACycle()).filteredOn(event -> event.kind() == Event.Kind.FAILED).singleElement()
        .extracting(Event::what).asString().contains("stopping antnode0002.service failed, asked for by tester");
  }

  @Test
  void aRollOutThatHasReachedAllNodesIsToldOnce() throws Exception {
    colony.antnode(ColonyHarness.NEW);
    List<Event> events = cycles(40, "--max_concurrent_upgrades", "3", "--upgrade_settling_time", "0", "--delay_upgrade", "60");
    assertThat(events).extracting(Event::kind).containsExactly(Event.Kind.ROLLOUT);
    assertThat(events.get(0).what()).startsWith("3 nodes are antnode 0.4.17 now, and none is older; that took");
  }

  @Test
  void growthThatIsHeldForADayIsToldAndNotBefore() throws Exception {
    colony.load(60, 10, 10, 0.1);
    assertThat(cycles(3, "--node_cap", "5")).isEmpty();
    colony.advance(Duration.ofHours(2));
    assertThat(cycles(3)).as("it is held from now on").isEmpty();
    colony.advance(Duration.ofHours(23));
    assertThat(cycles(3)).isEmpty();
    colony.advance(Duration.ofHours(1));
    List<Event> held = cycles(3);
    assertThat(held).extracting(Event::kind).containsExactly(Event.Kind.GROWTH);
    assertThat(held.get(0).what()).contains("the fleet has 3 of 5 nodes", "CPU 60.0 %");
    assertThat(cycles(5)).isEmpty();
  }

  @Test
  void whoIsNewNeedNotBeToldWhatWasBeforeAndProgressIsRememberedUnderNoAddress() throws Exception {
    colony.machine.kill(2);
    colony.eventsOfACycle();
    try (Colony open = Colony.open(colony.resolver(List.of()), colony.tools())) {
      Outbox outbox = open.outbox();
      Event death = outbox.after(outbox.told("somebody").event(), 10).get(0);
      outbox.add(Optional.empty(), List.of("somebody", "new"));
      assertThat(outbox.told("new").event()).isEqualTo(death.number());
      outbox.remember(List.of(outbox.told("somebody").delivered(death.number())));
      assertThat(outbox.after(outbox.told("somebody").event(), 10)).isEmpty();
      outbox.remember(List.of(Told.since("somebody", 0)));
      assertThat(outbox.told("somebody")).as("nobody goes back").isEqualTo(new Told("somebody", death.number(), 1, 0, 0, Instant.EPOCH));
    }
  }

  @Test
  void betweenCyclesItIsRememberedUnderTheLockOrNotAtAll() throws Exception {
    Told told = new Told("somebody", 9, 9, 0, 0, Instant.EPOCH);
    try (Colony busy = Colony.open(colony.resolver(List.of()), colony.tools())) {
      assertThat(Outbox.remember(List.of(told), colony.resolver(List.of()), colony.tools())).isFalse();
    }
    assertThat(Outbox.remember(List.of(told), colony.resolver(List.of()), colony.tools())).isTrue();
    try (ColonyStore store = ColonyStore.openReadOnly(colony.database, Clock.systemUTC())) {
      assertThat(store.eventLog().told("somebody")).contains(told);
    }
  }
}
