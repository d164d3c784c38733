package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.manager.Upgrades;
import dev.wnm.testkit.manager.ManagerKind;
import dev.wnm.testkit.manager.Operation;
import dev.wnm.testkit.manager.WrappedTool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --import} for a colony that stands already. */
class LaterImportTest {
  @TempDir
  private Path home;

  @Test
  void onlyNodesThatTheColonyDoesNotKnowAreTakenOverAndNoneIsTouched() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home)) {
      colony.grow(1);
      Node known = colony.node(1);
      NodeSpec stranger = colony.stranger("antnode9", 9, Optional.empty());
      colony.startBehindOurBack(stranger);
      colony.machine.log().clear();

      assertThat(colony.importUnknown()).extracting(Node::id, Node::service).containsExactly(tuple(9, "antnode9"));

      assertThat(colony.node(1)).isEqualTo(known);
      assertThat(colony.node(9).ports()).isEqualTo(stranger.ports());
      assertThat(colony.status(9)).isEqualTo(NodeStatus.RUNNING);
      assertThat(colony.machine.log().of(Operation.CREATE)).isEmpty();
      assertThat(colony.machine.log().of(Operation.START)).isEmpty();
      assertThat(colony.machine.log().of(Operation.STOP)).isEmpty();
      assertThat(colony.cycle("--node_cap", "2").outcomes()).isEmpty();
    }
  }

  @Test
  void aSecondTimeChangesNothing() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home)) {
      colony.stranger("antnode9", 9, Optional.empty());
      colony.importUnknown();
      List<Node> before = colony.nodes();

      assertThat(colony.importUnknown()).isEmpty();

      assertThat(colony.nodes()).isEqualTo(before);
    }
  }

  @Test
  void aDryRunSaysWhomItWouldTakeOverAndWritesNothing() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home)) {
      colony.stranger("antnode9", 9, Optional.empty());
      byte[] before = Files.readAllBytes(colony.database);

      assertThat(colony.importUnknown("--dry_run")).extracting(Node::service).containsExactly("antnode9");

      assertThat(colony.nodes()).isEmpty();
      assertThat(Files.readAllBytes(colony.database)).isEqualTo(before);
    }
  }

  @Test
  void nodesInContainersComeWithTheRowsOfTheirContainers() throws Exception {
    try (ColonyHarness colony = new ColonyHarness(home, ContainersTest.GROUPED)) {
      colony.init();
      colony.machine.tool().has(WrappedTool.running("a"), WrappedTool.running("b"));
      colony.stranger("antnode1", 4, Optional.of("a"));
      colony.startBehindOurBack(colony.stranger("antnode1", 5, Optional.of("b")));

      colony.importUnknown();

      assertThat(colony.containers()).extracting(container -> container.id().orElseThrow(), container -> container.name())
          .containsExactly(tuple(1, "a"), tuple(2, "b"));
      assertThat(colony.nodes()).extracting(Node::id, Node::service, Node::containerId, Node::status).containsExactly(
          tuple(4, "antnode1", Optional.of(1), NodeStatus.STOPPED), tuple(5, "antnode1", Optional.of(2), NodeStatus.RUNNING));
      colony.force("stop", List.of("5"), OptionalInt.empty());
      colony.force("start", List.of("4"), OptionalInt.empty());
      assertThat(colony.machine.running()).containsExactly(4);
    }
  }

  @Test
  void aNodeOfUnknownStateIsNotStartedUntilASurveyConfirmsThatItIsDown() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home, "--node_cap", "1")) {
      colony.stranger("antnode9", 9, Optional.empty());
      colony.machine.pretend(9, new ProcessState.Unknown("its status is 'Odd'"));
      colony.importUnknown();
      colony.machine.log().clear();

      colony.cycles(8);
      assertThat(colony.status(9)).isEqualTo(NodeStatus.STOPPED);
      assertThat(colony.node(9).health().lastError()).isEqualTo("its status is 'Odd'");
      assertThat(colony.machine.log().of(Operation.START)).isEmpty();

      colony.machine.tellTheTruth();
      colony.cycles(2);
      assertThat(colony.machine.log().of(Operation.START)).containsExactly(9);
    }
  }

  @Test
  void anImportThatCannotBeToldTheNodesIsRefusedInTheToolsWords() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home)) {
      colony.machine.tool().breaksDown("the tool does not answer");

      assertThatThrownBy(colony::importUnknown).isInstanceOf(ManagerUnavailableException.class)
          .hasMessage("the tool does not answer");
    }
  }

  @Test
  void aNumberThatCameWithANodeIsNotGivenAgainWhereNumbersNeverComeBack() throws Exception {
    ManagerKind monotonic = ManagerKind.of(Traits.USUAL.with(Traits.Numbering.MONOTONIC).with(Traits.Concurrency.SERIAL), Upgrades.class);
    try (ColonyHarness colony = new ColonyHarness(home, monotonic)) {
      colony.init();
      colony.stranger("antnode9", 9, Optional.empty());
      colony.importUnknown();
      colony.force("remove", List.of("antnode9"), OptionalInt.empty());
      colony.advance(Duration.ofHours(1));
      colony.cycles(2);

      assertThat(colony.nodes()).extracting(Node::id).containsExactly(10);
    }
  }
}
