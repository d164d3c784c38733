package dev.wnm.core.store;

import dev.wnm.core.decision.DecisionEngine;
import dev.wnm.core.decision.DecisionInput;
import dev.wnm.core.history.CycleRecord;
import dev.wnm.core.history.DecisionQuery;
import dev.wnm.core.history.History;
import dev.wnm.core.history.HistoryLimits;
import dev.wnm.core.history.OperationQuery;
import dev.wnm.core.history.TimeRange;
import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.spi.model.Version;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Fills a database with 30 days of a fleet as cycles would have left it, thins it, and measures its size, queries for several ranges, what a
 * cycle writes, and thinning where nothing is due. Run from the project's root, with the number of nodes (1,000 when not given):
 *
 * <pre>{@code
 * mvn -q -pl wnm-core -am test-compile dependency:build-classpath -Dmdep.outputFile=/tmp/wnm.cp
 * java -cp "wnm-core/target/classes:wnm-core/target/test-classes:$(cat /tmp/wnm.cp)" dev.wnm.core.store.HistoryBench 1000
 * }</pre>
 */
public final class HistoryBench {
  private static final int DAYS = 30;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int ROUNDS = 9;
  private static final HistoryLimits LIMITS = new HistoryLimits(Duration.ofDays(365), 1_000_000_000_000L);

  private HistoryBench() {}

  public static void main(String[] args) throws IOException, SQLException {
    int nodes = args.length == 0 ? 1_000 : Integer.parseInt(args[0]);
    Path folder = Files.createTempDirectory("wnm-history-bench");
    Path file = folder.resolve("colony.db");
    Instant now = Instant.parse("2026-11-30T12:00:00Z");
    Instant begin = now.minus(Duration.ofDays(DAYS));
    ColonyStore.open(file, Clock.fixed(now, ZoneOffset.UTC)).close();
    long start = System.nanoTime();
    try (Connection connection = Colonies.plain(file)) {
      Sql.run(connection, "PRAGMA synchronous = OFF");
      Sql.run(connection, "BEGIN");
      fill(connection, nodes, begin, now);
      Sql.run(connection, "COMMIT");
      System.out.printf(Locale.ROOT, "filled in %.1f s%n", (System.nanoTime() - start) / 1e9);
    }
    try (ColonyStore store = ColonyStore.open(file, Clock.fixed(now, ZoneOffset.UTC))) {
      System.out.printf(Locale.ROOT, "first thinning: %.0f ms%n", millis(() -> thin(store, now)));
      time("thinning with nothing due", () -> thin(store, now));
      time("what a cycle with nothing to do writes", () -> {
        store.recordCycle(cycle(now, nodes, 41.5), OptionalLong.empty(), MINUTE, PastCycles.COUNTERS);
        return 1;
      });
      History history = store.history();
      for (int days : List.of(0, 1, 7, 30)) {
        Duration length = days == 0 ? Duration.ofHours(1) : Duration.ofDays(days);
        TimeRange range = TimeRange.last(length, now);
        String of = days == 0 ? "1 h" : days + " d";
        time(of + " machine, 300 points", () -> history.machine(range, 300).points().size());
        time(of + " all nodes by state, 300 points", () -> history.states(range, 300).points().size());
        time(of + " one node, 300 points", () -> history.node(nodes / 2, range, 300).points().size());
        time(of + " decisions, newest 500", () -> history.decisions(DecisionQuery.of(range, 500)).size());
        time(of + " decisions acted on, newest 500", () ->
            history.decisions(new DecisionQuery(range, DecisionQuery.Which.ACTED_ON, 500)).size());
        time(of + " operations, newest 500", () -> history.operations(OperationQuery.of(range, 500)).size());
        time(of + " life of one node", () -> history.life(nodes / 2, range, 300).operations().size());
        time(of + " all moments for a replay", () -> {
          int[] count = {0};
          history.moments(range, moment -> count[0]++);
          return count[0];
        });
      }
    }
    try (Connection connection = Colonies.plain(file)) {
      for (String table : List.of("host_sample", "node_sample", "decision", "operation", "incident")) {
        System.out.printf(Locale.ROOT, "%s: %,d rows%n", table, Sql.number(connection, "SELECT COUNT(*) FROM " + table));
      }
      long free = Sql.number(connection, "PRAGMA freelist_count") * Sql.number(connection, "PRAGMA page_size");
      System.out.printf(Locale.ROOT, "file: %.1f MB, of which %.1f MB hold something%n", Files.size(file) / 1e6, (Files.size(file) - free) / 1e6);
    }
    System.out.println("it is in " + folder);
  }

  private static int thin(ColonyStore store, Instant now) {
    store.thin(now, LIMITS);
    return 0;
  }

