package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.cycle.ManualResult;
import dev.wnm.core.cycle.Order;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.InstallsBinaries;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.PlacesNodes;
import dev.wnm.spi.manager.Traits;
import dev.wnm.testkit.manager.ManagerKind;
import dev.wnm.testkit.manager.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node is brought from one storage to another. */
class MoveTest {
  @TempDir Path home;
  private ColonyHarness colony;
  private LogLines log;
  private Path a;
  private Path b;

  @BeforeEach
  void aNodeInTheFirstOfTwoStorages() throws Exception {
    log = new LogLines();
    a = home.resolve("a/nodes");
    b = home.resolve("b/nodes");
    colony = ColonyHarness.initialized(home, "--node_storage", a + "," + b, "--node_cap", "1");
    colony.disk(a, 20);
    colony.disk(b, 30);
    colony.grow(1);
    assertThat(colony.node(1).rootDir()).startsWith(a);
  }

  @AfterEach
  void close() {
    colony.close();
    log.close();
  }

  private ManualResult move(Path to, String... options) throws Exception {
    List<String> words = new ArrayList<>(Arrays.asList(options));
    try (Colony opened = Colony.open(colony.resolver(words), colony.tools())) {
      return opened.force(Order.move(List.of("antnode0001"), to));
    }
  }

  private String keyOf(Node node) throws Exception {
    return Arrays.toString(Files.readAllBytes(node.rootDir().resolve("secret-key")));
  }

  @Test
  void aRunningNodeRunsInTheOtherStorageAfterwardsAsTheSame() throws Exception {
    String key = keyOf(colony.node(1));
    String peer = colony.node(1).peerId();

    ManualResult result = move(b);

    assertThat(result.failed()).as(result.lines().toString()).isFalse();
    Node moved = colony.node(1);
    assertThat(moved.rootDir()).isEqualTo(b.resolve("antnode0001"));
    assertThat(moved.binary()).startsWith(b).exists();
    assertThat(moved.logDir()).hasValueSatisfying(logs -> assertThat(logs).startsWith(b));
    assertThat(keyOf(moved)).isEqualTo(key);
    assertThat(a.resolve("antnode0001")).doesNotExist();
    assertThat(colony.machine.running()).containsExactly(1);
    assertThat(colony.openOperations()).isZero();
    colony.cycles(8);
    assertThat(colony.status(1)).isEqualTo(NodeStatus.RUNNING);
    assertThat(colony.node(1).peerId()).isEqualTo(peer);
  }

  @Test
  void aStoppedNodeStaysStopped() throws Exception {
    colony.force("stop", List.of("antnode0001"), OptionalInt.empty());

    assertThat(move(b).failed()).isFalse();

    assertThat(colony.node(1).rootDir()).startsWith(b);
    assertThat(colony.status(1)).isEqualTo(NodeStatus.STOPPED);
    assertThat(colony.machine.running()).isEmpty();
  }

  @Test
  void aDisabledNodeStaysDisabled() throws Exception {
    colony.force("disable", List.of("antnode0001"), OptionalInt.empty());

    assertThat(move(b).failed()).isFalse();

    assertThat(colony.node(1).rootDir()).startsWith(b);
    assertThat(colony.status(1)).isEqualTo(NodeStatus.DISABLED);
  }

  @Test
  void cutOffBeforeItsServiceIsMovedItIsWhereItWasAndOneFolderIsLeft() throws Exception {
    String key = keyOf(colony.node(1));
    colony.machine.intercept((operation, node) -> operation == Operation.SETTLE_MOVE
        ? Optional.of(OperationResult.unsettled("cut off after the copy")) : Optional.empty());

    assertThat(move(b).failed()).isTrue();
    assertThat(colony.openOperations()).isEqualTo(1);
    assertThat(b.resolve("antnode0001/secret-key")).exists();
    assertThat(a.resolve("antnode0001/secret-key")).exists();
    colony.machine.intercept((operation, node) -> Optional.empty());
    colony.cycles(8);

    assertThat(colony.openOperations()).isZero();
    assertThat(colony.node(1).rootDir()).startsWith(a);
    assertThat(b.resolve("antnode0001")).doesNotExist();
    assertThat(keyOf(colony.node(1))).isEqualTo(key);
    assertThat(colony.status(1)).isEqualTo(NodeStatus.RUNNING);
  }

