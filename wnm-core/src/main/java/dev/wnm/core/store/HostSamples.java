package dev.wnm.core.store;

import dev.wnm.core.decision.Brakes;
import dev.wnm.core.decision.DecisionInput;
import dev.wnm.core.history.Course;
import dev.wnm.core.history.MachinePoint;
import dev.wnm.core.history.Measure;
import dev.wnm.core.history.Moment;
import dev.wnm.core.history.StatesPoint;
import dev.wnm.core.history.TimeRange;
import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.model.Version;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Samples of the host and of what decisions were made from, one a minute. A sample carries the time at which its minute began, so that the
 * table itself refuses a second one. What could not be measured, and what an earlier schema did not know, is NULL.
 */
final class HostSamples {
  private static final List<String> MEASURES = Arrays.stream(Measure.values()).map(Measure::key).toList();
  /** The states that are counted, by column. */
  private static final Map<NodeStatus, String> STATES = new EnumMap<>(Map.of(NodeStatus.RUNNING, "running_nodes", NodeStatus.STOPPED,
      "stopped_nodes", NodeStatus.RESTARTING, "restarting_nodes", NodeStatus.UPGRADING, "upgrading_nodes", NodeStatus.MIGRATING,
      "migrating_nodes", NodeStatus.REMOVING, "removing_nodes", NodeStatus.DEAD, "dead_nodes"));
  private static final Optional<String> FORBIDDEN_THEN = Optional.of("earlier failures forbade it then");

  private HostSamples() {}

  static void add(Connection connection, DecisionInput input, Instant at) throws SQLException {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("taken_at", Retention.slot(at, Retention.HOST_INTERVAL));
    for (Measure measure : Measure.values()) {
      OptionalDouble value = measure.of(input.host());
      row.put(measure.key(), value.isPresent() ? (Object) whole(value.getAsDouble()) : null);
    }
    FleetCounts fleet = input.fleet();
    row.put("total_nodes", fleet.total());
    row.put("running_nodes", fleet.running());
    row.put("stopped_nodes", fleet.stopped());
    row.put("restarting_nodes", fleet.restarting());
    row.put("upgrading_nodes", fleet.upgrading());
    row.put("migrating_nodes", fleet.migrating());
    row.put("removing_nodes", fleet.removing());
    row.put("dead_nodes", fleet.dead());
    row.put("backing_off_nodes", fleet.backingOff());
    row.put("waiting_nodes", fleet.waiting());
    row.put("hung_nodes", fleet.hung());
    row.put("held_up_nodes", fleet.heldUp());
    row.put("nodes_to_upgrade", fleet.outdated());
    row.put("antnode_version", fleet.antnodeVersion().map(Version::text).orElse(null));
    row.put("queen_node_version", fleet.queenVersion().map(Version::text).orElse(null));
    row.put("seconds_since_last_stop", input.sinceLastStop().map(Duration::toSeconds).orElse(null));
    row.put("nodes_beyond_cap", input.limits().beyondCap());
    row.put("rebooted", bit(input.rebooted()));
    row.put("no_upgrades", bit(input.brakes().upgrades().isPresent()));
    row.put("one_upgrade", bit(input.brakes().oneUpgrade()));
    row.put("no_adds", bit(input.brakes().adds().isPresent()));
    row.put("one_add", bit(input.brakes().oneAdd()));
    Sql.insert(connection, "INSERT OR IGNORE INTO host_sample", row);
  }

