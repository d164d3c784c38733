package dev.wnm.core.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.probe.ProbeResult;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class NodeStatesTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final ProcessState RUNS = new ProcessState.Running(OptionalLong.of(42));

  private static Node node(Map<NodeMetric, Long> metrics) {
    return Node.builder(1, "systemd+user", NodePlacement.of("antnode0001", Path.of("/nodes/1")), NodePorts.of(55_001))
        .status(NodeStatus.RUNNING, NOW).version(Version.parse("0.23.0")).metrics(new NodeMetrics(metrics, Optional.empty())).build();
  }

  private static Observation up(long uptime, String version) {
    return new Observation(Optional.of(new ProbeResult.Answered(new NodeMetrics(Map.of(NodeMetric.UPTIME, uptime), Optional.empty()),
        Version.parse(version), "")), "", RUNS);
  }

  private static OptionalLong restarts(Node node) {
    return node.metrics().find(NodeMetric.RESTARTS);
  }

  @Test
  void aNodeThatHasAnotherProcessThanBeforeWasStartedAgain() {
    Node node = node(Map.of(NodeMetric.UPTIME, 1_000L, NodeMetric.THREADS, 6L, NodeMetric.DISK_BYTES, 5L));
    Node again = NodeStates.settled(node, up(20, "0.23.0"), NOW);

    assertThat(restarts(again)).hasValue(1);
    assertThat(again.metrics().find(NodeMetric.DISK_BYTES)).hasValue(5);
    assertThat(again.metrics().find(NodeMetric.THREADS)).as("that of the process before").isEmpty();
    assertThat(restarts(NodeStates.settled(again, up(80, "0.23.0"), NOW))).hasValue(1);
    assertThat(restarts(NodeStates.settled(again, up(10, "0.23.0"), NOW))).hasValue(2);
  }

  @Test
  void oneThatEndedByItselfCountsOnceHoweverItGoesOn() {
    Node died = NodeStates.settled(node(Map.of(NodeMetric.UPTIME, 1_000L)), new Observation(Optional.empty(), "",
        new ProcessState.Stopped("exit code 1")), NOW);
    Node started = NodeStates.begun(died, NodeStatus.RESTARTING, NOW);

    assertThat(restarts(died)).hasValue(1);
    assertThat(restarts(NodeStates.arrived(started, up(5, "0.23.0"), Optional.empty(), NOW))).hasValue(1);
  }

  @Test
  void aNewVersionABootAndAnOrderAreNoRestarts() {
    Node node = node(Map.of(NodeMetric.UPTIME, 1_000L));

    assertThat(restarts(NodeStates.settled(node, up(20, "0.23.1"), NOW))).hasValue(0);
    assertThat(restarts(NodeStates.afterReboot(node, up(20, "0.23.0"), NOW))).hasValue(0);
    assertThat(restarts(NodeStates.settled(NodeStates.begun(node, NodeStatus.RUNNING, NOW), up(20, "0.23.0"), NOW))).hasValue(0);
    Node stopped = NodeStates.stopped(node, NodeStatus.STOPPED, NOW);
    assertThat(restarts(NodeStates.settled(stopped, up(20, "0.23.0"), NOW))).hasValue(0);
  }

  @Test
  void whatWasMeasuredOfAProcessHoldsWhileItIsTheSame() {
    NodeMetrics before = node(Map.of(NodeMetric.UPTIME, 1_000L, NodeMetric.THREADS, 6L, NodeMetric.DISK_BYTES, 5L, NodeMetric.RECORDS, 9L)).metrics();

    assertThat(Measurements.kept(before, up(1_060, "0.23.0").answer().orElseThrow().metrics()).values())
        .containsOnly(Map.entry(NodeMetric.THREADS, 6L), Map.entry(NodeMetric.DISK_BYTES, 5L));
    assertThat(Measurements.kept(before, up(20, "0.23.0").answer().orElseThrow().metrics()).values())
        .containsOnly(Map.entry(NodeMetric.DISK_BYTES, 5L));
  }
}