  @Test
  void cutOffAfterItsServiceWasMovedItIsFinishedByTheNextCycle() throws Exception {
    String key = keyOf(colony.node(1));
    // Done behind wnm's back: the process manager did all, and the program ended before it wrote that down.
    colony.machine.intercept((operation, node) -> {
      if (operation == Operation.MOVE) {
        throw new StackOverflowError("killed");
      }
      return Optional.empty();
    });
    move(b);
    colony.machine.intercept((operation, node) -> Optional.empty());
    assertThat(colony.openOperations()).isEqualTo(1);
    Node row = colony.node(1);
    NodeSpec spec = NodeSpec.builder(1, row.placement(), row.ports()).program(row.program()).user(row.user()).build();
    colony.moveBehindOurBack(spec, row.placement().in(b));

    colony.cycles(8);

    assertThat(colony.openOperations()).isZero();
    assertThat(colony.node(1).rootDir()).startsWith(b);
    assertThat(a.resolve("antnode0001")).doesNotExist();
    assertThat(keyOf(colony.node(1))).isEqualTo(key);
    assertThat(colony.status(1)).isEqualTo(NodeStatus.RUNNING);
  }

  @Test
  void aMoveThatFailsLeavesTheNodeRunningWhereItWas() throws Exception {
    colony.machine.failNext(Operation.MOVE, "no space left on the device", true);

    ManualResult result = move(b);

    assertThat(result.failed()).isTrue();
    assertThat(result.lines().toString()).contains("no space left on the device");
    assertThat(colony.node(1).rootDir()).startsWith(a);
    assertThat(colony.machine.running()).containsExactly(1);
    assertThat(colony.openOperations()).isZero();
  }

  @Test
  void nothingIsDoneWhereSomethingIsInItsPlace() throws Exception {
    Files.createDirectories(b.resolve("antnode0001"));

    ManualResult result = move(b);

    assertThat(result.lines().toString()).contains(b.resolve("antnode0001") + " is there already");
    assertThat(colony.machine.log().of(Operation.MOVE)).isEmpty();
    assertThat(colony.machine.running()).containsExactly(1);
  }

  @Test
  void aDiskThatWouldBeTooFullIsRefused() throws Exception {
    colony.disk(b, 99);

    ManualResult result = move(b);

    assertThat(result.lines().toString()).contains("99.0 % of the disk of " + b, "hd_remove");
    assertThat(colony.machine.log().of(Operation.MOVE)).isEmpty();
  }

  @Test
  void aStorageThatIsNotListedIsRefusedAndNothingIsDone() {
    assertThatThrownBy(() -> move(home.resolve("c"))).isInstanceOf(BadInputException.class)
        .hasMessageContaining("--to " + home.resolve("c")).hasMessageContaining("--node_storage is " + a + "," + b);
    assertThatThrownBy(() -> new Order("move", List.of("antnode0001"), OptionalInt.empty())).isInstanceOf(BadInputException.class)
        .hasMessageContaining("--to");
    assertThatThrownBy(() -> new Order("move", List.of(), OptionalInt.empty(), Optional.of(b))).isInstanceOf(BadInputException.class)
        .hasMessageContaining("--service_name");
  }

  @Test
  void aDryRunSaysFromWhereToWhereAndMovesNothing() throws Exception {
    ManualResult result = move(b, "--dry_run");

    assertThat(result.failed()).isFalse();
    assertThat(log.at(Level.WARNING)).anySatisfy(line -> assertThat(line).contains("antnode0001.service would have been moved", "from " + a + " to " + b));
    assertThat(colony.node(1).rootDir()).startsWith(a);
    assertThat(colony.machine.log().of(Operation.MOVE)).isEmpty();
  }

  @Test
  void aProcessManagerThatCannotMoveSaysSo() throws Exception {
    try (ColonyHarness other = new ColonyHarness(Files.createDirectory(home.resolve("other")),
        ManagerKind.of(Traits.USUAL, InstallsBinaries.class, PlacesNodes.class))) {
      Path x = other.home.resolve("x");
      Path y = other.home.resolve("y");
      other.init("--node_storage", x + "," + y, "--node_cap", "1");
      other.grow(1);
      try (Colony opened = Colony.open(other.resolver(List.of()), other.tools())) {
        assertThat(opened.force(Order.move(List.of("1"), y)).lines().toString()).contains("cannot move nodes");
      }
      assertThat(other.machine.running()).containsExactly(1);
    }
  }
}
