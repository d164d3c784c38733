package dev.wnm.core.takeover;

import static dev.wnm.core.takeover.Found.all;
import static dev.wnm.core.takeover.Found.container;
import static dev.wnm.core.takeover.Found.named;
import static dev.wnm.core.takeover.Found.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.wnm.core.config.Settings;
import dev.wnm.core.model.DownCause;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.takeover.Importer.Imported;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.program.NodePrograms;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which rows are made of nodes that were there before wnm. */
class ImporterTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String ZERO = "0x0000000000000000000000000000000000000000";
  private static final String MISTYPED = "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
  private static final String OTHER = "0x2222222222222222222222222222222222222222";

  private static Imported importNew(Found... nodes) {
    return importNew(Found.settings(), nodes);
  }

  private static Imported importNew(Settings settings, Found... nodes) {
    return Importer.forNewColony(settings, NOW).take(all(nodes));
  }

  private static Map<String, Integer> ids(Imported imported) {
    return imported.nodes().stream().collect(Collectors.toMap(Node::service, Node::id));
  }

  @Test
  void aNodeKeepsWhatItIs() {
    Imported imported = importNew(node(7, 55_007, 13_007).rpc(30_007));

    assertThat(imported.notes()).isEmpty();
    Node row = imported.nodes().get(0);
    assertThat(row.id()).isEqualTo(7);
    assertThat(row.nodeName()).isEqualTo("0007");
    assertThat(row.service()).isEqualTo("antnode7");
    assertThat(row.ports()).isEqualTo(NodePorts.of(55_007, 13_007).withRpc(30_007));
    assertThat(row.rootDir()).hasToString("/found/host/antnode7");
    assertThat(row.binary()).hasToString("/found/host/antnode7/antnode");
    assertThat(row.network()).isEqualTo("evm-arbitrum-sepolia-test");
    assertThat(row.user()).isEqualTo("operator");
    assertThat(row.peerId()).isEqualTo("12D3KooW");
    assertThat(row.createdAt()).isEqualTo(Found.CREATED);
    assertThat(row.managerType()).isEqualTo("memory+user");
    assertThat(row.containerId()).isEmpty();
    assertThat(row.status()).isEqualTo(NodeStatus.RUNNING);
    assertThat(row.health().pid()).hasValue(4_007);
  }

  @Test
  void aNodeThatIsKnownUnderAnotherServiceNameIsKnownByItsFolder() {
    Node row = importNew(node(7, 55_007, 13_007)).nodes().get(0);
    Node ofPython = row.placedAt(row.placement().withService("com.autonomi.antnode-7.plist"));

    assertThat(Importer.into(Found.settings(), List.of(ofPython), List.of(), NOW).take(all(node(7, 55_007, 13_007))).nodes())
        .isEmpty();
  }

  @Test
  void thePlanOfTheNodesBecomesThePlanOfTheColony() {
    Imported imported = importNew(node(1, 44_001, 14_001).rpc(40_001), node(2, 44_002, 14_002).rpc(40_002));

    assertThat(imported.settings()).containsExactlyInAnyOrderEntriesOf(
        Map.of("port_start", "44", "metrics_port_start", "14", "rpc_port_start", "40"));
  }

  @Test
  void nodesWithoutAPageOfMetricsFollowAPlanByTheirOtherPort() {
    Imported imported = importNew(present(1, 12_001).build(), present(2, 12_002).build());

    assertThat(imported.notes()).isEmpty();
    assertThat(imported.settings()).containsExactlyEntriesOf(Map.of("port_start", "12"));
    assertThat(imported.nodes()).extracting(Node::id).containsExactly(1, 2);
    assertThat(imported.nodes()).extracting(node -> node.program().name()).containsOnly("ant-node");
  }

  @Test
  void aPortThatIsByChanceInTheRangeOfThePlanSaysNothingOfTheNumber() {
    assertThat(importNew(present(1, 63_867).build(), present(2, 43_702).build()).nodes()).extracting(Node::id).containsExactly(1, 2);
  }

  @Test
  void whatAProcessManagerHasAgainstANodeIsNamedAndWhatItRemarksIsPassedOn() {
    Imported imported = importNew(present(1, 12_001).obstacle(Optional.of("its daemon runs")).build(),
        present(2, 12_002).remarks(List.of("runs without a belt")).build());

    assertThat(imported.nodes()).extracting(Node::id).containsExactly(2);
    assertThat(imported.notes()).containsExactlyInAnyOrder("ant-node-1.service is not taken over: its daemon runs",
        "ant-node-2.service runs without a belt");
  }

  /** A node of the present network. */
  private static FoundNode.Builder present(int number, int port) {
    String name = "ant-node-" + number;
    return FoundNode.builder(NodeFacts.at(NodePlacement.of(name + ".service", Path.of("/found/nodes", name))), new ProcessState.Stopped(""))
        .program(NodePrograms.named("ant-node")).id(OptionalInt.of(number)).nodePort(OptionalInt.of(port))
        .wallet(Optional.of(Found.WALLET)).network(Optional.of("evm-arbitrum-one")).user("operator");
  }

  private static Imported importNew(FoundNode... nodes) {
    return Importer.forNewColony(Found.settings(), NOW).take(List.of(nodes));
  }

  @Test
  void theRpcPortsOfThePlanAreTheOptionsWhereTheNodesHaveNone() {
    assertThat(importNew(node(1, 44_001, 14_001).rpc(61_234)).settings())
        .containsExactlyInAnyOrderEntriesOf(Map.of("port_start", "44", "metrics_port_start", "14"));
  }

  @Test
  void thePlanThatMostFollowWins() {
    Imported imported = importNew(
        node(1, 44_001, 14_001), node(2, 55_002, 13_002), node(3, 55_003, 13_003), node(4, 45_004, 13_004));

    assertThat(imported.settings()).containsEntry("port_start", "55").containsEntry("metrics_port_start", "13");
    assertThat(ids(imported)).containsEntry("antnode1", 1).containsEntry("antnode4", 4);
    assertThat(imported.nodes().get(0).ports()).isEqualTo(NodePorts.of(44_001, 14_001));
  }

  @Test
  void theNumberOfThePortsCountsBeforeTheOneInTheName() {
    Imported imported = importNew(node(1, 55_001, 13_001), node(2, 55_002, 13_002), node(3, 55_009, 13_009));

    assertThat(ids(imported)).containsExactlyInAnyOrderEntriesOf(Map.of("antnode1", 1, "antnode2", 2, "antnode3", 9));
  }

  @Test
  void theNumberInTheNameCountsWherePortsFollowNoPlan() {
    assertThat(ids(importNew(node(1, 55_001, 13_001), node(5, 41_234, 42_345)))).containsEntry("antnode5", 5);
  }

  @Test
  void theNextFreeNumberIsTakenWhenNeitherCanBe() {
    Imported imported = importNew(node(1, 41_111, 42_111), named("mine", 41_234, 42_345), node(2, 55_001, 13_001),
        node(3, 55_003, 13_003));

    // antnode2 has the ports of number 1, and what has them comes before antnode1, which has only the name.
    assertThat(ids(imported)).containsExactlyInAnyOrderEntriesOf(
        Map.of("antnode2", 1, "antnode3", 3, "antnode1", 4, "mine", 5));
  }

  @Test
  void aNumberInANameThatNoNewNodeCouldHaveIsNotTaken() {
    Imported imported = importNew(node(1, 55_001, 13_001), node(Integer.MAX_VALUE, 41_234, 42_345));

    assertThat(imported.nodes()).extracting(Node::id).containsExactly(1, 2);
  }

  @Test
  void whereNamesCountOtherwiseTheLastThreeDigitsTellThePlan() {
    Imported imported = importNew(node(1, 44_011, 14_011), node(2, 44_012, 14_012));

    assertThat(imported.settings()).containsEntry("port_start", "44").containsEntry("metrics_port_start", "14");
    assertThat(ids(imported)).containsExactlyInAnyOrderEntriesOf(Map.of("antnode1", 11, "antnode2", 12));
  }

  @Test
  void portsOfNoPlanAreKeptAndNewNodesGetTheirsFromTheOptions() {
    Imported imported = importNew(node(1, 41_234, 42_345).rpc(43_456), node(2, 50_001, 60_002));

    assertThat(imported.nodes()).extracting(Node::id, Node::ports).containsExactly(
        tuple(1, NodePorts.of(41_234, 42_345).withRpc(43_456)), tuple(2, NodePorts.of(50_001, 60_002)));
    assertThat(imported.settings()).containsEntry("port_start", "55").containsEntry("metrics_port_start", "13");
    assertThat(imported.notes()).containsExactly("the nodes' ports follow no plan of wnm's; they keep them, and new nodes get"
        + " theirs from --port_start and --metrics_port_start");
  }

  @Test
  void aPlanThatLeavesNoRoomForNewNodesIsNone() {
    Imported overlapping = importNew(node(1, 30_001, 13_001));
    Imported beyond = importNew(Found.settings(600), node(1, 65_001, 13_001));

    assertThat(List.of(overlapping, beyond)).allSatisfy(imported -> {
      assertThat(imported.settings()).containsEntry("port_start", "55");
      assertThat(imported.notes()).singleElement().asString().contains("follow no plan");
      assertThat(imported.nodes()).extracting(Node::id).containsExactly(1);
    });
  }

  @Test
  void aNodeWithoutAMetricsPortIsNotedAndLeft() {
    Imported imported = importNew(node(1, 55_001, 0), node(2, 55_002, 13_002));

    assertThat(ids(imported)).containsOnlyKeys("antnode2");
    assertThat(imported.notes()).singleElement().asString()
        .startsWith("antnode1 is not taken over: it has no metrics port");
  }

  @Test
  void aNodeWhosePortIsNotKnownIsNotedAndLeft() {
    Imported imported = importNew(node(1, 0, 13_001), node(2, 55_002, 13_002));

    assertThat(ids(imported)).containsOnlyKeys("antnode2");
    assertThat(imported.notes()).singleElement().asString().startsWith("antnode1 is not taken over: its port is not known");
  }

  @Test
  void aNodeThatIsGoneIsPassedOverWithoutANote() {
    Imported imported = importNew(node(1, 55_001, 13_001).state(new ProcessState.Missing()), node(2, 55_002, 13_002));

    assertThat(ids(imported)).containsOnlyKeys("antnode2");
    assertThat(imported.notes()).isEmpty();
  }

  @Test
  void aNodeOfUnknownStateIsStoppedUntilItAnswers() {
    Imported imported = importNew(node(1, 55_001, 13_001).state(new ProcessState.Unknown("its status is 'Odd'")));

    Node row = imported.nodes().get(0);
    assertThat(row.status()).isEqualTo(NodeStatus.STOPPED);
    assertThat(row.health().lastError()).isEqualTo("its status is 'Odd'");
    assertThat(imported.notes()).containsExactly("antnode1 is taken over as stopped until it answers: its status is 'Odd'");
  }

  @Test
  void aStoppedNodeWasStoppedOnPurpose() {
    Node row = importNew(node(1, 55_001, 13_001).state(new ProcessState.Stopped(""))).nodes().get(0);

    assertThat(row.status()).isEqualTo(NodeStatus.STOPPED);
    assertThat(row.health().downCause()).isEqualTo(DownCause.STOPPED);
    assertThat(row.health().pid()).isEqualTo(OptionalLong.empty());
  }

  @Test
  void eachContainerHasItsOwnAntnode1() {
    Imported imported = importNew(node(1, 55_001, 13_001).in(container("a")), node(1, 55_002, 13_002).in(container("b")),
        node(2, 55_003, 13_003).in(container("a")));

    assertThat(imported.containers()).containsExactly(container("a").withId(1), container("b").withId(2));
    assertThat(imported.nodes()).extracting(Node::id, Node::service, Node::containerId).containsExactly(
        tuple(1, "antnode1", Optional.of(1)), tuple(2, "antnode1", Optional.of(2)), tuple(3, "antnode2", Optional.of(1)));
  }

  @Test
  void aColonyThatStandsKeepsItsPlanAndTheNodesThatItKnows() {
    List<Node> known = importNew(node(1, 55_001, 13_001), node(2, 55_002, 13_002)).nodes();

    Imported imported = Importer.into(Found.settings(), known, List.of(), NOW)
        .take(all(node(1, 55_001, 13_001), node(2, 55_002, 13_002), node(3, 44_003, 14_003), node(4, 55_002, 13_099)));

    assertThat(ids(imported)).containsExactlyInAnyOrderEntriesOf(Map.of("antnode3", 3));
    assertThat(imported.settings()).containsEntry("port_start", "55");
    assertThat(imported.notes()).containsExactly("antnode4 is not taken over: its port 55002 is also that of antnode2");
  }

  @Test
  void aNodeInAContainerIsAnotherThanOneOfThatNameOnTheMachine() {
    List<Node> known = importNew(node(1, 55_001, 13_001)).nodes();

    Imported imported =
        Importer.into(Found.settings(), known, List.of(), NOW).take(all(node(1, 55_002, 13_002).in(container("a"))));

    assertThat(imported.nodes()).extracting(Node::id, Node::containerId).containsExactly(tuple(2, Optional.of(1)));
  }

  @Test
  void aContainerKeepsItsRowWhenItIsMadeAnewAndWhenItIsRenamed() {
    List<Container> rows = List.of(container("a").withId(3), container("b").withId(5));
    Container anew = new Container(Optional.empty(), "a", "another", "image", true, NOW);
    Container renamed = new Container(Optional.empty(), "c", "docker-b", "image", true, NOW);

    Imported imported = Importer.into(Found.settings(), List.of(), rows, NOW).take(all(
        node(1, 55_001, 13_001).in(anew), node(2, 55_002, 13_002).in(renamed), node(3, 55_003, 13_003).in(container("d"))));

    assertThat(imported.containers())
        .containsExactly(anew.withId(3), renamed.withId(5), container("d").withId(6));
    assertThat(imported.nodes()).extracting(Node::containerId)
        .containsExactly(Optional.of(3), Optional.of(5), Optional.of(6));
  }

  private static void assertListingRefused(String reasons, Found... nodes) {
    assertThatThrownBy(() -> Importer.forNewColony(Found.settings(), NOW).takeWhole(all(nodes), "--import_file /l"))
        .isInstanceOf(BadInputException.class)
        .hasMessage("--import_file /l is taken over whole or not at all, and these nodes cannot be: " + reasons);
  }

  @Test
  void aListingIsTakenWhole() {
    Imported imported = Importer.forNewColony(Found.settings(), NOW)
        .takeWhole(all(node(1, 55_001, 13_001), node(2, 55_002, 13_002)), "--import_file /l");

    assertThat(imported.nodes()).extracting(Node::id).containsExactly(1, 2);
  }

  @Test
  void aListingOfWhichOneNodeCannotBeTakenIsRefusedAndNamesAllThatCannot() {
    assertListingRefused("antnode2: its port is not known; start it once, so that it becomes known, and import again;"
        + " antnode3: its folder relative is not an absolute path without detours",
        node(1, 55_001, 13_001), node(2, 0, 13_002), node(3, 55_003, 13_003).folder("relative"));
    assertListingRefused("antnode1: it has no metrics port, by which wnm would watch it; leave it as it is, or remove it and let"
        + " wnm add one in its place", node(1, 55_001, 0));
  }

  @Test
  void foldersThatNoOperationWouldTouchAreRefused() {
    for (String folder : List.of("/", "/srv", "/nowhere", "/home/kim", "/a/../b/c")) {
      assertThatThrownBy(() -> Importer.forNewColony(Found.settings(), NOW)
          .takeWhole(all(node(1, 55_001, 13_001).folder(folder)), "--import_file /l")).as(folder)
          .isInstanceOf(BadInputException.class).hasMessageContaining("antnode1: its folder " + folder + " is ");
      assertThat(importNew(node(1, 55_001, 13_001).folder(folder)).notes()).as(folder).singleElement().asString()
          .startsWith("antnode1 is not taken over: its folder " + folder + " is ");
    }
  }

  @Test
  void whatBelongsToOneNodeAloneIsRefusedInASecondEntry() {
    Found stopped = node(1, 55_001, 13_001).state(new ProcessState.Stopped(""));
    assertListingRefused("antnode2: its port 55001, its metrics port 13001 are also that of antnode1",
        stopped, node(2, 55_001, 13_001).state(new ProcessState.Stopped("")));
    assertListingRefused("antnode2: its RPC port 30001 is also that of antnode1",
        stopped.rpc(30_001), node(2, 55_002, 13_002).rpc(30_001).state(new ProcessState.Stopped("")));
    assertListingRefused("antnode1: its name is that of another node",
        stopped.folder("/d/n/a"), node(1, 55_002, 13_002).folder("/d/n/b"));
    assertListingRefused("antnode2: its folder /d/n/a is also that of antnode1", stopped.folder("/d/n/a"),
        node(2, 55_002, 13_002).folder("/d/n/a").state(new ProcessState.Stopped("")));
    assertListingRefused("antnode1: its name, its folder /found/host/antnode1, its port 55001, its metrics port 13001 are that of"
        + " another node", stopped, stopped);
  }

  @Test
  void ofTwoFoundNodesWithOnePortTheOneThatRunsIsTakenAndTheOtherNamed() {
    Imported imported = importNew(node(1, 55_001, 13_001).state(new ProcessState.Stopped("")), node(2, 55_001, 13_001));

    assertThat(ids(imported)).containsOnlyKeys("antnode2");
    assertThat(imported.notes()).containsExactly(
        "antnode1 is not taken over: its port 55001, its metrics port 13001 are also that of antnode2");
  }

  @Test
  void aNetworkThatIsNotKnownIsNeverTakenForAnother() {
    String reason = "its network 'Moonbase' is not one that wnm knows (evm-arbitrum-one, evm-arbitrum-sepolia-test, evm-custom,"
        + " evm-local, evm-arbitrum-sepolia)";
    assertListingRefused("antnode1: " + reason, node(1, 55_001, 13_001).network("Moonbase"));
    assertListingRefused("antnode1: its network is not said", node(1, 55_001, 13_001).network(""));
    assertThat(importNew(node(1, 55_001, 13_001).network("Moonbase")).notes())
        .containsExactly("antnode1 is not taken over: " + reason);
    // antnode itself takes the main net when it is told none.
    assertThat(importNew(node(1, 55_001, 13_001).network("")).nodes()).extracting(Node::network)
        .containsExactly("evm-arbitrum-one");
  }

  @Test
  void aListingIsRefusedForWalletsToWhichNobodyWouldPay() {
    assertListingRefused("antnode1: its wallet is not said; antnode2: its wallet " + ZERO + " is the zero address, which nobody"
        + " owns: what is sent there is lost; antnode3: 'bob' is no wallet; antnode4: its wallet " + MISTYPED + " has a wrong"
        + " EIP-55 checksum, so a digit may be mistyped; with these digits it would read"
        + " 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed; if the address is right, add --confirm",
        node(1, 55_001, 13_001).wallet(""), node(2, 55_002, 13_002).wallet(ZERO), node(3, 55_003, 13_003).wallet("bob"),
        node(4, 55_004, 13_004).wallet(MISTYPED));
  }

  @Test
  void aWalletOfAListingWhoseChecksumIsWrongCanBeConfirmedAndTheZeroAddressCannot() {
    Settings confirmed = Found.settings(20, "--confirm");

    assertThat(Importer.forNewColony(confirmed, NOW).takeWhole(all(node(1, 55_001, 13_001).wallet(MISTYPED)), "--import_file /l")
        .nodes()).extracting(Node::wallet).containsExactly(MISTYPED);
    assertThatThrownBy(() -> Importer.forNewColony(confirmed, NOW)
        .takeWhole(all(node(1, 55_001, 13_001).wallet(ZERO)), "--import_file /l")).isInstanceOf(BadInputException.class);
  }

  @Test
  void nodesThatPayToAnotherWalletThanTheSettingsNameAreTakenOverAndTold() {
    Imported imported = importNew(node(1, 55_001, 13_001), node(2, 55_002, 13_002).wallet(OTHER),
        node(3, 55_003, 13_003).wallet(OTHER), node(4, 55_004, 13_004).wallet(ZERO), node(5, 55_005, 13_005).wallet(""));

    String rest = ", while --rewards_address is " + Found.WALLET + " (the command line); what is there goes on as it is, new"
        + " nodes get the latter";
    assertThat(imported.nodes()).hasSize(5);
    assertThat(imported.notes()).containsExactly("antnode2, antnode3 pay to " + OTHER + rest,
        "antnode4 pays to " + ZERO + rest + "; " + ZERO + " is the zero address, which nobody owns: what is sent there is lost",
        "antnode5 pays to a wallet that is not known" + rest);
  }
}
