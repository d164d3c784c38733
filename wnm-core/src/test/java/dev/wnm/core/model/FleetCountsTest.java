package dev.wnm.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FleetCountsTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
  private static final Optional<Version> ANTNODE = Version.parse("0.4.10");
  private static final Optional<Release> RELEASE = Releases.of(ANTNODE);

  @Test
  void everyStatusIsCountedAndDisabledNodesOnlyInTheTotal() {
    FleetCounts counts = FleetCounts.of(List.of(
        node(1, NodeStatus.RUNNING, "0.4.10"), node(2, NodeStatus.RUNNING, "0.4.10"), node(3, NodeStatus.STOPPED, "0.4.10"),
        node(4, NodeStatus.UPGRADING, "0.4.10"), node(5, NodeStatus.RESTARTING, "0.4.10"), node(6, NodeStatus.REMOVING, "0.4.10"),
        node(7, NodeStatus.DISABLED, "0.4.10"), node(8, NodeStatus.DEAD, "0.4.10"), node(9, NodeStatus.MIGRATING, "0.4.10")),
        RELEASE, NOW);
    assertThat(counts).isEqualTo(new FleetCounts(9, 2, 1, 1, 1, 1, 1, 1, 0, 0, 0, ANTNODE, ANTNODE));
    assertThat(counts.staying()).isEqualTo(8);
    assertThat(counts.operations()).isEqualTo(4);
  }

  @Test
  void onlyRunningNodesOfAKnownOlderVersionAreOutdated() {
    List<Node> nodes = List.of(node(1, NodeStatus.RUNNING, "0.4.9"), node(2, NodeStatus.STOPPED, "0.4.9"),
        node(3, NodeStatus.RUNNING, "0.4.11"), node(4, NodeStatus.RUNNING, ""), node(5, NodeStatus.DISABLED, "0.4.9"));
    assertThat(FleetCounts.of(nodes, RELEASE, NOW).outdated()).isEqualTo(1);
    assertThat(FleetCounts.of(nodes, Optional.empty(), NOW).outdated()).isZero();
  }

  @Test
  void theQueenIsTheNodeWithTheLowestIdOrAntnodeItself() {
    assertThat(FleetCounts.of(List.of(node(7, NodeStatus.RUNNING, "0.4.8"), node(2, NodeStatus.STOPPED, "0.4.6")), RELEASE, NOW)
        .queenVersion()).isEqualTo(Version.parse("0.4.6"));
    assertThat(FleetCounts.of(List.of(node(7, NodeStatus.RUNNING, "")), RELEASE, NOW).queenVersion()).isEmpty();
    assertThat(FleetCounts.of(List.of(), RELEASE, NOW).queenVersion()).isEqualTo(ANTNODE);
    assertThat(FleetCounts.of(List.of(node(1, NodeStatus.DISABLED, "0.9.9"), node(2, NodeStatus.RUNNING, "0.4.6")), RELEASE, NOW)
        .queenVersion()).as("a disabled node says nothing of the fleet").isEqualTo(Version.parse("0.4.6"));
    assertThat(FleetCounts.of(List.of(node(1, NodeStatus.DISABLED, "0.9.9")), RELEASE, NOW).queenVersion()).isEqualTo(ANTNODE);
  }

  @Test
  void stoppedNodesThatFailedLatelyAreNotStartable() {
    Node failed = node(1, NodeStatus.STOPPED, "0.4.10");
    FleetCounts counts = FleetCounts.of(
        List.of(failed.withHealth(NodeHealth.FRESH.failed("no", NOW)), node(2, NodeStatus.STOPPED, "0.4.10")), RELEASE, NOW);
    assertThat(counts.backingOff()).isEqualTo(1);
    assertThat(counts.startable()).isEqualTo(1);
  }

  @Test
  void aDeletionThatIsHeldUpKeepsTheOtherNodesFromNothingButTheirRemoval() {
    Node failed = node(1, NodeStatus.REMOVING, "0.4.10");
    FleetCounts counts = FleetCounts.of(
        List.of(failed.withHealth(NodeHealth.FRESH.failed("no", NOW)), node(2, NodeStatus.REMOVING, "0.4.10")), RELEASE, NOW);
    assertThat(counts.removing()).isEqualTo(2);
    assertThat(counts.operations()).isEqualTo(1);
    assertThat(counts.staying()).isZero();
  }

  @Test
  void aCountBelowZeroIsRefused() {
    assertThatThrownBy(() -> new FleetCounts(0, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, ANTNODE, ANTNODE))
        .hasMessage("the count of running nodes, -1, is below 0");
  }

  private static Node node(int id, NodeStatus status, String version) {
    return Node.builder(id, "setsid+user", NodePlacement.of("antnode%04d".formatted(id), Path.of("/x")),
        NodePorts.of(55_000 + id, 13_000 + id)).version(Version.parse(version)).status(status, NOW).createdAt(NOW).build();
  }
}
