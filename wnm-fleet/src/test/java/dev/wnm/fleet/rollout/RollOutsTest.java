package dev.wnm.fleet.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostState;
import dev.wnm.fleet.model.Labels;
import dev.wnm.fleet.model.WantedProgram;
import dev.wnm.fleet.model.Wish;
import dev.wnm.fleet.model.WishAnswer;
import dev.wnm.fleet.transport.ConflictException;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.InMemoryTransport;
import dev.wnm.fleet.transport.OperatorLink;
import dev.wnm.fleet.transport.Wishes;
import dev.wnm.fleet.view.Belief;
import dev.wnm.fleet.view.HostRow;
import dev.wnm.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RollOutsTest {
  private static final HostName A1 = new HostName("a1");
  private static final WantedProgram OLD = new WantedProgram("0.4.17", "aa".repeat(32));
  private static final WantedProgram NEW = new WantedProgram("0.4.18", "bb".repeat(32));
  private static final RollOut.Order ORDER = new RollOut.Order(NEW, new Gate("running>=97% and dead<=1%"), Duration.ofMinutes(30), Duration.ofHours(2), 34);
  private final InMemoryTransport transport = new InMemoryTransport();
  private final OperatorLink link = transport.operate(Path.of("anna"));
  private final ManualClock time = new ManualClock(Instant.parse("2026-11-30T12:00:00Z"));
  private final RollOuts rollOuts = new RollOuts(link, time);
  private final Map<HostName, Host> hosts = new HashMap<>();
  /** How a host does. */
  private static final class Host {
    private List<HostState.Trouble> troubles = List.of();
    private int old = 100;
    private int updated;
    private int dead;
    private int unknown;
    private int stopped;
    private boolean silent;
    private boolean gone;
    private Optional<Instant> lookedAt = Optional.empty();
    private WishAnswer answer = WishAnswer.NONE;

    void upgraded() {
      updated += old;
      old = 0;
    }
  }

  @BeforeEach
  void threeHosts() {
    for (String name : List.of("a1", "b2", "c3")) {
      HostName host = new HostName(name);
      hosts.put(host, new Host());
      transport.invite(Path.of("anna"), host, Labels.NONE, "");
    }
  }

  @Test
  void oneWaveAfterTheOtherGetsTheVersionAndTheGateHasToHoldInBetween() throws Exception {
    begin();

    assertThat(step().step().words()).startsWith("wave 1 of 2 gets it; not there yet: a1");
    assertThat(wished("a1")).contains(NEW);
    assertThat(wished("b2")).isEmpty();
    host("a1").upgraded();
    assertThat(step().step().rollOut().stage()).isEqualTo(RollOut.Stage.SOAKING);
    time.advance(Duration.ofMinutes(29));
    assertThat(step().step().words()).startsWith("wave 1 of 2 soaks for another 60 s");
    assertThat(wished("b2")).isEmpty();
    time.advance(Duration.ofMinutes(1));
    step();
    assertThat(wished("b2")).contains(NEW);
    assertThat(wished("c3")).contains(NEW);
    host("b2").upgraded();
    host("c3").upgraded();
    step();
    time.advance(Duration.ofMinutes(30));
    assertThat(step().step().rollOut().state()).isEqualTo(RollOut.State.DONE);
    assertThat(rollOuts.current().orElseThrow().isOver()).isTrue();
  }

  @Test
  void whatBreaksTheGateStopsItAndHostsThatAreNotThroughAreHeld() throws Exception {
    begin();
    step();
    host("a1").updated = 10;
    host("a1").old = 85;
    host("a1").dead = 5;

    RollOuts.Taken taken = step();

    assertThat(taken.step().rollOut().state()).isEqualTo(RollOut.State.PAUSED);
    assertThat(taken.step().words()).contains("cannot hold any more", "5 dead");
    assertThat(new Wishes(link, time).of(new HostName("a1")).orElseThrow().hold()).isTrue();
    assertThat(wished("b2")).isEmpty();
    time.advance(Duration.ofDays(1));
    assertThat(step().step().rollOut().state()).as("it does not go on by itself").isEqualTo(RollOut.State.PAUSED);
  }

  @Test
  void aPausedOneGoesOnWhenItIsToldTo() throws Exception {
    begin();
    step();
    rollOuts.pause("anna is asleep");
    assertThat(step().step().words()).isEqualTo("anna is asleep");
    assertThat(new Wishes(link, time).of(new HostName("a1")).orElseThrow().hold()).isTrue();

    rollOuts.resume();
    step();

    Wish wish = new Wishes(link, time).of(new HostName("a1")).orElseThrow();
    assertThat(wish.hold()).isFalse();
    assertThat(wish.program()).contains(NEW);
  }

  @Test
  void backMeansWhatEachHostHadBefore() throws Exception {
    new Wishes(link, time).change(new HostName("a1"), wish -> wish.forwardTo(OLD));
    begin();
    step();
    assertThat(wished("a1")).contains(NEW);

    assertThat(rollOuts.takeBack("it is slow", Optional.empty())).isEmpty();

    assertThat(wished("a1")).contains(OLD);
    assertThat(settings("a1")).as("though it is older than what the nodes are of").containsEntry("allow_downgrade", "true");
    assertThat(wished("b2")).as("it was never told anything").isEmpty();
    assertThat(rollOuts.current().orElseThrow().state()).isEqualTo(RollOut.State.TAKEN_BACK);
    assertThatThrownBy(rollOuts::resume).isInstanceOf(FleetException.class).hasMessageContaining("taken back");
  }

  @Test
  void whereTheFleetDoesNotKnowWhatAHostHadBackHasToSayIt() throws Exception {
    begin();
    step();

    assertThatThrownBy(() -> rollOuts.takeBack("it is slow", Optional.empty())).isInstanceOf(FleetException.class)
        .hasMessage("the fleet does not know which program a1 had before: name it with --version and --sha256");
    assertThat(rollOuts.current().orElseThrow().state()).as("nothing was changed").isEqualTo(RollOut.State.RUNNING);

    rollOuts.abort("it is slow");
    assertThat(rollOuts.takeBack("it is slow", Optional.of(OLD))).isEmpty();
    assertThat(wished("a1")).contains(OLD);
  }

  @Test
  void theNextOneGoesForwardAgain() throws Exception {
    begin();
    step();
    rollOuts.takeBack("it is slow", Optional.of(OLD));
    begin();
    step();

    assertThat(wished("a1")).contains(NEW);
    assertThat(settings("a1")).containsEntry("allow_downgrade", "false");
  }

  @Test
  void hostsThatAreSilentStopItWhenTheyAreMany() throws Exception {
    begin();
    step();
    host("a1").silent = true;

    assertThat(step().step().words()).contains("1 of 1 hosts that have it are silent, more than 34 %: nobody knows how they do");
  }

  @Test
  void aHostThatRefusesStopsItWithItsReason() throws Exception {
    begin();
    step();
    host("a1").answer = new WishAnswer(wishes().of(A1).orElseThrow().generation(), WishAnswer.Outcome.REFUSED, "there is no such release");

    assertThat(step().step().words()).isEqualTo("1 host refuses it: a1: there is no such release");

    time.advance(Duration.ofMinutes(5));
    rollOuts.resume();
    assertThat(step().step().rollOut().state()).as("what it refused before is asked again").isEqualTo(RollOut.State.RUNNING);
    assertThat(wishes().of(A1).orElseThrow().generation()).isGreaterThan(host("a1").answer.generation());
    long again = wishes().of(A1).orElseThrow().generation();
    step();
    assertThat(wishes().of(A1).orElseThrow().generation()).as("once").isEqualTo(again);
    host("a1").answer = new WishAnswer(again, WishAnswer.Outcome.REFUSED, "still not");
    assertThat(step().step().words()).isEqualTo("1 host refuses it: a1: still not");
  }

  @Test
  void whoWasHeldByAPauseAndGotThroughMeanwhileIsReleasedWhenItGoesOn() throws Exception {
    begin();
    step();
    rollOuts.pause("wait");
    step();
    assertThat(wishes().of(A1).orElseThrow().hold()).isTrue();
    host("a1").upgraded();

    rollOuts.resume();
    step();

    assertThat(wishes().of(A1).orElseThrow().hold()).isFalse();
  }

  @Test
  void whoGivesItUpLeavesNobodyOnHoldAndMayDoSoAgain() throws Exception {
    begin();
    step();
    rollOuts.pause("wait");
    step();
    rollOuts.abort("no more");
    assertThat(wishes().of(A1).orElseThrow().hold()).isFalse();

    wishes().change(A1, wish -> wish.withHold(true)); // as if the first time had been cut off
    assertThat(rollOuts.abort("no more").troubles()).isEmpty();
    assertThat(wishes().of(A1).orElseThrow().hold()).isFalse();
  }

  @Test
  void aStepThatSomebodyHasOvertakenWishesNothingAnyMore() throws Exception {
    begin();
    step();
    OperatorLink slow = transport.operate(Path.of("slow"));
    RollOuts late = new RollOuts(new OvertakenLink(slow, () -> rollOuts.takeBack("it is slow", Optional.of(OLD))), time);
    late.resume();
    wishes().change(A1, wish -> wish.withHold(true));

    late.step(rows());

    assertThat(wished("a1")).as("what was decided last").contains(OLD);
  }

  @Test
  void aHostWithoutNodesHoldsNobodyUp() throws Exception {
    host("a1").old = 0;
    begin();
    step();
    host("a1").answer = new WishAnswer(wishes().of(A1).orElseThrow().generation(), WishAnswer.Outcome.APPLIED, "");
    step();
    time.advance(Duration.ofMinutes(30));
    step();

    assertThat(wished("b2")).contains(NEW);
  }

  @Test
  void nodesThatAreStoppedAreNotWaitedFor() throws Exception {
    host("a1").stopped = 3;
    begin();
    step();
    host("a1").upgraded();

    assertThat(step().step().rollOut().stage()).isEqualTo(RollOut.Stage.SOAKING);
  }

  @Test
  void aHostWhoseCyclesHaveEndedIsNotBelievedToBeAsItSays() throws Exception {
    begin();
    step();
    host("a1").upgraded();
    host("a1").lookedAt = Optional.of(time.instant().minus(Duration.ofHours(5)));

    assertThat(step().step().figures().silent()).isEqualTo(1);
    assertThat(wished("b2")).isEmpty();
  }

  @Test
  void nodesOfWhichNobodyKnowsHowTheyAreBreakNoGateAndPassNone() throws Exception {
    begin();
    step();
    host("a1").upgraded();
    step();
    host("a1").updated = 80;
    host("a1").unknown = 20;
    time.advance(Duration.ofMinutes(31));
    host("a1").lookedAt = Optional.empty();

    RollOuts.Taken taken = step();

    assertThat(taken.step().rollOut().state()).isEqualTo(RollOut.State.RUNNING);
    assertThat(taken.step().words()).contains("is not known yet", "20 unknown");
    assertThat(wished("b2")).isEmpty();
  }

  @Test
  void aWaveIsNotThroughWhileOfSomeOfItsNodesNothingIsKnown() throws Exception {
    begin();
    step();
    host("a1").upgraded();
    host("a1").updated = 80;
    host("a1").unknown = 20;

    assertThat(step().step().rollOut().stage()).isEqualTo(RollOut.Stage.UPGRADING);
    host("a1").updated = 100;
    host("a1").unknown = 0;
    assertThat(step().step().rollOut().stage()).isEqualTo(RollOut.Stage.SOAKING);
  }

  @Test
  void aHostThatIsOfTheFleetNoMoreIsLeftOut() throws Exception {
    begin();
    step();
    host("a1").gone = true;
    step();
    time.advance(Duration.ofMinutes(30));
    step();

    assertThat(wished("b2")).contains(NEW);
    assertThat(rollOuts.current().orElseThrow().hosts()).doesNotContain(A1);
  }

  @Test
  void nodesThatDiedBeforeTheFirstLookAtAWaveAreMissed() throws Exception {
    begin();
    step();
    host("a1").upgraded();
    step();
    time.advance(Duration.ofMinutes(30));
    step();
    host("b2").old = 15;
    host("b2").stopped = 85;

    assertThat(step().step().figures().nodes()).as("those of before").isEqualTo(300);
  }

  private Wishes wishes() {
    return new Wishes(link, time);
  }

  @Test
  void whatAHostFoundOutAboutTheVersionByItselfStopsIt() throws Exception {
    begin();
    step();
    host("a1").troubles = List.of(new HostState.Trouble("no-upgrade", "no upgrade: version 0.4.16 is held back", ""));
    assertThat(step().step().rollOut().state()).as("of another version").isEqualTo(RollOut.State.RUNNING);
    host("a1").troubles = List.of(new HostState.Trouble("no-upgrade", "no upgrade: version 0.4.180 is held back", ""));
    assertThat(step().step().rollOut().state()).as("of one that begins in the same way").isEqualTo(RollOut.State.RUNNING);

    host("a1").troubles = List.of(new HostState.Trouble("no-upgrade", "no upgrade: version 0.4.18 is held back since noon: n1 died with it", ""));

    RollOuts.Taken taken = step();
    assertThat(taken.step().words()).isEqualTo("a1: no upgrade: version 0.4.18 is held back since noon: n1 died with it");
    assertThat(taken.step().rollOut().state()).isEqualTo(RollOut.State.PAUSED);
    assertThat(wished("b2")).isEmpty();
  }

  @Test
  void aWaveThatTakesTooLongStopsItAndNamesWhoIsMissing() throws Exception {
    begin();
    step();
    time.advance(Duration.ofHours(3));

    assertThat(step().step().words()).isEqualTo("wave 1 does not have it after 3 h: a1");
  }

  @Test
  void nodesThatUpgradedThemselvesElsewhereAreCounted() throws Exception {
    host("c3").old = 93;
    host("c3").updated = 7;
    begin();

    assertThat(step().step().figures().alone()).isEqualTo(7);
  }

  @Test
  void whoIsCutOffInMidStepTakesItAgain() throws Exception {
    begin();
    // The step was kept, and nothing was wished for yet: the same as a kill in between.
    assertThat(wished("a1")).isEmpty();

    RollOuts other = new RollOuts(transport.operate(Path.of("another machine")), time);
    other.resume();
    other.step(rows());

    assertThat(wished("a1")).contains(NEW);
    long generation = new Wishes(link, time).of(new HostName("a1")).orElseThrow().generation();
    other.step(rows());
    assertThat(new Wishes(link, time).of(new HostName("a1")).orElseThrow().generation()).as("the same wish again is none").isEqualTo(generation);
  }

  @Test
  void ofTwoRunsTheOneThatTookItOverDrives() throws Exception {
    begin();
    host("a1").upgraded();
    RollOuts other = new RollOuts(link, time);
    assertThatThrownBy(() -> other.step(rows())).isInstanceOf(TakenOverException.class).hasMessageContaining("is driven by anna/");

    other.resume();
    other.step(rows());

    assertThatThrownBy(this::step).isInstanceOf(TakenOverException.class);
    rollOuts.pause("wait for Monday");
    assertThat(step().step().words()).as("who pauses it sees to the holds").isEqualTo("wait for Monday");
  }

  @Test
  void whoTakesItOverInASoakDoesNotBeginThatAnew() throws Exception {
    begin();
    step();
    host("a1").upgraded();
    RollOut soaking = step().step().rollOut();
    assertThat(soaking.stage()).isEqualTo(RollOut.Stage.SOAKING);
    time.advance(Duration.ofMinutes(10));

    assertThat(rollOuts.resume().since()).isEqualTo(soaking.since());
    rollOuts.pause("wait for Monday");
    assertThat(rollOuts.resume().since()).as("while it was paused, nobody looked").isEqualTo(time.instant());
  }

  @Test
  void ofTwoStepsAtOnceOneIsTaken() throws Exception {
    begin();
    long revision = link.records().read("rollout.current").orElseThrow().revision();
    host("a1").upgraded();
    step();

    assertThatThrownBy(() -> link.records().write("rollout.current", "{}", revision)).isInstanceOf(ConflictException.class);
  }

  @Test
  void thereIsOneAtATime() throws Exception {
    begin();

    assertThatThrownBy(this::begin).isInstanceOf(FleetException.class).hasMessageContaining("there is a roll-out that is not over, r1");
    rollOuts.abort("no more");
    begin();
  }

  @Test
  void itIsReadAsItWasKept() throws Exception {
    begin();
    step();
    host("a1").upgraded();
    RollOut rollOut = step().step().rollOut();

    assertThat(RollOutJson.read(RollOutJson.write(rollOut))).isEqualTo(rollOut);
    assertThat(rollOut.before()).isEqualTo(Map.of(new HostName("a1"), 100));
  }

  private void begin() throws FleetException {
    rollOuts.begin("r1", ORDER, Waves.parse("1,100%"), hosts.keySet().stream().sorted().toList());
  }

  private RollOuts.Taken step() throws FleetException {
    return rollOuts.step(rows());
  }

  private Host host(String name) {
    return hosts.get(new HostName(name));
  }

  private Map<String, String> settings(String host) throws FleetException {
    return new Wishes(link, time).of(new HostName(host)).orElseThrow().settings();
  }

  private Optional<WantedProgram> wished(String host) throws FleetException {
    return new Wishes(link, time).of(new HostName(host)).flatMap(Wish::program);
  }

  private List<HostRow> rows() {
    List<HostRow> rows = new ArrayList<>();
    hosts.entrySet().stream().filter(entry -> !entry.getValue().gone).forEach(entry -> rows.add(row(entry.getKey(), entry.getValue())));
    return rows;
  }

  private HostRow row(HostName name, Host host) {
    return new HostRow(name, host.silent ? Belief.SILENT : Belief.WELL, Optional.of(state(name, host)),
        Optional.of(time.instant()), Optional.of(Duration.ZERO), time.instant(), List.of());
  }

  private HostState state(HostName name, Host host) {
    return new HostState(name, new HostState.Run(name.text(), "boot", 1, Optional.empty()), time.instant(), Labels.NONE, "1", Duration.ofMinutes(1),
        new HostState.Nodes(Map.of("RUNNING", host.old + host.updated, "DEAD", host.dead, "UNKNOWN", host.unknown, "STOPPED", host.stopped),
            Map.of("antnode 0.4.17", host.old, "antnode 0.4.18", host.updated), OptionalInt.empty(), OptionalInt.empty(),
            host.lookedAt.or(() -> Optional.of(time.instant()))),
        List.of(), new HostState.Outlook("well", "", host.troubles, List.of(), List.of(), "", Optional.empty()), Map.of(), Optional.empty(), host.answer);
  }
}
