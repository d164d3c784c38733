package dev.wnm.core.store;

import static dev.wnm.core.store.Colonies.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFullTest {
  @TempDir
  Path folder;

  /** SQLite's own limit on pages gives the very result code of a full disk, without a disk to fill. */
  @Test
  void aFullDiskIsNamedAndTheDatabaseStaysAsItWas() throws Exception {
    Path file = folder.resolve("colony.db");
    try (ColonyStore store = Colonies.initialised(file)) {
      store.save(Colonies.nodes(3));
    }
    try (Connection connection = Colonies.plain(file)) {
      Database database = new Database(file, connection);
      Sql.run(connection, "PRAGMA max_page_count = " + (Sql.number(connection, "PRAGMA page_count") + 2));

      assertThatThrownBy(() -> database.change(any -> NodeTable.save(any, Colonies.nodes(500))))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("no space left").hasMessageContaining(file.toString()).hasMessageContaining(folder.toString());

      database.change(any -> NodeTable.save(any, List.of(Colonies.node(3))));
    }
    try (ColonyStore store = ColonyStore.open(file, CLOCK)) {
      assertThat(store.nodes()).isEqualTo(Colonies.nodes(3));
    }
    assertThat(Colonies.texts(file, "PRAGMA integrity_check")).containsExactly("ok");
  }
}
