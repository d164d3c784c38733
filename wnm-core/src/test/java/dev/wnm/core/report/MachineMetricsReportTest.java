package dev.wnm.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.Releases;
import dev.wnm.spi.model.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MachineMetricsReportTest {
  private static final List<Node> NODES = List.of(
      Samples.first(),
      Samples.withVersion(Samples.node(2, NodeStatus.RUNNING), "0.4.9"),
      Samples.withVersion(Samples.node(3, NodeStatus.STOPPED), "0.4.6"),
      Samples.withoutVersion(Samples.node(4, NodeStatus.RUNNING)),
      Samples.withVersion(Samples.node(5, NodeStatus.RUNNING), "0.4.10"),
      Samples.node(6, NodeStatus.DISABLED),
      Samples.node(7, NodeStatus.STOPPED).withHealth(Samples.first().health().failed("no", Samples.NOW)));
  private static final MachineState STATE = state(NODES, Version.parse("0.4.9"), Optional.of(Path.of("/opt/ant node")),
      Optional.of(Duration.ofSeconds(95)));

  @Test
  void theKeysAreThoseOfThePythonWnmThenOurs() {
    assertThat(MachineMetricsReport.print(STATE, Samples.settings(), ReportFormat.TEXT)).isEqualTo("""
        system_start: 1795000000
        total_nodes: 7
        running_nodes: 4
        stopped_nodes: 2
        restarting_nodes: 0
        upgrading_nodes: 0
        migrating_nodes: 0
        removing_nodes: 0
        dead_nodes: 0
        antnode: /opt/ant node
        antnode_version: 0.4.9
        queen_node_version: 0.4.7
        nodes_latest_v: 1
        nodes_no_version: 1
        nodes_to_upgrade: 1
        nodes_by_version: {'0.4.6': 1, '0.4.7': 3, '0.4.9': 1, '0.4.10': 1}
        load_average_1: 0.7705078125
        load_average_5: 1.2
        load_average_15: 2.0
        idle_cpu_percent: 35.9
        io_wait: 0.5
        used_cpu_percent: 64.1
        used_mem_percent: 33.3
        free_mem_percent: 66.7
        used_hd_percent: 50.25
        total_hd_bytes: 1000000000000
        hdio_write_bytes: 20
        hdio_read_bytes: 10
        netio_write_bytes: 40
        netio_read_bytes: 30
        node_hd_crisis: 1
        seconds_since_last_stop: 95
        boot_id: 5f3a
        backing_off_nodes: 1
        waiting_nodes: 0
        hung_nodes: 0
        disabled_nodes: 1""");
    assertThat(MachineMetricsReport.print(STATE, Samples.settings(), ReportFormat.CONFIG))
        .isEqualTo(MachineMetricsReport.print(STATE, Samples.settings(), ReportFormat.TEXT));
  }

  /** As the Python wnm 0.6 counts them. */
  @Test
  void disabledNodesCountForNoVersion() {
    List<Node> nodes = List.of(Samples.withVersion(Samples.node(1, NodeStatus.DISABLED), "0.4.10"),
        Samples.withoutVersion(Samples.node(2, NodeStatus.DISABLED)), Samples.withVersion(Samples.node(3, NodeStatus.DISABLED), "0.4.9"),
        Samples.withVersion(Samples.node(4, NodeStatus.RUNNING), "0.4.7"), Samples.withVersion(Samples.node(5, NodeStatus.RUNNING), "0.4.9"));

    JsonObject json = json(state(nodes, Version.parse("0.4.9"), Optional.empty(), Optional.empty()), ReportFormat.JSON);

    assertThat(json.get("disabled_nodes").getAsInt()).isEqualTo(3);
    assertThat(json.get("nodes_latest_v").getAsInt()).isEqualTo(1);
    assertThat(json.get("nodes_no_version").getAsInt()).isZero();
    assertThat(json.get("nodes_to_upgrade").getAsInt()).isEqualTo(1);
    assertThat(json.get("queen_node_version").getAsString()).isEqualTo("0.4.7");
  }

  @Test
  void envQuotesThePathAndTheMap() {
    assertThat(MachineMetricsReport.print(state(List.of(Samples.first(), Samples.second()), Version.parse("0.4.7"),
        Optional.of(Path.of("/opt/antnode")), Optional.empty()), Samples.settings(), ReportFormat.ENV).lines())
        .contains("ANTNODE=\"/opt/antnode\"", "NODES_BY_VERSION=\"{'0.4.7': 2}\"", "USED_CPU_PERCENT=64.1", "RUNNING_NODES=1")
        .noneMatch(line -> line.startsWith("SECONDS_SINCE_LAST_STOP"));
  }

  @Test
  void jsonNestsTheMapAndThePythonShapeHasNothingOfOurs() {
    JsonObject ours = json(STATE, ReportFormat.JSON);
    JsonObject python = json(STATE, ReportFormat.JSON_COMPAT);

    assertThat(ours.getAsJsonObject("nodes_by_version").get("0.4.7").getAsInt()).isEqualTo(3);
    assertThat(ours.keySet()).startsWith(python.keySet().toArray(String[]::new))
        .endsWith("node_hd_crisis", "seconds_since_last_stop", "boot_id", "backing_off_nodes", "waiting_nodes", "hung_nodes",
            "disabled_nodes");
    assertThat(python.keySet()).endsWith("node_hd_crisis");
  }

  @Test
  void whatCouldNotBeMeasuredIsNoNumber() {
    HostMetrics nothing = new HostMetrics(Instant.EPOCH, "", OptionalDouble.empty(), OptionalDouble.empty(),
        OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(),
        OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    MachineState blind = new MachineState(nothing, STATE.nodes(), STATE.counts(), STATE.antnode(), STATE.sinceLastStop());
    String json = MachineMetricsReport.print(blind, Samples.settings(), ReportFormat.JSON);
    for (String key : new String[] {"used_mem_percent", "free_mem_percent", "load_average_1", "idle_cpu_percent", "total_hd_bytes",
        "netio_read_bytes", "node_hd_crisis"}) {
      assertThat(json).contains("\"" + key + "\": null");
    }
  }

  @Test
  void aMachineWithoutNodesAntnodeOrDiskIsReportedAllTheSame() {
    MachineState bare = state(List.of(), Optional.empty(), Optional.empty(), Optional.empty());

    JsonObject json = json(bare, ReportFormat.JSON);

    assertThat(json.get("antnode").isJsonNull()).isTrue();
    assertThat(json.get("antnode_version").isJsonNull()).isTrue();
    assertThat(json.get("node_hd_crisis").getAsInt()).isZero();
    assertThat(json.getAsJsonObject("nodes_by_version").keySet()).isEmpty();
  }

  @Test
  void diskCrisisIsTheShareOfTheUsableDiskThatAllNodesMayComeToNeed() {
    // 7 nodes × 100 GB of 90 % of 1 TB
    assertThat(JsonParser.parseString(MachineMetricsReport.print(STATE, Samples.settings("--crisis_bytes", "100000000000"),
        ReportFormat.JSON)).getAsJsonObject().get("node_hd_crisis").getAsInt()).isEqualTo(77);
  }

  private static JsonObject json(MachineState state, ReportFormat format) {
    return JsonParser.parseString(MachineMetricsReport.print(state, Samples.settings(), format)).getAsJsonObject();
  }

  private static MachineState state(List<Node> nodes, Optional<Version> version, Optional<Path> antnode,
      Optional<Duration> sinceLastStop) {
    return new MachineState(Samples.host(), nodes, FleetCounts.of(nodes, Releases.of(version), Samples.NOW), antnode, sinceLastStop);
  }
}
