package dev.wnm.testkit.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.LogRequest;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.OperationResult.Done;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.ProcessState.Missing;
import dev.wnm.spi.manager.ProcessState.Running;
import dev.wnm.spi.manager.ProcessState.Stopped;
import dev.wnm.spi.manager.ProcessState.Unknown;
import dev.wnm.spi.manager.ReadsLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/**
 * The conformance suite's tests of what goes wrong around nodes that are fine: with the list that a tool keeps of them, their
 * disk, whoever owns their folders, what commands run through, and what the process manager itself is given. All of them ask the
 * same: what is said meanwhile is true or unknown, and never that a node is gone; what cannot be done is said; nothing is deleted;
 * and when it is over each node is found as it was.
 */
abstract class OutageContract extends TroubleContract {
  /** An account without a name that no node runs as. */
  private static final int HOSTILE = 4_711;

  /** Two nodes that have lived, one of which runs, with what must not change of them. */
  private final class Pair {
    final NodeSpec running;
    final NodeSpec stopped;
    private final byte[] keyOfRunning;
    private final byte[] keyOfStopped;

    Pair() throws IOException {
      running = remember(up(create(ask(1))));
      NodeSpec second = remember(up(create(ask(2))));
      done(manager.stop(second));
      stopped = second;
      keyOfRunning = Files.readAllBytes(key(running));
      keyOfStopped = Files.readAllBytes(key(stopped));
    }

    List<NodeSpec> both() {
      return List.of(running, stopped);
    }

    /** What is said of the nodes is so, or nothing is said. */
    void assertNothingUntrueIsSaid() {
      for (NodeSpec node : both()) {
        Optional<ProcessState> said = answer(() -> state(node));
        said.ifPresent(state -> assertTrue(node, state));
      }
    }

    private void assertTrue(NodeSpec node, ProcessState state) {
      assertThat(state).as("of %s, whose data are there", node.service()).isNotInstanceOf(Missing.class);
      if (state instanceof Stopped) {
        assertThat(standIn().hasProcess(node)).as("%s is said to be stopped: %s", node.service(), state).isFalse();
      }
      if (state instanceof Running) {
        assertThat(standIn().hasProcess(node)).as("%s is said to run", node.service()).isTrue();
      }
    }

    /** A survey that cannot be made says so; one that is made finds both, and says nothing untrue. */
    void assertSurveyFindsBothOrFails() {
      Optional<List<FoundNode>> found = answer(this::surveyed);
      found.ifPresent(nodes -> {
        assertThat(nodes).extracting(node -> node.facts().rootDir()).contains(running.rootDir(), stopped.rootDir());
        both().forEach(node -> nodes.stream().filter(one -> one.facts().rootDir().equals(node.rootDir()))
            .forEach(one -> assertTrue(node, one.state())));
      });
    }

    private List<FoundNode> surveyed() throws ManagerUnavailableException {
      return manager.survey();
    }

    void assertKeysAreThere() throws IOException {
      assertThat(key(running)).hasBinaryContent(keyOfRunning);
      assertThat(key(stopped)).hasBinaryContent(keyOfStopped);
    }

    /** Both are as they were, or can be made so; and they can be removed. */
    void assertFoundAsTheyWere(boolean mayHaveEnded) throws IOException {
      assertKeysAreThere();
      assertThat(state(stopped)).isInstanceOf(Stopped.class);
      assertThat(survey(manager)).extracting(node -> node.facts().rootDir())
          .containsExactlyInAnyOrder(running.rootDir(), stopped.rootDir());
      if (mayHaveEnded) {
        assertThat(state(running)).isInstanceOfAny(Running.class, Stopped.class);
      } else {
        assertThat(state(running)).isInstanceOf(Running.class);
        assertThat(answers(running)).isTrue();
      }
      for (NodeSpec node : both()) {
        NodeSpec again = remember(up(node));
        assertThat(state(again)).isInstanceOf(Running.class);
        done(manager.stop(again));
      }
      assertKeysAreThere();
      for (NodeSpec node : both()) {
        assertThat(done(manager.remove(node)).changed()).isTrue();
        assertThat(node.rootDir()).doesNotExist();
      }
    }
  }

