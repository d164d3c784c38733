package dev.wnm.core.store;

import static dev.wnm.core.store.schema.Tables.STORAGE;

import dev.wnm.core.model.MarkedStorage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;

/** The storages that carry the colony's marker: rows of {@code storage}. */
final class StorageTable {
  private StorageTable() {}

  static List<MarkedStorage> all(DSLContext sql) {
    return sql.selectFrom(STORAGE).orderBy(STORAGE.PATH, STORAGE.CONTAINER).fetch(row -> new MarkedStorage(
        Path.of(row.getPath()), row.getContainer(), row.getDevice(), Instant.ofEpochSecond(row.getMarkedAt())));
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