  /** SQLite keeps a whole number in fewer bytes. */
  private static Number whole(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return (long) value;
    }
    return value;
  }

  private static int bit(boolean value) {
    return value ? 1 : 0;
  }

  static Course<MachinePoint> machine(Connection connection, TimeRange range, Duration step) throws SQLException {
    String values = MEASURES.stream().map(column -> ", AVG(" + column + "), MAX(" + column + ")").collect(Collectors.joining());
    return new Course<>(step, Sql.rows(connection, "SELECT MIN(taken_at), COUNT(*)" + values + " FROM host_sample"
        + " WHERE taken_at >= ? AND taken_at < ? GROUP BY taken_at / ? ORDER BY 1", row -> {
          Map<Measure, MachinePoint.Spread> spreads = new EnumMap<>(Measure.class);
          for (Measure measure : Measure.values()) {
            int column = 3 + 2 * measure.ordinal();
            OptionalDouble mean = decimal(row, column);
            OptionalDouble highest = decimal(row, column + 1);
            if (mean.isPresent() && highest.isPresent()) {
              spreads.put(measure, new MachinePoint.Spread(mean.getAsDouble(), highest.getAsDouble()));
            }
          }
          return new MachinePoint(begin(row.getLong(1), step), row.getInt(2), spreads);
        }, range.from().getEpochSecond(), range.until().getEpochSecond(), step.toSeconds()));
  }

  /** Of each step the last sample: a number of nodes is no mean of others. */
  static Course<StatesPoint> states(Connection connection, TimeRange range, Duration step) throws SQLException {
    List<NodeStatus> states = List.copyOf(STATES.keySet());
    String counts = states.stream().map(state -> ", " + STATES.get(state)).collect(Collectors.joining());
    return new Course<>(step, Sql.rows(connection, "SELECT MAX(taken_at), total_nodes" + counts + " FROM host_sample"
        + " WHERE taken_at >= ? AND taken_at < ? GROUP BY taken_at / ? ORDER BY 1", row -> {
          Map<NodeStatus, Integer> byStatus = new EnumMap<>(NodeStatus.class);
          for (int i = 0; i < states.size(); i++) {
            int count = row.getInt(3 + i);
            if (!row.wasNull()) {
              byStatus.put(states.get(i), count);
            }
          }
          return new StatesPoint(Instant.ofEpochSecond(row.getLong(1)), row.getInt(2), byStatus);
        }, range.from().getEpochSecond(), range.until().getEpochSecond(), step.toSeconds()));
  }

  private static Instant begin(long time, Duration step) {
    return Instant.ofEpochSecond(time - Math.floorMod(time, step.toSeconds()));
  }

  /** Hands over those that hold all that a decision depends on. */
  static void moments(Connection connection, TimeRange range, Consumer<Moment> reader) throws SQLException {
    Sql.each(connection, "SELECT taken_at, " + String.join(", ", MEASURES) + ", total_nodes, running_nodes, stopped_nodes,"
        + " restarting_nodes, upgrading_nodes, migrating_nodes, removing_nodes, dead_nodes, backing_off_nodes, waiting_nodes, hung_nodes,"
        + " held_up_nodes, nodes_to_upgrade, antnode_version, queen_node_version, seconds_since_last_stop, nodes_beyond_cap, rebooted,"
        + " no_upgrades, one_upgrade, no_adds, one_add FROM host_sample WHERE taken_at >= ? AND taken_at < ? AND stopped_nodes IS NOT NULL"
        + " ORDER BY taken_at", row -> reader.accept(moment(row)), range.from().getEpochSecond(), range.until().getEpochSecond());
  }

  private static Moment moment(ResultSet row) throws SQLException {
    List<OptionalDouble> values = new ArrayList<>();
    for (int i = 0; i < MEASURES.size(); i++) {
      values.add(decimal(row, 2 + i));
    }
    HostMetrics host = new HostMetrics(Instant.EPOCH, "", values.get(Measure.LOAD_1.ordinal()), values.get(Measure.LOAD_5.ordinal()),
        values.get(Measure.LOAD_15.ordinal()), values.get(Measure.CPU.ordinal()), values.get(Measure.IO_WAIT.ordinal()),
        values.get(Measure.MEMORY.ordinal()), values.get(Measure.DISK.ordinal()), OptionalLong.empty(),
        whole(values.get(Measure.DISK_READS.ordinal())), whole(values.get(Measure.DISK_WRITES.ordinal())),
        whole(values.get(Measure.NET_READS.ordinal())), whole(values.get(Measure.NET_WRITES.ordinal())));
    FleetCounts fleet = new FleetCounts(count(row, "total_nodes"), count(row, "running_nodes"), count(row, "stopped_nodes"),
        count(row, "restarting_nodes"), count(row, "upgrading_nodes"), count(row, "migrating_nodes"), count(row, "removing_nodes"),
        count(row, "dead_nodes"), count(row, "backing_off_nodes"), count(row, "waiting_nodes"), count(row, "hung_nodes"),
        count(row, "held_up_nodes"), count(row, "nodes_to_upgrade"), version(row, "antnode_version"), version(row, "queen_node_version"));
    long since = row.getLong("seconds_since_last_stop");
    Optional<Duration> sinceLastStop = row.wasNull() ? Optional.empty() : Optional.of(Duration.ofSeconds(Math.max(0, since)));
    return new Moment(Instant.ofEpochSecond(row.getLong(1)), host, fleet, sinceLastStop, row.getInt("rebooted") != 0,
        new Brakes(forbidden(row, "no_upgrades"), row.getInt("one_upgrade") != 0, forbidden(row, "no_adds"), row.getInt("one_add") != 0,
            Optional.empty()), count(row, "nodes_beyond_cap"));
  }

  private static Optional<String> forbidden(ResultSet row, String column) throws SQLException {
    return row.getInt(column) != 0 ? FORBIDDEN_THEN : Optional.empty();
  }

  private static int count(ResultSet row, String column) throws SQLException {
    return Math.max(0, row.getInt(column));
  }

  private static Optional<Version> version(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).flatMap(Version::parse);
  }

  private static OptionalDouble decimal(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static OptionalLong whole(OptionalDouble value) {
    return value.isPresent() ? OptionalLong.of((long) value.getAsDouble()) : OptionalLong.empty();
  }
}
