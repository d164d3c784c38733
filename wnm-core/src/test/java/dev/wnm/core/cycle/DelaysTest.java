package dev.wnm.core.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.config.Platform;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.manager.OperatingSystem;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DelaysTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
  private static final Settings SETTINGS = SettingsResolver.read(
      new Platform(OperatingSystem.LINUX, Path.of("/home/op"), "op", false, 2, Map.of(), Path.of("/home/op")), List.of("--delay_start", "300"))
      .settle(Map.of(), List.of());

  private static Node node(int id, NodeStatus status, long since) {
    return Node.builder(id, "setsid+user", NodePlacement.of("antnode000" + id, Path.of("/n/" + id)), NodePorts.of(55_000 + id, 13_000 + id))
        .status(status, NOW.minusSeconds(since)).build();
  }

  @Test
  void theFirstEndIsToldWithWhatIsLeftOfItsDelay() {
    Map<String, String> delays = Delays.of(List.of(node(1, NodeStatus.RUNNING, 900), node(2, NodeStatus.RESTARTING, 10), node(3, NodeStatus.RESTARTING, 40)),
        SETTINGS, NOW);

    assertThat(delays).containsOnlyKeys("nodes_being_started", "operations_under_way").containsEntry("nodes_being_started",
        "antnode0003 is restarting since 40 s; 300 s must pass (delay_start): 260 s to go");
    assertThat(Delays.of(List.of(node(4, NodeStatus.UPGRADING, 400)), SETTINGS, NOW)).containsEntry("operations_under_way",
        "antnode0004 is upgrading since 400 s; 300 s must pass (delay_upgrade): the next cycle looks at it");
  }
}
