package dev.wnm.fleet.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostState;
import dev.wnm.fleet.model.HostStateJson;
import dev.wnm.fleet.model.Wish;
import dev.wnm.fleet.transport.Received;
import dev.wnm.fleet.transport.ScriptedDesk;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostBookTest {
  private static final HostName A1 = new HostName("a1");
  private static final HostName B2 = new HostName("b2");
  private final Instant now = Instant.now();
  private final HostBook book = new HostBook(Set.of(A1, B2));
  private final ScriptedDesk desk = new ScriptedDesk("a1");

  @Test
  void aHostThatWasNeverHeardIsNeitherWellNorBad() {
    assertThat(row(A1).belief()).isEqualTo(Belief.NEVER);
    assertThat(row(A1).fresh()).isEmpty();
    assertThat(row(A1).age()).isEmpty();
  }

  @Test
  void aHostThatIsSilentForThreeOfItsIntervalsIsNotBelievedToBeAsItSaid() {
    book.hear(heard(A1, desk.state(), now.minusSeconds(170)));
    assertThat(row(A1).belief()).isEqualTo(Belief.WELL);
    assertThat(row(A1).fresh()).isPresent();

    HostRow later = book.rows(now.plusSeconds(20)).get(0);

    assertThat(later.belief()).isEqualTo(Belief.SILENT);
    assertThat(later.fresh()).isEmpty();
    assertThat(later.state()).as("what it said last is still told, with its age").isPresent();
    assertThat(later.age()).contains(Duration.ofSeconds(190));
  }

  @Test
  void whatCameLateOrTwiceIsDropped() {
    HostState first = desk.state();
    HostState second = desk.running(5).state();
    assertThat(book.hear(heard(A1, second, now))).isTrue();

    assertThat(book.hear(heard(A1, first, now))).isFalse();
    assertThat(book.hear(heard(A1, second, now))).isFalse();

    assertThat(row(A1).belief()).isEqualTo(Belief.WELL);
    assertThat(row(A1).state().orElseThrow().nodes().in("RUNNING")).isEqualTo(5);
  }

  @Test
  void aMachineThatCameUpAnewIsTheSameMachine() {
    book.hear(heard(A1, desk.state(), now));

    book.hear(heard(A1, desk.boot("boot-2", 1).state(), now));

    assertThat(row(A1).belief()).isEqualTo(Belief.WELL);
  }

  @Test
  void aCopyOfADiskIsNoticedByBootsThatTakeTurns() {
    book.hear(heard(A1, desk.boot("boot-1", 10).state(), now));
    book.hear(heard(A1, desk.boot("boot-2", 20).state(), now));
    assertThat(row(A1).belief()).as("that may be a restart").isEqualTo(Belief.WELL);

    book.hear(heard(A1, desk.boot("boot-1", 30).state(), now));

    assertThat(row(A1).belief()).isEqualTo(Belief.DOUBLE);
    assertThat(row(A1).remarks()).anyMatch(remark -> remark.contains("two machines speak as a1"));
  }

  @Test
  void aCopyOfADiskIsNoticedByAnOldNumberOfAnUnknownBoot() {
    book.hear(heard(A1, desk.boot("boot-1", 10).state(), now));

    book.hear(heard(A1, desk.boot("boot-9", 3).state(), now));

    assertThat(row(A1).belief()).isEqualTo(Belief.DOUBLE);
  }

  @Test
  void twoHostsWithOneIdentityAreCopies() {
    HostState state = desk.state();
    HostState copy = new HostState(B2, state.run(), state.at(), state.labels(), state.wnm(), state.interval(), state.nodes(), state.resources(),
        state.outlook(), state.limits(), state.groups(), state.answer());
    book.hear(heard(A1, state, now));
    book.hear(heard(B2, copy, now));

    assertThat(row(A1).belief()).isEqualTo(Belief.DOUBLE);
    assertThat(row(B2).belief()).isEqualTo(Belief.DOUBLE);
    assertThat(row(B2).remarks()).anyMatch(remark -> remark.contains("it has the identity of a1"));
  }

  @Test
  void whatAHostNoticedOfItsCopyIsTold() {
    HostState state = desk.state();
    HostState.Run run = new HostState.Run(state.run().hostId(), state.run().bootId(), 99, Optional.of("boot-x"));
    book.hear(heard(A1, new HostState(A1, run, state.at(), state.labels(), state.wnm(), state.interval(), state.nodes(), state.resources(), state.outlook(),
        state.limits(), state.groups(), state.answer()), now));

    assertThat(row(A1).belief()).isEqualTo(Belief.DOUBLE);
  }

  @Test
  void aStateInAnothersNameIsNotBelievedAndTheThiefIsNamed() {
    book.hear(heard(A1, desk.state(), now));

    book.hear(heard(B2, new ScriptedDesk("a1").running(99).state(), now));

    assertThat(row(A1).state().orElseThrow().nodes().in("RUNNING")).isEqualTo(3);
    assertThat(row(B2).belief()).isEqualTo(Belief.ODD);
    assertThat(row(B2).remarks()).containsExactly("it sent a state in the name of a1, which is not believed");
  }

  @Test
  void whatCannotBeReadIsSaidAndNothingElseIsHarmed() {
    book.hear(heard(A1, desk.state(), now));

    book.hear(new Received(A1, "{\"v\":1,\u001b[31m", now));
    book.hear(new Received(new HostName("stranger"), "{}", now));

    assertThat(row(A1).belief()).isEqualTo(Belief.ODD);
    assertThat(row(A1).remarks().get(0)).contains("cannot be read").doesNotContain("\u001b");
    book.hear(heard(A1, desk.state(), now));
    assertThat(row(A1).belief()).isEqualTo(Belief.WELL);
  }

  @Test
  void agesGoByWhenStatesCameAndAWrongClockIsSaid() {
    ScriptedDesk wrong = new ScriptedDesk("a1");
    HostState state = wrong.state();
    HostState inTheFuture = new HostState(A1, state.run(), now.plus(Duration.ofHours(73)), state.labels(), state.wnm(), state.interval(), state.nodes(),
        state.resources(), state.outlook(), state.limits(), state.groups(), state.answer());

    book.hear(heard(A1, inTheFuture, now));

    assertThat(row(A1).belief()).isEqualTo(Belief.WELL);
    assertThat(row(A1).age()).contains(Duration.ZERO);
    assertThat(row(A1).remarks()).anyMatch(remark -> remark.contains("its clock is 3 d ahead"));
    assertThat(book.rows(now.plusSeconds(600)).get(0).belief()).isEqualTo(Belief.SILENT);
  }

  @Test
  void whyAHostCouldNotBeAskedIsSaidBesideWhatItSaidLast() {
    book.hear(heard(A1, desk.state(), now));

    book.miss(A1, "ssh: connect to host a1 port 22: No route to host");

    assertThat(row(A1).remarks()).contains("ssh: connect to host a1 port 22: No route to host");
    assertThat(row(A1).state()).isPresent();
    assertThat(row(A1).belief()).as("it was asked just now, and said nothing").isEqualTo(Belief.SILENT);
  }

  @Test
  void whyAWishIsNotInForceIsSaid() {
    desk.take(Wish.nothing(A1, "anna", now).withSettings(Map.of("refuse", Optional.of("x"))));

    book.hear(heard(A1, desk.state(), now));

    assertThat(row(A1).remarks()).containsExactly("it refuses what is wished of it: it is to be refused");
  }

  private HostRow row(HostName host) {
    return book.rows(now).stream().filter(row -> row.name().equals(host)).findFirst().orElseThrow();
  }

  private static Received heard(HostName sender, HostState state, Instant at) {
    return new Received(sender, HostStateJson.write(state), at);
  }
}
