package dev.wnm.core.store;

import static dev.wnm.core.store.schema.Tables.CONTAINER;
import static dev.wnm.core.store.schema.Tables.GROUP_PORTS;

import dev.wnm.core.store.schema.tables.records.ContainerRecord;
import dev.wnm.core.store.schema.tables.records.GroupPortsRecord;
import dev.wnm.spi.internal.Reason;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.PortRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** The containers that nodes live in: rows of {@code container}. */
final class ContainerTable {
  private static final String RUNNING = "running";
  private static final String STOPPED = "stopped";

  private static final Field<Long> TEXT = Cells.textOf(CONTAINER);

  private ContainerTable() {}

  /** Those whose rows can be read. */
  static List<Container> all(DSLContext sql) {
    List<Container> containers = new ArrayList<>();
    read(sql, containers::add, (id, why) -> {});
    return containers;
  }

  /** A sentence for each row that cannot be read. */
  static List<String> problems(DSLContext sql) {
    List<String> problems = new ArrayList<>();
    read(sql, container -> {}, (id, why) -> problems.add("row " + id + " of table container cannot be read: " + why));
    return problems;
  }

  private static void read(DSLContext sql, Consumer<Container> good, BiConsumer<Long, String> bad) {
    Map<Long, GroupPortsRecord> browsers = sql.selectFrom(GROUP_PORTS).fetchMap(GROUP_PORTS.CONTAINER_ID);
    sql.selectFrom(CONTAINER).where(TEXT.le((long) Cells.MOST_TEXT)).orderBy(CONTAINER.ID).forEach(row -> {
      try {
        good.accept(container(row, browsers.get(row.getId())));
      } catch (RuntimeException e) {
        bad.accept(row.getId(), Reason.of(e));
      }
    });
    sql.select(CONTAINER.ID).from(CONTAINER).where(TEXT.gt((long) Cells.MOST_TEXT)).forEach(row ->
        bad.accept(row.value1(), "it holds more than " + Cells.MOST_TEXT + " bytes"));
  }

  private static Container container(ContainerRecord row, @Nullable GroupPortsRecord browsers) {
    return new Container(Optional.of(Math.toIntExact(row.getId())), row.getName(), row.getContainerId(), row.getImage(),
        RUNNING.equals(row.getStatus()), Cells.seconds(row.getCreatedAt()),
        range(row.getPortRangeStart(), row.getPortRangeEnd()),
        range(row.getMetricsPortRangeStart(), row.getMetricsPortRangeEnd()),
        browsers == null ? Optional.empty() : range(browsers.getBrowserPortStart(), browsers.getBrowserPortEnd()));
  }

  private static Optional<PortRange> range(Long first, Long last) {
    return first == null || last == null ? Optional.empty() : Optional.of(new PortRange(Math.toIntExact(first), Math.toIntExact(last)));
  }

  private static @Nullable Long first(Optional<PortRange> range) {
    return range.map(ports -> (long) ports.first()).orElse(null);
  }

  private static @Nullable Long last(Optional<PortRange> range) {
    return range.map(ports -> (long) ports.last()).orElse(null);
  }

  static void delete(DSLContext sql, Collection<Integer> ids) {
    sql.deleteFrom(CONTAINER).where(CONTAINER.ID.in(ids.stream().map(Integer::longValue).toList())).execute();
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
      savePorts(sql, id, container);
    }
  }

  /** Ranges that another program put there are left alone. */
  private static void savePorts(DSLContext sql, long id, Container container) {
    if (container.isOfGroup()) {
      sql.update(CONTAINER)
          .set(CONTAINER.PORT_RANGE_START, first(container.nodePorts()))
          .set(CONTAINER.PORT_RANGE_END, last(container.nodePorts()))
          .set(CONTAINER.METRICS_PORT_RANGE_START, first(container.metricsPorts()))
          .set(CONTAINER.METRICS_PORT_RANGE_END, last(container.metricsPorts()))
          .where(CONTAINER.ID.eq(id)).execute();
    }
    sql.deleteFrom(GROUP_PORTS).where(GROUP_PORTS.CONTAINER_ID.eq(id)).execute();
    container.browserPorts().ifPresent(ports -> sql.insertInto(GROUP_PORTS).set(GROUP_PORTS.CONTAINER_ID, id)
        .set(GROUP_PORTS.BROWSER_PORT_START, (long) ports.first()).set(GROUP_PORTS.BROWSER_PORT_END, (long) ports.last()).execute());
  }
}
