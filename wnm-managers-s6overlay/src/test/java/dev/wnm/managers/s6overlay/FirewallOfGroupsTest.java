package dev.wnm.managers.s6overlay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.Firewall;
import dev.wnm.spi.manager.HostsGroups;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OpensPorts;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.testkit.manager.Offered;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only nodes on the host's own network need a hole in its firewall: docker carries the traffic of others past it. */
class FirewallOfGroupsTest extends GroupBench {
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void note() {
    firewall = new Firewall() {
      @Override
      public void open(int udpPort, String comment) {
        calls.add("open " + udpPort + " " + comment);
      }

      @Override
      public void close(int udpPort) {
        calls.add("close " + udpPort);
      }
    };
  }

  private NodeSpec startsAndStops(ProcessManager manager) {
    up(Offered.by(manager, HostsGroups.class).openGroups(List.of(group(1))).get("a1"));
    NodeSpec node = running(manager, 1).get(0);
    manager.stop(node);
    return node;
  }

  @Test
  void onTheHostsNetworkAPortIsOpenWhileItsNodeRuns() {
    settings.put("container_network", "host");
    ProcessManager manager = manager();

    NodeSpec node = startsAndStops(manager);

    assertThat(manager.capability(OpensPorts.class)).isPresent();
    assertThat(calls).containsExactly("open " + node.ports().node() + " antnode0001", "close " + node.ports().node());
    manager.remove(node);
    assertThat(calls).hasSize(3).last().isEqualTo("close " + node.ports().node());
  }

  @Test
  void thatForBrowsersIsOpenBesideIt() {
    settings.put("container_network", "host");
    ProcessManager manager = manager();
    NodeSpec asked = node(1, Map.of());
    NodeSpec node = created(manager, asked.toBuilder().ports(asked.ports().withBrowsers(OptionalInt.of(7))).build());

    manager.start(node);

    assertThat(calls).containsExactlyInAnyOrder("open " + node.ports().node() + " antnode0001", "open 7 antnode0001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"published", "routed"})
  void otherwiseTheFirewallIsLeftAlone(String network) {
    settings.put("container_network", network);
    ProcessManager manager = manager();

    manager.remove(startsAndStops(manager));

    assertThat(manager.capability(OpensPorts.class)).isEmpty();
    assertThat(calls).isEmpty();
  }
}
