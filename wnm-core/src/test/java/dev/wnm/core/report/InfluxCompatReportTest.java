package dev.wnm.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.core.model.NodeStatus;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InfluxCompatReportTest {
  @Test
  void theLinesAreThoseOfThePythonWnmWithoutTheFieldsThatAreNotKnown() {
    assertThat(InfluxCompatReport.print(List.of(Samples.first(), Samples.second()), Samples.NOW)).isEqualTo("""
        nodes,id=1 PeerId="12D3KooWMDqtXsSEbuWZ5wdrr3Ai6rUWJta6yBgutJaJXusSujuu",status="RUNNING",version="0.4.7",\
        gets=0i,puts=1i,up_time=1260i,rewards="0",records=1i,connected_peers=4i,network_size=2064384i,open_connections=4i,\
        total_peers=362i,shunned_count=0i,bad_peers=0i,mem=97.81,cpu=0.03,rel_records=0i,max_records=0i,payment_count=0i,\
        live_time=0i 1795219789097079808
        nodes,id=2 PeerId="",status="RESTARTING",version="0.4.7" 1795219789097079808
        nodes_totals rewards="0.0",nodes_running=1i,nodes_killed=0i 1795219789097079808
        nodes_network size=2064384i 1795219789097079808""");
  }

  @Test
  void rewardsAreSummedExactlyAndDownNodesCounted() {
    List<Node> nodes = List.of(
        Samples.node(1, NodeStatus.STOPPED).withMetrics(rewarded("123456789012345678901")),
        Samples.node(2, NodeStatus.DEAD).withMetrics(rewarded("1")),
        Samples.node(3, NodeStatus.DISABLED));

    assertThat(InfluxCompatReport.print(nodes, Samples.NOW))
        .contains("nodes_totals rewards=\"123456789012345678902.0\",nodes_running=0i,nodes_killed=2i ")
        .doesNotContain("nodes_network");
  }

  @Test
  void aSumOfRewardsThatNobodyReportedIsLeftOut() {
    assertThat(InfluxCompatReport.print(List.of(Samples.node(1, NodeStatus.RUNNING)), Samples.NOW))
        .contains("nodes_totals nodes_running=1i,nodes_killed=0i ");
  }

  private static NodeMetrics rewarded(String amount) {
    return new NodeMetrics(Map.of(), Optional.of(new BigInteger(amount)));
  }

  @Test
  void theNetworkIsTheMeanOfWhatRunningNodesEstimate() {
    List<Node> nodes = List.of(sees(1, NodeStatus.RUNNING, 10), sees(2, NodeStatus.RUNNING, 13), sees(3, NodeStatus.RUNNING, 0),
        sees(4, NodeStatus.STOPPED, 1_000_000));

    assertThat(InfluxCompatReport.print(nodes, Samples.NOW)).contains("nodes_network size=11i ");
  }

  @Test
  void textsAreEscapedSoThatALineStaysALine() {
    Node node = Samples.node(1, NodeStatus.RUNNING).withPeerId("a\"b\\c\nd");

    assertThat(InfluxCompatReport.print(List.of(node), Samples.NOW)).startsWith("nodes,id=1 PeerId=\"a\\\"b\\\\c d\",status=");
  }

  @Test
  void noNodesAreAComment() {
    assertThat(InfluxCompatReport.print(List.of(), Samples.NOW)).isEqualTo("# No nodes found");
  }

  private static Node sees(int id, NodeStatus status, long networkSize) {
    return Samples.node(id, status).withMetrics(Samples.metrics(Map.of(NodeMetric.NETWORK_SIZE, networkSize)));
  }
}
