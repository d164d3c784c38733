package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.cycle.ManualResult;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.manager.InstallsBinaries;
import dev.wnm.spi.manager.KeepsKeys;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.program.NodePrograms;
import dev.wnm.testkit.antnode2.StandInAntNode2;
import dev.wnm.testkit.manager.ManagerKind;
import dev.wnm.testkit.manager.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code --force_action renew}: nodes of the old network give way to nodes of the present one. */
@Order(3)
@Execution(value = ExecutionMode.CONCURRENT, reason = "each test has a home of its own, and waits for nodes that do not answer")
class RenewalTest {
  private static final int MOST_CYCLES = 80;

  @TempDir
  private Path home;
  private ColonyHarness colony;
  private Path antNode;
  /** Keys of the old nodes, by the nodes' ids. */
  private final Map<Integer, byte[]> keys = new HashMap<>();

  @BeforeEach
  void threeNodesOfTheOldNetworkRun() throws Exception {
    colony = new ColonyHarness(home, ManagerKind.of(Traits.USUAL, InstallsBinaries.class, KeepsKeys.class));
    colony.init("--delay_remove", "60");
    colony.grow(3);
    antNode = StandInAntNode2.installInto(Files.createDirectories(home.resolve("present")));
    colony.cycle("--antnode_path", antNode.toString());
    for (Node node : colony.nodes()) {
      keys.put(node.id(), Files.readAllBytes(node.rootDir().resolve("secret-key")));
    }
  }

  @AfterEach
  void close() {
    colony.close();
  }

  private List<Node> of(String program) {
    return colony.nodes().stream().filter(node -> node.program().name().equals(program)).toList();
  }

  private ManualResult renew(int count, String... options) throws Exception {
    return colony.force("renew", List.of(), OptionalInt.of(count), options);
  }

  /** @return the fewest nodes that ran after any cycle */
  private long cyclesUntil(BooleanSupplier isSo) throws Exception {
    long fewest = Long.MAX_VALUE;
    for (int i = 0; i < MOST_CYCLES && !isSo.getAsBoolean(); i++) {
      colony.cycle();
      fewest = Math.min(fewest, colony.running());
    }
    assertThat(isSo.getAsBoolean()).as(colony.nodes().toString()).isTrue();
    return fewest;
  }

