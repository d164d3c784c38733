package dev.wnm.core.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.managers.ManagerRegistry;
import dev.wnm.core.managers.Managers;
import dev.wnm.core.managers.NodeSpecs;
import dev.wnm.core.model.Motive;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.program.NodeBinary;
import dev.wnm.core.store.Colonies;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.Capability;
import dev.wnm.spi.manager.Firewall;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerType;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.OptionValues;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.Progress;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However many operations were cut off, a process manager that can is asked once. */
class RecoveryCallsTest {
  private static final String TYPE = "counting+user";
  private static final int ENTRIES = 200;

  @TempDir
  private Path home;
  private ColonyStore store;
  private final CountingManager manager = new CountingManager();

  /** Notes each call of many or one, and lets everything succeed but for nodes that are told to fail. */
  private static final class CountingManager implements ProcessManager, Batches, ProcessManagerProvider {
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final Map<Integer, OperationResult> instead = new HashMap<>();
    private List<FoundNode> found = List.of();
    private boolean inBatches = true;

    @Override
    public List<ManagerType> types() {
      return List.of(ManagerType.of(TYPE));
    }

    @Override
    public Availability availability(String type, ManagerContext context) {
      return new Availability.Available("");
    }

    @Override
    public ProcessManager create(String type, ManagerContext context) {
      return this;
    }

    @Override
    public Traits traits() {
      return Traits.USUAL;
    }

    @Override
    public <C extends Capability> Optional<C> capability(Class<C> type) {
      return type == Batches.class && !inBatches ? Optional.empty() : ProcessManager.super.capability(type);
    }

    private OperationResult one(String call, NodeSpec node) {
      calls.add(call);
      return result(node);
    }

    private Map<Integer, OperationResult> all(String call, List<NodeSpec> nodes) {
      calls.add(call + " of " + nodes.size());
      return nodes.stream().collect(Collectors.toMap(NodeSpec::id, this::result));
    }

    private OperationResult result(NodeSpec node) {
      return instead.getOrDefault(node.id(), OperationResult.done(NodeFacts.asSuggested(node)));
    }

    @Override
    public OperationResult create(NodeSpec node) {
      return one("create", node);
    }

    @Override
    public OperationResult start(NodeSpec node) {
      return one("start", node);
    }

    @Override
    public OperationResult stop(NodeSpec node) {
      return one("stop", node);
    }

    @Override
    public OperationResult remove(NodeSpec node) {
      return one("remove", node);
    }

    @Override
    public OperationResult discard(NodeSpec node) {
      return one("discard", node);
    }

    @Override
    public Map<Integer, OperationResult> createAll(List<NodeSpec> nodes) {
      return all("createAll", nodes);
    }

    @Override
    public Map<Integer, OperationResult> startAll(List<NodeSpec> nodes) {
      return all("startAll", nodes);
    }

    @Override
    public Map<Integer, OperationResult> stopAll(List<NodeSpec> nodes) {
      return all("stopAll", nodes);
    }

    @Override
    public Map<Integer, OperationResult> removeAll(List<NodeSpec> nodes) {
      return all("removeAll", nodes);
    }

    @Override
    public Map<Integer, OperationResult> discardAll(List<NodeSpec> nodes) {
      return all("discardAll", nodes);
    }

    @Override
    public Map<Integer, ProcessState> status(List<NodeSpec> nodes) {
      calls.add("status of " + nodes.size());
      return nodes.stream().collect(Collectors.toMap(NodeSpec::id, node -> new ProcessState.Running(OptionalLong.of(7))));
    }

    @Override
    public List<FoundNode> survey() {
      calls.add("survey");
      return found;
    }
  }

