package dev.wnm.core.report;

import dev.wnm.core.config.Platform;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.manager.OperatingSystem;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.Version;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The two nodes and the machine of the Python wnm's sample reports. */
final class Samples {
  static final Instant NOW = Instant.ofEpochSecond(1_795_219_789L, 97_079_808L);
  static final String PEER = "12D3KooWMDqtXsSEbuWZ5wdrr3Ai6rUWJta6yBgutJaJXusSujuu";
  static final Path HOME = Path.of("/home/op");
  static final Platform PLATFORM = platform(HOME);

  private Samples() {}

  static Platform platform(Path home) {
    return new Platform(OperatingSystem.LINUX, home, "op", false, 2, Map.of(), home);
  }

  /** Answers probes. */
  static Node first() {
    return node(1, NodeStatus.RUNNING).withPeerId(PEER).withMetrics(metrics(Map.of(NodeMetric.PUTS, 1L, NodeMetric.UPTIME,
        1_260L, NodeMetric.RECORDS, 1L, NodeMetric.CONNECTED_PEERS, 4L, NodeMetric.NETWORK_SIZE, 2_064_384L,
        NodeMetric.OPEN_CONNECTIONS, 4L, NodeMetric.TOTAL_PEERS, 362L, NodeMetric.MEM, 9_781L, NodeMetric.CPU, 3L)));
  }

  /** Has just been added and told nothing yet. */
  static Node second() {
    return node(2, NodeStatus.RESTARTING);
  }

  static Node node(int id, NodeStatus status) {
    String name = "antnode%04d".formatted(id);
    Path root = Path.of("/nodes", name);
    return Node.builder(id, "systemd+user", NodePlacement.of(name + ".service", root).withLogDir(Path.of("/logs", name)),
        NodePorts.of(55_000 + id, 13_000 + id).withRpc(30_000 + id)).user("ant").version(Version.parse("0.4.7"))
        .wallet("0x" + "1".repeat(40)).status(status, NOW).createdAt(NOW.minusSeconds(60)).build();
  }

  /** All that a node can tell, 0 where nothing else is given. */
  static NodeMetrics metrics(Map<NodeMetric, Long> values) {
    Map<NodeMetric, Long> all = new EnumMap<>(NodeMetric.class);
    for (NodeMetric metric : NodeMetric.values()) {
      all.put(metric, values.getOrDefault(metric, 0L));
    }
    return new NodeMetrics(all, Optional.of(BigInteger.ZERO));
  }

  static Node withVersion(Node node, String version) {
    return node.withVersion(new Version(version));
  }

  static Node withoutVersion(Node node) {
    NodePlacement known = node.placement();
    return node.toBuilder().version(Optional.empty())
        .placement(new NodePlacement(known.service(), known.rootDir(), Optional.empty(), known.binary())).build();
  }

  static Settings settings(String... words) {
    return SettingsResolver.read(PLATFORM, List.of(words)).settle(Map.of(), List.of());
  }

  static HostMetrics host() {
    return new HostMetrics(Instant.ofEpochSecond(1_795_000_000L), "5f3a", 0.7705078125, 1.2, 2, 64.1, 0.5, 33.3, 50.25,
        1_000_000_000_000L, 10, 20, 30, 40);
  }
}
