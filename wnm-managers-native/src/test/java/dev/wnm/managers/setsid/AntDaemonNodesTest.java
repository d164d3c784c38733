package dev.wnm.managers.setsid;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.managers.support.UdpSockets;
import dev.wnm.spi.manager.AdoptsNodes;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.program.NodePrograms;
import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.antnode2.StandInAntNode2;
import dev.wnm.testkit.manager.ContractMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes of {@code ant node daemon}, by its registry, and nodes whose parent still lives. */
class AntDaemonNodesTest {
  private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
  private final UdpSockets sockets = UdpSockets.ofThisSystem();
  private final List<Process> started = new ArrayList<>();
  private Bench bench;
  private Path data;

  @BeforeEach
  void prepare(@TempDir Path folder) throws IOException {
    bench = new Bench(folder);
    data = Files.createDirectories(bench.home.resolve(".local/share/ant"));
  }

  @AfterEach
  void endAll() throws Exception {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    bench.close();
  }

  private SetsidManager manager() {
    return bench.manager(Map.of("PATH", System.getenv("PATH")));
  }

  private Path root(int id) {
    return data.resolve("nodes/node-" + id);
  }

  /** As the daemon starts it. @param port 0 where the node finds one for itself */
  private Process start(int id, int port, String... more) throws IOException {
    Path binary = StandInAntNode2.installInto(root(id));
    List<String> words = new ArrayList<>(List.of(binary.toString(), "--rewards-address", Bench.WALLET, "--root-dir",
        root(id).toString()));
    if (port != 0) {
      words.addAll(List.of("--port", Integer.toString(port)));
    }
    words.addAll(List.of(more));
    words.addAll(List.of("--evm-network", "arbitrum-sepolia"));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(root(id).resolve("stdout.log").toFile()).start();
    started.add(process);
    eventually("the node listens", () -> sockets.portsOf(process.pid()).values().stream().anyMatch(ports -> !ports.isEmpty())
        && (port == 0 || sockets.ports().contains(port)));
    return process;
  }

  private String entry(int id, String port, String more) {
    return """
        "%1$d": {"id": %1$d, "service_name": "node%1$d", "rewards_address": "%2$s", "data_dir": "%3$s", "log_dir": null,
          "node_port": %4$s, "binary_path": "%3$s/ant-node", "version": "0.23.1", "env_variables": {"ANT_IPV4_ONLY": "true"},
          "bootstrap_peers": [], "upgrade_channel": null, "evm_network": "arbitrum_sepolia"%5$s}""".formatted(
        id, Bench.WALLET, root(id), port, more);
  }

  private void register(String... entries) throws IOException {
    Files.writeString(data.resolve("node_registry.json"),
        "{\"schema_version\": 1, \"next_id\": 9, \"of_tomorrow\": true, \"nodes\": {" + String.join(",", entries) + "}}");
  }

  private static FoundNode only(List<FoundNode> nodes) {
    assertThat(nodes).hasSize(1);
    return nodes.get(0);
  }

  private static NodeSpec spec(FoundNode node) {
    return NodeSpec.builder(node.id().orElseThrow(), node.facts().placement(), NodePorts.of(node.nodePort().orElseThrow()))
        .program(node.program().orElseThrow()).source(node.facts().binary()).user(node.user()).wallet(node.wallet().orElseThrow())
        .network(node.network().orElseThrow()).bootstrapCache(node.facts().rootDir().resolveSibling("cache")).build();
  }

  @Test
  void aRunningNodeOfTheRegistryIsFoundWithAllThatItsProcessAndTheRegistryTell() throws Exception {
    int port = FreePorts.next();
    Process process = start(3, port, "--stop-on-upgrade");
    register(entry(3, Integer.toString(port), ""));

    FoundNode node = only(Bench.survey(manager()));

    assertThat(node.state()).isEqualTo(new ProcessState.Running(OptionalLong.of(process.pid())));
    assertThat(node.facts().service()).isEqualTo("node-3.service");
    assertThat(node.facts().rootDir()).isEqualTo(root(3));
    assertThat(node.facts().binary()).isEqualTo(root(3).resolve("ant-node"));
    assertThat(node.id()).hasValue(3);
    assertThat(node.nodePort()).hasValue(port);
    assertThat(node.wallet()).hasValue(Bench.WALLET);
    assertThat(node.network()).hasValue("evm-arbitrum-sepolia");
    assertThat(node.program()).isEqualTo(NodePrograms.named("ant-node"));
    assertThat(node.environment()).isEqualTo(Map.of("ANT_IPV4_ONLY", "true"));
    assertThat(node.obstacle()).isEmpty();
    assertThat(node.remarks()).isEmpty();
  }

