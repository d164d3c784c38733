package dev.wnm.core.store;

import static dev.wnm.core.store.Colonies.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.model.Node;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are asked for several times in a run. */
class RememberedTest {
  @TempDir
  private Path folder;

  private ColonyStore store;

  @BeforeEach
  void open() {
    store = Colonies.initialised(folder.resolve("colony.db"));
    store.save(Colonies.nodes(3));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void rowsAreReadOnceWhileNothingChanges() {
    List<Node> first = store.nodes();
    store.save(List.of(), List.of());
    store.containers();

    assertThat(store.nodes()).isSameAs(first);
  }

  @Test
  void aChangeOfOnesOwnIsSeen() {
    assertThat(store.nodes()).hasSize(3);

    store.save(Colonies.nodes(4));
    assertThat(store.nodes()).isEqualTo(Colonies.nodes(4));

    store.rewrite(List.of(1, 2), List.of(), Map.of());
    assertThat(store.nodes()).extracting(Node::id).containsExactly(3, 4);
  }

  @Test
  void aChangeOfAnotherProgramIsSeen() throws Exception {
    assertThat(store.nodes()).hasSize(3);

    Colonies.run(store.file(), "UPDATE node SET host = '10.0.0.9' WHERE id = 2");
    assertThat(store.nodes()).extracting(Node::host).contains("10.0.0.9");

    try (ColonyStore other = ColonyStore.openExisting(store.file(), CLOCK)) {
      other.save(Colonies.nodes(5));
    }
    assertThat(store.nodes()).hasSize(5);
  }

  @Test
  void aChangeThatIsTakenBackChangesNothing() {
    List<Node> before = store.nodes();
    Node namesake = Colonies.node(9).placedAt(Colonies.node(1).placement());

    assertThatThrownBy(() -> store.save(List.of(Colonies.node(8), namesake))).isInstanceOf(StoreException.class);

    assertThat(store.nodes()).isEqualTo(before);
  }
}
