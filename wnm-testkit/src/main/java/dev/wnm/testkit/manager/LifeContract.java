package dev.wnm.testkit.manager;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.KeepsKeys;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult.Done;
import dev.wnm.spi.manager.OperationResult.Failed;
import dev.wnm.spi.manager.ProcessState.Missing;
import dev.wnm.spi.manager.ProcessState.Running;
import dev.wnm.spi.manager.ProcessState.Stopped;
import dev.wnm.testkit.HeldFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The conformance suite's tests of one node's life, and of doing twice what needs doing once. */
abstract class LifeContract extends ManagerBench {
  // Life of a node

  @Test
  void aNewNodeIsThereAndDoesNotRun() {
    NodeSpec node = create(ask(1));

    assertThat(node.rootDir()).isDirectory();
    assertThat(node.binary()).hasSameBinaryContentAs(node.source()).isExecutable();
    assertThat(node.binary()).isNotEqualTo(node.source());
    assertThat(state(node)).isInstanceOf(Stopped.class);
    assertThat(answers(node)).isFalse();
  }

  @Test
  void aStartedNodeRunsAndAnswers() {
    NodeSpec node = up(create(ask(1)));

    assertThat(state(node)).isInstanceOf(Running.class);
    assertThat(version(node)).contains(standIn().older());
  }

  @Test
  void aStoppedNodeIsGoneButKeepsItsDataAndStartsAgainAsTheSame() throws IOException {
    NodeSpec node = up(create(ask(1)));
    byte[] key = Files.readAllBytes(node.rootDir().resolve(node.program().keyFile()));
    Optional<String> peerId = standIn().peerId(node);

    assertThat(done(manager.stop(node)).changed()).isTrue();
    assertGone(node);
    assertThat(state(node)).isInstanceOf(Stopped.class);

    NodeSpec again = up(node);
    assertThat(state(again)).isInstanceOf(Running.class);
    assertThat(again.rootDir().resolve(again.program().keyFile())).hasBinaryContent(key);
    assertThat(standIn().peerId(again)).isEqualTo(peerId);
  }

  @Test
  void aStopAsksTheNodeWithTheSignalThatItHandles() throws IOException {
    NodeSpec node = up(create(ask(1)));

    done(manager.stop(node));

    assertThat(standIn().wasAskedToEnd(node)).as("it was asked to end by the signal that it handles").isTrue();
  }

  @Test
  void anUpgradedNodeReallyRunsTheNewVersion() {
    NodeSpec node = up(create(ask(1)));

    NodeSpec upgraded = recorded(node, done(upgrade(node, machine.newAntnode())).facts());

    eventually("the new version answers", () -> version(upgraded).equals(Optional.of(standIn().newer())));
    assertThat(state(upgraded)).isInstanceOf(Running.class);
    assertThat(upgraded.binary()).hasSameBinaryContentAs(machine.newAntnode());
  }

  @Test
  void aRestartedNodeRunsAgain() {
    NodeSpec node = up(create(ask(1)));

    NodeSpec restarted = recorded(node, done(manager.restart(node)).facts());

    eventually("the restarted node answers", () -> answers(restarted));
    assertThat(state(restarted)).isInstanceOf(Running.class);
    if (node.pid().isPresent() && restarted.pid().isPresent()) {
      assertThat(restarted.pid()).isNotEqualTo(node.pid());
    }
  }

  @Test
  void aRemovedNodeLeavesNothingBehind() {
    NodeSpec node = up(create(ask(1)));

    assertThat(done(manager.remove(node)).changed()).isTrue();

    assertGone(node);
    assertThat(node.rootDir()).doesNotExist();
    assertThat(node.logDir()).doesNotExist();
    assertThat(node.binary()).doesNotExist();
    assertThat(state(node)).isInstanceOf(Missing.class);
    assertThat(survey(manager)).isEmpty();
  }

