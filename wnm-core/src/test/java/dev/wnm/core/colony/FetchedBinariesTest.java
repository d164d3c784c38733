package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.OperationKind;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.manager.Upgrades;
import dev.wnm.spi.model.Version;
import dev.wnm.testkit.antnode.StandInAntnode;
import dev.wnm.testkit.manager.ManagerKind;
import dev.wnm.testkit.manager.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A back end that fetches antnode itself, on a machine that has none. */
class FetchedBinariesTest {
  private static final ManagerKind BY_BACK_END = ManagerKind.of(Traits.USUAL.with(Traits.Concurrency.SERIAL), Upgrades.class);

  @TempDir
  private Path home;
  private ColonyHarness colony;

  @BeforeEach
  void aMachineWithoutAntnode() throws Exception {
    colony = new ColonyHarness(home, BY_BACK_END);
    Files.delete(home.resolve(".local/bin/antnode"));
  }

  @AfterEach
  void close() {
    colony.close();
  }

  /** The newest there is, which core is told nothing of, or a pinned one. */
  private void fetches(Version version, boolean pinned) throws Exception {
    colony.machine.tool().fetches(colony.antnodeElsewhere(version), pinned ? Optional.of(version) : Optional.empty());
  }

  private List<Version> versions() {
    return colony.nodes().stream().map(Node::version).map(Optional::orElseThrow).toList();
  }

  @Test
  void aColonyNeedsNoAntnodeOfItsOwn() throws Exception {
    fetches(ColonyHarness.OLD, false);
    colony.init("--node_cap", "2");
    colony.grow(2);

    assertThat(versions()).containsOnly(ColonyHarness.OLD);
  }

  @Test
  void nodesOlderThanThePinnedVersionAreUpgradedOneAfterTheOther() throws Exception {
    fetches(ColonyHarness.OLD, true);
    colony.init("--node_cap", "2");
    colony.grow(2);
    fetches(ColonyHarness.NEW, true);

    assertThat(colony.cycle().outcomes()).extracting(NodeOutcome::kind, NodeOutcome::nodeId)
        .containsExactly(tuple(OperationKind.UPGRADE, 1));
    colony.cycles(14);

    assertThat(versions()).containsOnly(ColonyHarness.NEW);
    assertThat(colony.machine.log().of(Operation.UPGRADE)).containsExactly(1, 2);
    assertThat(StandInAntnode.versionOf(colony.node(2).binary())).contains(ColonyHarness.NEW);
  }

  @Test
  void aNodeNewerThanThePinnedVersionIsLeftAsItIs() throws Exception {
    fetches(ColonyHarness.NEW, true);
    colony.init("--node_cap", "1");
    colony.grow(1);
    fetches(ColonyHarness.OLD, true);
    colony.cycles(6);

    assertThat(versions()).containsExactly(ColonyHarness.NEW);
    assertThat(colony.machine.log().of(Operation.UPGRADE)).isEmpty();
  }

  @Test
  void withoutAPinnedVersionNodesAreUpgradedByForceOnly() throws Exception {
    fetches(ColonyHarness.OLD, false);
    colony.init("--node_cap", "2");
    colony.grow(2);
    fetches(ColonyHarness.NEW, false);
    colony.cycles(6);
    colony.force("stop", List.of("antnode0002"), OptionalInt.empty());
    colony.force("start", List.of("antnode0002"), OptionalInt.empty());
    assertThat(colony.machine.log().of(Operation.UPGRADE)).isEmpty();

    colony.force("upgrade", List.of("antnode0001"), OptionalInt.empty());
    colony.advance(Duration.ofMinutes(10));
    colony.cycles(2);

    assertThat(colony.node(1).version()).contains(ColonyHarness.NEW);
    assertThat(colony.machine.log().of(Operation.UPGRADE)).containsExactly(1);
  }

  @Test
  void thePinnedVersionIsNotTakenForThatOfAnAntnodeThatHappensToBeThere() throws Exception {
    colony.antnode(ColonyHarness.OLD);
    fetches(ColonyHarness.NEW, true);
    colony.init("--node_cap", "1");

    assertThat(colony.stored()).doesNotContainKey("antnode_version");
  }
}