  private static Path key(NodeSpec node) {
    return node.rootDir().resolve(node.program().keyFile());
  }

  /** An answer; none where one is refused or something is thrown, as core's guard takes it. */
  private static <T> Optional<T> answer(Callable<T> question) {
    try {
      return Optional.of(question.call());
    } catch (AssertionError e) {
      throw e;
    } catch (Exception e) {
      return Optional.empty();
    }
  }

  /** What an operation says was done, was done. */
  private void assertTrueIfDone(NodeSpec node, Supplier<OperationResult> operation, boolean runsThen) {
    Optional<OperationResult> result = answer(operation::get);
    result.flatMap(OperationResult::failure).ifPresent(ManagerBench::assertSentence);
    if (result.filter(Done.class::isInstance).isPresent()) {
      assertThat(answers(node)).as("%s runs, as was done", node.service()).isEqualTo(runsThen);
    }
  }

  private void assertNotRemoved(NodeSpec node) throws IOException {
    byte[] before = Files.readAllBytes(key(node));
    Optional<OperationResult> result = answer(() -> manager.remove(node));
    result.ifPresent(removed -> assertThat(removed.failure()).as("a removal that cannot be known to be right").isPresent().get()
        .satisfies(ManagerBench::assertSentence));
    assertThat(key(node)).hasBinaryContent(before);
    assertThat(node.binary()).exists();
  }

  @Test
  void aListThatWasEmptiedBehindTheToolsBackIsNoEndOfANode() throws Exception {
    Outage lost = lostList();
    lost.requirePossible();
    Pair pair = new Pair();
    boolean[] ended = new boolean[1];

    lost.during(() -> {
      pair.assertNothingUntrueIsSaid();
      pair.assertSurveyFindsBothOrFails();
      ended[0] = !answers(pair.running);
      for (NodeSpec node : pair.both()) {
        if (answer(() -> state(node)).filter(Unknown.class::isInstance).isPresent()) {
          assertNotRemoved(node);
        }
      }
      pair.assertKeysAreThere();
    });

    pair.assertFoundAsTheyWere(ended[0]);
  }

  @Test
  void aStorageThatIsAwayAndComesBackBringsItsNodesBack() throws Exception {
    Pair pair = new Pair();
    Path storage = machine.nodeStorage();
    Path aside = storage.resolveSibling("storage-aside");

    Outage.of("the disk of the storage is not mounted", () -> {
      Files.move(storage, aside);
      Files.createDirectory(storage, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }, () -> {
      try (var left = Files.list(storage)) {
        assertThat(left).as("what was made where the disk is mounted else").isEmpty();
      }
      Files.delete(storage);
      Files.move(aside, storage);
    }).during(() -> {
      pair.assertNothingUntrueIsSaid();
      assertThat(state(pair.stopped)).isInstanceOf(Unknown.class);
      assertSentence(failed(manager.start(pair.stopped)));
      for (NodeSpec node : pair.both()) {
        assertSentence(failed(manager.remove(node)));
      }
    });

    pair.assertFoundAsTheyWere(true);
  }

  @Test
  void aFolderThatAHostileAccountHasTakenLeadsNobodyAstray() throws Exception {
    Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "left out: only root can be led astray so");
    Pair pair = new Pair();
    NodeSpec node = pair.stopped;
    Path bait = Files.createDirectory(machine.home().resolve("bait"));
    Path elsewhere = Files.createDirectory(bait.resolve("elsewhere"));
    Path file = Files.writeString(bait.resolve("file"), "what only root may know");
    List<String> names = List.of(node.program().keyFile(), node.binary().getFileName().toString(), "antnode.pid", "wnm-node.json");
    Path aside = machine.home().resolve("aside");
    Object owner = Files.getAttribute(node.rootDir(), "unix:uid");
    var before = contents(bait);

    Outage.of("the node's folder is a hostile account's", () -> {
      Files.move(node.rootDir(), aside);
      Files.createDirectory(node.rootDir());
      for (String name : names) {
        Files.createSymbolicLink(node.rootDir().resolve(name), file);
      }
      Files.createSymbolicLink(node.rootDir().resolve(standIn().dataFolder()), elsewhere);
      Files.createSymbolicLink(node.rootDir().resolve("logs"), elsewhere);
      Files.createSymbolicLink(node.rootDir().resolve("console"), elsewhere);
      Files.setAttribute(node.rootDir(), "unix:uid", HOSTILE);
    }, () -> {
      for (Path left : list(node.rootDir())) {
        Files.delete(left);
      }
      Files.deleteIfExists(node.rootDir());
      Files.move(aside, node.rootDir());
      Files.setAttribute(node.rootDir(), "unix:uid", owner);
    }).during(() -> {
      pair.assertNothingUntrueIsSaid();
      answer(() -> manager.survey());
      manager.capability(ReadsLogs.class).ifPresent(logs -> {
        assertThat(logs.logs(node)).as("what only root may know").doesNotContain("only root may know");
        assertThat(answerOrReason(logs, node)).as("what only root may know").doesNotContain("only root may know");
      });
      if (!upgradesByItself()) {
        NodeSpec newer = node.toBuilder().source(machine.newAntnode()).build();
        List<Supplier<OperationResult>> steps = List.of(() -> manager.start(node), () -> manager.create(node),
            () -> binaries().stage(newer), () -> binaries().forgetKept(newer), () -> manager.stop(node),
            () -> manager.discard(node));
        for (Supplier<OperationResult> step : steps) {
          answer(step::get).flatMap(OperationResult::failure).ifPresent(ManagerBench::assertSentence);
          assertThat(contents(bait)).as("what only root may touch").isEqualTo(before);
        }
        assertThat(answers(node)).as("a program of another account's was started").isFalse();
      }
    });

    assertThat(contents(bait)).isEqualTo(before);
    pair.assertFoundAsTheyWere(false);
  }