  private List<Path> kept() throws IOException {
    Path folder = home.resolve("kept-keys");
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(folder)) {
      return folders.sorted().toList();
    }
  }

  @Test
  void theOldestGiveWayOneForOneAndNeverDoFewerRun() throws Exception {
    ManualResult begun = renew(3);

    assertThat(begun.failed()).as(begun.toString()).isFalse();
    assertThat(begun.fields()).containsEntry("status", "renewal-begun").containsEntry("renewal_count", 3);
    assertThat(of("ant-node")).hasSize(1);
    long fewest = cyclesUntil(() -> of("antnode").isEmpty() && colony.stored().getOrDefault("renewal", "").isEmpty());

    assertThat(fewest).isGreaterThanOrEqualTo(3);
    assertThat(of("ant-node")).hasSize(3).extracting(Node::status).containsOnly(NodeStatus.RUNNING);
    assertThat(colony.machine.log().of(Operation.REMOVE)).containsExactly(1, 2, 3);
    assertThat(kept()).hasSize(3);
    for (Path folder : kept()) {
      int id = Integer.parseInt(folder.getFileName().toString().replaceFirst("antnode0*([0-9]+)-.*", "$1"));
      assertThat(Files.readAllBytes(folder.resolve("secret-key"))).isEqualTo(keys.get(id));
    }
    colony.cycles(5);
    assertThat(colony.nodes()).as("nothing more happens").hasSize(3);
  }

  @Test
  void onlyAsManyAsAskedForGiveWay() throws Exception {
    renew(1);

    cyclesUntil(() -> of("antnode").size() == 2 && colony.stored().getOrDefault("renewal", "").isEmpty());
    colony.cycles(10);

    assertThat(of("antnode")).extracting(Node::id).containsExactly(2, 3);
    assertThat(of("ant-node")).hasSize(1);
  }

  @Test
  void aDryRunNamesThosePairsAndChangesNothing() throws Exception {
    byte[] before = Files.readAllBytes(colony.database);

    ManualResult result = renew(2, "--dry_run");

    assertThat(result.failed()).isFalse();
    assertThat(result.lines()).singleElement().asString().contains("antnode0001.service (antnode) gives way to a new node of ant-node",
        "antnode0002", home.resolve("kept-keys").toString()).doesNotContain("antnode0003");
    assertThat(Files.readAllBytes(colony.database)).isEqualTo(before);
    assertThat(kept()).isEmpty();
  }

  @Test
  void noNodeGoesWhoseKeyCouldNotBeKept() throws Exception {
    colony.machine.intercept((operation, node) -> operation == Operation.KEEP_KEY
        ? Optional.of(OperationResult.failed("the disk is full", true)) : Optional.empty());
    renew(1);

    List<String> troubles = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      colony.cycle().outcomes().stream().filter(outcome -> !outcome.succeeded()).forEach(outcome -> troubles.add(outcome.detail()));
    }

    assertThat(troubles).isNotEmpty().allSatisfy(why -> assertThat(why).contains("its key could not be kept", "the disk is full"));
    assertThat(of("antnode")).hasSize(3).extracting(Node::status).containsOnly(NodeStatus.RUNNING);
    colony.machine.intercept((operation, node) -> Optional.empty());
    cyclesUntil(() -> of("antnode").size() == 2);
    assertThat(kept()).hasSize(1);
  }

  @Test
  void cyclesGoOnWhereTheFirstNewNodeCouldNotBeMade() throws Exception {
    colony.machine.failNext(Operation.CREATE, "no room for it", true);

    ManualResult begun = renew(1);

    assertThat(begun.failed()).isTrue();
    assertThat(begun.lines()).singleElement().asString().contains("no room for it");
    assertThat(of("ant-node")).isEmpty();
    assertThat(cyclesUntil(() -> of("antnode").size() == 2 && colony.stored().getOrDefault("renewal", "").isEmpty()))
        .isGreaterThanOrEqualTo(3);
  }

  @Test
  void noNodeGoesBeforeTheOneInItsPlaceRuns() throws Exception {
    renew(1);
    colony.machine.intercept((operation, node) -> operation == Operation.START && node.program().name().equals("ant-node")
        ? Optional.of(OperationResult.failed("it does not start", true)) : Optional.empty());
    int comer = of("ant-node").get(0).id();
    colony.machine.kill(comer);

    colony.cycles(15);

    assertThat(of("antnode")).hasSize(3).extracting(Node::status).containsOnly(NodeStatus.RUNNING);
    colony.machine.intercept((operation, node) -> Optional.empty());
    cyclesUntil(() -> of("antnode").size() == 2);
  }

  @Test
  void aSecondOrderTakesThePlaceOfTheFirst() throws Exception {
    renew(3);
    colony.cycle();

    renew(1);

    cyclesUntil(() -> of("antnode").size() == 2 && colony.stored().getOrDefault("renewal", "").isEmpty());
    colony.cycles(10);
    assertThat(of("antnode")).hasSize(2);
    assertThat(colony.nodes()).hasSize(3);
  }

  @Test
  void nodesOfAProcessManagerThatCannotKeepKeysStay() throws Exception {
    ManagerKind kind = ManagerKind.of(Traits.USUAL, InstallsBinaries.class);
    try (ColonyHarness other = new ColonyHarness(Files.createDirectory(home.resolve("other")), kind)) {
      other.init("--node_cap", "1");
      other.grow(1);

      ManualResult result = other.force("renew", List.of(), OptionalInt.empty(), "--antnode_path", antNode.toString());

      assertThat(result.failed()).isTrue();
      assertThat(result.lines()).singleElement().asString().contains("cannot keep its key");
      assertThat(other.nodes()).hasSize(1);
    }
  }

  @Test
  void aProcessManagerThatRunsOneProgramOnlySaysWhereTheOthersComeTo() throws Exception {
    colony.close();
    colony = new ColonyHarness(home.resolve("second"), ManagerKind.of(Traits.USUAL.running(NodePrograms.usual()), KeepsKeys.class));
    colony.init();
    colony.grow(1);

    assertThat(renew(1).lines()).singleElement().asString().startsWith("No nodes of another program than antnode to renew: process manager ")
        .contains(" runs antnode only, and a colony keeps its process manager", "--init with another --dbpath and --process_manager");
  }

  @Test
  void thereIsNothingToRenewWhereAllNodesAreOfThePresentProgram() throws Exception {
    colony.cycle("--antnode_path", home.resolve(".local/bin/antnode").toString());

    assertThat(renew(1).lines()).containsExactly("No nodes of another program than antnode to renew");
  }
}