  @Test
  void aNodeThatFoundAPortForItselfKeepsIt() throws Exception {
    Process one = start(1, 0, "--stop-on-upgrade", "--disable-webrtc-direct");
    Process other = start(2, 0, "--stop-on-upgrade", "--disable-webrtc-direct");
    register(entry(1, "null", ""), entry(2, "null", ""));

    List<FoundNode> nodes = Bench.survey(manager());

    assertThat(nodes).extracting(FoundNode::nodePort).doesNotHaveDuplicates().doesNotContain(OptionalInt.empty());
    assertThat(nodes.get(0).nodePort().getAsInt()).isIn(all(one));
    assertThat(nodes.get(1).nodePort().getAsInt()).isIn(all(other));
  }

  private List<Integer> all(Process process) {
    return sockets.portsOf(process.pid()).values().stream().flatMap(ports -> ports.stream()).toList();
  }

  @Test
  void aStoppedNodeIsToldOfByTheRegistryAloneAndOneWithoutItsDataIsNamed() throws Exception {
    StandInAntNode2.installInto(root(1));
    register(entry(1, "12001", ""), entry(2, "12002", ""),
        entry(4, "12004", ", \"eviction\": {\"reason\": \"low disk\", \"evicted_at\": 1790000000, \"reclaimed_bytes\": 1}"));

    List<FoundNode> nodes = Bench.survey(manager());

    assertThat(nodes).extracting(FoundNode::nodePort).containsExactly(OptionalInt.of(12001), OptionalInt.of(12002), OptionalInt.of(12004));
    assertThat(nodes.get(0).state()).isInstanceOf(ProcessState.Stopped.class);
    assertThat(nodes.get(0).version()).hasValue(StandInAntNode2.VERSION);
    assertThat(nodes.get(0).obstacle()).isEmpty();
    assertThat(nodes.get(1).obstacle()).hasValue("its folder " + root(2) + " does not exist");
    assertThat(nodes.get(2).obstacle().orElseThrow()).contains("deleted its data");
  }

  @Test
  void nothingIsTakenFromADaemonThatRuns() throws Exception {
    int port = FreePorts.next();
    start(1, port, "--stop-on-upgrade");
    register(entry(1, Integer.toString(port), ""));
    Process daemon = program("ant");
    Files.writeString(data.resolve("daemon.pid"), Long.toString(daemon.pid()));

    assertThat(only(Bench.survey(manager())).obstacle()).hasValueSatisfying(why ->
        assertThat(why).contains(Long.toString(daemon.pid()), "ant node daemon stop"));

    daemon.destroyForcibly().waitFor();
    assertThat(only(Bench.survey(manager())).obstacle()).as("its file is left behind").isEmpty();
  }

  /** A process of a program of this name. */
  private Process program(String name) throws IOException {
    Path copy = Files.copy(Path.of("/bin/sleep").toRealPath(), bench.home.resolve(name));
    Process process = new ProcessBuilder(copy.toString(), "600").start();
    started.add(process);
    return process;
  }

