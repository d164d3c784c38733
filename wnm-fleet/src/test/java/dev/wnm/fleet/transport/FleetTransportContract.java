package dev.wnm.fleet.transport;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostState;
import dev.wnm.fleet.model.HostStateJson;
import dev.wnm.fleet.model.Question;
import dev.wnm.fleet.model.Reply;
import dev.wnm.fleet.model.Wish;
import dev.wnm.fleet.model.WishAnswer;
import dev.wnm.fleet.view.Belief;
import dev.wnm.fleet.view.HostBook;
import dev.wnm.fleet.view.HostRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every transport of a fleet has to do. What one cannot do, its traits say. */
public abstract class FleetTransportContract {
  protected static final HostName A1 = new HostName("a1");
  protected static final HostName B2 = new HostName("b2");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  protected FleetRig rig;
  protected OperatorLink operator;

  /** Begins a fleet. */
  protected abstract FleetRig rig() throws Exception;

  @BeforeEach
  void begin() throws Exception {
    rig = rig();
    operator = rig.transport().operate(rig.operator());
  }

  @AfterEach
  void end() throws Exception {
    operator.close();
    rig.close();
  }

  @Test
  void itsNameAndOperatorAreWords() {
    assertThat(rig.transport().name()).matches("[a-z0-9]+");
    assertThat(operator.operator()).isEqualTo("anna");
  }

  @Test
  void whatAHostSaysIsWhatOperatorsSee() throws Exception {
    rig.join(A1);
    ScriptedDesk desk = new ScriptedDesk("a1");
    try (FleetRig.HostEnd host = rig.begin(A1, desk)) {
      said(host);

      Received received = operator.states(Set.of(A1)).latest().get(A1);

      assertThat(received.sender()).isEqualTo(A1);
      assertThat(received.at()).isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
      HostState state = HostStateJson.read(received.text());
      assertThat(state.host()).isEqualTo(A1);
      assertThat(state.nodes().in("RUNNING")).isEqualTo(3);
      assertThat(state.outlook().sentence()).isEqualTo("all is well; “quotes” and <b>ä</b>");
    }
  }

  @Test
  void ofAHostThatNeverSaidAnythingNothingIsToldAndALaterStateTakesThePlaceOfAnEarlierOne() throws Exception {
    rig.join(A1);
    rig.join(B2);
    ScriptedDesk desk = new ScriptedDesk("a1");
    try (FleetRig.HostEnd host = rig.begin(A1, desk)) {
      said(host);
      desk.running(7);
      said(host);

      Map<HostName, Received> latest = operator.states(Set.of(A1, B2)).latest();

      assertThat(latest).containsOnlyKeys(A1);
      assertThat(HostStateJson.read(latest.get(A1).text()).nodes().in("RUNNING")).isEqualTo(7);
    }
  }

  @Test
  void aWatchTellsWhatIsThereAndThenWhatComes() throws Exception {
    rig.join(A1);
    ScriptedDesk desk = new ScriptedDesk("a1");
    try (FleetRig.HostEnd host = rig.begin(A1, desk)) {
      said(host);
      Map<HostName, Received> seen = new ConcurrentHashMap<>();
      try (AutoCloseable watching = operator.watch(Set.of(A1), received -> seen.put(received.sender(), received))) {
        eventually("what is there is told", () -> running(seen) == 3);
        desk.running(9);
        said(host);
        eventually("what came is told", () -> running(seen) == 9);
      }
    }
  }

  @Test
  void aWishReachesItsHostAndWhatBecameOfItComesBack() throws Exception {
    rig.join(A1);
    ScriptedDesk desk = new ScriptedDesk("a1");
    try (FleetRig.HostEnd host = rig.begin(A1, desk)) {
      said(host);
      Wishes wishes = new Wishes(operator, Clock.systemUTC());

      long first = wishes.change(A1, wish -> wish.withSettings(Map.of("node_cap", Optional.of("40")))).generation();

      eventually("it has arrived", () -> answer(first, WishAnswer.Outcome.APPLIED));
      assertThat(desk.wish().orElseThrow().settings()).isEqualTo(Map.of("node_cap", "40"));
      long next = wishes.change(A1, wish -> wish.withSettings(Map.of("refuse", Optional.of("1")))).generation();
      assertThat(next).isGreaterThan(first);
      eventually("the next was refused", () -> answer(next, WishAnswer.Outcome.REFUSED));
      assertThat(wishes.of(A1).orElseThrow().settings()).isEqualTo(Map.of("node_cap", "40", "refuse", "1"));
      assertThat(wishes.of(A1).orElseThrow().by()).isEqualTo("anna");
    }
  }

