package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.DownCause;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.testkit.NodePages;
import dev.wnm.testkit.antnode.AntnodePages;
import dev.wnm.testkit.fleet.Answers;
import dev.wnm.testkit.fleet.FleetSimulator;
import dev.wnm.testkit.manager.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Only the node itself is believed, whoever answers at its port. Strangers are real processes on real ports. */
@Execution(value = ExecutionMode.CONCURRENT, reason = "each test has a home of its own, and waits for nodes that do not answer")
class IdentityTest extends FleetOfThree {
  private static final long THIS_JVM = ProcessHandle.current().pid();

  @TempDir
  private Path elsewhere;
  private LogLines log;

  @BeforeEach
  void listen() {
    log = new LogLines();
  }

  @AfterEach
  void stopListening() {
    log.close();
  }

  private void survey() throws Exception {
    colony.force("survey", List.of(), OptionalInt.empty());
  }

  private List<String> warningsOfASurvey() throws Exception {
    log.clear();
    survey();
    // That the node died is said, too.
    return log.at(Level.WARNING).stream().filter(warning -> !warning.contains(" died (")).toList();
  }

  private int metricsPort(int id) {
    return colony.node(id).ports().metrics().orElseThrow();
  }

  private Stranger strangerInPlaceOf(int id) throws Exception {
    colony.machine.kill(id);
    return new Stranger(elsewhere.resolve("stranger"), metricsPort(id));
  }

  /** As if no node had ever answered. */
  private void forgetPeerIds() {
    try (ColonyStore store = ColonyStore.openExisting(colony.database, Clock.systemUTC())) {
      store.save(store.nodes().stream().map(node -> node.withPeerId("")).toList());
    }
  }

  /** @return its new peer id, under which it answers from now on */
  private String replaceKeyOf(int id) throws Exception {
    Files.writeString(colony.node(id).rootDir().resolve("secret-key"), "another key of thirty-two bytes.");
    colony.machine.heal(id, ColonyHarness.OLD);
    return new NodePages().peerId("127.0.0.1", metricsPort(id)).orElseThrow();
  }

  @Test
  void aStrangerAtThePortOfANodeThatDiedIsNamedOnceAndNothingOfItGetsIntoTheRow() throws Exception {
    Node before = colony.node(2);
    try (Stranger stranger = strangerInPlaceOf(2)) {
      assertThat(warningsOfASurvey()).singleElement().asString()
          .contains("antnode0002", Integer.toString(metricsPort(2)), stranger.peerId(), before.peerId());
      assertThat(warningsOfASurvey()).isEmpty();
    }
    Node after = colony.node(2);
    assertThat(after.status()).isEqualTo(NodeStatus.STOPPED);
    assertThat(after.health().downCause()).isEqualTo(DownCause.DIED);
    assertThat(after.health().pid()).isEmpty();
    assertThat(after.peerId()).isEqualTo(before.peerId());
    assertThat(after.version()).isEqualTo(before.version());
    assertThat(after.metrics()).isEqualTo(before.metrics().whenDown().with(NodeMetric.RESTARTS, 1));
  }

  @Test
  void theNodeIsStartedAgainAndTheStartSaysThatItsPortIsTaken() throws Exception {
    Node before = colony.node(2);
    try (Stranger stranger = strangerInPlaceOf(2)) {
      survey();
      log.clear();
      assertThat(colony.cycle().outcomes()).singleElement().satisfies(outcome -> {
        assertThat(outcome.succeeded()).isTrue();
        assertThat(outcome.detail()).contains("TCP port " + metricsPort(2) + " (metrics) is in use by something else");
      });
      assertThat(log.at(Level.WARNING)).anySatisfy(line -> assertThat(line).startsWith("started antnode0002")
          .contains("TCP port " + metricsPort(2)));
      assertThat(colony.machine.running()).contains(2);

      colony.advance(Duration.ofMinutes(10));
      colony.cycles(2);

      Node silent = colony.node(2);
      assertThat(silent.status()).isEqualTo(NodeStatus.RUNNING);
      assertThat(silent.health().missedProbes()).isPositive();
      assertThat(silent.health().lastError()).contains("its process runs, but").contains(stranger.peerId());
      assertThat(silent.peerId()).isEqualTo(before.peerId());
      assertThat(silent.version()).isEqualTo(before.version());
    }
    colony.machine.heal(2, ColonyHarness.OLD);
    survey();
    assertThat(colony.node(2).health().missedProbes()).isZero();
  }

