package dev.wnm.managers.antdaemon;

import static dev.wnm.managers.antdaemon.AntdaemonBench.done;
import static dev.wnm.managers.antdaemon.AntdaemonBench.failed;
import static dev.wnm.managers.antdaemon.AntdaemonBench.runs;
import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult.Done;
import dev.wnm.spi.manager.ProcessState.Missing;
import dev.wnm.spi.manager.ProcessState.Running;
import dev.wnm.spi.manager.ProcessState.Stopped;
import dev.wnm.spi.manager.ProcessState.Unknown;
import dev.wnm.spi.model.NodePlacement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(value = ExecutionMode.CONCURRENT, reason = "each test has a home and a daemon of its own")
class AntdaemonManagerTest {
  private AntdaemonBench bench;

  @BeforeEach
  void prepare(@TempDir Path folder) throws IOException {
    bench = new AntdaemonBench(folder);
  }

  @AfterEach
  void end() {
    bench.close();
  }

  // Evictions

  @Test
  void anEvictedNodeIsGoneAndNamedWithTheReason() throws ManagerUnavailableException {
    NodeSpec evicted = bench.up(1);
    NodeSpec other = bench.up(2);

    bench.behave("evict", "1");

    eventually("it is gone", () -> bench.state(evicted) instanceof Missing);
    assertThat(evicted.rootDir()).doesNotExist();
    assertThat(bench.state(other)).isInstanceOf(Running.class);
    assertThat(bench.manager().notices(List.of(evicted, other))).singleElement().asString()
        .contains("node1 was evicted by the ant daemon at 2", "only 498 MiB free", "key included");
    assertThat(bench.manager().describe(List.of(evicted)).get(1)).contains("was evicted", "498 MiB");
    assertThat(bench.manager().survey()).extracting(node -> node.facts().service()).containsExactly("node2");
    assertThat(failed(bench.manager().start(evicted)).reason()).contains("was evicted", "remove it");
    assertThat(done(bench.manager().remove(evicted)).changed()).isTrue();
    assertThat(bench.manager().notices(List.of(other))).isEmpty();
  }

  @Test
  void anEvictedNodeWhoseFolderIsLeftIsStoppedWithTheReasonAndCanBeRemoved() {
    NodeSpec node = bench.up(1);

    bench.behave("evict", "1", "evict_keeps", "1");

    eventually("it is down", () -> bench.state(node) instanceof Stopped);
    assertThat(((Stopped) bench.state(node)).detail()).contains("was evicted", "could not be deleted");
    assertThat(done(bench.manager().remove(node)).changed()).isTrue();
    assertThat(node.rootDir()).doesNotExist();
    assertThat(bench.state(node)).isInstanceOf(Missing.class);
  }

  @Test
  void aFullDiskIsSaidBeforeTheDaemonDeletesNodes() {
    NodeSpec node = bench.create(bench.ask(1));

    bench.behave("health", "warning");

    assertThat(bench.manager().notices(List.of(node))).singleElement().asString()
        .contains("warning", "Only 700 MiB free", "500 MiB", "keys");
  }

  // Deaths

  @Test
  void aNodeThatDiedIsStartedByTheDaemonAndThatIsWaitedFor() {
    NodeSpec node = bench.up(1);
    long first = node.pid().orElseThrow();

    bench.signal("KILL", first);
    Done again = done(bench.manager().start(node));

    assertThat(again.facts().pid()).isNotEmpty().isNotEqualTo(node.pid());
    assertThat(bench.state(node)).isInstanceOf(Running.class);
  }

  @Test
  void aNodeThatDiedAndIsToComeBackIsStoppedForGood() {
    NodeSpec node = bench.up(1);
    bench.signal("KILL", node.pid().orElseThrow());

    assertThat(done(bench.manager().stop(node)).changed()).isTrue();

    assertThat(bench.state(node)).isEqualTo(new Stopped(""));
    assertThat(bench.manager().describe(List.of(node))).containsEntry(1, "stopped");
  }

  @Test
  void aNodeThatTheDaemonGaveUpIsInACrashLoopWithItsLastWords() {
    NodeSpec node = bench.create(bench.ask(1).toBuilder().environment(Map.of("ANT_NODE_STANDIN_EXIT_AFTER", "1.5")).build());
    bench.behave("backoff", "0.01");
    bench.manager().start(node);

    Stopped stopped = eventually("it is given up", () -> bench.state(node) instanceof Stopped state && state.isCrashLoop()
        ? Optional.of(state) : Optional.empty());

    assertThat(stopped.detail()).contains("gave it up", "told to die after");
  }

