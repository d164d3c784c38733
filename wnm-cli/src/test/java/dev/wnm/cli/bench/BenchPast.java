package dev.wnm.cli.bench;

import dev.wnm.core.decision.DecisionEngine;
import dev.wnm.core.decision.DecisionInput;
import dev.wnm.core.decision.Outlook;
import dev.wnm.core.decision.PlannedAction;
import dev.wnm.core.history.CycleRecord;
import dev.wnm.core.model.DecisionLimits;
import dev.wnm.core.model.DecisionLimits.Band;
import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.HostCounters;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.Incident;
import dev.wnm.core.model.Motive;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.store.NodeChange;
import dev.wnm.spi.model.Version;
import dev.wnm.testkit.ManualClock;
import dev.wnm.testkit.antnode.StandInAntnode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * A week that a simulated colony could have had: it grows to its cap, gives way at the busiest hour of each day and comes back, and now and
 * then a node dies. Its decisions are those that the engine makes from the numbers; so the page has something to show and to replay.
 */
final class BenchPast {
  private static final Duration LENGTH = Duration.ofDays(7);
  private static final Duration BETWEEN_CYCLES = Duration.ofMinutes(10);
  private static final Duration BETWEEN_SAMPLES = Duration.ofHours(6);
  private static final int MISSING_AT_FIRST = 120;
  /** How many nodes come in a cycle, or go. */
  private static final int PACE = 4;
  private static final int CYCLES_BETWEEN_DEATHS = 37;

  private final ColonyStore store;
  private final ManualClock clock;
  private final List<Node> nodes;
  private final DecisionLimits limits;
  private final Map<String, String> settings;
  private final Random random = new Random(7);
  private int running;

  private BenchPast(ColonyStore store, ManualClock clock, List<Node> nodes) {
    this.store = store;
    this.clock = clock;
    this.nodes = nodes;
    int cap = nodes.size();
    limits = new DecisionLimits(cap, new Band(60, 75), new Band(75, 90), new Band(80, 90), new Band(12, 20), new Band(0, 0), new Band(0, 0),
        new Band(0, 0), new Band(0, 0), new DecisionLimits.Concurrency(PACE, PACE, PACE, PACE), Duration.ZERO, true, 0);
    settings = Map.of("node_cap", Integer.toString(cap), "cpu_less_than", "60", "cpu_remove", "75", "mem_less_than", "75", "mem_remove", "90",
        "hd_less_than", "80", "hd_remove", "90", "desired_load_average", "12", "max_load_average_allowed", "20", "max_concurrent_starts", Integer.toString(PACE));
    running = cap - Math.min(MISSING_AT_FIRST, cap / 2);
  }

  /** Writes it into the database of a colony whose nodes are there. */
  static void fill(Path database) {
    ManualClock clock = new ManualClock(Instant.now().minus(LENGTH));
    try (ColonyStore store = ColonyStore.openExisting(database, clock)) {
      new BenchPast(store, clock, store.nodes()).live(Instant.now());
    }
  }

  private void live(Instant now) {
    Instant sampled = Instant.EPOCH;
    for (int cycle = 0; clock.instant().isBefore(now); cycle++) {
      decide(cycle);
      if (cycle % CYCLES_BETWEEN_DEATHS == 0) {
        die();
      }
      if (!clock.instant().isBefore(sampled.plus(BETWEEN_SAMPLES))) {
        sampled = clock.instant();
        store.recordSurvey(nodes.stream().map(this::grown).toList(), sampled);
      }
      clock.advance(BETWEEN_CYCLES);
    }
  }

  private void decide(int cycle) {
    Instant at = clock.instant();
    int stopped = nodes.size() - running;
    Version version = new Version(StandInAntnode.VERSION.text());
    FleetCounts fleet = new FleetCounts(nodes.size(), running, stopped, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Optional.of(version), Optional.of(version));
    DecisionInput input = new DecisionInput(limits, host(at), fleet, Optional.of(Duration.ofDays(1)), false);
    Outlook outlook = DecisionEngine.outlook(input);
    CycleRecord record = new CycleRecord(at, input, outlook, settings);
    long decision = store.recordDecision(record);
    for (PlannedAction action : outlook.decision().actions()) {
      carryOut(action, decision, cycle);
    }
    store.recordCycle(record, OptionalLong.of(decision), Duration.ofMillis(800L + random.nextInt(900)), new HostCounters("boot", at, Map.of()));
  }

  private void carryOut(PlannedAction action, long decision, int cycle) {
    for (int i = 0; i < Math.min(PACE, action.count()); i++) {
      switch (action.type()) {
        case START, ADD -> operate(OperationKind.START, running++, action, decision, cycle);
        case STOP -> operate(OperationKind.STOP, --running, action, decision, cycle);
        default -> { }
      }
    }
  }

  private void operate(OperationKind kind, int index, PlannedAction action, long decision, int cycle) {
    Node node = nodes.get(index);
    boolean fails = kind == OperationKind.START && (index + cycle) % 29 == 0;
    long operation = store.beginAll(kind, List.of(new ColonyStore.Beginning(node.id(), node.service(), "{}")),
        new Motive(action.reason(), OptionalLong.of(decision), ""), Map.of()).get(0);
    store.finish(operation, !fails, fails ? "it did not answer within 60 s" : "", NodeChange.keep());
  }

  private void die() {
    Node node = nodes.get(random.nextInt(nodes.size()));
    store.record(List.of(new Incident(node.id(), node.service(), Incident.Kind.DIED, clock.instant(), "its process ended: killed by signal 9")));
  }

  private HostMetrics host(Instant at) {
    double hour = at.atZone(ZoneOffset.UTC).getHour() + at.atZone(ZoneOffset.UTC).getMinute() / 60.0;
    double busy = Math.exp(-Math.pow((hour - 19) / 2.2, 2));
    double cpu = 46 + 33 * busy + 1.5 * random.nextGaussian();
    double load = 7 + 7 * busy + 0.3 * random.nextGaussian();
    double disk = 52 + 8.0 * (1 - Duration.between(at, Instant.now()).toMinutes() / (double) LENGTH.toMinutes());
    return new HostMetrics(at.minus(LENGTH), "boot", load, load, load, cpu, 1.2 + random.nextDouble(), 58 + 6 * busy + random.nextGaussian() * 0.4, disk,
        4_000_000_000_000L, 1_000_000 + random.nextInt(300_000), 9_000_000 + random.nextInt(4_000_000), 30_000_000 + random.nextInt(9_000_000),
        24_000_000 + random.nextInt(8_000_000));
  }

  private Node grown(Node node) {
    double part = 1 - Duration.between(clock.instant(), Instant.now()).toMinutes() / (double) LENGTH.toMinutes();
    Map<NodeMetric, Long> values = new HashMap<>();
    values.put(NodeMetric.RECORDS, (long) (1_500 + 3_000 * part + random.nextInt(150)));
    values.put(NodeMetric.CONNECTED_PEERS, 150L + random.nextInt(80));
    values.put(NodeMetric.SHUNNED, (long) random.nextInt(4));
    values.put(NodeMetric.MEM, 9_000 + (long) (3_000 * part) + random.nextInt(1_500));
    values.put(NodeMetric.CPU, 60L + random.nextInt(200));
    return node.withMetrics(new NodeMetrics(values, Optional.of(BigInteger.valueOf(random.nextInt(2_000_000_000)))));
  }
}
