package dev.wnm.testkit.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.OperationResult.Done;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.ProcessState.Stopped;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.testkit.NodePages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A test can break the machine in memory in the ways that it needs. */
class InMemoryMachineTest {
  private final InMemoryMachine machine = new InMemoryMachine();
  private final NodePages pages = new NodePages();
  private ContractMachine folders;
  private ProcessManager manager;

  InMemoryMachineTest() throws IOException {}

  @BeforeEach
  void prepare(@TempDir Path folder) throws IOException {
    folders = new ContractMachine(folder, "storage", StandIn.ANTNODE, StandIn.ANTNODE::install);
    manager = machine.provider().create(InMemoryMachine.TYPE, folders.context(new ProcessCommandRunner()));
  }

  @AfterEach
  void close() {
    machine.close();
  }

  @Test
  void theNextCreatesFailAndLeaveNothing() {
    machine.failNext(Operation.CREATE, "the disk is full", true);
    machine.failNext(Operation.CREATE, "still full", true);

    assertThat(manager.create(node(1))).isEqualTo(OperationResult.failed("the disk is full", true));
    assertThat(manager.create(node(1))).isEqualTo(OperationResult.failed("still full", true));
    assertThat(node(1).rootDir()).doesNotExist();
    assertThat(manager.create(node(1))).isInstanceOf(Done.class);
    assertThat(machine.nodes()).containsExactly(1);
  }

  @Test
  void aKilledNodeIsDownAndSilent() {
    NodeSpec node = up(1);

    machine.kill(1);

    assertThat(state(node)).isEqualTo(new Stopped("killed by signal 9"));
    assertThat(pages.version("127.0.0.1", node.ports().metrics().orElseThrow())).isEmpty();
    assertThat(machine.running()).isEmpty();
  }

  @Test
  void aRebootEndsAllProcessesAndKeepsAllNodes() {
    up(1);
    up(2);

    machine.reboot();

    assertThat(machine.nodes()).containsExactly(1, 2);
    assertThat(machine.running()).isEmpty();
  }

  @Test
  void aNodeThatTalksGarbageStillRunsAndHeals() throws IOException {
    NodeSpec node = up(1);

    machine.garble(1);
    assertThat(new NodePages().version("127.0.0.1", node.ports().metrics().orElseThrow())).isEmpty();
    assertThat(state(node)).isInstanceOf(ProcessState.Running.class);

    machine.heal(1, ContractMachine.NEW);
    assertThat(new NodePages().version("127.0.0.1", node.ports().metrics().orElseThrow())).contains(ContractMachine.NEW);
  }

  @Test
  void aStateCanBePretended() throws Exception {
    NodeSpec node = up(1);
    ProcessState unknown = new ProcessState.Unknown("the back end does not answer");

    machine.pretend(1, unknown);
    assertThat(state(node)).isEqualTo(unknown);
    assertThat(manager.survey().get(0).state()).isEqualTo(unknown);

    machine.tellTheTruth();
    assertThat(state(node)).isInstanceOf(ProcessState.Running.class);
  }

  @Test
  void itDecidesNamesAndPathsWhenToldTo() {
    machine.placeBy(asked -> NodeFacts.at(
        NodePlacement.of("antnode" + asked.id(), folders.nodeStorage().resolve("n" + asked.id()))
            .withLogDir(folders.home().resolve("logs"))).withHost("127.0.0.1"));

    NodeSpec placed = up(4);

    assertThat(placed.service()).isEqualTo("antnode4");
    assertThat(placed.binary()).isEqualTo(folders.nodeStorage().resolve("n4/antnode")).isExecutable();
    assertThat(manager.remove(placed)).isInstanceOf(Done.class);
    assertThat(placed.rootDir()).doesNotExist();
  }

  @Test
  void itCountsWhatRunsAtOnceAndLogsWhatWasAsked() throws Exception {
    CyclicBarrier bothInside = new CyclicBarrier(2);
    machine.intercept((operation, node) -> {
      try {
        bothInside.await(1, TimeUnit.MINUTES);
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        throw new IllegalStateException(e);
      }
      return Optional.empty();
    });
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<OperationResult>> creates =
          List.of(threads.submit(() -> manager.create(node(1))), threads.submit(() -> manager.create(node(2))));
      for (Future<OperationResult> create : creates) {
        assertThat(create.get()).isInstanceOf(Done.class);
      }
    } finally {
      threads.shutdown();
    }

    assertThat(machine.log().of(Operation.CREATE)).containsExactlyInAnyOrder(1, 2);
    assertThat(machine.log().mostAtOnce()).isEqualTo(2);
    assertThat(machine.log().mostAtOnceOnOneNode()).isEqualTo(1);
    assertThat(machine.log().mostAtOnceInOneGroup()).isZero();
  }

  private NodeSpec node(int id) {
    return folders.node(id, Optional.empty());
  }

  private NodeSpec up(int id) {
    NodeSpec asked = node(id);
    NodeSpec made = asked.withFacts(((Done) manager.create(asked)).facts());
    return made.withFacts(((Done) manager.start(made)).facts());
  }

  private ProcessState state(NodeSpec node) {
    return manager.status(List.of(node)).get(node.id());
  }
}
