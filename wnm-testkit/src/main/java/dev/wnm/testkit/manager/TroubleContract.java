package dev.wnm.testkit.manager;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.KeepsStorages;
import dev.wnm.spi.manager.LogPart;
import dev.wnm.spi.manager.LogRequest;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.NodeStorage;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.OperationResult.Done;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessState.Missing;
import dev.wnm.spi.manager.ProcessState.Running;
import dev.wnm.spi.manager.ProcessState.Stopped;
import dev.wnm.spi.manager.ProcessState.Unknown;
import dev.wnm.spi.manager.ReadsLogs;
import dev.wnm.spi.manager.StorageState;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.model.NodePlacement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The conformance suite's tests of what cannot be done, of nodes that misbehave, and of what must never be deleted. */
abstract class TroubleContract extends MoveContract {
  // What cannot be done

  @Test
  void aMissingBinaryIsSaidAndLeavesNothingBehind() throws IOException {
    Path nowhere = machine.home().resolve("no-antnode-here");
    offer(nowhere);

    String reason = assertRefused(ask(1).toBuilder().source(nowhere).build()).reason();

    if (!fetches()) {
      assertThat(reason).contains(nowhere.toString());
    }
  }

  @Test
  void aBinaryThatIsNotExecutableIsSaidAndLeavesNothingBehind() throws IOException {
    Path plain = Files.copy(ask(1).source(), machine.home().resolve("plain-antnode"));
    Files.setPosixFilePermissions(plain, PosixFilePermissions.fromString("rw-r--r--"));
    NodeSpec asked = ask(1).toBuilder().source(plain).build();
    if (fetches()) {
      assertThat(create(asked).binary()).as("what is fetched depends on no file here").isExecutable();
      return;
    }
    assertThat(assertRefused(asked).reason()).contains(plain.toString());
  }

  @Test
  void anUpgradeToAMissingBinaryLeavesTheOldOneToRun() {
    NodeSpec node = up(create(ask(1)));

    assertSentence(failed(upgrade(node, machine.home().resolve("no-antnode-here"))));

    NodeSpec old = up(node);
    assertThat(version(old)).contains(standIn().older());
  }

  @Test
  void anInstalledBinaryCanBeTakenBack() {
    if (upgradesByItself()) {
      return; // it takes back its own upgrades
    }
    NodeSpec node = up(create(ask(1)));
    NodeSpec newer = node.toBuilder().source(machine.newAntnode()).build();

    done(binaries().stage(newer));
    assertThat(state(node)).as("a binary is put beside that of a node that runs on").isInstanceOf(Running.class);
    assertThat(node.binary()).hasSameBinaryContentAs(machine.oldAntnode());
    done(manager.stop(node));
    done(binaries().swap(newer));
    assertThat(node.binary()).hasSameBinaryContentAs(machine.newAntnode()).isExecutable();
    assertThat(node.keptBinary()).hasSameBinaryContentAs(machine.oldAntnode());
    done(binaries().restore(newer));
    done(binaries().forgetKept(newer));

    assertThat(node.binary()).hasSameBinaryContentAs(machine.oldAntnode()).isExecutable();
    assertThat(node.keptBinary()).doesNotExist();
    assertThat(node.stagedBinary()).doesNotExist();
    assertThat(version(up(node))).contains(standIn().older());
  }

  @Test
  void aNodeThatIsNotThereCannotBeStarted() {
    assertSentence(failed(manager.start(ask(1))));
    assertThat(state(ask(1))).isInstanceOf(Missing.class);
  }

  // Storages

  @Test
  void aNodeWhoseStorageHasLostItsMarkerIsUnknownAndNotRemoved() throws IOException {
    NodeSpec node = up(create(ask(1)));
    done(manager.stop(node));
    NodeStorage storage = NodeStorage.of(node);
    assertThat(KeepsStorages.of(manager).release(machine.colony(), storage)).isEmpty();

    assertThat(state(node)).isInstanceOf(Unknown.class);
    assertSentence(failed(manager.remove(node)));
    assertThat(KeepsStorages.of(manager).storages(machine.colony(), List.of(storage)).get(storage)).isInstanceOf(StorageState.Unmarked.class);

    assertThat(KeepsStorages.of(manager).claim(machine.colony(), storage)).isEmpty();
    assertThat(state(node)).isInstanceOf(Stopped.class);
    NodeSpec again = up(node);
    done(manager.remove(again));
    assertThat(state(again)).isInstanceOf(Missing.class);
  }