  @Test
  void aNodeWithAnotherBinaryIsNotTheRegistrys() throws Exception {
    int port = FreePorts.next();
    start(1, port, "--stop-on-upgrade");
    register(entry(1, Integer.toString(port), "").replace("/ant-node\"", "/other/ant-node\""));

    assertThat(only(Bench.survey(manager())).obstacle()).hasValueSatisfying(why ->
        assertThat(why).contains("runs on " + root(1) + ", but not from " + root(1) + "/other/ant-node"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"nodes\": {\"1\": {\"id\": 1}}}", "{\"nodes\": {\"1\": {}}}", "{\"nodes\": {\"1\": 1}}", "{\"nodes\": []}", "[]", "{",
      "{\"nodes\": {\"1\": {\"id\": 1, \"data_dir\": \"/n/1\", \"binary_path\": \"/b\", \"bootstrap_peers\": {}}}}",
      "{\"nodes\": {\"1\": {\"id\": 1, \"data_dir\": \"/n/1\", \"binary_path\": \"/b\", \"env_variables\": []}}}"})
  void aRegistryThatCannotBeUnderstoodIsToldOfAndLeftAlone(String text) throws Exception {
    register(entry(1, "12001", ""));
    Files.createDirectories(root(1));
    SetsidManager manager = manager();
    NodeSpec node = spec(Bench.survey(manager).get(0));
    Files.writeString(data.resolve("node_registry.json"), text);

    assertThat(Bench.survey(manager)).isEmpty();
    assertThat(bench.progress).singleElement().asString().contains("not looked for", "node_registry.json is no registry");

    assertThat(manager.adopted(List.of(node))).singleElement().asString()
        .contains("may take the nodes back", "node_registry.json is no registry", "move it away");
    assertThat(data.resolve("node_registry.json")).hasContent(text);
  }

  @Test
  void theRegistryIsWhereTheOperatorsVariablesSay() throws IOException {
    Path elsewhere = Files.createDirectories(bench.home.resolve("elsewhere/ant"));
    StandInAntNode2.installInto(root(1));
    register(entry(1, "12001", ""));
    Files.move(data.resolve("node_registry.json"), elsewhere.resolve("node_registry.json"));

    assertThat(Bench.survey(bench.manager(Map.of("XDG_DATA_HOME", elsewhere.getParent().toString())))).hasSize(1);
    assertThat(Bench.survey(manager())).isEmpty();
  }

  @Test
  void whatWasTakenOverIsTakenOutOfTheRegistryAndRunsOnAsANodeOfTheColonys() throws Exception {
    int port = FreePorts.next();
    Process process = start(1, port, "--stop-on-upgrade");
    StandInAntNode2.installInto(root(2));
    register(entry(1, Integer.toString(port), ""), entry(2, "12002", ""));
    SetsidManager manager = manager();
    NodeSpec node = spec(Bench.survey(manager).get(0));
    StorageMarker.write(ContractMachine.COLONY, data.resolve("nodes"));
    Files.setPosixFilePermissions(data.resolve("node_registry.json"), OWNER_ONLY);

    List<String> said = manager.capability(AdoptsNodes.class).orElseThrow().adopted(List.of(node));

    assertThat(said).singleElement().asString().contains("node_registry.json", "before-wnm");
    String left = Files.readString(data.resolve("node_registry.json"));
    assertThat(left).contains("\"next_id\": 9", "\"of_tomorrow\": true", "node-2").doesNotContain("node-1");
    try (Stream<Path> files = Files.list(data).filter(Files::isRegularFile)) {
      assertThat(files).allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file)).isEqualTo(OWNER_ONLY))
          .filteredOn(file -> file.getFileName().toString().contains("before-wnm")).singleElement()
          .satisfies(kept -> assertThat(Files.readString(kept)).contains("node-1", "node-2"));
    }
    assertThat(manager.adopted(List.of(node))).as("a second time").isEmpty();
    assertThat(process.isAlive()).isTrue();
    assertThat(manager.status(List.of(node)).get(1)).isEqualTo(new ProcessState.Running(OptionalLong.of(process.pid())));
    assertThat(Bench.done(manager.stop(node)).changed()).isTrue();
    assertThat(Bench.done(manager.remove(node)).changed()).isTrue();
    assertThat(root(1)).doesNotExist();
  }

  @Test
  void aNodeThatStartsItsSuccessorItselfIsTakenOverWithThatSaid() throws Exception {
    int port = FreePorts.next();
    start(1, port);
    register(entry(1, Integer.toString(port), ""));

    FoundNode node = only(Bench.survey(manager()));

    assertThat(node.obstacle()).isEmpty();
    assertThat(node.remarks()).singleElement().asString().contains("--stop-on-upgrade");
  }

  @Test
  void aNodeInTheStorageWhoseParentIsFormicaioWaitsForItsEnd() throws Exception {
    Path folder = bench.storage.resolve("a1b2");
    Path binary = StandInAntNode2.installInto(folder);
    int port = FreePorts.next();
    Path formicaio = Files.copy(Path.of("/bin/sh").toRealPath(), bench.home.resolve("formicaio"));
    Process parent = new ProcessBuilder(formicaio.toString(), "-c", "\"$@\" & wait", "sh", binary.toString(), "--port",
        Integer.toString(port), "--metrics-port", "14000", "--root-dir", folder.toString(), "--rewards-address", Bench.WALLET,
        "--evm-network", "arbitrum-one").redirectErrorStream(true).redirectOutput(folder.resolve("stdout.log").toFile()).start();
    started.add(parent);
    eventually("the node listens", () -> sockets.ports().contains(port));
    List<ProcessHandle> nodes = parent.toHandle().children().toList();

    try {
      assertThat(only(Bench.survey(manager())).obstacle()).hasValueSatisfying(why ->
          assertThat(why).contains("formicaio", Long.toString(parent.pid())));
      parent.destroyForcibly().waitFor();
      FoundNode node = only(Bench.survey(manager()));
      assertThat(node.obstacle()).isEmpty();
      assertThat(node.nodePort()).hasValue(port);
      assertThat(node.facts().placement()).isEqualTo(
          NodePlacement.of("a1b2.service", folder).withLogDir(folder.resolve("logs")).withBinary(binary));
      assertThat(node.remarks()).singleElement().asString().contains("--stop-on-upgrade");
    } finally {
      nodes.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