  @Test
  void aWishWaitsForAHostThatIsAway() throws Exception {
    rig.join(A1);
    ScriptedDesk desk = new ScriptedDesk("a1");
    rig.begin(A1, desk).close();

    new Wishes(operator, Clock.systemUTC()).change(A1, wish -> wish.withHold(true));

    assertThat(desk.wish()).isEmpty();
    try (FleetRig.HostEnd host = rig.begin(A1, desk)) {
      said(host);
      eventually("it has arrived", () -> {
        ask(A1); // a transport that does not push brings it along with the next call
        return desk.wish().filter(Wish::hold).isPresent();
      });
    }
  }

  @Test
  void ofTwoWishesInPlaceOfTheSameOneIsKept() throws Exception {
    rig.join(A1);
    Wish first = Wish.nothing(A1, "anna", Instant.now());
    long revision = operator.wish(first, Kept.NONE);

    operator.wish(first.next("anna", Instant.now()).withHold(true), revision);

    assertThatThrownBy(() -> operator.wish(first.next("bert", Instant.now()), revision)).isInstanceOf(ConflictException.class)
        .hasMessageContaining("the wish for a1 was changed by somebody else");
    assertThatThrownBy(() -> operator.wish(first, Kept.NONE)).isInstanceOf(ConflictException.class);
    assertThat(new Wishes(operator, Clock.systemUTC()).of(A1).orElseThrow().hold()).isTrue();
  }

