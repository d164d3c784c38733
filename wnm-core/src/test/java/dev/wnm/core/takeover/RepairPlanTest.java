package dev.wnm.core.takeover;

import static dev.wnm.core.takeover.Found.all;
import static dev.wnm.core.takeover.Found.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.wnm.core.managers.ManagerTypes;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

/** What becomes of rows as the Python wnm left them. */
class RepairPlanTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String TYPE = "memory+user";
  private static final ManagerTypes TYPES = new ManagerTypes(Map.of());

  /** A row of an import: its type without mode, its folder cut off, no log folder, no version. */
  private static Node row(int id, String service, int nodePort, int metricsPort) {
    NodePlacement placement =
        new NodePlacement(service, Path.of("/home/op"), Optional.empty(), Path.of("/home/op/antnode"));
    return Node.builder(id, "memory", placement, NodePorts.of(nodePort, metricsPort)).user("ant").status(NodeStatus.RUNNING, NOW)
        .build();
  }

  private static Node row(int id, String service) {
    return row(id, service, 55_000 + id, 13_000 + id);
  }

  private static Node with(Node row, NodeStatus status) {
    return row.withStatus(status, NOW);
  }

  private static RepairPlan plan(List<Node> rows, List<FoundNode> found) {
    return RepairPlan.untouched(rows).with(TYPE, found, TYPES, TYPE, Map.of(), NOW);
  }

  private static RepairPlan plan(Node row, Found... found) {
    return plan(List.of(row), all(found));
  }

  private static Node only(RepairPlan plan) {
    return plan.nodes().get(0);
  }

  @Test
  void aRowTakesOverWhatItsProcessManagerKnows() {
    RepairPlan plan = plan(row(7, "antnode7"), node(7, 55_007, 13_007).rpc(30_007));

    Node node = only(plan);
    assertThat(node.managerType()).isEqualTo(TYPE);
    assertThat(node.rootDir()).hasToString("/found/host/antnode7");
    assertThat(node.logDir()).hasValue(Path.of("/found/host/antnode7/logs"));
    assertThat(node.binary()).hasToString("/found/host/antnode7/antnode");
    assertThat(node.version()).isEqualTo(Version.parse("0.4.16"));
    assertThat(node.user()).isEqualTo("operator");
    assertThat(node.network()).isEqualTo("evm-arbitrum-sepolia-test");
    assertThat(node.wallet()).startsWith("0x1111");
    assertThat(node.ports()).isEqualTo(NodePorts.of(55_007, 13_007).withRpc(30_007));
    assertThat(node.createdAt()).isEqualTo(Found.CREATED);
    assertThat(node.status()).isEqualTo(NodeStatus.RUNNING);
    assertThat(plan.warnings()).isEmpty();
    assertThat(plan.changed().get(0).sentence()).startsWith("manager_type is memory+user, no longer memory; root_dir is"
        + " /found/host/antnode7, no longer /home/op; log_dir is /found/host/antnode7/logs; binary is");
    assertThat(plan.changed().get(0).movesPorts()).isFalse();
  }

  @Test
  void aRepairedRowIsNotRepairedAgain() {
    Node repaired = only(plan(row(7, "antnode7"), node(7, 55_007, 13_007)));

    assertThat(plan(repaired, node(7, 55_007, 13_007)).changed()).isEmpty();
  }

  @Test
  void whatTheRowKnowsBetterStays() {
    Node before = row(7, "antnode7").withVersion(new Version("0.4.9")).withPeerId("12D3Mine");
    Node row = before.toBuilder().managerType(TYPE).method(TYPE).wallet("0x2").peerId("12D3Mine")
        .status(NodeStatus.DISABLED, NOW).createdAt(NOW).environment("A=1 B=2").build();

    Node after = only(plan(row, node(7, 55_007, 13_007)));

    assertThat(after.version()).hasValue(new Version("0.4.9"));
    assertThat(after.environment()).isEqualTo("A=1 B=2");
    assertThat(after.createdAt()).isEqualTo(NOW);
    assertThat(after.peerId()).isEqualTo("12D3Mine");
    assertThat(after.status()).isEqualTo(NodeStatus.DISABLED);
  }

  @Test
  void namesMatchWithAndWithoutWhatSystemdAndLaunchdPutBehindThem() {
    assertThat(only(plan(row(7, "antnode7.service"), node(7, 1, 2))).service()).isEqualTo("antnode7");
    assertThat(only(plan(row(7, "com.autonomi.antnode-7.plist"), Found.named("com.autonomi.antnode-7", 1, 2))).service())
        .isEqualTo("com.autonomi.antnode-7");
  }

  @Test
  void aNodeOfAnotherNameIsRecognisedByItsPorts() {
    RepairPlan plan = plan(List.of(row(1, "antnode0001.service"), row(2, "antnode0002.service")),
        all(Found.named("com.autonomi.antnode-2", 55_002, 13_002), Found.named("com.autonomi.antnode-1", 55_001, 13_001)));

    assertThat(plan.nodes()).extracting(Node::id, Node::service)
        .containsExactly(tuple(1, "com.autonomi.antnode-1"), tuple(2, "com.autonomi.antnode-2"));
  }

  @Test
  void aNameIsOnlyThatOfANodeInTheSameContainer() {
    Node row = row(1, "antnode1").inContainer(4);
    List<FoundNode> found = all(node(1, 61_001, 62_001).in(Found.container("a")), node(1, 63_001, 64_001).in(Found.container("b")));

    Node after = only(RepairPlan.untouched(List.of(row)).with(TYPE, found, TYPES, TYPE, Map.of(4, "b"), NOW));

    assertThat(after.ports().node()).isEqualTo(63_001);
  }

  @Test
  void portsThatDifferAreTheProcessManagersAndAreSaid() {
    RepairPlan plan = plan(row(7, "antnode7", 55_007, 13_007), node(7, 55_070, 13_007));

    assertThat(only(plan).ports()).isEqualTo(NodePorts.of(55_070, 13_007));
    assertThat(plan.changed().get(0).movesPorts()).isTrue();
    assertThat(plan.changed().get(0).sentence()).contains("port is 55070, no longer 55007");
  }

  @Test
  void aRowThatNothingMatchesStaysAndIsSaid() {
    Node row = row(7, "antnode7");
    RepairPlan plan = plan(row, node(8, 55_008, 13_008));

    assertThat(only(plan).rootDir()).isEqualTo(row.rootDir());
    assertThat(only(plan).managerType()).isEqualTo(TYPE);
    assertThat(plan.warnings()).containsExactly("antnode7 stays in the database as it is: nothing that memory+user knows of matches it");
  }

  @Test
  void rowsOfAnotherTypeAreLeftAlone() {
    Node other = row(1, "antnode1");
    RepairPlan plan = RepairPlan.untouched(List.of(other)).with("antctl+user", all(node(1, 1, 2)), TYPES, TYPE, Map.of(), NOW);

    assertThat(plan.changed()).isEmpty();
    assertThat(plan.warnings()).isEmpty();
  }

  /** The next cycle would delete a dead one with its data. */
  @Test
  void aRowThatCallsALivingNodeDeadIsPutRight() {
    Node row = with(row(7, "antnode7"), NodeStatus.DEAD);

    assertThat(only(plan(row, node(7, 1, 2))).status()).isEqualTo(NodeStatus.RUNNING);
    assertThat(only(plan(row, node(7, 1, 2).state(new ProcessState.Stopped("")))).status()).isEqualTo(NodeStatus.STOPPED);
    assertThat(only(plan(row, node(7, 1, 2).state(new ProcessState.Unknown("why")))).status()).isEqualTo(NodeStatus.STOPPED);
    assertThat(only(plan(row, node(7, 1, 2).state(new ProcessState.Missing()))).status()).isEqualTo(NodeStatus.DEAD);
  }

  @Test
  void numbersFollowTheServicesAlsoInACircle() {
    RepairPlan plan = numbered(row(1, "antnode2"), row(2, "antnode3"), row(3, "antnode1"), row(4, "antnode9"));

    assertThat(plan.nodes()).extracting(Node::id, Node::service, Node::nodeName).containsExactly(
        tuple(1, "antnode1", "0001"), tuple(2, "antnode2", "0002"), tuple(3, "antnode3", "0003"),
        tuple(9, "antnode9", "0009"));
    assertThat(plan.nodes()).extracting(node -> node.ports().node()).containsExactly(55_003, 55_001, 55_002, 55_004);
  }

  @Test
  void aNumberThatAnotherRowKeepsIsNotTaken() {
    RepairPlan plan = numbered(row(1, "antnode2"), row(2, "other"), row(3, "antnode1"));

    assertThat(plan.nodes()).extracting(Node::id, Node::service)
        .containsExactly(tuple(1, "antnode2"), tuple(2, "other"), tuple(3, "antnode1"));
  }

  @Property(tries = 200)
  void howeverRowsAreNumberedAnewNoNumberIsThereTwiceAndNoRowIsLost(
      @ForAll @Size(max = 12) @UniqueElements List<@IntRange(min = 1, max = 14) Integer> ids,
      @ForAll @Size(min = 12, max = 12) @UniqueElements List<@IntRange(min = 1, max = 14) Integer> services) {
    List<Node> rows = ids.stream().map(id -> row(id, "antnode" + services.get(ids.indexOf(id)))).toList();

    List<Node> after = RepairPlan.untouched(rows.stream().map(row -> only(plan(row))).toList())
        .numberedByService(TYPE).nodes();

    assertThat(after).extracting(Node::id).doesNotHaveDuplicates();
    assertThat(after.stream().map(Node::service).collect(Collectors.toSet()))
        .isEqualTo(rows.stream().map(Node::service).collect(Collectors.toSet()));
  }

  @Test
  void theHighestNumberIsTheOneOfTheLargestIdOrPort() {
    assertThat(numbered(row(3, "antnode3", 55_008, 13_008), row(5, "antnode5")).highestNumber(Found.settings())).isEqualTo(8);
    assertThat(numbered(row(3, "antnode3", 55_008, 13_020), row(5, "antnode5")).highestNumber(Found.settings())).isEqualTo(5);
    assertThat(numbered().highestNumber(Found.settings())).isZero();
  }

  private static RepairPlan numbered(Node... rows) {
    return plan(Arrays.asList(rows), List.of()).numberedByService(TYPE);
  }
}
