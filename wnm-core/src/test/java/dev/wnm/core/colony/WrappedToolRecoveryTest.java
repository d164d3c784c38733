package dev.wnm.core.colony;

import static dev.wnm.testkit.manager.WrappedTool.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.manager.BulkTeardown;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.manager.Upgrades;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.testkit.manager.ManagerKind;
import dev.wnm.testkit.manager.Operation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found after a crash where the back end chooses names itself, counts them in its own way, and may use containers. */
class WrappedToolRecoveryTest {
  private static final ManagerKind ON_THE_MACHINE = ManagerKind.of(Traits.USUAL.with(Traits.Numbering.MONOTONIC).with(Traits.Concurrency.PER_GROUP), BulkTeardown.class, Upgrades.class);

  @TempDir
  private Path home;
  private int lastName;

  /** Stands for the end of the whole program: nothing catches it, nothing is written after it. */
  private static final class Killed extends ThreadDeath {
    private static final long serialVersionUID = 1L;
  }

  private ColonyHarness colony(ManagerKind kind) throws Exception {
    ColonyHarness colony = new ColonyHarness(home, kind);
    colony.machine.placeBy(this::placed);
    colony.machine.tool().has(running("a"), running("b"));
    colony.init();
    return colony;
  }

  private synchronized NodeFacts placed(NodeSpec node) {
    String service = "tool" + ++lastName + "x";
    Path root = node.rootDir().resolveSibling(service);
    return NodeFacts.at(NodePlacement.of(service, root));
  }

  /** The node is made, and wnm ends before it can write that down. */
  private static void addAndDie(ColonyHarness colony) {
    colony.machine.intercept((operation, node) -> {
      if (operation == Operation.START) {
        throw new Killed();
      }
      return Optional.empty();
    });
    assertThatThrownBy(() -> colony.force("add", List.of(), OptionalInt.empty())).isInstanceOf(Killed.class);
    colony.machine.intercept((operation, node) -> Optional.empty());
    assertThat(colony.openOperations()).isEqualTo(1);
  }

  private static void addOne(ColonyHarness colony) throws Exception {
    assertThat(colony.force("add", List.of(), OptionalInt.empty()).failed()).isFalse();
  }

  @Test
  void aNodeThatWasMadeIsAdoptedUnderTheNameThatItHasAndNoOtherIsAdded() throws Exception {
    try (ColonyHarness colony = colony(ON_THE_MACHINE)) {
      addOne(colony);
      addAndDie(colony);

      colony.cycles(8, "--node_cap", "2");

      assertThat(colony.openOperations()).isZero();
      assertThat(colony.nodes()).extracting(Node::id, Node::service).containsExactly(tuple(1, "tool1x"), tuple(2, "tool2x"));
      assertThat(colony.machine.running()).containsExactly(1, 2);
      assertThat(colony.stored()).containsEntry("highest_node_id_used", "2");
      colony.force("add", List.of(), OptionalInt.empty());
      assertThat(colony.node(3).service()).isEqualTo("tool3x");
    }
  }

  @Test
  void aNodeInAContainerIsAdoptedIntoItsContainer() throws Exception {
    try (ColonyHarness colony = colony(ContainersTest.GROUPED)) {
      addOne(colony);
      addAndDie(colony);

      colony.cycles(8, "--node_cap", "2");

      assertThat(colony.nodes()).extracting(Node::service, Node::containerId)
          .containsExactly(tuple("tool1x", Optional.of(1)), tuple("tool2x", Optional.of(2)));
      assertThat(colony.containers()).hasSize(2);
      assertThat(colony.machine.running()).containsExactly(1, 2);
    }
  }

  @Test
  void itStaysOpenAndNoOrphanIsLeftWhileTheContainersCannotBeAsked() throws Exception {
    try (ColonyHarness colony = colony(ContainersTest.GROUPED)) {
      addAndDie(colony);
      colony.machine.tool().breaksDown("Docker does not answer");

      colony.cycles(3, "--node_cap", "1");
      assertThat(colony.openOperations()).isEqualTo(1);
      assertThat(colony.nodes()).isEmpty();
      assertThat(colony.machine.nodes()).containsExactly(1);

      colony.machine.tool().recovers();
      colony.cycles(2, "--node_cap", "1");
      assertThat(colony.openOperations()).isZero();
      assertThat(colony.nodes()).extracting(Node::id, Node::service).containsExactly(tuple(1, "tool1x"));
      assertThat(colony.machine.nodes()).containsExactly(1);
    }
  }

  @Test
  void anotherNodeOfTheSamePortsInAnotherContainerIsNotIt() throws Exception {
    try (ColonyHarness colony = colony(ContainersTest.GROUPED)) {
      colony.machine.intercept((operation, node) -> {
        throw new Killed();
      });
      assertThatThrownBy(() -> colony.force("add", List.of(), OptionalInt.empty())).isInstanceOf(Killed.class);
      colony.machine.intercept((operation, node) -> Optional.empty());
      colony.stranger("theirs", 1, Optional.of("b"));

      colony.load(60, 10, 10, 0.1);
      colony.cycle();

      assertThat(colony.openOperations()).isZero();
      assertThat(colony.nodes()).isEmpty();
      assertThat(colony.machine.nodes()).containsExactly(1);
    }
  }

  @Test
  void whatWasAdoptedIsStarted() throws Exception {
    try (ColonyHarness colony = colony(ON_THE_MACHINE)) {
      addAndDie(colony);
      colony.grow(1);

      assertThat(colony.status(1)).isEqualTo(NodeStatus.RUNNING);
      assertThat(colony.machine.log().of(Operation.REMOVE)).isEmpty();
    }
  }
}