  @Test
  void anotherColonyTouchesNothingOfThisOne() throws IOException {
    NodeSpec node = up(create(ask(1)));
    ColonyId otherColony = new ColonyId("wnm-07436001");
    Path otherStorage = Files.createDirectory(machine.home().resolve("storage-of-another-colony"));
    ProcessManager other = managerOf(otherColony, otherStorage);

    assertSentence(failed(other.remove(node)));
    assertSentence(failed(other.remove(node.toBuilder().pid(OptionalLong.empty()).build())));

    assertThat(answers(node)).as("the node of the first colony runs on").isTrue();
    assertThat(state(node)).isInstanceOf(Running.class);
    done(manager.remove(node));
  }

  // Nodes that misbehave

  @Test
  void aNodeThatDiesAtItsStartIsStoppedAndCanBeRemoved() {
    NodeSpec node = create(misbehaving("exit_at_start", "3"));

    OperationResult started = manager.start(node);

    // A back end that watches for a moment may call this a failure, another cannot know yet.
    started.failure().ifPresent(failed -> {
      assertSentence(failed);
      assertCause(failed.reason().contains("told to die at start") ? failed.reason() : downBecause(node, "told to die at start"), "told to die at start");
    });
    eventually("it is seen to be down", () -> state(node) instanceof Stopped);
    assertThat(manager.capability(ReadsLogs.class).orElseThrow().logs(node)).as("what core keeps of a node that it deletes").contains("told to die at start");
    done(manager.remove(node));
    assertThat(node.rootDir()).doesNotExist();
  }

  @Test
  void aNodesLogIsReadInPartsAndOneThatIsGoneSaysSo() {
    NodeSpec node = create(misbehaving("exit_at_start", "3"));
    manager.start(node);
    ReadsLogs logs = manager.capability(ReadsLogs.class).orElseThrow();
    eventually("its last words are in its log", () -> said(logs, node, LogRequest.last(400)));
    assertThat(part(logs, node, LogRequest.last(1)).lines()).hasSize(1);
    assertThat(part(logs, node, LogRequest.last(400)).reason()).isEmpty();
    done(manager.stop(node));
    String position = eventually("nothing more is said of its ends", () -> {
      String end = part(logs, node, LogRequest.last(1)).position();
      return !end.isEmpty() && said(logs, node, LogRequest.last(1).after(end, Duration.ZERO)) ? Optional.empty() : Optional.of(end);
    });
    if (position.isEmpty()) {
      return; // it only tells the ends of logs, and core says so
    }

    manager.start(node);

    eventually("what came since is told alone", () -> said(logs, node, LogRequest.last(1).after(position, Duration.ZERO)));
    done(manager.remove(node));
    LogPart gone = part(logs, node, LogRequest.last(5));
    assertThat(gone.lines().isEmpty()).as("what a journal keeps, or why there is nothing: " + gone).isEqualTo(!gone.reason().isEmpty());
  }

  private static boolean said(ReadsLogs logs, NodeSpec node, LogRequest request) {
    return part(logs, node, request).lines().stream().anyMatch(line -> line.contains("told to die at start"));
  }

