package dev.wnm.core.store;

import static dev.wnm.core.store.Colonies.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LONG;

import dev.wnm.core.history.HistoryLimits;
import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.Incident;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final HistoryLimits LIMITS = new HistoryLimits(Duration.ofDays(365), 1_000_000_000);

  @TempDir
  Path folder;
  private Path file;
  private ColonyStore store;

  @BeforeEach
  void open() {
    file = folder.resolve("colony.db");
    store = Colonies.initialised(file);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void record(HostMetrics host, Instant at) {
    FleetCounts fleet = new FleetCounts(3, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, Optional.empty(), Optional.empty());
    store.recordCycle(PastCycles.of(at, host, fleet), OptionalLong.empty(), Duration.ofSeconds(2), PastCycles.COUNTERS);
  }

  private long count(String table) throws Exception {
    return Long.parseLong(Colonies.texts(file, "SELECT COUNT(*) FROM " + table).get(0));
  }

  @Test
  void aSurveySavesTheNodesAndOneSampleOfEachInTenMinutes() throws Exception {
    store.recordSurvey(Colonies.nodes(5), NOW);
    store.recordSurvey(List.of(Colonies.node(2).withStatus(NodeStatus.STOPPED, NOW)), NOW.plus(MINUTE));
    assertThat(count("node_sample")).isEqualTo(5);
    assertThat(store.node(2).orElseThrow().status()).isEqualTo(NodeStatus.STOPPED);

    store.recordSurvey(Colonies.nodes(6), NOW.plus(MINUTE.multipliedBy(9)));
    assertThat(count("node_sample")).isEqualTo(6);

    store.recordSurvey(Colonies.nodes(6), NOW.plus(MINUTE.multipliedBy(10)));
    assertThat(count("node_sample")).isEqualTo(12);
  }

  @Test
  void aSampleHasGapsWhereTheNodeDidNotTell() throws Exception {
    store.recordSurvey(List.of(Colonies.node(1).withMetrics(new NodeMetrics(Map.of(NodeMetric.RECORDS, 0L), Optional.empty()))),
        NOW);

    assertThat(Colonies.texts(file, "SELECT records || ' ' || COALESCE(connected_peers, 'none') || ' ' || COALESCE(mem, 'none')"
        + " || ' ' || COALESCE(rewards, 'none') FROM node_sample")).containsExactly("0 none none none");
  }

  @Test
  void aSampleOfTheHostHasGapsWhereItCouldNotBeMeasured() throws Exception {
    HostMetrics known = Colonies.host();
    record(new HostMetrics(known.bootedAt(), known.bootId(), known.loadAverage1(), known.loadAverage5(),
        known.loadAverage15(), known.usedCpuPercent(), known.ioWaitPercent(), OptionalDouble.empty(), known.usedDiskPercent(),
        known.totalDiskBytes(), OptionalLong.empty(), known.diskWriteBytesPerSecond(), known.netReadBytesPerSecond(),
        known.netWriteBytesPerSecond()), NOW);

    assertThat(Colonies.texts(file, "SELECT used_cpu_percent || ' ' || COALESCE(used_mem_percent, 'none') || ' '"
        + " || COALESCE(hdio_read_bytes, 'none') FROM host_sample")).containsExactly("40.5 none none");
  }

  @Test
  void whatBefellNodesIsKeptAsLongAsHistoryAndTheLastIsFound() throws Exception {
    Incident death = new Incident(1, "antnode0001", Incident.Kind.DIED, NOW, "killed\nby signal 9");
    Incident hang = new Incident(1, "antnode0001", Incident.Kind.HUNG, NOW.plusSeconds(60), "");
    store.record(List.of(death, hang, new Incident(2, "antnode0002", Incident.Kind.STUCK, NOW, "x")));
    assertThat(death.cause()).isEqualTo("killed by signal 9");
    assertThat(store.lastIncidents()).containsEntry(1, hang).containsOnlyKeys(1, 2);

    store.thin(NOW.plus(Duration.ofDays(365)).plusSeconds(30), LIMITS);
    assertThat(store.lastIncidents()).containsOnlyKeys(1);
  }

  @Test
  void samplesOfASchemaThatKnewNoGapsStay() throws Exception {
    Path old = folder.resolve("old.db");
    Colonies.run(old, migration("V1__colony.sql"));
    Colonies.run(old, "INSERT INTO node_sample VALUES (600, 3, 'RUNNING', 1, 2, 3, 4, 5, '6')");
    Colonies.run(old, migration("V3__absent_metrics.sql"));

    assertThat(Colonies.texts(old, "SELECT taken_at || node_id || status || records || connected_peers || shunned || mem || cpu"
        + " || rewards FROM node_sample")).containsExactly("6003RUNNING123456");
  }

  private static String[] migration(String name) throws IOException {
    try (InputStream file = ColonyStore.class.getResourceAsStream("/db/migration/" + name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip().split(";\\n");
    }
  }

  @Test
  void theHostIsSampledOnceAMinute() throws Exception {
    record(Colonies.host(), NOW);
    record(Colonies.host(), NOW.plusSeconds(59));
    record(Colonies.host(), NOW.plusSeconds(60));

    assertThat(Colonies.texts(file, "SELECT taken_at || ' ' || used_cpu_percent || ' ' || total_nodes FROM host_sample"))
        .containsExactly(NOW.getEpochSecond() + " 40.5 3", NOW.plusSeconds(60).getEpochSecond() + " 40.5 3");
  }

  @Test
  void thinningForgetsWhatIsOldAndKeepsTheRest() throws Exception {
    Instant old = NOW.minus(Duration.ofDays(5));
    for (int minute = 0; minute < 120; minute += 10) {
      store.recordSurvey(Colonies.nodes(3), old.plus(MINUTE.multipliedBy(minute)));
      record(Colonies.host(), old.plus(MINUTE.multipliedBy(minute)));
    }
    store.recordSurvey(Colonies.nodes(3), NOW);

    store.thin(NOW, LIMITS);

    assertThat(count("node_sample")).isEqualTo((2 + 1) * 3);
    assertThat(count("host_sample")).as("one in ten minutes is not thinned further yet").isEqualTo(12);
    store.thin(NOW, LIMITS);
    assertThat(count("node_sample")).isEqualTo((2 + 1) * 3);
  }

  @Test
  void aFileThatHoldsMoreThanItMayLosesTheOldestOfAllTablesFirst() throws Exception {
    for (int hour = 400; hour >= 0; hour--) {
      Instant at = NOW.minus(Duration.ofHours(hour));
      store.recordSurvey(Colonies.nodes(50), at);
      record(Colonies.host(), at);
      store.record(List.of(new Incident(1, "antnode0001", Incident.Kind.DIED, at, "x".repeat(500))));
    }
    long open = store.begin(OperationKind.START, 1, "antnode0001", "{}", Map.of());
    long before = used();

    store.thin(NOW, new HistoryLimits(Duration.ofDays(365), before));
    assertThat(used()).isEqualTo(before);

    store.thin(NOW, new HistoryLimits(Duration.ofDays(365), before / 2));
    assertThat(used()).isBetween(before / 4, before / 2);
    long oldest = Long.parseLong(Colonies.texts(file, "SELECT MIN(taken_at) FROM node_sample").get(0));
    assertThat(oldest).isBetween(NOW.minus(Duration.ofHours(300)).getEpochSecond(), NOW.minus(Duration.ofHours(100)).getEpochSecond());
    assertThat(Colonies.texts(file, "SELECT MIN(seen_at) FROM incident")).first().extracting(Long::parseLong).asInstanceOf(LONG)
        .isBetween(oldest - 3_600, oldest + 3_600);

    store.thin(NOW, new HistoryLimits(Duration.ofDays(365), 1));
    assertThat(count("node_sample")).as("the last hour stays").isEqualTo(2 * 50);
    assertThat(store.openOperations()).extracting(OpenOperation::id).containsExactly(open);
  }

  private long used() throws Exception {
    return Long.parseLong(Colonies.texts(file,
        "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size").get(0));
  }

  @Test
  void closedOperationsAreForgottenWithTheirAgeAndOpenOnesNever() throws Exception {
    long open = store.begin(OperationKind.START, 1, "antnode0001", "{}", Map.of());
    store.finish(store.begin(OperationKind.STOP, 1, "antnode0001", "{}", Map.of()), true, "", NodeChange.keep());

    store.thin(NOW.plus(Duration.ofDays(29)), new HistoryLimits(Duration.ofDays(30), 1_000_000_000));
    assertThat(count("operation")).isEqualTo(2);

    store.thin(NOW.plus(Duration.ofDays(31)), new HistoryLimits(Duration.ofDays(30), 1_000_000_000));
    assertThat(store.openOperations()).extracting(OpenOperation::id).containsExactly(open);
    assertThat(count("operation")).isEqualTo(1);
    assertThat(store.begin(OperationKind.STOP, 1, "antnode0001", "{}", Map.of())).isEqualTo(open + 2);
  }
}
