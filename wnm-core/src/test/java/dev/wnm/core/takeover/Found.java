package dev.wnm.core.takeover;

import dev.wnm.core.config.Platform;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.OperatingSystem;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A node as a survey tells of it, for tests that have no process manager; 0 stands for what is not known. */
record Found(String service, int number, int nodePort, int metricsPort, int rpcPort, Optional<Container> container,
    ProcessState state, Optional<Path> folder, Optional<String> wallet, Optional<String> network) {
  static final Instant CREATED = Instant.parse("2026-01-02T03:04:05Z");
  static final String WALLET = "0x1111111111111111111111111111111111111111";

  private Found(String service, int number, int nodePort, int metricsPort, int rpcPort, Optional<Container> container,
      ProcessState state) {
    this(service, number, nodePort, metricsPort, rpcPort, container, state, Optional.empty(), Optional.of(WALLET),
        Optional.of("evm-arbitrum-sepolia-test"));
  }

  /** A running one, called as its number says. */
  static Found node(int number, int nodePort, int metricsPort) {
    return new Found("antnode" + number, number, nodePort, metricsPort, 0, Optional.empty(),
        new ProcessState.Running(OptionalLong.of(4_000 + number)));
  }

  /** Without a number in its name. */
  static Found named(String service, int nodePort, int metricsPort) {
    return new Found(service, 0, nodePort, metricsPort, 0, Optional.empty(), new ProcessState.Stopped(""));
  }

  static Container container(String name) {
    return new Container(Optional.empty(), name, "docker-" + name, "image", true, CREATED);
  }

  Found rpc(int port) {
    return new Found(service, number, nodePort, metricsPort, port, container, state, folder, wallet, network);
  }

  Found in(Container where) {
    return new Found(service, number, nodePort, metricsPort, rpcPort, Optional.of(where), state, folder, wallet, network);
  }

  Found state(ProcessState newState) {
    return new Found(service, number, nodePort, metricsPort, rpcPort, container, newState, folder, wallet, network);
  }

  Found folder(String newFolder) {
    return new Found(service, number, nodePort, metricsPort, rpcPort, container, state, Optional.of(Path.of(newFolder)), wallet,
        network);
  }

  /** @param newWallet may be empty */
  Found wallet(String newWallet) {
    return new Found(service, number, nodePort, metricsPort, rpcPort, container, state, folder,
        Optional.of(newWallet).filter(text -> !text.isEmpty()), network);
  }

  /** @param word may be empty */
  Found network(String word) {
    return new Found(service, number, nodePort, metricsPort, rpcPort, container, state, folder, wallet,
        Optional.of(word).filter(text -> !text.isEmpty()));
  }

  FoundNode node() {
    Path root = folder.orElseGet(
        () -> Path.of("/found").resolve(container.map(Container::name).orElse("host")).resolve(service));
    OptionalLong pid = state instanceof ProcessState.Running running ? running.pid() : OptionalLong.empty();
    NodeFacts facts = NodeFacts.at(NodePlacement.of(service, root)).withPid(pid).withContainer(container);
    return FoundNode.builder(facts.withVersion(Version.parse("0.4.16")), state).id(known(number)).nodePort(known(nodePort))
        .metricsPort(known(metricsPort)).rpcPort(known(rpcPort)).wallet(wallet).network(network).user("operator")
        .peerId(Optional.of("12D3KooW")).createdAt(Optional.of(CREATED)).build();
  }

  static List<FoundNode> all(Found... nodes) {
    return Arrays.stream(nodes).map(Found::node).toList();
  }

  /** The settings of a new colony with ports 55, 13 and 30 thousand and room for 20 nodes. */
  static Settings settings() {
    return settings(20);
  }

  static Settings settings(int nodeCap, String... words) {
    Path home = Path.of("/nowhere");
    List<String> all = new ArrayList<>(List.of("--init", "--rewards_address", WALLET, "--process_manager", "memory+user",
        "--port_start", "55", "--metrics_port_start", "13", "--rpc_port_start", "30", "--node_cap",
        Integer.toString(nodeCap)));
    all.addAll(List.of(words));
    Platform platform = new Platform(OperatingSystem.LINUX, home, "tester", false, 4, Map.of(), home);
    return SettingsResolver.read(platform, all).settle(Map.of(), List.of());
  }

  private static OptionalInt known(int number) {
    return number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
  }
}