  /** As dense as history of each age is: what would have been thinned long ago is not written first. */
  private static void fill(Connection connection, int nodes, Instant begin, Instant now) throws SQLException {
    Random random = new Random(7);
    List<Node> fleet = new ArrayList<>();
    for (int id = 1; id <= nodes; id++) {
      fleet.add(Colonies.node(id));
    }
    try (PreparedStatement operation = connection.prepareStatement("INSERT INTO operation (kind, node_id, service, plan, opened_at, closed_at,"
        + " outcome, detail, decision_id, reason) VALUES (?, ?, ?, ?, ?, ?, 'DONE', '', ?, ?)");
        PreparedStatement incident = connection.prepareStatement("INSERT INTO incident (node_id, service, kind, seen_at, cause)"
            + " VALUES (?, ?, 'DIED', ?, 'its process ended: killed by signal 9')")) {
      int minute = 0;
      for (Instant at = begin; at.isBefore(now); at = at.plus(MINUTE)) {
        double cpu = 45 + 12 * Math.sin(minute / 180.0) + random.nextGaussian();
        CycleRecord cycle = cycle(at, nodes, cpu);
        long decision = DecisionTable.add(connection, cycle);
        Duration age = Duration.between(at, now);
        if (age.compareTo(Duration.ofDays(7)) <= 0 || minute % 10 == 0) {
          HostSamples.add(connection, cycle.input(), at);
        }
        if (age.compareTo(Duration.ofDays(1)) <= 0 ? minute % 10 == 0 : minute % 60 == 0) {
          NodeSamples.add(connection, fleet.stream().map(node -> grown(node, random)).toList(), at);
        }
        if (minute % 4 == 0) {
          int id = 1 + random.nextInt(nodes);
          operation.setString(1, minute % 8 == 0 ? "START" : "STOP");
          operation.setLong(2, id);
          operation.setString(3, "antnode%04d".formatted(id));
          operation.setString(4, "{\"id\":" + id + ",\"managerType\":\"setsid+user\",\"plan\":\"" + "x".repeat(450) + "\"}");
          operation.setLong(5, at.getEpochSecond());
          operation.setLong(6, at.getEpochSecond() + 2);
          operation.setLong(7, decision);
          operation.setString(8, "CPU 71.3 % is above cpu_remove 70 %, load over 1 minute 8.11 is above max_load_average_allowed 8");
          operation.executeUpdate();
        }
        if (minute % 9 == 0) {
          int id = 1 + random.nextInt(nodes);
          incident.setLong(1, id);
          incident.setString(2, "antnode%04d".formatted(id));
          incident.setLong(3, at.getEpochSecond());
          incident.executeUpdate();
        }
        minute++;
      }
    }
  }

  private static Node grown(Node node, Random random) {
    Map<NodeMetric, Long> values = new HashMap<>();
    values.put(NodeMetric.RECORDS, 4_000L + random.nextInt(9_000));
    values.put(NodeMetric.CONNECTED_PEERS, 50L + random.nextInt(200));
    values.put(NodeMetric.SHUNNED, (long) random.nextInt(30));
    values.put(NodeMetric.MEM, 15_000L + random.nextInt(20_000));
    values.put(NodeMetric.CPU, (long) random.nextInt(900));
    values.put(NodeMetric.RESTARTS, (long) random.nextInt(9));
    return node.withMetrics(new NodeMetrics(values, Optional.of(BigInteger.valueOf(random.nextLong() >>> 8))));
  }

  private static CycleRecord cycle(Instant at, int nodes, double cpu) {
    FleetCounts fleet = new FleetCounts(nodes, nodes - 7, 4, 1, 1, 0, 1, 0, 1, 1, 0, 0, 3, Version.parse("0.4.18"), Version.parse("0.4.17"));
    HostMetrics host = new HostMetrics(at, "b", cpu / 9.7, cpu / 9.9, cpu / 10.1, cpu, 1.37, 55.31, 61.77, 1_000_000, 123_456, 654_321,
        9_876_543, 8_765_432);
    DecisionInput input = new DecisionInput(PastCycles.LIMITS, host, fleet, Optional.of(Duration.ofHours(2)), false);
    return new CycleRecord(at, input, DecisionEngine.outlook(input), Map.of("node_cap", "10", "cpu_less_than", "50"));
  }

  private static double millis(Supplier<Integer> work) {
    long start = processorTime();
    work.get();
    return (processorTime() - start) / 1e6;
  }

  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void time(String what, Supplier<Integer> work) {
    double first = millis(work);
    List<Double> processor = new ArrayList<>();
    List<Double> clock = new ArrayList<>();
    int found = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      long busy = processorTime();
      found = work.get();
      processor.add((processorTime() - busy) / 1e6);
      clock.add((System.nanoTime() - start) / 1e6);
    }
    processor.sort(Double::compare);
    clock.sort(Double::compare);
    System.out.printf(Locale.ROOT, "%-42s processor: cold %6.1f ms, warm %6.1f ms; clock: best %6.1f ms, median %6.1f ms; %d found%n", what,
        first, processor.get(ROUNDS / 2), clock.get(0), clock.get(ROUNDS / 2), found);
  }
}
