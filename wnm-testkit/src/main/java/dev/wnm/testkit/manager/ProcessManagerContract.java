package dev.wnm.testkit.manager;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.BulkTeardown;
import dev.wnm.spi.manager.CompanionAction;
import dev.wnm.spi.manager.CompanionName;
import dev.wnm.spi.manager.CompanionResult;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.GroupCompanions;
import dev.wnm.spi.manager.LogRequest;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.NoticesEnds;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.ProcessState.Missing;
import dev.wnm.spi.manager.ProcessState.Running;
import dev.wnm.spi.manager.ProcessState.Stopped;
import dev.wnm.spi.manager.ProcessState.Unknown;
import dev.wnm.spi.manager.RunsCompanions;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.manager.Traits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What every process manager must do. Extend it in the tests of your back end, name your provider and one of its types, and
 * run it once for each type:
 *
 * <pre>{@code
 * class SetsidUserContractTest extends ProcessManagerContract {
 *   @Override protected ProcessManagerProvider provider() { return new SetsidProvider(); }
 *   @Override protected String type() { return "setsid+user"; }
 * }
 * }</pre>
 *
 * <p>The suite makes real nodes from the {@linkplain StandIn stand-in} for a node program, which your back end starts as
 * it would start the program, and judges by what the nodes tell, by what is on the disk and by what your manager
 * says. Run it once for each program: {@link #standIn}. What differs between back ends it reads from {@link ProcessManager#traits()}. It keeps to a temporary folder and to
 * free ports from 15000 to 32000, takes what else {@link ProcessManager#survey} finds on the machine for somebody else's,
 * and removes every node that it made.
 *
 * <p>A test class may override a hook where its back end needs more: {@link #settings}, {@link #group},
 * {@link #takesBlanksInPaths}, {@link #pidsAreOfThisMachine}; and say by {@link #lostList}, {@link #failingWrappers} and
 * {@link #throwing} what can go wrong around it. A clause that cannot apply is reported as skipped, with the reason.
 */
public abstract class ProcessManagerContract extends OutageContract {
  /**
   * Ends a node from outside, in the way that a back end which {@link NoticesEnds} notices: by default its process is killed by
   * another instance of the manager's {@link ProcessManager#stop}.
   */
  protected void endFromOutside(NodeSpec node) throws IOException {
    done(newManager().stop(node));
  }

  /** Whether nodes end together, as those of one container do. */
  protected boolean sharesTheEndOf(NodeSpec one, NodeSpec other) {
    return one.group().isPresent() && one.group().equals(other.group());
  }

  // What reaches the node

  @Test
  void environmentAndArgumentsReachTheNode() {
    NodeSpec node = up(create(ask(1).toBuilder().startArgs(standIn().arguments()).environment(standIn().variables()).build()));

    eventually("it behaves as it was told to", () -> standIn().heard(node));
  }

  @Test
  void blanksInPathsAreServedOrRefused() throws IOException {
    useStorage("a storage with blanks");
    NodeSpec asked = ask(1);
    if (!takesBlanksInPaths()) {
      assertRefused(asked);
      return;
    }
    NodeSpec node = up(create(asked));
    done(manager.stop(node));
    NodeSpec again = up(node);
    done(manager.remove(again));
    assertGone(again);
    assertThat(again.rootDir()).doesNotExist();
  }

  // Several nodes

  @Test
  void twoNodesGoThroughTheirLivesSideBySide() throws InterruptedException, ExecutionException {
    boolean parallel = manager.traits().concurrency() == Traits.Concurrency.PARALLEL;
    ExecutorService threads = Executors.newFixedThreadPool(parallel ? 2 : 1);
    try {
      List<Future<NodeSpec>> lives = new ArrayList<>();
      for (NodeSpec asked : List.of(ask(1), ask(2))) {
        lives.add(threads.submit(() -> up(recorded(asked, done(manager.create(asked)).facts()))));
      }
      NodeSpec first = remember(lives.get(0).get());
      NodeSpec second = remember(lives.get(1).get());
      List<Future<OperationResult>> ends =
          List.of(threads.submit(() -> manager.stop(first)), threads.submit(() -> manager.remove(second)));
      done(ends.get(0).get());
      done(ends.get(1).get());
      assertThat(state(first)).isInstanceOf(Stopped.class);
      assertThat(state(second)).isInstanceOf(Missing.class);
      assertGone(first);
      assertGone(second);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void ofAGroupThatIsNotThereNoServiceIsKnownAndNothingIsDone() {
    Optional<RunsCompanions> offered = manager.capability(RunsCompanions.class);
    if (offered.isEmpty()) {
      return; // it runs none
    }
    CompanionName nowhere = new CompanionName("a987", "caddy");
    assertThat(offered.get().companions(List.of("a987"))).containsOnlyKeys("a987")
        .allSatisfy((group, known) -> assertThat(known).isInstanceOf(GroupCompanions.Unknown.class));
    assertThat(offered.get().operate(nowhere, CompanionAction.START, "tester")).isInstanceOf(CompanionResult.Failed.class);
    assertThatThrownBy(() -> offered.get().log(nowhere, LogRequest.last(1))).isInstanceOf(ManagerUnavailableException.class);
    assertThatThrownBy(() -> offered.get().explain(nowhere)).isInstanceOf(ManagerUnavailableException.class);
  }

  @Test
  void severalNodesAtOnceAreToldOfOneByOne() {
    Optional<Batches> offered = manager.capability(Batches.class);
    if (offered.isEmpty()) {
      return; // core does them one by one
    }
    Batches batches = offered.get();
    List<NodeSpec> asked = List.of(ask(1), ask(2), misbehaving(3, "exit_at_start", "3"));
    asked.forEach(this::remember);
    Map<Integer, OperationResult> created = batches.createAll(asked);
    assertThat(created).containsOnlyKeys(1, 2, 3);
    List<NodeSpec> nodes =
        asked.stream().map(node -> remember(recorded(node, done(created.get(node.id())).facts()))).toList();

    Map<Integer, OperationResult> started = batches.startAll(nodes);

    assertThat(started).containsOnlyKeys(1, 2, 3);
    List<NodeSpec> running = nodes.subList(0, 2).stream()
        .map(node -> remember(recorded(node, done(started.get(node.id())).facts()))).toList();
    running.forEach(node -> eventually(node.service() + " answers", () -> answers(node)));
    batches.stopAll(nodes).forEach((id, result) -> done(result));
    running.forEach(this::assertGone);
    assertThat(batches.removeAll(nodes)).hasSize(3).allSatisfy((id, result) -> assertThat(done(result).changed()).isTrue());
    assertThat(survey(manager)).isEmpty();
    assertThat(batches.startAll(List.of())).isEmpty();
  }

  @Test
  void oneThatCannotBeMadeTakesNoOtherOfItsBatchWithIt() throws IOException {
    Optional<Batches> offered = manager.capability(Batches.class);
    if (offered.isEmpty()) {
      return; // core makes them one by one
    }
    Batches batches = offered.get();
    List<NodeSpec> asked = List.of(ask(1), ask(2), ask(3));
    asked.forEach(this::claimStorage);
    NodeSpec taken = asked.get(1);
    Map<Integer, OperationResult> first = batches.createAll(List.of(asked.get(0)));
    asked.forEach(this::remember);
    Path place = done(first.get(1)).facts().rootDir().resolveSibling(taken.rootDir().getFileName());
    Files.createDirectories(place);
    Files.writeString(place.resolve("letters.txt"), "somebody else's");
    try {
      Map<Integer, OperationResult> made = batches.createAll(asked);

      assertThat(made).containsOnlyKeys(1, 2, 3);
      assertThat(done(made.get(1)).changed()).as("what was there already was made").isFalse();
      assertSentence(failed(made.get(2)));
      NodeSpec third = remember(recorded(asked.get(2), done(made.get(3)).facts()));
      assertThat(state(third)).isInstanceOf(Stopped.class);
      assertThat(place.resolve("letters.txt")).hasContent("somebody else's");
    } finally {
      Files.delete(place.resolve("letters.txt"));
      Files.delete(place);
    }
    assertThat(machine.nodeStorage().toFile().list((folder, name) -> name.startsWith(".wnm-copies"))).isEmpty();
  }

  @Test
  void aBatchThatWasDoneIsDoneAgainWithoutAChange() {
    Optional<Batches> offered = manager.capability(Batches.class);
    if (offered.isEmpty()) {
      return; // core does them one by one
    }
    Batches batches = offered.get();
    List<NodeSpec> nodes = List.of(create(ask(1)), create(ask(2)));

    batches.createAll(nodes).forEach((id, result) -> assertThat(done(result).changed()).as("node %d made", id).isFalse());
    Map<Integer, OperationResult> started = batches.startAll(nodes);
    started.forEach((id, result) -> assertThat(done(result).changed()).as("node %d started", id).isTrue());
    batches.startAll(nodes).forEach((id, result) -> assertThat(done(result).changed()).as("node %d started again", id).isFalse());
    nodes.stream().map(node -> recorded(node, done(started.get(node.id())).facts()))
        .forEach(node -> eventually(node.service() + " answers", () -> answers(node)));
    batches.stopAll(nodes).forEach((id, result) -> assertThat(done(result).changed()).as("node %d stopped", id).isTrue());
    batches.stopAll(nodes).forEach((id, result) -> assertThat(done(result).changed()).as("node %d stopped again", id).isFalse());
    batches.removeAll(nodes).forEach((id, result) -> assertThat(done(result).changed()).as("node %d removed", id).isTrue());
    batches.removeAll(nodes).forEach((id, result) -> assertThat(done(result).changed()).as("node %d removed again", id).isFalse());
    assertThat(batches.createAll(List.of())).isEmpty();
    assertThat(batches.stopAll(List.of())).isEmpty();
    assertThat(batches.removeAll(List.of())).isEmpty();
  }

  @Test
  void theStatusOfManyIsToldForEach() {
    NodeSpec running = up(create(ask(1)));
    NodeSpec stopped = create(ask(2));
    NodeSpec missing = ask(3);

    Map<Integer, ProcessState> states = manager.status(List.of(running, stopped, missing));

    assertThat(states).containsOnlyKeys(1, 2, 3);
    assertThat(states.get(1)).isInstanceOf(Running.class);
    assertThat(states.get(2)).isInstanceOf(Stopped.class);
    assertThat(states.get(3)).isInstanceOf(Missing.class);
    assertThat(manager.status(List.of())).isEmpty();
  }

  @Test
  void aNodeWhoseStorageFolderIsGoneIsNotMissing() throws IOException {
    NodeSpec elsewhere = ask(1);
    StorageMarker.erase(machine.colony(), machine.nodeStorage());
    Files.delete(machine.nodeStorage());

    assertThat(state(elsewhere)).as("nothing is known of a disk that is not mounted").isInstanceOf(Unknown.class);

    Files.createDirectories(machine.nodeStorage());
  }

  @Test
  void aSurveyFindsNodesWithNothingRemembered() {
    NodeSpec running = up(create(ask(1)));
    NodeSpec stopped = up(create(ask(3)));
    done(manager.stop(stopped));

    Map<Path, FoundNode> found = new LinkedHashMap<>();
    survey(newManager()).forEach(node -> assertThat(found.put(node.facts().rootDir(), node)).as("doubled").isNull());

    assertThat(found).containsOnlyKeys(running.rootDir(), stopped.rootDir());
    FoundNode up = found.get(running.rootDir());
    assertThat(up.state()).isInstanceOf(Running.class);
    assertThat(up.facts().service()).isEqualTo(running.service());
    assertThat(up.facts().binary()).isEqualTo(running.binary());
    assertThat(up.facts().logDir()).isEqualTo(running.logDir());
    assertNumber(up, 1);
    assertThat(up.nodePort()).hasValue(running.ports().node());
    assertThat(up.program()).contains(running.program());
    assertThat(up.metricsPort()).isEqualTo(running.ports().metrics());
    assertThat(up.browserPort()).isEqualTo(running.ports().browsers());
    assertThat(up.wallet()).hasValueSatisfying(wallet -> assertThat(wallet).isEqualToIgnoringCase(running.wallet()));
    assertThat(up.createdAt()).hasValueSatisfying(time -> assertThat(time).isAfter(Instant.EPOCH));
    FoundNode down = found.get(stopped.rootDir());
    assertThat(down.state()).isInstanceOf(Stopped.class);
    assertThat(down.facts().service()).isEqualTo(stopped.service());
    assertNumber(down, 3);
  }

  /** A back end that never uses a number twice counts by itself, so that its numbers need not be core's ids. */
  private void assertNumber(FoundNode found, int id) {
    if (manager.traits().numbering() == Traits.Numbering.MONOTONIC) {
      assertThat(found.id()).isPresent();
    } else {
      assertThat(found.id()).hasValue(id);
    }
  }

  /** What is a hint only is given where it is offered, and asking for it waits for nothing. */
  @Test
  void theEndOfANodesProcessIsNoticed() throws Exception {
    Optional<NoticesEnds> offered = manager.capability(NoticesEnds.class);
    if (offered.isEmpty()) {
      return; // core sees the processes itself, or waits for the next cycle
    }
    NodeSpec struck = up(create(ask(1)));
    NodeSpec spared = up(create(ask(2)));
    List<NodeSpec> running = List.of(struck, spared);
    try (NoticesEnds.LookOut lookOut = offered.get().lookOut()) {
      lookOut.ended(running);
      endFromOutside(struck);
      Set<Integer> ended = new HashSet<>();
      eventually("the end is noticed", () -> {
        try {
          ended.addAll(lookOut.ended(running));
        } catch (ManagerUnavailableException e) {
          throw new AssertionError(e);
        }
        return ended.contains(struck.id());
      });
      assertThat(ended).as("nodes that live elsewhere").allMatch(id -> id == struck.id() || sharesTheEndOf(struck, spared));
    }
  }

  @Test
  void aTeardownTakesItsNodesAndNoOther() {
    NodeSpec first = up(create(ask(1)));
    NodeSpec second = create(ask(2));
    NodeSpec spared = up(create(ask(3)));

    Optional<BulkTeardown> inBulk = manager.capability(BulkTeardown.class);
    if (inBulk.isPresent()) {
      done(inBulk.get().teardown(List.of(first, second)));
    } else {
      done(manager.remove(first));
      done(manager.remove(second));
    }

    assertThat(first.rootDir()).doesNotExist();
    assertThat(second.rootDir()).doesNotExist();
    assertThat(state(spared)).isInstanceOf(Running.class);
    assertThat(answers(spared)).isTrue();
  }
}
