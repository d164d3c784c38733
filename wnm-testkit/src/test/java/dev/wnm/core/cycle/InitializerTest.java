package dev.wnm.core.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.config.BadInputException;
import dev.wnm.core.manager.ManagerUnavailableException;
import dev.wnm.core.manager.Traits;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitializerTest {
  @TempDir
  private Path home;

  @Test
  void aMachineIsSetUpOnlyOnce() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home)) {
      assertThatThrownBy(colony::init).isInstanceOf(BadInputException.class).hasMessageContaining("initialized already");
    }
  }

  @Test
  void aRefusedInitChangesNothing() throws Exception {
    try (ColonyHarness colony = new ColonyHarness(home)) {
      Files.delete(home.resolve(".local/bin/antnode"));
      assertThatThrownBy(colony::init).isInstanceOf(BadInputException.class).hasMessageContaining("antnode is missing");
      assertThat(colony.database).doesNotExist();
      assertThat(home.resolve("nodes")).doesNotExist();
    }
  }

  @Test
  void aProcessManagerThatIsNotThereIsNamedWithThoseThatAre() throws Exception {
    try (ColonyHarness colony = new ColonyHarness(home)) {
      assertThatThrownBy(() -> colony.init("--process_manager", "systmd+user"))
          .isInstanceOf(ManagerUnavailableException.class)
          .hasMessage("no process manager 'systmd+user'; found memory+user");
    }
  }

  @Test
  void nodesThatAreThereAreTakenOverUntouched() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home)) {
      colony.grow(2);
      colony.force("stop", List.of("antnode0002"), OptionalInt.empty());
      List<Node> before = colony.nodes();
      Files.delete(colony.database);
      colony.machine.log().clear();

      colony.init("--import");

      assertThat(colony.nodes()).map(InitializerTest::identity).isEqualTo(before.stream().map(InitializerTest::identity).toList());
      assertThat(colony.status(1)).isEqualTo(NodeStatus.RUNNING);
      assertThat(colony.status(2)).isEqualTo(NodeStatus.STOPPED);
      assertThat(colony.stored()).containsEntry("port_start", Integer.toString(before.get(0).ports().node() / 1_000));
      assertThat(colony.machine.running()).contains(1);
    }
  }

  @Test
  void aMachineWhoseNumbersNeverComeBackRemembersTheHighest() throws Exception {
    Traits monotonic = new Traits(Traits.Numbering.MONOTONIC, Traits.Concurrency.SERIAL, Traits.Upgrades.BY_BACK_END,
        Traits.Teardown.IN_BULK, false);
    try (ColonyHarness colony = new ColonyHarness(home, monotonic)) {
      colony.init();
      colony.grow(2);
      colony.force("remove", List.of("antnode0001", "antnode0002"), OptionalInt.empty());
      colony.force("add", List.of(), OptionalInt.empty());
      int id = colony.nodes().get(0).id();
      assertThat(id).isGreaterThanOrEqualTo(3);
      assertThat(colony.stored().get("highest_node_id_used")).isGreaterThanOrEqualTo(Integer.toString(id));
      colony.force("teardown", List.of(), OptionalInt.empty());
      assertThat(colony.stored()).containsEntry("highest_node_id_used", "0");
      assertThat(colony.machine.nodes()).isEmpty();
    }
  }

  private static List<Object> identity(Node node) {
    return List.of(node.id(), node.service(), node.rootDir(), node.ports().node(), node.ports().metrics(), node.wallet());
  }
}
