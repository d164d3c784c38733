package dev.wnm.core.store;

import static dev.wnm.core.store.schema.Tables.CONTAINER;

import dev.wnm.core.model.Container;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** The containers that nodes live in: rows of {@code container}. */
final class ContainerTable {
  private static final String RUNNING = "running";
  private static final String STOPPED = "stopped";

  private ContainerTable() {}

  static List<Container> all(DSLContext sql) {
    return sql.selectFrom(CONTAINER).orderBy(CONTAINER.ID).fetch(row -> new Container(
        Optional.of(row.getId().intValue()), row.getName(), row.getContainerId(), row.getImage(),
        RUNNING.equals(row.getStatus()), Instant.ofEpochSecond(row.getCreatedAt())));
  }

  /** Inserts or replaces; call in a transaction. */
  static void save(DSLContext sql, Collection<Container> containers) {
    for (Container container : containers) {
      long id = container.id().orElseThrow();
      String status = container.running() ? RUNNING : STOPPED;
      sql.insertInto(CONTAINER)
          .set(CONTAINER.ID, id)
          .set(CONTAINER.MACHINE_ID, MachineTable.ID)
          .set(CONTAINER.CONTAINER_ID, container.dockerId())
          .set(CONTAINER.NAME, container.name())
          .set(CONTAINER.IMAGE, container.image())
          .set(CONTAINER.STATUS, status)
          .set(CONTAINER.CREATED_AT, container.createdAt().getEpochSecond())
          .onConflict(CONTAINER.ID).doUpdate()
          .set(CONTAINER.CONTAINER_ID, container.dockerId())
          .set(CONTAINER.NAME, container.name())
          .set(CONTAINER.IMAGE, container.image())
          .set(CONTAINER.STATUS, status)
          .set(CONTAINER.CREATED_AT, container.createdAt().getEpochSecond())
          .execute();
    }
  }
}
