package dev.wnm.core.store;

import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.Version;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Machines, nodes and database files for the tests of this package. */
public final class Colonies {
  static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private Colonies() {}

  /** A value for each column of {@code machine} that has no default, and a setting that has no column. */
  static Map<String, String> machine() {
    Map<String, String> values = new LinkedHashMap<>();
    for (String number : List.of("cpu_count", "node_cap", "cpu_less_than", "mem_less_than", "hd_less_than",
        "hdio_read_less_than", "hdio_write_less_than", "netio_read_less_than", "netio_write_less_than", "cpu_remove",
        "mem_remove", "hd_remove", "hdio_read_remove", "hdio_write_remove", "netio_read_remove", "netio_write_remove",
        "delay_start", "delay_upgrade", "delay_remove", "port_start", "metrics_port_start", "last_stopped_at", "crisis_bytes",
        "max_concurrent_upgrades", "max_concurrent_starts", "max_concurrent_removals")) {
      values.put(number, "7");
    }
    values.putAll(Map.of("max_load_average_allowed", "8.0", "desired_load_average", "4.8", "node_storage", "/nodes",
        "rewards_address", "0x1", "donate_address", "0x2", "host", "127.0.0.1", "node_removal_strategy", "youngest"));
    values.put("setting_without_column", "x y");
    return values;
  }

  static Node node(int id) {
    Path root = Path.of("/nodes/antnode%04d".formatted(id));
    return Node.builder(id, "setsid+user", NodePlacement.of("antnode%04d".formatted(id), root),
        NodePorts.of(55_000 + id, 13_000 + id).withRpc(30_000 + id)).user("ant").version(Version.parse("0.4.7"))
        .wallet("0x" + "a".repeat(40)).status(NodeStatus.RUNNING, NOW).metrics(metrics()).createdAt(NOW).build();
  }

  /** All reported, and all zero. */
  private static NodeMetrics metrics() {
    return new NodeMetrics(Arrays.stream(NodeMetric.values()).collect(Collectors.toMap(metric -> metric, metric -> 0L)),
        Optional.of(BigInteger.ZERO));
  }

  static List<Node> nodes(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Colonies::node).toList();
  }

  static HostMetrics host() {
    return new HostMetrics(NOW, "boot", 1, 2, 3, 40.5, 1.5, 50, 60, 1_000_000, 1, 2, 3, 4);
  }

  /** A store with a machine. */
  public static ColonyStore initialised(Path file) {
    ColonyStore store = ColonyStore.open(file, CLOCK);
    store.createMachine(machine());
    return store;
  }

  /** Looks into a file, or changes it, behind the store's back. */
  static Connection plain(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  static void run(Path file, String... statements) throws SQLException {
    try (Connection connection = plain(file)) {
      for (String statement : statements) {
        Sql.run(connection, statement);
      }
    }
  }

  static List<String> texts(Path file, String sql) throws SQLException {
    try (Connection connection = plain(file)) {
      return Sql.texts(connection, sql);
    }
  }
}