  private static String answerOrReason(ReadsLogs logs, NodeSpec node) {
    try {
      return logs.log(node, LogRequest.last(400)).toString();
    } catch (ManagerUnavailableException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Everything in a folder with its owner, mode and age, and the text of files. */
  private static TreeMap<Path, String> contents(Path folder) throws IOException {
    TreeMap<Path, String> contents = new TreeMap<>();
    try (var all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        contents.put(path, new TreeMap<>(Files.readAttributes(path, "unix:mode,uid,gid,lastModifiedTime", LinkOption.NOFOLLOW_LINKS))
            + (Files.isRegularFile(path) ? Files.readString(path) : ""));
      }
    }
    return contents;
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (var entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  @Test
  void aWrapperThatFailsSaysNothingOfWhatIsBehindIt() throws Exception {
    List<Outage> wrappers = failingWrappers();
    if (wrappers.isEmpty()) {
      throw new TestAbortedException("left out: it runs nothing through anything else");
    }
    Pair pair = new Pair();
    for (Outage wrapper : wrappers) {
      wrapper.during(() -> {
        pair.assertNothingUntrueIsSaid();
        pair.assertSurveyFindsBothOrFails();
        assertTrueIfDone(pair.running, () -> manager.start(pair.running), true);
        assertTrueIfDone(pair.stopped, () -> manager.stop(pair.stopped), false);
        pair.assertKeysAreThere();
      });
      assertThat(state(pair.running)).as("after %s", wrapper).isInstanceOf(Running.class);
      assertThat(state(pair.stopped)).as("after %s", wrapper).isInstanceOf(Stopped.class);
    }
    for (Outage wrapper : wrappers) {
      wrapper.during(() -> {
        assertNotRemoved(pair.running);
        pair.assertKeysAreThere();
      });
    }

    pair.assertFoundAsTheyWere(true);
  }

  @Test
  void whatIsThrownInTheMiddleOfItsWorkLosesNothing() throws Exception {
    Pair pair = new Pair();

    throwing().during(() -> {
      pair.assertNothingUntrueIsSaid();
      pair.assertSurveyFindsBothOrFails();
      assertTrueIfDone(pair.running, () -> manager.start(pair.running), true);
      assertTrueIfDone(pair.stopped, () -> manager.start(pair.stopped), true);
      assertTrueIfDone(pair.running, () -> manager.stop(pair.running), false);
      pair.assertKeysAreThere();
    });

    done(manager.stop(pair.stopped)); // what was begun may have come to its end
    pair.assertFoundAsTheyWere(true);
  }
}