  @BeforeEach
  void open() {
    store = Colonies.initialised(home.resolve("colony.db"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private List<Recovery.Settlement> recover() throws Exception {
    ManagerContext context = new ManagerContext(ColonyId.of(home), new ProcessCommandRunner(), Firewall.NONE, Clock.systemUTC(),
        home.resolve("nodes"), home, Progress.SILENT);
    return new Recovery(store, new Managers(ManagerRegistry.of(List.of(manager)), context, TYPE), specs(), node -> Optional.empty(),
        Clock.systemUTC(), pause -> {}).run(store.openOperations());
  }

  private NodeSpecs specs() {
    return new NodeSpecs(false, List.of(), OptionValues.NONE, NodeBinary.missing(home), home);
  }

  private Node node(int id) {
    String name = "antnode" + id;
    return Node.builder(id, TYPE, NodePlacement.of(name + ".service", home.resolve("nodes").resolve(name)),
        NodePorts.of(40_000 + id, 50_000 + id)).user("tester").status(NodeStatus.RUNNING, Instant.EPOCH).createdAt(Instant.EPOCH).build();
  }

  private List<Node> nodes(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(this::node).toList();
  }

  private void cutOff(OperationKind kind, List<Node> nodes) {
    store.beginAll(kind, nodes.stream().map(node -> new ColonyStore.Beginning(node.id(), node.service(), JournaledNode.toJson(node)))
        .toList(), Motive.of("test"), Map.of());
  }

  private void cutOffOfRows(OperationKind kind) {
    store.save(nodes(ENTRIES));
    cutOff(kind, nodes(ENTRIES));
  }

  private FoundNode found(Node node) {
    return FoundNode.builder(NodeFacts.asSuggested(specs().of(node)), new ProcessState.Stopped("", 0))
        .nodePort(OptionalInt.of(node.ports().node())).metricsPort(node.ports().metrics()).build();
  }

  @ParameterizedTest
  @CsvSource({"START, status", "STOP, status;stopAll", "DECOMMISSION, status;stopAll", "DISABLE, status;stopAll", "ENABLE, status",
      "UPGRADE, status;stopAll;startAll", "RESTART, status;stopAll;startAll", "REMOVE, removeAll"})
  void twoHundredNodesAreOneQuestionAndOneCall(OperationKind kind, String calls) throws Exception {
    cutOffOfRows(kind);
    assertThat(recover()).hasSize(ENTRIES).noneMatch(Recovery.Settlement::failed);
    assertThat(manager.calls).containsExactly(List.of(calls.split(";")).stream().map(call -> call + " of " + ENTRIES).toArray(String[]::new));
    assertThat(store.openOperations()).isEmpty();
    assertThat(store.nodes()).hasSize(kind == OperationKind.REMOVE ? 0 : ENTRIES);
  }

  @Test
  void nodesThatWereBeingMadeAreCompletedOrClearedAwayByOneCallEach() throws Exception {
    List<Node> planned = nodes(ENTRIES);
    manager.found = planned.subList(0, ENTRIES / 2).stream().map(this::found).toList();
    cutOff(OperationKind.ADD, planned);
    assertThat(recover()).hasSize(ENTRIES).noneMatch(Recovery.Settlement::failed);
    assertThat(manager.calls).containsExactlyInAnyOrder("survey", "createAll of 100", "discardAll of 100");
    assertThat(store.nodes()).extracting(Node::id).containsExactlyElementsOf(IntStream.rangeClosed(1, ENTRIES / 2).boxed().toList());
    assertThat(store.openOperations()).isEmpty();
  }

  @Test
  void oneThatFailsKeepsNoOtherOpen() throws Exception {
    cutOffOfRows(OperationKind.STOP);
    manager.instead.put(3, OperationResult.unsettled("it hangs"));
    manager.instead.put(4, OperationResult.failed("it will not", true));
    assertThat(recover()).filteredOn(Recovery.Settlement::failed).extracting(settlement -> settlement.open().nodeId()).containsExactly(3, 4);
    assertThat(store.openOperations()).hasSize(1);
    assertThat(store.nodes()).filteredOn(node -> node.status() == NodeStatus.STOPPED).hasSize(ENTRIES - 2);
  }

  @Test
  void aNodeThatWasInTheMiddleOfTwoThingsIsPutRightInTheirOrder() throws Exception {
    store.save(nodes(2));
    cutOff(OperationKind.STOP, nodes(2));
    cutOff(OperationKind.REMOVE, nodes(1));
    assertThat(recover()).extracting(settlement -> settlement.open().kind())
        .containsExactly(OperationKind.STOP, OperationKind.STOP, OperationKind.REMOVE);
    assertThat(manager.calls).containsExactly("status of 2", "stopAll of 2", "removeAll of 1");
    assertThat(store.nodes()).extracting(Node::id).containsExactly(2);
  }

  @Test
  void whereNodesAreDoneOneByOneTheQuestionIsStillOne() throws Exception {
    manager.inBatches = false;
    cutOffOfRows(OperationKind.STOP);
    assertThat(recover()).hasSize(ENTRIES).noneMatch(Recovery.Settlement::failed);
    assertThat(manager.calls.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting())))
        .isEqualTo(Map.of("status of 200", 1L, "stop", 200L));
  }

  @Test
  void anEntryThatTheStoreRefusesStaysOpenAlone() throws Exception {
    List<Node> planned = nodes(3);
    manager.found = planned.stream().map(this::found).toList();
    // A row that another program wrote meanwhile has the second one's service.
    store.save(List.of(node(9).placedAt(planned.get(1).placement())));
    cutOff(OperationKind.ADD, planned);
    assertThat(recover()).filteredOn(Recovery.Settlement::failed).extracting(settlement -> settlement.open().nodeId()).containsExactly(2);
    assertThat(store.openOperations()).hasSize(1);
    assertThat(store.nodes()).extracting(Node::id).containsExactly(1, 3, 9);
  }
}