  private static LogPart part(ReadsLogs logs, NodeSpec node, LogRequest request) {
    try {
      return logs.log(node, request);
    } catch (ManagerUnavailableException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aNodeThatDiesLaterIsStoppedAndStartsAgain() {
    NodeSpec started = startedToDieSoon();

    assertCause(downBecause(started, "told to die after"), "told to die after");
    OperationResult again = manager.start(started);
    if (again instanceof Done done) {
      // Where no pid is told, nobody can tell whether a supervisor was faster than this call.
      boolean isTold = started.pid().isPresent();
      assertThat(done.changed() || !isTold || !recorded(started, done.facts()).pid().equals(started.pid()))
          .as("it was started again, by this call or by a supervisor that was faster").isTrue();
    } else { // on a slow machine it may die again before its start has returned
      assertThat(failed(again).reason()).as("it was started again").contains("told to die after");
    }
  }

  /** What is told of a node that is down, once its cause is known: what it printed may pass through another process, and come later. */
  private String downBecause(NodeSpec node, String cause) {
    return eventually("it is seen to be down, with the cause", () -> state(node) instanceof Stopped stopped
        && stopped.detail().contains(cause) ? Optional.of(stopped.detail()) : Optional.empty());
  }

  /** A node that dies after its start has returned: on a slow machine a second is not enough, so it gets more each time. */
  private NodeSpec startedToDieSoon() {
    for (long seconds = 1 + startTakes().toSeconds();; seconds *= 2) {
      NodeSpec node = create(misbehaving("exit_after", Long.toString(seconds)));
      OperationResult start = manager.start(node);
      if (start instanceof Done done) {
        return recorded(node, done.facts());
      }
      assertThat(failed(start).reason()).as("why it did not outlive its start by %s s", seconds).contains("told to die after");
      assertThat(seconds).as("seconds that a start has taken at least").isLessThan(120);
      done(manager.remove(node));
    }
  }

  /** The reason is at the top of antnode's report, which is in colours and ends with how to get a backtrace. */
  private static void assertCause(String sentence, String cause) {
    assertThat(sentence).contains(cause).doesNotContain("Run with RUST_BACKTRACE", "Location:").doesNotContainPattern("\\p{Cc}")
        .hasSizeLessThan(900);
  }

  @Test
  void aNodeThatIgnoresSignalsIsStoppedAllTheSame() {
    NodeSpec node = up(create(misbehaving("ignore_int", "1", "ignore_term", "1")));

    done(manager.stop(node));

    assertGone(node);
    assertThat(state(node)).isInstanceOf(Stopped.class);
  }

  @Test
  void aNodeThatReplacedItselfIsNeitherLostNorDoubled() throws IOException {
    NodeSpec made = create(misbehaving("upgrade_to", "newer/" + standIn().program().name()));
    NodeSpec node = remember(recorded(made, done(manager.start(made)).facts()));
    // Not before: it would be gone, on a slow machine, before its start has returned.
    installAntnode(made.rootDir().resolve("newer"), standIn().newer());

    eventually("the new version answers", () -> {
      if (state(node) instanceof Stopped) {
        manager.start(node); // told to stop on upgrade, it waits for whoever runs it
      }
      return version(node).equals(Optional.of(standIn().newer()));
    });

    assertThat(state(node)).isInstanceOf(Running.class);
    assertThat(done(manager.start(node)).changed()).isFalse();
    assertThat(survey(manager)).singleElement().satisfies(found -> assertThat(found.state()).isInstanceOf(Running.class));
    done(manager.stop(node));
    assertGone(node);
    assertThat(survey(manager)).singleElement().satisfies(found -> assertThat(found.state()).isInstanceOf(Stopped.class));
  }

  // What must never be deleted

  @Test
  void removingANodeDoesNotFollowLinksInItsFolder() throws IOException {
    NodeSpec node = up(create(ask(1)));
    Path outside = ContractMachine.folderLikeANode(machine.home().resolve("outside"));
    Files.createSymbolicLink(node.rootDir().resolve(standIn().dataFolder()).resolve("link"), outside);
    Files.createSymbolicLink(node.rootDir().resolve("link.txt"), outside.resolve("dear.txt"));

    done(manager.remove(node));

    assertThat(node.rootDir()).doesNotExist();
    assertThat(outside.resolve("dear.txt")).hasContent("keep me");
    assertThat(outside.resolve("secret-key")).exists();
  }

  @Test
  void aNodeFolderThatBecameALinkIsNotFollowedAndNotCalledRemoved() throws IOException {
    NodeSpec node = create(ask(1));
    Path outside = ContractMachine.folderLikeANode(machine.home().resolve("outside"));
    Path aside = machine.home().resolve("aside");
    Files.move(node.rootDir(), aside);
    Files.createSymbolicLink(node.rootDir(), outside);

    assertThat(manager.remove(node).failure()).as("what the link leads to would stay").isPresent()
        .get().satisfies(ManagerBench::assertSentence);

    assertThat(node.rootDir()).as("the only trace of where the node's data is").isSymbolicLink();
    assertThat(outside.resolve("dear.txt")).hasContent("keep me");
    assertThat(outside.resolve("secret-key")).exists();
    assertThat(aside).isDirectory();
    Files.delete(node.rootDir());
    Files.move(aside, node.rootDir());
    done(manager.remove(node));
    assertThat(state(node)).isInstanceOf(Missing.class);
  }

  @Test
  void aFolderThatCannotBeANodesIsNeverDeleted() throws IOException {
    NodeSpec known = create(ask(1));
    Path outsideStorage = ContractMachine.folderLikeANode(machine.home().resolve("antnode0002"));
    Path notANode = Files.createDirectories(machine.nodeStorage().resolve("photos"));
    Files.writeString(notANode.resolve("dear.txt"), "keep me");
    Path upAndOut = machine.nodeStorage().resolve("..").resolve(machine.home().getFileName()).resolve("antnode0002");

    for (Path wrong : List.of(outsideStorage, upAndOut, notANode, machine.nodeStorage(), machine.home())) {
      NodeSpec other = ask(2);
      NodeSpec pointed = other.toBuilder().placement(NodePlacement.of(other.service(), wrong)).build();
      OperationResult result = manager.remove(pointed);
      if (result instanceof Done done) {
        assertThat(done.changed()).as("something was removed at %s", wrong).isFalse(); // "no such node" is fine as well
      }
      result.failure().ifPresent(ManagerBench::assertSentence);
      assertThat(wrong).as("a folder that cannot be a node's").isDirectory();
    }

    assertThat(outsideStorage.resolve("dear.txt")).hasContent("keep me");
    assertThat(notANode.resolve("dear.txt")).hasContent("keep me");
    assertThat(known.binary()).exists();
  }
}
