package dev.wnm.core.watch;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.probe.NodeProber;
import dev.wnm.core.probe.ProbeResult;
import dev.wnm.core.probe.ProbeTarget;
import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.fleet.FleetPlan;
import dev.wnm.testkit.fleet.FleetSimulator;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes that are asked in between, with real sockets. */
class SpreadProberTest {
  private static final int COUNT = 8;
  /** Of an answering node, which is asked for two pages. */
  private static final int REQUESTS = 2;

  private final Ticks ticks = Ticks.ofThisMachine(Clock.systemUTC());
  private FleetSimulator fleet;
  private List<ProbeTarget> targets;
  private SpreadProber prober;

  @BeforeEach
  void aFleet() throws IOException {
    begin(0, Duration.ofHours(1));
  }

  private void begin(int hanging, Duration interval) throws IOException {
    int first = FreePorts.run(COUNT);
    fleet = FleetSimulator.start(new FleetPlan(first, COUNT, hanging, 0, 0));
    targets = IntStream.range(0, COUNT).mapToObj(i -> new ProbeTarget(i + 1, "127.0.0.1", first + i)).toList();
    prober = new SpreadProber(new NodeProber(), interval, ticks);
  }

  @AfterEach
  void end() {
    prober.close();
    fleet.close();
  }

  private Map<Integer, ProbeResult> survey(Instant since) {
    return prober.survey(targets, targets.stream().collect(Collectors.toMap(ProbeTarget::id, target -> since)), Duration.ZERO);
  }

  private Map<Integer, ProbeResult> survey() {
    return survey(Instant.EPOCH);
  }

  @Test
  void aSurveyAsksNobodyWhoWasHeardLatelyAndAnswersInOrder() {
    Map<Integer, ProbeResult> first = survey();
    long asked = fleet.requests();
    assertThat(asked).isGreaterThanOrEqualTo(COUNT * REQUESTS);

    assertThat(survey()).isEqualTo(first);

    assertThat(survey().keySet()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    // The first one in the background may have been asked meanwhile.
    assertThat(fleet.requests() - asked).isLessThanOrEqualTo(REQUESTS);
  }

  @Test
  void whatIsAboutToBeActedOnIsAskedAfresh() {
    survey();
    fleet.silence(targets.get(7).port());
    assertThat(survey().get(8)).isInstanceOf(ProbeResult.Answered.class);
    assertThat(prober.probe(targets, Duration.ZERO).get(8)).isInstanceOf(ProbeResult.Refused.class);
  }

  @Test
  void ofANodeThatHasChangedSinceNothingThatWasHeardCounts() {
    survey();
    fleet.silence(targets.get(7).port());
    assertThat(survey(Instant.now()).get(8)).isInstanceOf(ProbeResult.Refused.class);
  }

  @Test
  void thatANodeDidNotAnswerCountsAsOftenAsItWasTried() {
    fleet.silence(targets.get(7).port());
    assertThat(survey().get(8)).isInstanceOf(ProbeResult.Refused.class);
    assertThat(survey().get(8)).isInstanceOf(ProbeResult.Refused.class);
    assertThat(survey().get(1)).isInstanceOf(ProbeResult.Answered.class);
  }

  @Test
  void nothingThatWasForgottenCounts() {
    survey();
    fleet.silence(targets.get(7).port());
    prober.forget();
    assertThat(survey().get(8)).isInstanceOf(ProbeResult.Refused.class);
  }

  @Test
  void inBetweenEachIsAskedAndWhoHangsDelaysNobody() throws IOException {
    end();
    begin(1, SpreadProber.SHORTEST_INTERVAL);
    survey();
    long asked = fleet.requests();
    eventually("all others are asked again, though one hangs", () -> fleet.requests() - asked >= (COUNT - 1) * REQUESTS);
    fleet.silence(targets.get(7).port());
    eventually("it is heard of, and nobody asks for it", () -> survey().get(8) instanceof ProbeResult.Refused);
  }
}
