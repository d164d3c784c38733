package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Order(7)
@Execution(value = ExecutionMode.SAME_THREAD, reason = "a demo looks for free ports once, and would meet another that starts as well")
class DemoIT {
  private TestHost host;
  private Map<String, String> homeBefore;

  @BeforeEach
  void anEmptyMachine() throws IOException {
    host = TestHost.create();
    homeBefore = Snapshot.of(host.home());
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    host.close();
  }

  @Test
  void theDemoShowsTheWholeJobAndLeavesNothing() throws Exception {
    WnmRun demo = host.done("--demo");

    assertThat(demo.out()).containsSubsequence("1. Set the machine up", "$ wnm --init", "2. Each cycle", "added antnode0001",
        "added antnode0003", "3. ", "$ wnm --report node-status", "RUNNING", "4. A newer ant-node", "upgraded antnode0001",
        "Version: 0.23.1", "5. The cap falls to 1", "removed antnode0002", "6. Everything goes", "That was all.");
    assertThat(demo.err()).isEmpty();
    nothingIsLeftBy(demo);
  }

  @Test
  void theDemoLeavesNothingWhenItIsInterrupted() throws Exception {
    WnmRun demo = host.wnm().start("--demo");
    Eventually.eventually("a node of the demo runs", () -> !host.processes().isEmpty());
    demo.process().destroy();
    demo.ended();

    assertThat(demo.exit()).as(demo.toString()).isEqualTo(128 + 15);
    assertThat(demo.out()).doesNotContain("That was all.").doesNotContain("Exception");
    nothingIsLeftBy(demo);
  }

  private void nothingIsLeftBy(WnmRun demo) throws IOException {
    assertThat(host.everything()).as(demo.toString()).isEmpty();
    try (Stream<Path> files = Files.list(host.temporary())) {
      assertThat(files).as("temporary files after " + demo).isEmpty();
    }
    assertThat(Snapshot.of(host.home())).isEqualTo(homeBefore);
  }
}
