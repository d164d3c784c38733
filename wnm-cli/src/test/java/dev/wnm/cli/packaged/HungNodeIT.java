package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.testkit.Eventually;
import dev.wnm.testkit.NodePages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What wnm makes of nodes that freeze, and of nodes that all end for one cause, with real processes. */
class HungNodeIT {
  private TestHost host;

  @BeforeEach
  void anEmptyMachine() throws IOException {
    host = TestHost.keepingAJvm();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    host.close();
  }

  private void init(String... more) {
    List<String> words = new ArrayList<>(TestHost.WIDE_LIMITS);
    words.addAll(TestHost.NO_DELAYS);
    words.addAll(List.of(more));
    host.done(host.initWords(words));
  }

  @Test
  void aFrozenNodeIsKilledAndStartedAgain() throws Exception {
    init("--node_cap", "1", "--restart_after_missed_probes", "2");
    host.done();
    host.done();
    NodeRow node = host.nodes().get(0);
    assertThat(node.status()).isEqualTo("RUNNING");
    ProcessHandle frozen = host.processes().get(node.rootDir()).get(0);
    new ProcessBuilder("kill", "-STOP", Long.toString(frozen.pid())).inheritIO().start().waitFor();

    host.done();
    assertThat(host.done().out()).contains("antnode0001.service stopped answering").doesNotContain("nothing to do");
    WnmRun third = host.done();
    assertThat(third.out()).contains("restarted antnode0001.service");
    Eventually.eventually("the frozen process is gone", () -> !frozen.isAlive());
    assertThat(host.processes().get(node.rootDir())).singleElement().satisfies(process ->
        assertThat(process.pid()).isNotEqualTo(frozen.pid()));
    host.done();
    assertThat(new NodePages().peerId("127.0.0.1", node.metricsPort())).isEqualTo(Optional.of(node.peerId()));
    assertThat(host.done("--report", "node-status-details").out()).contains("Last incident: ").contains("stopped answering");
  }

  @Test
  void onAMachineWithoutARouterTheRemedyIsSaidAndHelps() throws Exception {
    init("--node_cap", "5", "--environment", "ANTNODE_STANDIN_NO_ROUTER=1");
    String last = "";
    for (int i = 0; i < 8; i++) {
      last = host.run().out();
      Eventually.eventually("all nodes have ended", () -> host.processes().isEmpty());
    }
    assertThat(host.nodes()).as("a few, not all").hasSizeBetween(2, 4);
    assertThat(last).contains("no growth: ").contains("--no_upnp").doesNotContain("nothing to do");
    for (int i = 0; i < 20 && host.nodes("RUNNING").size() < 5; i++) {
      host.run("--no_upnp");
    }
    assertThat(host.nodes("RUNNING")).hasSize(5);
  }
}