  @Test
  void theKeyOfANodeIsKeptWhereNobodyElseReadsItAndTheNodeRunsOn() throws IOException {
    Optional<KeepsKeys> keeper = manager.capability(KeepsKeys.class);
    if (keeper.isEmpty()) {
      return;
    }
    NodeSpec node = create(ask(1));
    Path folder = node.rootDir().getParent().resolveSibling("kept-keys").resolve("antnode0001-x");
    assertThat(done(keeper.get().keepKey(node, folder)).changed()).as("there is no key before its first start").isFalse();
    node = up(node);

    assertThat(done(keeper.get().keepKey(node, folder)).changed()).isTrue();
    done(keeper.get().keepKey(node, folder));

    Path copy = folder.resolve(node.program().keyFile());
    assertThat(copy).hasBinaryContent(Files.readAllBytes(node.rootDir().resolve(node.program().keyFile())));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy))).isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.getParent()))).isEqualTo("rwx------");
    assertThat(Files.list(folder)).hasSize(1);
    assertThat(state(node)).isInstanceOf(Running.class);
    done(manager.remove(node));
    assertThat(copy).exists();
  }

  @Test
  void aRemovalThatFailsHalfWayKeepsTheKeyAndCanBeRepeated() throws IOException {
    if (upgradesByItself()) {
      return; // its own tool deletes, in an order of its own, and may refuse a second time
    }
    NodeSpec node = up(create(ask(1)));
    Path key = node.rootDir().resolve(node.program().keyFile());
    byte[] before = Files.readAllBytes(key);
    try (HeldFile held = HeldFile.at(node.rootDir(), node.rootDir().resolve(standIn().dataFolder() + "/held"))) {
      for (int attempt = 0; attempt < 2; attempt++) {
        Failed failure = failed(manager.remove(node));
        assertSentence(failure);
        assertThat(failure.untouched()).isFalse();
        assertGone(node);
        assertThat(state(node)).as("it was ended for good").isNotInstanceOf(Running.class);
        assertThat(failure.reason()).contains(node.rootDir() + "/", "/held");
        assertThat(key).hasBinaryContent(before);
      }
    }

    assertThat(done(manager.remove(node)).changed()).isTrue();

    assertThat(node.rootDir()).doesNotExist();
    assertThat(state(node)).isInstanceOf(Missing.class);
    assertThat(survey(manager)).isEmpty();
  }

  @Test
  void aNodeGoesThroughItsWholeLife() {
    NodeSpec node = up(create(ask(1)));
    done(manager.stop(node));
    node = up(node);
    node = recorded(node, done(upgrade(node, machine.newAntnode())).facts());
    node = recorded(node, done(manager.restart(node)).facts());
    NodeSpec last = node;
    eventually("the new version answers", () -> version(last).equals(Optional.of(standIn().newer())));
    done(manager.remove(last));
    assertGone(last);
    assertThat(last.rootDir()).doesNotExist();
  }

  // Doing twice what needs doing once

  @Test
  void creatingANodeThatIsThereChangesNothing() {
    NodeSpec node = create(ask(1));

    Done again = done(manager.create(node));

    assertThat(again.changed()).isFalse();
    assertThat(again.facts().rootDir()).isEqualTo(node.rootDir());
    assertThat(again.facts().service()).isEqualTo(node.service());
    assertThat(survey(manager)).hasSize(1);
  }

  @Test
  void creatingANodeThatLacksItsBinaryCompletesIt() throws IOException {
    NodeSpec node = create(ask(1));
    Files.delete(node.binary());

    NodeSpec completed = recorded(node, done(manager.create(node)).facts());

    assertThat(completed.binary()).isExecutable();
    up(completed);
  }

  @Test
  void startingARunningNodeChangesNothing() {
    NodeSpec node = up(create(ask(1)));

    Done again = done(manager.start(node));

    assertThat(again.changed()).isFalse();
    assertThat(again.facts().pid()).isEqualTo(node.pid());
    assertThat(answers(node)).isTrue();
  }

  @Test
  void stoppingAStoppedNodeChangesNothing() {
    NodeSpec node = up(create(ask(1)));
    done(manager.stop(node));

    assertThat(done(manager.stop(node)).changed()).isFalse();
    assertThat(state(node)).isInstanceOf(Stopped.class);
  }

  @Test
  void removingAMissingNodeChangesNothing() {
    NodeSpec node = up(create(ask(1)));
    done(manager.remove(node));

    assertThat(done(manager.remove(node)).changed()).isFalse();
    assertThat(done(manager.remove(ask(2))).changed()).isFalse();
  }
}