  @Test
  void aStrangerThatComesBackIsNamedAgain() throws Exception {
    try (Stranger stranger = strangerInPlaceOf(2)) {
      assertThat(warningsOfASurvey()).hasSize(1);
    }
    assertThat(warningsOfASurvey()).isEmpty();
    try (Stranger stranger = strangerInPlaceOf(2)) {
      assertThat(warningsOfASurvey()).hasSize(1);
    }
  }

  @Test
  void aStrangerIsNoReasonToStopTheNodeThatItStandsFor() throws Exception {
    colony.machine.log().clear();
    try (Stranger stranger = strangerInPlaceOf(3)) {
      colony.load(99, 10, 10, 0.1);
      colony.cycle();
      assertThat(colony.machine.log().of(Operation.STOP)).as("it is down by itself, which makes one fewer too").isEmpty();
      colony.cycle();
    }
    assertThat(colony.machine.log().of(Operation.STOP)).isNotEmpty().doesNotContain(3);
    assertThat(colony.status(3)).isEqualTo(NodeStatus.STOPPED);
  }

  @Test
  void aNodeThatWasStartedHasNotArrivedWhenAStrangerAnswersInItsPlace() throws Exception {
    colony.machine.kill(2);
    survey();
    colony.cycle();
    assertThat(colony.status(2)).isEqualTo(NodeStatus.RESTARTING);
    try (Stranger stranger = strangerInPlaceOf(2)) {
      colony.advance(Duration.ofMinutes(10));
      colony.cycle("--max_concurrent_starts", "1");

      assertThat(colony.node(2).health().failures()).isEqualTo(2);
      assertThat(colony.node(2).status()).isEqualTo(NodeStatus.STOPPED);
    }
  }

  @Test
  void afterARebootAStrangerIsNotTakenForTheNode() throws Exception {
    colony.reboot();
    try (Stranger stranger = new Stranger(elsewhere, metricsPort(2))) {
      colony.cycle();

      assertThat(colony.node(2).status()).isEqualTo(NodeStatus.STOPPED);
      assertThat(colony.node(2).health().downCause()).isEqualTo(DownCause.REBOOT);
    }
  }

  @Test
  void nobodyIsAskedAboutTheProcessesOfNodesThatAnswerAsThemselves() throws Exception {
    colony.machine.log().clear();

    survey();

    assertThat(colony.machine.log().of(Operation.STATUS)).isEmpty();
    assertThat(colony.machine.log().calls()).noneMatch(call -> call.operation() == Operation.STATUS);
  }

  @Test
  void theFirstAnswersAreBelievedWhenTheProcessesRunWhichIsAskedOnceForAll() throws Exception {
    List<String> before = colony.nodes().stream().map(Node::peerId).toList();
    forgetPeerIds();
    colony.machine.log().clear();

    survey();

    assertThat(colony.nodes()).extracting(Node::peerId).isEqualTo(before);
    assertThat(colony.machine.log().calls().stream().filter(call -> call.operation() == Operation.STATUS)).hasSize(1);
  }

  @Test
  void theFirstAnswerIsNotBelievedWhileItsProcessDoesNotRunOrCannotBeTold() throws Exception {
    forgetPeerIds();
    colony.machine.pretend(1, new ProcessState.Stopped(""));
    colony.machine.pretend(2, new ProcessState.Unknown("the tool hangs"));

    survey();

    assertThat(colony.nodes()).extracting(node -> node.peerId().isEmpty()).containsExactly(true, true, false);
    assertThat(colony.status(1)).isEqualTo(NodeStatus.STOPPED);
    assertThat(colony.status(2)).isEqualTo(NodeStatus.RUNNING);
    assertThat(colony.node(2).health().missedProbes()).isEqualTo(1);
  }

