package dev.wnm.core.store;

import static dev.wnm.core.store.schema.Tables.STORAGE;

import dev.wnm.core.model.MarkedStorage;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;

/** The storages that carry the colony's marker: rows of {@code storage}. */
final class StorageTable {
  private static final System.Logger LOG = System.getLogger(StorageTable.class.getName());

  private StorageTable() {}

  static List<MarkedStorage> all(Connection connection) throws SQLException {
    List<MarkedStorage> storages = new ArrayList<>();
    Sql.each(connection, "SELECT path, container, device, marked_at FROM storage ORDER BY path, container", row -> {
      try {
        storages.add(new MarkedStorage(Path.of(Cells.text(row, "path")), Cells.text(row, "container"), Cells.text(row, "device"),
            Cells.seconds(row.getLong("marked_at"))));
      } catch (InvalidPathException e) {
        LOG.log(System.Logger.Level.WARNING, "a row of table storage cannot be read and is left alone: {0}", e.getMessage());
      }
    });
    return storages;
  }

  /** Inserts or replaces. */
  static void save(DSLContext sql, MarkedStorage storage) {
    sql.insertInto(STORAGE)
        .set(STORAGE.PATH, storage.path().toString())
        .set(STORAGE.CONTAINER, storage.container())
        .set(STORAGE.DEVICE, storage.device())
        .set(STORAGE.MARKED_AT, storage.markedAt().getEpochSecond())
        .onConflict(STORAGE.PATH, STORAGE.CONTAINER).doUpdate()
        .set(STORAGE.DEVICE, storage.device())
        .execute();
  }

  static void delete(DSLContext sql, Path path, String container) {
    sql.deleteFrom(STORAGE).where(STORAGE.PATH.eq(path.toString()), STORAGE.CONTAINER.eq(container)).execute();
  }
}
