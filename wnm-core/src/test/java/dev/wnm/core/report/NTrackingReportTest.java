package dev.wnm.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.DownCause;
import dev.wnm.core.model.MachineUse;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.core.model.NodeStatus;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class NTrackingReportTest {
  private static final MachineUse USE = new MachineUse(OptionalLong.of(210), OptionalLong.of(51), OptionalDouble.of(12.5));

  @Test
  void theLinesAreThoseOfNTrackingWithoutTheFieldsThatAreNotKnown() {
    assertThat(NTrackingReport.print(List.of(Samples.first(), Samples.second()), USE, Samples.NOW)).isEqualTo("""
        nodes,id=0001 PeerId="12D3KooWMDqtXsSEbuWZ5wdrr3Ai6rUWJta6yBgutJaJXusSujuu",status="Running",version="0.4.7",\
        gets=0i,puts=1i,up_time=1260i,rewards=0,records=1i,connected_peers=4i,networ_size=2064384i,open_connections=4i,\
        total_peers=362i,bad_peers=0i,mem=97.81,cpu=0.03,rel_records=0i,max_records=0i,payment_count=0i,live_time=0i,\
        shunned_closedgroup=0i 1795219780000000000
        nodes,id=0002 version="0.4.7" 1795219780000000000
        nodes_totals rewards=0,nodes_running=1i,nodes_killed=0i 1795219780000000000
        nodes_totals total_disk=210i,Disk_percent=51i 1795219780000000000
        nodes_network size=2064384i 1795219780000000000
        nodes latency=12.5 1795219780000000000""");
  }

  @Test
  void rewardsAreDecimalsInWholeTokensAndSummedExactly() {
    List<Node> nodes = List.of(
        Samples.node(1, NodeStatus.RUNNING).withMetrics(rewarded("123456789012345678901")),
        Samples.node(2, NodeStatus.STOPPED).withMetrics(rewarded("1")));

    assertThat(NTrackingReport.print(nodes, MachineUse.UNKNOWN, Samples.NOW))
        .contains("version=\"0.4.7\",rewards=123.456789012345678901 ")
        .contains("version=\"0.4.7\",rewards=0.000000000000000001 ")
        .contains("nodes_totals rewards=123.456789012345678902,nodes_running=1i,nodes_killed=1i ");
  }

  @Test
  void hugeRewardsAreNoPowersOfTen() {
    assertThat(NTrackingReport.print(List.of(Samples.node(1, NodeStatus.RUNNING).withMetrics(rewarded("5" + "0".repeat(25)))),
        MachineUse.UNKNOWN, Samples.NOW)).contains("rewards=50000000 ");
  }

  @Test
  void aNodeIsRunningOrStoppedAndSaysNeitherWhileThatIsNotKnown() {
    Node lost = Samples.node(7, NodeStatus.RUNNING);
    lost = lost.withHealth(lost.health().unknown(DownCause.UNKNOWN, "its storage is away"));
    List<Node> nodes = List.of(Samples.node(1, NodeStatus.RUNNING), Samples.node(2, NodeStatus.STOPPED),
        Samples.node(3, NodeStatus.DEAD), Samples.node(4, NodeStatus.DISABLED), Samples.node(5, NodeStatus.REMOVING),
        Samples.node(6, NodeStatus.UPGRADING), lost);

    String text = NTrackingReport.print(nodes, MachineUse.UNKNOWN, Samples.NOW);

    assertThat(text.lines()).filteredOn(line -> line.contains("status=\"Running\"")).singleElement().asString().contains("id=0001");
    assertThat(text.lines()).filteredOn(line -> line.contains("status=\"Stopped\"")).hasSize(4);
    assertThat(text.lines()).filteredOn(line -> line.startsWith("nodes,") && !line.contains("status")).hasSize(2);
    assertThat(text).contains("nodes_totals nodes_running=1i,nodes_killed=4i ");
  }

  @Test
  void whatIsNotKnownOfTheMachineIsNoLine() {
    assertThat(NTrackingReport.print(List.of(), MachineUse.UNKNOWN, Samples.NOW))
        .isEqualTo("nodes_totals nodes_running=0i,nodes_killed=0i 1795219780000000000");
    assertThat(NTrackingReport.print(List.of(),
        new MachineUse(OptionalLong.empty(), OptionalLong.of(3), OptionalDouble.empty()), Samples.NOW))
        .contains("nodes_totals Disk_percent=3i ").doesNotContain("total_disk", "latency", "nodes_network");
  }

  @Test
  void theNetworkIsTheMeanOfWhatRunningNodesEstimate() {
    assertThat(NTrackingReport.print(List.of(sees(1, NodeStatus.RUNNING, 10), sees(2, NodeStatus.RUNNING, 13),
        sees(3, NodeStatus.RUNNING, 0), sees(4, NodeStatus.STOPPED, 1_000_000)), MachineUse.UNKNOWN, Samples.NOW))
        .contains("nodes_network size=11i ");
  }

  private static NodeMetrics rewarded(String amount) {
    return new NodeMetrics(Map.of(), Optional.of(new BigInteger(amount)));
  }

  private static Node sees(int id, NodeStatus status, long networkSize) {
    return Samples.node(id, status).withMetrics(Samples.metrics(Map.of(NodeMetric.NETWORK_SIZE, networkSize)));
  }
}
