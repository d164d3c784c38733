package dev.wnm.managers.docker;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.GivesNotice;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.testkit.manager.Offered;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a node in a container may do and take. */
class HardeningTest extends DockerBench {
  @Test
  void aContainerHasNoRightsAndBoundsForAllThatGrows() {
    settings.putAll(Map.of("container_memory", "300m", "container_cpus", "1.5"));
    NodeSpec node = running(manager(), node(1));

    assertThat(inspect(node, "{{.Config.User}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.CapAdd}}"
        + " {{.HostConfig.SecurityOpt}} {{.HostConfig.Privileged}}"))
        .isEqualTo("4242:4343 true [ALL] [] [no-new-privileges] false");
    assertThat(inspect(node, "{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}} {{.HostConfig.PidsLimit}}"))
        .isEqualTo((300L << 20) + " 1500000000 768");
    assertThat(inspect(node, "{{.HostConfig.LogConfig.Type}} {{.HostConfig.LogConfig.Config}}"))
        .isEqualTo("json-file map[max-file:2 max-size:1m]");
    assertThat(inspect(node, "{{.HostConfig.RestartPolicy.Name}} {{.Config.StopSignal}} {{.HostConfig.Init}}"))
        .isEqualTo("unless-stopped SIGINT true");
  }

  @Test
  void fromInsideTheNodeSeesThatItIsNobodySpecial() throws IOException {
    settings.put("container_pids", "64");
    NodeSpec node = running(manager(), node(1));

    assertThat(inside(node, "id -u; id -g")).isEqualTo("4242\n4343");
    assertThat(inside(node, "grep -E 'CapEff|CapBnd|NoNewPrivs' /proc/1/status | tr -s '\\t\\n' ' '"))
        .isEqualTo("CapEff: 0000000000000000 CapBnd: 0000000000000000 NoNewPrivs: 1");
    for (String place : new String[] {"/x", "/usr/bin/x", "/home/x", "/var/x", home + "/x"}) {
      assertThat(inside(node, "touch " + place)).as("a file %s", place).containsAnyOf("Read-only", "Permission denied");
    }
    assertThat(inside(node, "cp /bin/true /tmp/x && chmod 755 /tmp/x && /tmp/x")).contains("Permission denied");
    assertThat(inside(node, "i=0; while [ $i -lt 100 ]; do sleep 5 & i=$((i+1)); done")).containsIgnoringCase("cannot fork");
    assertThat(Files.getAttribute(node.rootDir().resolve("secret-key"), "unix:uid")).isEqualTo(4242);
    assertThat(Files.getAttribute(node.rootDir(), "unix:mode")).isEqualTo(040700);
  }

  @Test
  void onlyTheNodePortIsPublishedToTheWorld() {
    NodeSpec node = running(manager(), node(1));

    assertThat(inspect(node, "{{range $port, $to := .HostConfig.PortBindings}}{{$port}} {{$to}};{{end}}"))
        .contains(node.ports().node() + "/udp [{ " + node.ports().node() + "}]",
            node.ports().metrics().orElseThrow() + "/tcp [{127.0.0.1 " + node.ports().metrics().orElseThrow() + "}]");
    assertThat(firewall).as("docker publishes past the firewall").isEmpty();
  }

  @Test
  void onTheHostsNetworkTheFirewallIsOpenedAndClosed() {
    settings.put("container_network", "host");
    ProcessManager manager = manager();
    NodeSpec node = running(manager, node(1));
    assertThat(inspect(node, "{{.HostConfig.NetworkMode}}")).isEqualTo("host");

    manager.stop(node);
    manager.stop(node);

    assertThat(firewall).containsExactly("open " + node.ports().node(), "close " + node.ports().node());
  }

  @Test
  void changedLimitsReachARunningNodeWithItsNextStart() {
    NodeSpec node = running(manager(), node(1));
    String before = inspect(node, "{{.State.StartedAt}} {{.Id}}");
    settings.putAll(Map.of("container_memory", "300m", "container_cpus", "1.5", "container_pids", "777"));
    assertThat(Offered.by(manager(), GivesNotice.class).notices(List.of(node))).singleElement().asString()
        .contains("run with other limits than container_memory", "antnode0001.service");

    assertThat(done(manager().start(node)).changed()).isTrue();

    assertThat(inspect(node, "{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}} {{.HostConfig.PidsLimit}}"))
        .isEqualTo((300L << 20) + " 1500000000 777");
    assertThat(inspect(node, "{{.State.StartedAt}} {{.Id}}")).as("it was not started anew").isEqualTo(before);
    assertThat(done(manager().start(node)).changed()).isFalse();
    assertThat(Offered.by(manager(), GivesNotice.class).notices(List.of(node))).isEmpty();
    settings.remove("container_memory");
    done(manager().restart(node));
    assertThat(inspect(node, "{{.HostConfig.Memory}}")).as("a limit that is none any more").isEqualTo("0");
    eventually("it answers", () -> answers(node));
  }
}
