package dev.wnm.core.colony;

import static dev.wnm.testkit.manager.WrappedTool.container;
import static dev.wnm.testkit.manager.WrappedTool.running;
import static dev.wnm.testkit.manager.WrappedTool.stopped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.wnm.core.cycle.ManualResult;
import dev.wnm.core.model.Node;
import dev.wnm.spi.manager.BulkTeardown;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.RunsInContainers;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.manager.Upgrades;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.testkit.manager.CallLog;
import dev.wnm.testkit.manager.ManagerKind;
import dev.wnm.testkit.manager.Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New nodes of a back end whose nodes live in containers. */
class ContainersTest {
  /** As antctl's are in containers, but for the binaries. */
  static final ManagerKind GROUPED = ManagerKind.of(Traits.USUAL.with(Traits.Numbering.MONOTONIC).with(Traits.Concurrency.PER_GROUP), BulkTeardown.class, RunsInContainers.class, Upgrades.class);

  @TempDir
  private Path home;
  private ColonyHarness colony;

  @BeforeEach
  void initialize() throws Exception {
    colony = new ColonyHarness(home, GROUPED);
    colony.init("--node_cap", "20", "--max_concurrent_starts", "20", "--max_concurrent_operations", "20");
  }

  @AfterEach
  void close() {
    colony.close();
  }

  private ManualResult add(int count, String... options) throws Exception {
    return colony.force("add", List.of(), OptionalInt.of(count), options);
  }

  /** The nodes' numbers in the container of that name. */
  private List<Integer> in(String name) {
    int row = colony.containers().stream().filter(container -> container.name().equals(name)).findFirst()
        .flatMap(Container::id).orElseThrow();
    return colony.nodes().stream().filter(node -> node.containerId().equals(Optional.of(row))).map(Node::id).toList();
  }

  @Test
  void newNodesGoToTheContainerWithTheFewest() throws Exception {
    colony.machine.tool().has(running("a"));
    add(2);
    colony.machine.tool().has(running("a"), running("b"));
    add(4);

    assertThat(in("a")).containsExactly(1, 2, 5);
    assertThat(in("b")).containsExactly(3, 4, 6);
  }

  @Test
  void aStoppedContainerGetsNone() throws Exception {
    colony.machine.tool().has(stopped("a"), running("b"));
    add(3);

    assertThat(in("b")).containsExactly(1, 2, 3);
    assertThat(colony.containers()).extracting(Container::name, Container::running)
        .containsExactly(tuple("a", false), tuple("b", true));
  }

  @Test
  void whereNoContainerRunsNoNodeIsAddedAndItIsSaidWhy() throws Exception {
    colony.machine.tool().has(stopped("a"));

    try (LogLines log = new LogLines()) {
      assertThat(colony.cycle().outcomes()).isEmpty();
      assertThat(log.at(Level.WARNING)).contains("no node is added: none of its containers runs");
    }
    for (ManualResult forced : List.of(add(1), add(3))) {
      assertThat(forced.failed()).isTrue();
      assertThat(forced.lines()).containsExactly("no node is added: none of its containers runs");
    }
    assertThat(colony.nodes()).isEmpty();
    assertThat(colony.openOperations()).isZero();
  }

  @Test
  void whenTheContainersCannotBeToldNoNodeIsAddedAndItIsSaidWhy() throws Exception {
    colony.machine.tool().breaksDown("Docker does not answer");

    assertThat(add(1).lines()).containsExactly("no node is added: Docker does not answer");
    assertThat(colony.nodes()).isEmpty();
  }

  @Test
  void theRowOfAContainerIsMadeOnceAndFollowsTheContainer() throws Exception {
    colony.machine.tool().has(running("a"), running("b"));
    add(2);
    colony.machine.tool().has(container("a", "made-anew", true), stopped("b"));
    add(1);

    assertThat(colony.containers()).extracting(row -> row.id().orElseThrow(), Container::name, Container::dockerId,
        Container::running).containsExactly(tuple(1, "a", "made-anew", true), tuple(2, "b", "docker-id-of-b", false));
    assertThat(in("a")).containsExactly(1, 3);
  }

  @Test
  void aRenamedContainerKeepsItsRow() throws Exception {
    colony.machine.tool().has(container("a", "the-id", true));
    add(1);
    colony.machine.tool().has(container("z", "the-id", true));
    add(1);

    assertThat(in("z")).containsExactly(1, 2);
    assertThat(colony.containers()).hasSize(1);
  }

  @Test
  void aDryRunMakesNoRow() throws Exception {
    colony.machine.tool().has(running("a"));

    assertThat(add(1, "--dry_run").failed()).isFalse();
    assertThat(colony.containers()).isEmpty();
  }

  @Test
  void oneOperationAtATimeInAContainerAndContainersSideBySide() throws Exception {
    colony.machine.tool().has(running("a"), running("b"));
    CyclicBarrier bothContainers = new CyclicBarrier(2);
    colony.machine.intercept((operation, node) -> {
      meet(bothContainers);
      return Optional.empty();
    });

    assertThat(add(6).failed()).isFalse();

    CallLog log = colony.machine.log();
    assertThat(log.mostAtOnceInOneGroup()).isEqualTo(1);
    assertThat(log.mostAtOnce()).isEqualTo(2);
    assertThat(in("a")).containsExactly(1, 3, 5);
    assertThat(log.of(Operation.CREATE).stream().filter(id -> id % 2 == 1)).containsExactly(1, 3, 5);
  }

  @Test
  void thePauseBetweenTwoStartsIsKeptAcrossContainers() throws Exception {
    colony.machine.tool().has(running("a"), running("b"));

    add(4, "--action_delay", "250");

    assertThat(colony.pauses).containsExactly(Duration.ofMillis(250), Duration.ofMillis(250), Duration.ofMillis(250));
  }

  @Test
  void theHighestNumberIsKeptWhicheverContainerWasFaster() throws Exception {
    colony.machine.tool().has(running("a"), running("b"));
    CyclicBarrier theLastOfBIsMade = new CyclicBarrier(2);
    colony.machine.intercept((operation, node) -> {
      if (operation == Operation.CREATE && (node.id() == 1 || node.id() == 4)) {
        meet(theLastOfBIsMade);
      }
      return Optional.empty();
    });

    add(4);

    assertThat(in("b")).containsExactly(2, 4);
    assertThat(colony.stored()).containsEntry("highest_node_id_used", "4");
  }

  @Test
  void twoContainersMayHaveServicesOfOneName() throws Exception {
    colony.machine.tool().has(running("a"), running("b"));
    colony.machine.placeBy(node -> placed(node, "antnode" + (node.id() + 1) / 2));

    add(4);
    assertThat(colony.nodes()).extracting(Node::service).containsExactly("antnode1", "antnode1", "antnode2", "antnode2");
    colony.force("stop", List.of("2"), OptionalInt.empty());
    assertThat(colony.machine.running()).containsExactly(1, 3, 4);
    colony.force("remove", List.of("1"), OptionalInt.empty());
    assertThat(colony.machine.nodes()).containsExactly(2, 3, 4);
  }

  /** Where a back end puts a node that chooses names itself. */
  private static NodeFacts placed(NodeSpec node, String service) {
    Path root = node.rootDir().resolveSibling(node.group().orElse("host")).resolve(service);
    return NodeFacts.at(NodePlacement.of(service, root));
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the other container did not come", e);
    }
  }
}