  @Test
  void whyANodeIsWaitedForInVainIsSaidInTheWordsOfTheDaemonsEvents() throws IOException {
    NodeSpec node = bench.up(1);
    Files.setPosixFilePermissions(node.binary(), PosixFilePermissions.fromString("rw-------"));
    bench.behave("backoff", "2");
    bench.signal("KILL", node.pid().orElseThrow());

    assertThat(failed(bench.manager().start(node)).reason())
        .contains("does not start it again; the ant daemon says that it is not started again: Failed to restart node");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fail.events=500 none", "raw.events=HTTP/1.1 200 OK\\r\\n\\r\\n", "raw.events=nonsense", "cut.events=1",
      "more.events=data: {\\ndata: [[[\\nnonsense"})
  void withoutEventsTheStatesDo(String how) {
    bench.behave(how.substring(0, how.indexOf('=')), how.substring(how.indexOf('=') + 1));
    NodeSpec node = bench.up(1);
    bench.signal("KILL", node.pid().orElseThrow());

    assertThat(done(bench.manager().start(node)).facts().pid()).isNotEmpty().isNotEqualTo(node.pid());
    assertThat(done(bench.manager().stop(node)).changed()).isTrue();
  }

  @Test
  void aProgramThatHasAnOldPidOfANodeIsNotStopped() throws IOException {
    NodeSpec node = bench.create(bench.ask(1));
    Process stranger = new ProcessBuilder("sleep", "600").start();
    try {
      bench.stopDaemon();
      Files.writeString(node.rootDir().resolve("node.pid"), Long.toString(stranger.pid()));

      assertThat(bench.state(node)).isInstanceOfSatisfying(Stopped.class, state -> assertThat(state.detail()).contains("another program"));
      assertThat(failed(bench.manager().stop(node)).reason()).contains("process " + stranger.pid(), "node.pid", "restart the daemon");
      assertThat(failed(bench.manager().remove(node)).reason()).contains("another program");
      assertThat(stranger.isAlive()).isTrue();
      assertThat(node.binary()).exists();
    } finally {
      stranger.destroyForcibly();
    }
  }

  // The daemon

  @Test
  void aDaemonThatDoesNotRunIsStartedAndTakesItsNodesOver() {
    NodeSpec node = bench.up(1);
    bench.stopDaemon();

    assertThat(bench.state(node)).isEqualTo(new Running(node.pid()));
    assertThat(done(bench.manager().stop(node)).changed()).isTrue();
    assertThat(runs(node.pid().orElseThrow())).isFalse();
  }

  @Test
  void aDaemonThatWasKilledAndWhosePidIsAnothersIsStartedAnew() throws IOException {
    NodeSpec node = bench.create(bench.ask(1));
    bench.stopDaemon();
    Files.writeString(bench.data().pidFile(), Long.toString(ProcessHandle.current().pid()));
    Files.writeString(bench.data().portFile(), "1");

    assertThat(bench.state(node)).isInstanceOf(Stopped.class);
  }

  @Test
  void nodesOfADaemonThatHangsAreUnknown() throws Exception {
    NodeSpec node = bench.create(bench.ask(1));
    Limits usual = AntdaemonBench.LIMITS;
    AntdaemonManager impatient = bench.manager(new Limits(usual.connect(), Duration.ofSeconds(1), Duration.ofSeconds(1),
        usual.daemonStart(), usual.betweenStarts(), usual.comeback(), usual.restart(), usual.ending()));
    long daemon = bench.data().pid().orElseThrow();
    bench.signal("STOP", daemon);
    try {
      assertThat(impatient.status(List.of(node)).get(1)).isInstanceOfSatisfying(Unknown.class,
          unknown -> assertThat(unknown.reason()).contains("does not answer GET /api/v1/nodes/status", "within 1 s"));
      assertThat(failed(impatient.remove(node)).reason()).contains("does not answer");
    } finally {
      bench.signal("CONT", daemon);
    }
    assertThat(bench.state(node)).isInstanceOf(Stopped.class);
  }

  @Test
  void nodesOfADaemonThatCannotBeStartedAreUnknownWithItsWords() {
    NodeSpec node = bench.create(bench.ask(1));
    bench.stopDaemon();
    bench.behave("no_start", "the moon is full");

    assertThat(bench.state(node)).isInstanceOfSatisfying(Unknown.class,
        unknown -> assertThat(unknown.reason()).contains("cannot be started", "node daemon start", "the moon is full"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200 OK\\r\\ncontent-length: 2\\r\\n\\r\\n[]", "HTTP/1.1 200 OK\\r\\n\\r\\n{\"nodes\":[{}]}",
    "HTTP/1.1 200 OK\\r\\n\\r\\n{\"nodes\":[{\"node_id\":1,\"name\":\"../up\"}]}", "HTTP/1.1 200 OK\\r\\n\\r\\n",
    "HTTP/1.1 503 Later\\r\\n\\r\\nbusy", "HTTP/1.1 302 Found\\r\\nlocation: http://example.com/\\r\\n\\r\\n", "SSH-2.0-OpenSSH_9.2"})
  void anOddAnswerSaysNothingOfANode(String answer) throws ManagerUnavailableException {
    NodeSpec node = bench.create(bench.ask(1));

    bench.behave("raw.list", answer);

    assertThat(bench.state(node)).isInstanceOfSatisfying(Unknown.class,
        unknown -> assertThat(unknown.reason()).contains("GET /api/v1/nodes/status").doesNotContain("Exception:"));
    assertThat(failed(bench.manager().remove(node)).reason()).contains("GET /api/v1/nodes/status");
    assertThat(bench.manager().notices(List.of(node))).isEmpty();
    assertThat(node.binary()).exists();
  }

  // Calls

  @Test
  void aRefusedCallIsSaidWithItsCodeAndTheDaemonsWords() {
    NodeSpec node = bench.create(bench.ask(1));
    bench.behave("fail.start", "500 no more room");

    assertThat(failed(bench.manager().start(node)).reason())
        .contains("node1: the ant daemon answers POST /api/v1/nodes/1/start with 500: no more room");
  }

  @Test
  void aChangeWithoutAnAnswerIsUnsettled() {
    NodeSpec node = bench.up(1);
    bench.behave("lose.stop", "1");

    assertThat(failed(bench.manager().stop(node)).settled()).isFalse();

    assertThat(bench.state(node)).isInstanceOf(Stopped.class);
  }

  @Test
  void anAddWithoutAnAnswerIsLookedForAndFound() {
    NodeSpec asked = bench.ask(1);
    bench.manager().notices(List.of());
    bench.behave("lose.add", "1");

    NodeSpec node = bench.create(asked);

    assertThat(node.service()).isEqualTo("node1");
    assertThat(bench.state(node)).isInstanceOf(Stopped.class);
  }

  @Test
  void whatAFailedAddLeftBehindIsClearedAway() throws IOException {
    bench.behave("half_add", "1");

    assertThat(failed(bench.manager().create(bench.ask(1))).reason()).contains("POST /api/v1/nodes", "400", "No space left");

    try (Stream<Path> left = Files.list(bench.storage)) {
      assertThat(left.map(path -> path.getFileName().toString())).allMatch(name -> name.startsWith(".storage-of-"));
    }
  }

  @Test
  void theFolderOfANewNodeIsClosedToOthers() throws IOException {
    NodeSpec node = bench.create(bench.ask(1));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(node.rootDir()))).isEqualTo("rwx------");
  }

  // Other nodes

  @Test
  void aNodeThatHasTheNameOfAnotherIsLeftAlone() {
    NodeSpec node = bench.create(bench.ask(1));
    NodeSpec before = bench.ask(2).toBuilder().placement(node.placement().withService("node1")).build();
    NodeSpec elsewhere = before.toBuilder().placement(
        NodePlacement.of("node1", bench.storage.resolve("node-9"))).build();

    assertThat(failed(bench.manager().remove(elsewhere)).reason()).contains(node.rootDir().toString(), "left alone");
    assertThat(failed(bench.manager().start(elsewhere)).reason()).contains("left alone");

    assertThat(node.binary()).exists();
  }

  @Test
  void nodesThatWnmDoesNotKnowAreNamedAndFound() throws ManagerUnavailableException {
    NodeSpec known = bench.create(bench.ask(1));
    bench.create(bench.ask(2));

    assertThat(bench.manager().notices(List.of(known))).singleElement().asString().contains("unmanaged nodes", "node2", "--import");
    assertThat(bench.manager().reservedPorts()).contains(known.ports().node(), known.ports().browsers().orElseThrow());
    assertThat(bench.manager().survey()).hasSize(2).allSatisfy(node -> assertThat(node.environment()).isEmpty());
  }

  @Test
  void aNewWalletIsSaidNotToReachANodeThatIsThere() {
    NodeSpec node = bench.create(bench.ask(1));
    NodeSpec now = node.toBuilder().wallet("0x1111111111111111111111111111111111111111").build();

    assertThat(bench.manager().notices(List.of(now))).singleElement().asString()
        .contains("node1", "0x1111111111111111111111111111111111111111", "changes no setting");
  }
}
