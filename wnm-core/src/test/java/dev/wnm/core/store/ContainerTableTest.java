package dev.wnm.core.store;

import static dev.wnm.core.store.Colonies.CLOCK;
import static dev.wnm.core.store.Colonies.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.model.Node;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.PortRange;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The containers that nodes live in. */
class ContainerTableTest {
  @TempDir
  private Path folder;

  private static Container container(int id, String dockerId, boolean running) {
    return new Container(Optional.of(id), "a" + id, dockerId, "image:" + id, running, NOW.minusSeconds(id));
  }

  @Test
  void containersComeBackAsTheyWereSaved() {
    Path file = folder.resolve("colony.db");
    List<Container> containers = List.of(container(1, "one", true), container(2, "two", false));
    try (ColonyStore store = Colonies.initialised(file)) {
      store.save(containers, List.of());
    }

    try (ColonyStore store = ColonyStore.openExisting(file, CLOCK)) {
      assertThat(store.containers()).isEqualTo(containers);
    }
  }

  @Test
  void aGroupKeepsItsPortsUntilItIsMadeAnewWithOthers() throws Exception {
    Path file = folder.resolve("colony.db");
    try (ColonyStore store = Colonies.initialised(file)) {
      Container group = container(1, "one", true).owning(new PortRange(55_001, 55_010), new PortRange(13_001, 13_010),
          Optional.of(new PortRange(35_001, 35_010)));
      store.save(List.of(group), List.of());
      assertThat(store.containers()).containsExactly(group);

      Container without = group.owning(new PortRange(55_001, 55_010), new PortRange(13_001, 13_010), Optional.empty());
      store.save(List.of(without), List.of());
      assertThat(store.containers()).containsExactly(without);

      store.save(List.of(group), List.of());
      store.deleteContainers(List.of(1));
    }
    assertThat(Colonies.texts(file, "SELECT container_id FROM group_ports")).isEmpty();
  }

  @Test
  void aContainerThatWasMadeAnewReplacesItsRowAndKeepsItsNodes() {
    try (ColonyStore store = Colonies.initialised(folder.resolve("colony.db"))) {
      store.save(List.of(container(1, "one", true)), List.of(Colonies.node(1).inContainer(1)));
      Container anew = new Container(Optional.of(1), "b", "another", "image:9", false, NOW);
      store.save(List.of(anew), List.of());

      assertThat(store.containers()).containsExactly(anew);
      assertThat(store.node(1).flatMap(Node::containerId)).contains(1);
    }
  }

  @Test
  void aContainerThatIsAsItWasIsNotWrittenAgain() throws Exception {
    Path file = folder.resolve("colony.db");
    Container group = container(1, "one", true).owning(new PortRange(55_001, 55_010), new PortRange(13_001, 13_010),
        Optional.of(new PortRange(35_001, 35_010)));
    try (ColonyStore store = Colonies.initialised(file); Connection other = Colonies.plain(file)) {
      store.save(List.of(group, container(2, "two", true)), List.of());
      long before = Sql.number(other, "PRAGMA data_version");

      store.save(List.of(group, container(2, "two", true)), List.of());
      assertThat(Sql.number(other, "PRAGMA data_version")).isEqualTo(before);

      store.save(List.of(group, container(2, "two", false)), List.of());
      assertThat(Sql.number(other, "PRAGMA data_version")).isNotEqualTo(before);
      assertThat(store.containers()).containsExactly(group, container(2, "two", false));
    }
  }

  @Test
  void nodesAndTheirContainersAreSavedTogetherOrNotAtAll() {
    try (ColonyStore store = Colonies.initialised(folder.resolve("colony.db"))) {
      List<Container> containers = List.of(container(1, "one", true));
      Node node = Colonies.node(1).inContainer(1);
      Node namesake = Colonies.node(2).inContainer(1).placedAt(node.placement());

      assertThatThrownBy(() -> store.save(containers, List.of(node, namesake))).isInstanceOf(StoreException.class);
      assertThat(store.containers()).isEmpty();
      assertThat(store.nodes()).isEmpty();

      store.save(containers, List.of(node));
      assertThat(store.nodes()).extracting(Node::containerId).containsExactly(Optional.of(1));
    }
  }

  @Test
  void aNewMachineBringsItsContainersAlong() {
    try (ColonyStore store = ColonyStore.open(folder.resolve("colony.db"), CLOCK)) {
      store.createMachine(
          Colonies.machine(), List.of(container(3, "three", true)), List.of(Colonies.node(7).inContainer(3)));

      assertThat(store.containers()).extracting(Container::name).containsExactly("a3");
      assertThat(store.node(7).flatMap(Node::containerId)).contains(3);
    }
  }

  @Test
  void containersOfAPythonFileAreRead() throws Exception {
    Path file = folder.resolve("colony.db");
    PythonFile.make(file, PythonSchema.NEWEST, Set.of());
    Colonies.run(file, "INSERT INTO container (id, machine_id, container_id, name, image, status, created_at, port_range_start)"
        + " VALUES (4, 1, 'docker4', 'a4', 'image', 'running', 1000, 5)", "UPDATE node SET container_id = 4 WHERE id = 2");

    try (ColonyStore store = ColonyStore.openExisting(file, CLOCK)) {
      assertThat(store.containers()).singleElement().satisfies(container -> {
        assertThat(container.id()).contains(4);
        assertThat(container.name()).isEqualTo("a4");
        assertThat(container.dockerId()).isEqualTo("docker4");
        assertThat(container.running()).isTrue();
        assertThat(container.createdAt()).isEqualTo("1970-01-01T00:16:40Z");
      });
      assertThat(store.node(2).flatMap(Node::containerId)).contains(4);
      store.save(store.containers(), store.nodes());
    }
    assertThat(Colonies.texts(file, "SELECT port_range_start FROM container")).containsExactly("5");
  }
}