  @Test
  void theFirstAnswerIsNotBelievedWhenAnotherProcessListensThanTheNodes() throws Exception {
    Process own = new ProcessBuilder("sleep", "1000").start();
    try (Stranger stranger = strangerInPlaceOf(2)) {
      forgetPeerIds();
      colony.machine.pretend(2, new ProcessState.Running(OptionalLong.of(own.pid())));

      assertThat(warningsOfASurvey()).singleElement().asString()
          .contains(stranger.peerId(), "another process than the node's listens there");

      assertThat(colony.node(2).peerId()).isEmpty();
      assertThat(colony.status(2)).isEqualTo(NodeStatus.RUNNING);
    } finally {
      own.destroyForcibly();
    }
  }

  @Test
  void aNewKeyIsBelievedWhenTheNodesOwnProcessListens() throws Exception {
    String before = colony.node(2).peerId();
    String now = replaceKeyOf(2);
    colony.machine.pretend(2, new ProcessState.Running(OptionalLong.of(THIS_JVM)));

    assertThat(warningsOfASurvey()).containsExactly(
        "the key of " + colony.node(2).service() + " was replaced: its peer id is " + now + " now, no longer " + before);

    assertThat(colony.node(2).peerId()).isEqualTo(now);
    assertThat(colony.node(2).health().missedProbes()).isZero();
    assertThat(warningsOfASurvey()).isEmpty();
  }

  @Test
  void aNewKeyIsNotBelievedWhereItCannotBeToldWhoListensUntilTheOperatorVouchesForIt() throws Exception {
    String before = colony.node(2).peerId();
    String now = replaceKeyOf(2);

    assertThat(warningsOfASurvey()).singleElement().asString().contains(now, before, "disable the node and enable it again");

    assertThat(colony.node(2).peerId()).isEqualTo(before);
    assertThat(colony.status(2)).isEqualTo(NodeStatus.RUNNING);
    assertThat(colony.node(2).health().lastError()).contains(now);

    colony.force("disable", List.of("antnode0002"), OptionalInt.empty());
    colony.force("enable", List.of("antnode0002"), OptionalInt.empty());
    colony.grow(3);
    assertThat(colony.node(2).peerId()).isEqualTo(now);
  }

  @Test
  void aPageWithoutAPeerIdProvesNothing() throws Exception {
    Node before = colony.node(2);
    colony.machine.kill(2);
    try (FleetSimulator nameless = new FleetSimulator()) {
      nameless.serve(metricsPort(2), Answers.of(AntnodePages.load(), Map.of("version", "9.9.9", "connected_peers", "77")));
      survey();
      assertThat(colony.status(2)).isEqualTo(NodeStatus.STOPPED);

      colony.machine.pretend(2, new ProcessState.Running(OptionalLong.of(5_000_000_999L)));
      survey();
      assertThat(colony.status(2)).isEqualTo(NodeStatus.RUNNING);
      assertThat(colony.node(2).health().lastError()).contains("tells no peer id");
      assertThat(colony.node(2).version()).isEqualTo(before.version());
      assertThat(colony.node(2).metrics().find(NodeMetric.CONNECTED_PEERS)).as("77 are the stranger's").isEmpty();

      colony.machine.pretend(2, new ProcessState.Running(OptionalLong.of(THIS_JVM)));
      survey();
      assertThat(colony.node(2).health().missedProbes()).isZero();
      assertThat(colony.node(2).metrics().find(NodeMetric.CONNECTED_PEERS)).hasValue(77);
      assertThat(colony.node(2).peerId()).isEqualTo(before.peerId());
    }
  }

  @Test
  void whatIsNoNodeAtThePortOfANodeThatDiedIsNamedToo() throws Exception {
    colony.machine.kill(2);
    try (FleetSimulator router = new FleetSimulator()) {
      router.serve(metricsPort(2), Answers.garbage());

      assertThat(warningsOfASurvey()).singleElement().asString().contains("antnode0002", "something that is no node");
      assertThat(warningsOfASurvey()).isEmpty();
    }
  }
}
