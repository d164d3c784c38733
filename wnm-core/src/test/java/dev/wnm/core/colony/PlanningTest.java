package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.cycle.ManualResult;
import dev.wnm.core.model.Node;
import dev.wnm.spi.manager.BulkTeardown;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.manager.Upgrades;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.manager.ManagerKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which numbers new nodes get beside ports that are spoken for. */
class PlanningTest {
  private static final ManagerKind MONOTONIC = ManagerKind.of(Traits.USUAL.with(Traits.Numbering.MONOTONIC).with(Traits.Concurrency.SERIAL), BulkTeardown.class, Upgrades.class);

  @TempDir
  private Path home;

  private static ManualResult add(ColonyHarness colony, int count) throws Exception {
    return colony.force("add", List.of(), OptionalInt.of(count));
  }

  @Test
  void portsThatTheProcessManagerReservesArePassedOver() throws Exception {
    for (ManagerKind kind : List.of(MONOTONIC, ManagerKind.USUAL)) {
      try (ColonyHarness colony = new ColonyHarness(home.resolve(kind.traits().numbering().name()), kind)) {
        colony.init();
        colony.machine.tool().reserves(
            Set.of(colony.firstPort() + 1, colony.firstMetricsPort() + 2, colony.firstRpcPort() + 4));

        add(colony, 3);

        assertThat(colony.nodes()).extracting(Node::id).containsExactly(3, 5, 6);
      }
    }
  }

  @Test
  void portsOfANodeThatFollowsNoPlanArePassedOverThoughItIsDown() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home)) {
      NodePorts ports = NodePorts.of(colony.firstPort() + 2, colony.firstMetricsPort() + 777).withRpc(colony.firstRpcPort() + 3);
      colony.stranger("mine", 9, ports, Optional.empty());
      colony.importUnknown();

      add(colony, 2);

      assertThat(colony.nodes()).extracting(Node::id).containsExactly(1, 4, 9);
    }
  }

  @Test
  void whenReservedPortsCannotBeToldNoNodeIsAdded() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home)) {
      colony.machine.tool().breaksDown("the tool does not answer");

      assertThat(add(colony, 2).lines()).containsExactly("no node is added: the tool does not answer");
      assertThat(colony.cycle().outcomes()).isEmpty();
      assertThat(colony.nodes()).isEmpty();
    }
  }

  @Test
  void whenThePortsRunOutItIsSaidAndWhatCouldBeAddedIsThere() throws Exception {
    List<Integer> neighbours = FreePorts.neighbours(30);
    try (ColonyHarness colony = new ColonyHarness(home, MONOTONIC); LogLines log = new LogLines()) {
      colony.init("--port_start", neighbours.get(0).toString(), "--metrics_port_start", neighbours.get(1).toString());
      colony.force("add", List.of(), OptionalInt.of(3), "--force_action", "update_config", "--highest_node_id_used", "999");

      assertThat(colony.nodes()).extracting(Node::id).containsExactly(1_000);
      assertThat(log.at(Level.WARNING)).singleElement().asString()
          .startsWith("no further node is added: port_start ").contains("with node ids up to 1001", "must not overlap");
      ManualResult another = add(colony, 1);
      assertThat(another.failed()).isTrue();
      assertThat(another.lines()).singleElement().asString().startsWith("no further node is added: ");
      assertThat(colony.cycle().failed()).isFalse();
    } finally {
      FreePorts.giveBack(neighbours);
    }
  }
}
