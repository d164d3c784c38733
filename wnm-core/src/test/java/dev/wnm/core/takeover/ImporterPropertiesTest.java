package dev.wnm.core.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.allocation.PortPlan;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.model.Node;
import dev.wnm.core.takeover.Importer.Imported;
import dev.wnm.spi.model.NodePorts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever ports and names the nodes have that are taken over. */
class ImporterPropertiesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Settings SETTINGS = Found.settings();

  private static Imported importNew(List<Found> found) {
    return Importer.forNewColony(SETTINGS, NOW).take(found.stream().map(Found::node).toList());
  }

  @Property
  void eachNodeGetsANumberOfItsOwnAndKeepsItsPorts(@ForAll("fleets") List<Found> found) {
    Imported imported = importNew(found);

    assertThat(imported.nodes()).extracting(Node::id).doesNotHaveDuplicates().allMatch(id -> id >= 1);
    Map<String, NodePorts> ports = found.stream()
        .collect(Collectors.toMap(Found::service, node -> node.node().rpcPort().isPresent()
            ? NodePorts.of(node.nodePort(), node.metricsPort()).withRpc(node.rpcPort())
            : NodePorts.of(node.nodePort(), node.metricsPort())));
    assertThat(imported.nodes().stream().collect(Collectors.toMap(Node::service, Node::ports))).isEqualTo(ports);
  }

  @Property
  void thereAreAlwaysPortsForAsManyNewNodesAsAreAllowed(@ForAll("fleets") List<Found> found) {
    Settings settings = SETTINGS.with(importNew(found).settings(), "the test");

    PortPlan plan = new PortPlan(settings.get(Options.PORT_START), settings.get(Options.METRICS_PORT_START),
        settings.get(Options.RPC_PORT_START));
    assertThat(plan.problem(settings.get(Options.NODE_CAP))).isEmpty();
  }

  @Property
  void takingThemOverAgainAddsNothing(@ForAll("fleets") List<Found> found) {
    Imported imported = importNew(found);

    assertThat(Importer.into(SETTINGS, imported.nodes(), imported.containers(), NOW)
        .take(found.stream().map(Found::node).toList()).nodes()).isEmpty();
  }

  /** Some by a plan, some near one, some anywhere; with names that count, that count otherwise, and that do not. */
  @Provide
  Arbitrary<List<Found>> fleets() {
    Arbitrary<Integer> starts = Arbitraries.integers().between(1, 65);
    Arbitrary<Integer> ids = Arbitraries.oneOf(Arbitraries.integers().between(1, 30), Arbitraries.integers().between(1, 534));
    Arbitrary<Integer> ports = Arbitraries.integers().between(1, 65_535);
    Arbitrary<Found> planned = Combinators.combine(starts, starts, ids)
        .as((node, metrics, id) -> Found.node(id, node * 1_000 + id, metrics * 1_000 + id));
    Arbitrary<Found> usual = Combinators.combine(ids, ids, Arbitraries.of(0, 30_000, 40_000))
        .as((name, id, rpc) -> Found.node(name, 55_000 + id, 13_000 + id).rpc(rpc == 0 ? 0 : rpc + id));
    Arbitrary<Found> anywhere = Combinators.combine(Arbitraries.integers(), ports, ports, ports)
        .as((name, node, metrics, rpc) -> Found.node(name, node, metrics).rpc(rpc));
    return Arbitraries.oneOf(planned, usual, anywhere).list().ofMaxSize(12)
        .map(ImporterPropertiesTest::withNamesAndPortsOfTheirOwn);
  }

  private static List<Found> withNamesAndPortsOfTheirOwn(List<Found> nodes) {
    List<Found> apart = new ArrayList<>();
    nodes.stream().filter(node -> apart.stream().noneMatch(other -> node.service().equals(other.service())
        || node.nodePort() == other.nodePort() || node.metricsPort() == other.metricsPort()
        || node.rpcPort() != 0 && node.rpcPort() == other.rpcPort())).forEach(apart::add);
    return apart;
  }
}
