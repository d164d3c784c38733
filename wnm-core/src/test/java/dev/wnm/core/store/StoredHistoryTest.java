package dev.wnm.core.store;

import static dev.wnm.core.store.Colonies.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wnm.core.decision.ActionType;
import dev.wnm.core.decision.Brakes;
import dev.wnm.core.decision.DecisionEngine;
import dev.wnm.core.decision.DecisionInput;
import dev.wnm.core.decision.Feature;
import dev.wnm.core.history.Course;
import dev.wnm.core.history.CycleRecord;
import dev.wnm.core.history.DecisionQuery;
import dev.wnm.core.history.History;
import dev.wnm.core.history.MachinePoint;
import dev.wnm.core.history.Measure;
import dev.wnm.core.history.Moment;
import dev.wnm.core.history.NodeLife;
import dev.wnm.core.history.OperationQuery;
import dev.wnm.core.history.PastDecision;
import dev.wnm.core.history.PastOperation;
import dev.wnm.core.history.StatesPoint;
import dev.wnm.core.history.TimeRange;
import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.Incident;
import dev.wnm.core.model.Motive;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import dev.wnm.spi.model.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredHistoryTest {
  private static final FleetCounts FULL = fleet(10, 10);
  private static final TimeRange ALL = new TimeRange(NOW.minus(Duration.ofDays(60)), NOW.plus(Duration.ofDays(1)));
  private static final TimeRange DAY = new TimeRange(NOW, NOW.plus(Duration.ofDays(1)));

  @TempDir
  Path folder;
  private Path file;
  private ColonyStore store;
  private History history;

  @BeforeEach
  void open() {
    file = folder.resolve("colony.db");
    store = Colonies.initialised(file);
    history = store.history();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static FleetCounts fleet(int total, int running) {
    return new FleetCounts(total, running, total - running, 0, 0, 0, 0, 0, 0, 0, 0, Optional.empty(), Optional.empty());
  }

  private static HostMetrics cpu(double percent) {
    return new HostMetrics(NOW, "boot", 1, 1, 1, percent, 1.5, 50, 60, 1_000_000, 1, 2, 3, 4);
  }

  private void cycle(Instant at, HostMetrics host, FleetCounts fleet) {
    store.recordCycle(PastCycles.of(at, host, fleet), OptionalLong.empty(), Duration.ofMillis(1_500), PastCycles.COUNTERS);
  }

  private long act(Instant at, CycleRecord cycle, OperationKind kind, int node) {
    long decision = store.recordDecision(cycle);
    List<Long> begun = store.beginAll(kind, List.of(new ColonyStore.Beginning(node, "antnode%04d".formatted(node), "{}")),
        new Motive("room", OptionalLong.of(decision), ""), Map.of());
    store.finish(begun.get(0), true, "", NodeChange.keep());
    store.recordCycle(cycle, OptionalLong.of(decision), Duration.ofSeconds(at.getEpochSecond() % 7), PastCycles.COUNTERS);
    return decision;
  }

  @Test
  void decisionsThatDifferInFiguresOnlyAreCountedAndTheLastFiguresAreKept() {
    for (int minute = 0; minute < 30; minute++) {
      cycle(NOW.plus(Duration.ofMinutes(minute)), cpu(40 + minute / 10.0), FULL);
    }

    PastDecision decision = only(history.decisions(DecisionQuery.of(ALL, 10)));
    assertThat(decision.times()).isEqualTo(30);
    assertThat(decision.first()).isEqualTo(NOW);
    assertThat(decision.last()).isEqualTo(NOW.plus(Duration.ofMinutes(29)));
    assertThat(decision.numbers()).containsEntry("used_cpu_percent", 42.9).containsEntry("total_nodes", 10.0)
        .containsEntry("seconds_since_last_stop", 7_200.0);
    assertThat(decision.features().has(Feature.ALLOW_CPU)).isTrue();
    assertThat(decision.features().has(Feature.ALLOW_NODE_CAP)).isFalse();
    assertThat(decision.actions()).singleElement().satisfies(action -> assertThat(action.type()).isEqualTo(ActionType.SURVEY));
    assertThat(decision.notMore()).contains("there are as many nodes as node_cap 10");
    assertThat(decision.took()).contains(Duration.ofMillis(1_500));
  }

  @Test
  void anotherDecisionAndOneAfterALongPauseStandForThemselves() {
    cycle(NOW, cpu(40), FULL);
    cycle(NOW.plusSeconds(60), cpu(60), FULL);
    cycle(NOW.plusSeconds(120), cpu(40), FULL);
    cycle(NOW.plus(Duration.ofHours(2)), cpu(40), FULL);

    assertThat(history.decisions(DecisionQuery.of(ALL, 10))).extracting(PastDecision::times).containsExactly(1, 1, 1, 1);
    assertThat(history.decisions(DecisionQuery.of(ALL, 2))).extracting(PastDecision::last)
        .containsExactly(NOW.plus(Duration.ofHours(2)), NOW.plusSeconds(120));
  }

  @Test
  void aDecisionThatSomethingWasDoneForIsNotCountedAgain() {
    CycleRecord first = PastCycles.of(NOW, cpu(40), fleet(8, 8));
    CycleRecord second = PastCycles.of(NOW.plusSeconds(60), cpu(41), fleet(8, 8));
    long one = act(NOW, first, OperationKind.ADD, 9);
    long two = act(NOW.plusSeconds(60), second, OperationKind.ADD, 10);
    cycle(NOW.plusSeconds(120), cpu(60), fleet(8, 8));

    assertThat(two).isNotEqualTo(one);
    assertThat(history.decisions(new DecisionQuery(ALL, DecisionQuery.Which.ACTED_ON, 10))).extracting(PastDecision::id)
        .containsExactly(two, one);
    assertThat(history.decision(one).orElseThrow().actions()).singleElement().satisfies(action ->
        assertThat(action.reason()).contains("8 nodes are fewer than node_cap 10"));
    assertThat(history.operations(OperationQuery.of(ALL, 10).following(Set.of(one)))).singleElement().satisfies(operation -> {
      assertThat(operation.nodeId()).isEqualTo(9);
      assertThat(operation.motive()).isEqualTo(new Motive("room", OptionalLong.of(one), ""));
    });
  }

  @Test
  void operationsAreFoundByNodeKindAndEnding() {
    long open = store.begin(OperationKind.START, 3, "antnode0003", "{}", Map.of());
    long failed = store.begin(OperationKind.DECOMMISSION, 4, "antnode0004", "{}", Map.of());
    store.finish(failed, false, "it hung", NodeChange.keep());
    store.finish(store.begin(OperationKind.STOP, 3, "antnode0003", "{}", Map.of()), true, "", NodeChange.keep());
    OperationQuery all = OperationQuery.of(ALL, 10);

    assertThat(history.operations(all)).extracting(PastOperation::kind)
        .containsExactly(OperationKind.STOP, OperationKind.DECOMMISSION, OperationKind.START);
    assertThat(history.operations(all.on(Set.of(3)))).hasSize(2);
    assertThat(history.operations(all.of(Set.of(OperationKind.DECOMMISSION)))).singleElement()
        .extracting(PastOperation::detail).isEqualTo("it hung");
    assertThat(history.operations(all.ended(Set.of(PastOperation.Ending.OPEN)))).singleElement()
        .extracting(PastOperation::id).isEqualTo(open);
    assertThat(history.operations(all.on(Set.of(3)).ended(Set.of(PastOperation.Ending.FAILED)))).isEmpty();
  }

  @Test
  void aCourseIsThinnedWithoutHidingItsPeaksAndWithoutInventingWhatIsMissing() {
    for (int minute = 0; minute < 240; minute++) {
      if (minute < 60 || minute >= 120) {
        cycle(NOW.minus(Duration.ofMinutes(240 - minute)), cpu(minute == 33 ? 95 : 40), fleet(10, minute < 60 ? 9 : 8));
      }
    }
    TimeRange range = new TimeRange(NOW.minus(Duration.ofHours(4)), NOW);

    Course<MachinePoint> course = history.machine(range, 8);
    assertThat(course.step()).isEqualTo(Duration.ofMinutes(30));
    assertThat(course.points()).hasSize(6);
    assertThat(course.points()).extracting(MachinePoint::samples).containsOnly(30);
    MachinePoint.Spread peak = course.points().get(1).values().get(Measure.CPU);
    assertThat(peak.highest()).isEqualTo(95);
    assertThat(peak.mean()).isCloseTo(40 + 55 / 30.0, within(1e-9));
    assertThat(course.points().get(1).at()).isEqualTo(range.from().plus(Duration.ofMinutes(30)));
    assertThat(history.states(range, 8).points()).extracting(point -> point.byStatus().get(NodeStatus.RUNNING))
        .containsExactly(9, 9, 8, 8, 8, 8);
    assertThat(history.machine(range, 100_000).step()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void whatCouldNotBeMeasuredIsMissingAndSamplesOfAnEarlierSchemaAreNoMoments() throws Exception {
    HostMetrics known = cpu(40);
    cycle(NOW, new HostMetrics(NOW, "", known.loadAverage1(), OptionalDouble.empty(), known.loadAverage15(), known.usedCpuPercent(),
        known.ioWaitPercent(), OptionalDouble.empty(), known.usedDiskPercent(), known.totalDiskBytes(), OptionalLong.empty(),
        known.diskWriteBytesPerSecond(), known.netReadBytesPerSecond(), known.netWriteBytesPerSecond()), FULL);
    Colonies.run(file, "INSERT INTO host_sample (taken_at, used_cpu_percent, total_nodes, running_nodes) VALUES ("
        + NOW.minusSeconds(600).getEpochSecond() + ", 12.5, 4, 3)");

    List<MachinePoint> points = history.machine(ALL, 1_000_000).points();
    assertThat(points.get(0).values()).containsOnlyKeys(Measure.CPU);
    assertThat(points.get(1).values()).doesNotContainKeys(Measure.MEMORY, Measure.LOAD_5, Measure.DISK_READS).hasSize(8);
    assertThat(history.states(ALL, 1_000_000).points()).first()
        .isEqualTo(new StatesPoint(NOW.minusSeconds(600), 4, Map.of(NodeStatus.RUNNING, 3)));
    assertThat(moments()).singleElement().satisfies(moment -> assertThat(moment.host().usedMemoryPercent()).isEmpty());
  }

  @Test
  void aMomentHoldsAllThatTheDecisionWasMadeFrom() {
    DecisionInput input = new DecisionInput(PastCycles.LIMITS.withMoreNodes(1), cpu(40.25),
        new FleetCounts(30, 12, 5, 1, 2, 0, 3, 4, 2, 1, 1, 1, 6, Version.parse("0.4.18"), Version.parse("0.4.17")),
        Optional.of(Duration.ofSeconds(77)), true, new Brakes(Optional.of("x"), true, Optional.of("y"), true, Optional.empty()));
    store.recordCycle(new CycleRecord(NOW, input, DecisionEngine.outlook(input), Map.of()), OptionalLong.empty(), Duration.ZERO,
        PastCycles.COUNTERS);

    Moment moment = only(moments());
    assertThat(moment.at()).isEqualTo(NOW);
    assertThat(moment.fleet()).isEqualTo(input.fleet());
    assertThat(DecisionEngine.decide(moment.under(PastCycles.LIMITS))).isEqualTo(DecisionEngine.decide(input));
    for (Measure measure : Measure.values()) {
      assertThat(measure.of(moment.host())).isEqualTo(measure.of(input.host()));
    }
  }

  @Test
  void settingsAreKeptEachTimeTheyAreOthers() {
    for (int minute = 0; minute < 9; minute++) {
      CycleRecord cycle = PastCycles.of(NOW.plusSeconds(60L * minute), cpu(40), FULL);
      store.recordCycle(new CycleRecord(cycle.at(), cycle.input(), cycle.outlook(), Map.of("node_cap", minute / 3 + "")),
          OptionalLong.empty(), Duration.ZERO, PastCycles.COUNTERS);
    }

    assertThat(history.settings(ALL)).extracting(change -> change.settings().get("node_cap")).containsExactly("0", "1", "2");
    assertThat(history.settings(new TimeRange(NOW.plusSeconds(200), NOW.plusSeconds(300)))).singleElement()
        .satisfies(change -> assertThat(change.since()).isEqualTo(NOW.plusSeconds(180)));
  }

  @Test
  void theLifeOfANodeTellsWhatAddedItWhatWasDoneToItAndWhatBefellIt() {
    long decision = act(NOW, PastCycles.of(NOW, cpu(40), fleet(8, 8)), OperationKind.ADD, 7);
    for (int hour = 0; hour < 6; hour++) {
      store.recordSurvey(List.of(Colonies.node(7), Colonies.node(8)), NOW.plus(Duration.ofHours(hour)));
    }
    store.record(List.of(new Incident(7, "antnode0007", Incident.Kind.DIED, NOW.plusSeconds(90), "killed"),
        new Incident(8, "antnode0008", Incident.Kind.HUNG, NOW.plusSeconds(90), "")));

    NodeLife life = history.life(7, DAY, 100_000);
    assertThat(life.addedBy()).map(PastDecision::id).contains(decision);
    assertThat(life.added()).map(PastOperation::service).contains("antnode0007");
    assertThat(life.incidents()).extracting(Incident::cause).containsExactly("killed");
    assertThat(life.course().points()).hasSize(6).allSatisfy(point -> {
      assertThat(point.status()).contains(NodeStatus.RUNNING);
      assertThat(point.metrics().find(NodeMetric.RESTARTS)).hasValue(0);
    });
    assertThat(history.node(7, new TimeRange(NOW, NOW.plus(Duration.ofHours(3))), 3).points()).hasSize(3);
    assertThat(history.life(9, DAY, 10).course().points()).isEmpty();
  }

  @Test
  void theReasonOfAnEntryOfAnEarlierSchemaIsTakenFromItsPlan() throws Exception {
    Path old = folder.resolve("old.db");
    RealFile.OF_SCHEMA_9.unpackTo(old);
    Colonies.run(old, "INSERT INTO operation (kind, node_id, service, plan, opened_at, closed_at, outcome) VALUES ('STOP', 1, 'a',"
        + " '{\"id\":1,\"reason\":\"CPU 81 %\"}', " + NOW.getEpochSecond() + ", " + NOW.getEpochSecond() + ", 'DONE'),"
        + " ('STOP', 1, 'a', 'no JSON', " + NOW.getEpochSecond() + ", " + NOW.getEpochSecond() + ", 'DONE')");

    try (ColonyStore upgraded = ColonyStore.open(old, Colonies.CLOCK)) {
      assertThat(upgraded.history().operations(OperationQuery.of(new TimeRange(NOW, NOW.plusSeconds(1)), 10)))
          .extracting(operation -> operation.motive().reason()).containsExactly("", "CPU 81 %");
    }
  }

  private List<Moment> moments() {
    List<Moment> moments = new ArrayList<>();
    history.moments(ALL, moments::add);
    return moments;
  }

  private static <T> T only(List<T> list) {
    assertThat(list).hasSize(1);
    return list.get(0);
  }
}
