package dev.wnm.core.store;

import static dev.wnm.core.store.schema.Tables.CONTAINER;

import dev.wnm.spi.internal.Reason;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.PortRange;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The containers that nodes live in: rows of {@code container}. */
final class ContainerTable {
  private static final String RUNNING = "running";
  private static final String STOPPED = "stopped";

  /** The columns of texts. */
  static final List<String> TEXTS = List.of("container.container_id", "container.name", "container.image", "container.status");

  private ContainerTable() {}

  /** Those whose rows can be read. */
  static List<Container> all(Connection connection) throws SQLException {
    List<Container> containers = new ArrayList<>();
    read(connection, containers::add, (id, why) -> {});
    return containers;
  }

  /** A sentence for each row that cannot be read. */
  static List<String> problems(Connection connection) throws SQLException {
    List<String> problems = new ArrayList<>();
    read(connection, container -> {}, (id, why) -> problems.add("row " + id + " of table container cannot be read: " + why));
    return problems;
  }

  private static void read(Connection connection, Consumer<Container> good, BiConsumer<Long, String> bad) throws SQLException {
    Sql.each(connection, "SELECT id, container.container_id AS docker_id, name, image, status, created_at, port_range_start,"
        + " port_range_end, metrics_port_range_start, metrics_port_range_end, browser_port_start, browser_port_end, "
        + Cells.textOf(TEXTS) + " AS text FROM container LEFT JOIN group_ports ON group_ports.container_id = id ORDER BY id", row -> {
      long id = row.getLong("id");
      if (row.getLong("text") > Cells.MOST_TEXT) {
        bad.accept(id, "it holds more than " + Cells.MOST_TEXT + " bytes");
        return;
      }
      try {
        good.accept(container(id, row));
      } catch (RuntimeException e) {
        bad.accept(id, Reason.of(e));
      }
    });
  }

  private static Container container(long id, ResultSet row) throws SQLException {
    return new Container(Optional.of(Math.toIntExact(id)), row.getString("name"), row.getString("docker_id"), row.getString("image"),
        RUNNING.equals(row.getString("status")), Cells.seconds(row.getLong("created_at")),
        range(row, "port_range_start", "port_range_end"), range(row, "metrics_port_range_start", "metrics_port_range_end"),
        range(row, "browser_port_start", "browser_port_end"));
  }

  private static Optional<PortRange> range(ResultSet row, String start, String end) throws SQLException {
    Long first = Cells.number(row, start);
    Long last = Cells.number(row, end);
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

  /** Inserts or replaces those that are not yet so; call in a transaction. */
  static void save(Connection connection, Collection<Container> containers) throws SQLException {
    Set<Container> stored = Set.copyOf(all(connection));
    List<Container> changed = containers.stream().filter(container -> !stored.contains(container)).toList();
    Sql.upsert(connection, "container", "id", changed.stream().map(ContainerTable::columns).iterator());
    for (Container container : changed) {
      savePorts(connection, container.id().orElseThrow(), container);
    }
  }

  private static Map<String, @Nullable Object> columns(Container container) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("id", (long) container.id().orElseThrow());
    row.put("machine_id", MachineTable.ID);
    row.put("container_id", container.dockerId());
    row.put("name", container.name());
    row.put("image", container.image());
    row.put("status", container.running() ? RUNNING : STOPPED);
    row.put("created_at", container.createdAt().getEpochSecond());
    return row;
  }

  /** Ranges that another program put there are left alone. */
  private static void savePorts(Connection connection, long id, Container container) throws SQLException {
    if (container.isOfGroup()) {
      Sql.change(connection, "UPDATE container SET port_range_start = ?, port_range_end = ?, metrics_port_range_start = ?,"
          + " metrics_port_range_end = ? WHERE id = ?", first(container.nodePorts()), last(container.nodePorts()),
          first(container.metricsPorts()), last(container.metricsPorts()), id);
    }
    Sql.change(connection, "DELETE FROM group_ports WHERE container_id = ?", id);
    if (container.browserPorts().isPresent()) {
      Sql.change(connection, "INSERT INTO group_ports (container_id, browser_port_start, browser_port_end) VALUES (?, ?, ?)", id,
          first(container.browserPorts()), last(container.browserPorts()));
    }
  }
}