  @Test
  void whatOperatorsShareIsChangedOnlyByThoseWhoKnowWhatIsThere() throws Exception {
    Records records = operator.records();
    assertThat(records.read("claim.home.1")).isEmpty();
    assertThat(records.all("claim.")).isEmpty();

    long first = records.write("claim.home.1", "a1", Kept.NONE);
    long second = records.write("claim.home.1", "b2 \"ä\"", first);

    assertThat(records.read("claim.home.1")).contains(new Kept("b2 \"ä\"", second));
    assertThatThrownBy(() -> records.write("claim.home.1", "c3", first)).isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> records.write("claim.home.1", "c3", Kept.NONE)).isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> records.delete("claim.home.1", first)).isInstanceOf(ConflictException.class);
    records.write("claim.home.2", "a1", Kept.NONE);
    records.write("rollout.current", "x", Kept.NONE);
    assertThat(records.all("claim.home.")).containsOnlyKeys("claim.home.1", "claim.home.2")
        .containsEntry("claim.home.1", records.read("claim.home.1").orElseThrow());
    records.delete("claim.home.1", second);
    assertThat(records.read("claim.home.1")).isEmpty();
    assertThat(records.all("claim.")).containsOnlyKeys("claim.home.2");
    records.write("claim.home.1", "again", Kept.NONE);
    assertThat(records.read("claim.home.1").orElseThrow().text()).isEqualTo("again");
  }

  @Test
  void ofManyWhoClaimOneBlockOneGetsIt() throws Exception {
    assumeThat(rig.transport().traits().claimsAreAtomic()).as("claims are atomic").isTrue();
    ExecutorService operators = Executors.newFixedThreadPool(8);
    try {
      List<Future<Boolean>> claims = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String who = "host-" + i;
        claims.add(operators.submit(() -> claimed(who)));
      }
      int got = 0;
      for (Future<Boolean> claim : claims) {
        got += claim.get() ? 1 : 0;
      }
      assertThat(got).isEqualTo(1);
    } finally {
      operators.shutdownNow();
    }
  }

  private boolean claimed(String who) throws FleetException {
    try {
      operator.records().write("claim.home.7", who, Kept.NONE);
      return true;
    } catch (ConflictException other) {
      return false;
    }
  }

  @Test
  void aQuestionIsAnsweredByTheHostThatItIsFor() throws Exception {
    rig.join(A1);
    rig.join(B2);
    try (FleetRig.HostEnd one = rig.begin(A1, new ScriptedDesk("a1").answering(question -> Reply.of("I am a1, asked for " + question.detail("node").orElse("-"))));
        FleetRig.HostEnd other = rig.begin(B2, new ScriptedDesk("b2").answering(question -> Reply.refusal("b2 does not tell")))) {
      said(one);
      said(other);

      assertThat(operator.ask(A1, new Question(Question.Kind.EXPLAIN, Map.of("node", "antnode0001")), PATIENCE))
          .isEqualTo(Reply.of("I am a1, asked for antnode0001"));
      assertThat(operator.ask(B2, Question.of(Question.Kind.STATUS), PATIENCE)).isEqualTo(Reply.refusal("b2 does not tell"));
    }
  }

  @Test
  void aLongAnswerComesWhole() throws Exception {
    rig.join(A1);
    String lines = "antnode0001 RUNNING 12 peers\n".repeat(10_000).strip();
    try (FleetRig.HostEnd host = rig.begin(A1, new ScriptedDesk("a1").answering(question -> Reply.of(lines)))) {
      said(host);

      assertThat(operator.ask(A1, Question.of(Question.Kind.NODES), PATIENCE).text()).isEqualTo(lines);
    }
  }

  @Test
  void aDefectOfAHostIsItsAnswer() throws Exception {
    rig.join(A1);
    try (FleetRig.HostEnd host = rig.begin(A1, new ScriptedDesk("a1").answering(question -> {
      throw new IllegalStateException("nothing works");
    }))) {
      said(host);

      Reply reply = operator.ask(A1, Question.of(Question.Kind.STATUS), PATIENCE);

      assertThat(reply.isAnswered()).isFalse();
      assertThat(reply.text()).contains("defect", "nothing works");
    }
  }

  @Test
  void aHostThatIsNotThereIsNamedWhenItIsAsked() throws Exception {
    rig.join(A1);

    assertThatThrownBy(() -> operator.ask(A1, Question.of(Question.Kind.STATUS), Duration.ofSeconds(5))).isInstanceOf(FleetException.class)
        .hasMessageContaining("a1");
  }

  @Test
  void aSlowHostHoldsUpNobodyLongerThanItMay() throws Exception {
    rig.join(A1);
    CountDownLatch end = new CountDownLatch(1);
    try (FleetRig.HostEnd host = rig.begin(A1, new ScriptedDesk("a1").answering(question -> {
      if (question.kind() == Question.Kind.LOGS) {
        await(end);
      }
      return Reply.of(question.kind().name());
    }))) {
      said(host);

      assertThatThrownBy(() -> operator.ask(A1, Question.of(Question.Kind.LOGS), Duration.ofSeconds(2))).isInstanceOf(FleetException.class)
          .hasMessageContaining("a1").hasMessageContaining("2 s");
      end.countDown();
      assertThat(operator.ask(A1, Question.of(Question.Kind.STATUS), PATIENCE)).as("a late answer is nobody else's").isEqualTo(Reply.of("STATUS"));
    }
  }

  @Test
  void aHostThatSpeaksInTheNameOfAnotherIsNotBelieved() throws Exception {
    rig.join(A1);
    rig.join(B2);
    try (FleetRig.HostEnd victim = rig.begin(A1, new ScriptedDesk("a1").running(3))) {
      said(victim);
      String lie = HostStateJson.write(new ScriptedDesk("a1").running(99).boot("thief", 1_000).state());

      rig.forge(B2, A1, lie);

      HostBook book = new HostBook(Set.of(A1, B2));
      operator.states(Set.of(A1, B2)).latest().values().forEach(book::hear);
      HostRow row = book.rows(Instant.now()).get(0);
      assertThat(row.name()).isEqualTo(A1);
      assertThat(row.belief()).isEqualTo(Belief.WELL);
      assertThat(row.state().orElseThrow().nodes().in("RUNNING")).isEqualTo(3);
    }
  }

  @Test
  void aHostThatIsLetInNoMoreSaysNothingAndIsToldNothing() throws Exception {
    rig.join(A1);
    ScriptedDesk desk = new ScriptedDesk("a1");
    try (FleetRig.HostEnd host = rig.begin(A1, desk)) {
      said(host);
      rig.revoke(A1);
      desk.running(50);
      if (rig.transport().traits().pushes()) {
        eventually("it is not let in", () -> !say(host).isOut());
      }

      new Wishes(operator, Clock.systemUTC()).change(A1, wish -> wish.withHold(true));

      for (Received received : operator.states(Set.of(A1)).latest().values()) {
        assertThat(HostStateJson.read(received.text()).nodes().in("RUNNING")).as("what it said before").isEqualTo(3);
      }
      assertThat(desk.wish()).isEmpty();
    }
  }

  @Test
  void whatIsKeptOutlivesTheServerAndAWatchGoesOn() throws Exception {
    assumeThat(rig.server()).as("there is a server").isPresent();
    FleetRig.Server server = rig.server().orElseThrow();
    rig.join(A1);
    ScriptedDesk desk = new ScriptedDesk("a1");
    try (FleetRig.HostEnd host = rig.begin(A1, desk)) {
      said(host);
      long claim = operator.records().write("claim.home.3", "a1", Kept.NONE);
      Map<HostName, Received> seen = new ConcurrentHashMap<>();
      try (AutoCloseable watching = operator.watch(Set.of(A1), received -> seen.put(received.sender(), received))) {
        eventually("it is seen", () -> running(seen) == 3);

        server.kill();

        assertThat(say(host).isOut()).isFalse();
        assertThatThrownBy(() -> operator.records().write("claim.home.4", "a1", Kept.NONE)).isInstanceOf(FleetException.class)
            .isNotInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> operator.ask(A1, Question.of(Question.Kind.STATUS), Duration.ofSeconds(2))).isInstanceOf(FleetException.class);
        desk.running(8);
        server.start();
        eventually("the host gets through again", () -> say(host).isOut());
        eventually("the watch tells it", () -> running(seen) == 8);
        eventually("the claim is there", () -> read("claim.home.3").equals(Optional.of(new Kept("a1", claim))));
        eventually("it can be asked", () -> ask(A1));
      }
    }
  }

  @Test
  void aQuestionThatIsUnderWayWhenTheServerGoesEndsWithASentence() throws Exception {
    assumeThat(rig.server()).as("there is a server").isPresent();
    rig.join(A1);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    ScriptedDesk desk = new ScriptedDesk("a1").answering(question -> {
      asked.countDown();
      await(over);
      return Reply.of("too late");
    });
    try (FleetRig.HostEnd host = rig.begin(A1, desk)) {
      said(host);
      FutureTask<Reply> answer = new FutureTask<>(() -> operator.ask(A1, Question.of(Question.Kind.STATUS), Duration.ofSeconds(3)));
      new Thread(answer, "asks").start();
      await(asked);

      rig.server().orElseThrow().kill();

      assertThatThrownBy(() -> answer.get(1, TimeUnit.MINUTES)).hasCauseInstanceOf(FleetException.class);
    } finally {
      over.countDown();
      rig.server().orElseThrow().start();
    }
  }

  @Test
  void aHostWhoseClockIsWrongIsNamedAndBelieved() throws Exception {
    rig.join(A1);
    try (FleetRig.HostEnd host = rig.begin(A1, new ScriptedDesk("a1").clockAhead(Duration.ofHours(-3)))) {
      said(host);
      HostBook book = new HostBook(Set.of(A1));
      operator.states(Set.of(A1)).latest().values().forEach(book::hear);

      HostRow row = book.rows(Instant.now()).get(0);
      assertThat(row.belief()).isEqualTo(Belief.WELL);
      assertThat(row.remarks()).singleElement().asString().matches("its clock is [23](\\.[0-9])? h behind; ages are told by when its states came");
    }
  }

  @Test
  void aHostGetsThroughAsSoonAsThereIsAServer() throws Exception {
    assumeThat(rig.server()).as("there is a server").isPresent();
    FleetRig.Server server = rig.server().orElseThrow();
    rig.join(A1);
    server.kill();
    try (FleetRig.HostEnd host = rig.begin(A1, new ScriptedDesk("a1"))) {
      assertThat(say(host).isOut()).isFalse();
      server.start();
      said(host);
    }
  }

  @Test
  void aStateThatComesLateOrTwiceChangesNothing() throws Exception {
    rig.join(A1);
    ScriptedDesk desk = new ScriptedDesk("a1");
    try (FleetRig.HostEnd host = rig.begin(A1, desk)) {
      said(host);
      Received first = operator.states(Set.of(A1)).latest().get(A1);
      desk.running(5);
      said(host);
      HostBook book = new HostBook(Set.of(A1));
      book.hear(operator.states(Set.of(A1)).latest().get(A1));

      assertThat(book.hear(first)).isFalse();

      assertThat(book.rows(Instant.now()).get(0).state().orElseThrow().nodes().in("RUNNING")).isEqualTo(5);
    }
  }

  private void said(FleetRig.HostEnd host) {
    eventually("the host gets through", () -> say(host).isOut());
  }

  private static HostLink.Said say(FleetRig.HostEnd host) {
    try {
      return host.say();
    } catch (FleetException e) {
      throw new AssertionError(e);
    }
  }

  private Optional<Kept> read(String key) {
    try {
      return operator.records().read(key);
    } catch (FleetException e) {
      return Optional.empty();
    }
  }

  private boolean ask(HostName host) {
    try {
      return operator.ask(host, Question.of(Question.Kind.STATUS), PATIENCE).isAnswered();
    } catch (FleetException e) {
      return false;
    }
  }

  private boolean answer(long generation, WishAnswer.Outcome outcome) {
    try {
      Received received = operator.states(Set.of(A1)).latest().get(A1);
      WishAnswer answer = HostStateJson.read(received.text()).answer();
      return answer.generation() == generation && answer.outcome() == outcome;
    } catch (Exception e) {
      return false;
    }
  }

  private static int running(Map<HostName, Received> seen) {
    try {
      return seen.containsKey(A1) ? HostStateJson.read(seen.get(A1).text()).nodes().in("RUNNING") : 0;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(2, TimeUnit.MINUTES)) {
        throw new AssertionError("nobody ended it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
