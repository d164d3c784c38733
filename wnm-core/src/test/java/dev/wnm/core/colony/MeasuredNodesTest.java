package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.manager.InstallsBinaries;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.model.ProcessFacts;
import dev.wnm.testkit.antnode2.StandInAntNode2;
import dev.wnm.testkit.manager.ManagerKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What wnm measures of nodes itself, of both programs. */
class MeasuredNodesTest {
  private static final ProcessFacts FACTS = ProcessFacts.NONE.withMemoryBytes(78_000_000).withCpu(Duration.ofSeconds(3))
      .withUp(Duration.ofSeconds(600)).withThreads(6).withOpenFiles(21);
  /** Takes UDP ports, and serves one answer after the other at a TCP port of the system's choice, until its standard input ends. */
  private static final String NODE_WITH_A_PAGE = """
      use Socket;
      for my $port (@ARGV) {
        socket(my $udp, AF_INET, SOCK_DGRAM, 0); bind($udp, pack_sockaddr_in($port, INADDR_ANY)) or die $!; push @held, $udp;
      }
      socket(S, AF_INET, SOCK_STREAM, 0); bind(S, pack_sockaddr_in(0, INADDR_LOOPBACK)) or die $!; listen(S, 5);
      $| = 1; print "listening\\n";
      my $body = "ant_networking_connected_peers 17\\n# EOF\\n";
      while (accept(my $c, S)) {
        sysread($c, my $request, 4096);
        syswrite($c, "HTTP/1.1 200 OK\\r\\nContent-Length: " . length($body) . "\\r\\n\\r\\n$body"); close($c);
      }
      """;

  @TempDir
  private Path home;
  private ColonyHarness colony;
  private final List<Process> processes = new ArrayList<>();

  @BeforeEach
  void nothingYet() throws Exception {
    colony = new ColonyHarness(home, ManagerKind.of(Traits.USUAL, InstallsBinaries.class));
    colony.init();
  }

  @AfterEach
  void close() {
    processes.forEach(Process::destroyForcibly);
    colony.close();
  }

  private void presentProgram() throws Exception {
    colony.cycle("--antnode_path", StandInAntNode2.installInto(Files.createDirectories(home.resolve("present"))).toString());
  }

  private OptionalLong metric(NodeMetric metric) {
    return colony.node(1).metrics().find(metric);
  }

  @Test
  void whatANodeTellsOfItselfStaysAndTheRestIsMeasuredEveryTenMinutes() throws Exception {
    colony.grow(1);
    OptionalLong memory = metric(NodeMetric.MEM);
    colony.machine.pretend(1, new ProcessState.Running(OptionalLong.empty(), FACTS));
    colony.cycles(11);

    assertThat(metric(NodeMetric.THREADS)).hasValue(6);
    assertThat(metric(NodeMetric.OPEN_FILES)).hasValue(21);
    assertThat(metric(NodeMetric.MEM)).as("its page tells it").isEqualTo(memory);
    assertThat(metric(NodeMetric.DISK_BYTES)).isPresent();
    assertThat(metric(NodeMetric.RESTARTS)).hasValue(0);
  }

  @Test
  void whatALaterLookAtItsProcessDoesNotShowIsNotKnownAnyMore() throws Exception {
    colony.grow(1);
    colony.machine.pretend(1, new ProcessState.Running(OptionalLong.empty(), FACTS));
    colony.cycles(11);
    Instant measured = measuredAt();
    assertThat(metric(NodeMetric.OPEN_FILES)).hasValue(21);

    colony.machine.pretend(1, new ProcessState.Running(OptionalLong.empty(), ProcessFacts.NONE.withThreads(7)));
    colony.cycles(11);

    assertThat(measuredAt()).as("so that no figure is older than this").isAfter(measured);
    assertThat(metric(NodeMetric.THREADS)).hasValue(7);
    assertThat(metric(NodeMetric.OPEN_FILES)).isEmpty();
    assertThat(metric(NodeMetric.UPTIME)).as("its page tells it").isPresent();
  }

  private Instant measuredAt() throws IOException {
    try (Colony opened = Colony.openToRead(colony.resolver(List.of()), colony.tools())) {
      return opened.lastMeasurement().orElseThrow();
    }
  }

  @Test
  void aNodeWithoutAPageInAContainerIsJudgedByWhatItsProcessManagerSaw() throws Exception {
    presentProgram();
    colony.grow(1);
    Node node = colony.node(1);
    colony.machine.pretend(1, new ProcessState.Running(OptionalLong.empty(), FACTS.withUdpPorts(node.ports().udp())));
    colony.cycle();

    assertThat(metric(NodeMetric.MEM)).hasValue(7_800);
    assertThat(metric(NodeMetric.THREADS)).hasValue(6);
    assertThat(colony.node(1).health().missedProbes()).isZero();

    colony.machine.pretend(1, new ProcessState.Running(OptionalLong.empty()));
    colony.cycle();
    assertThat(colony.node(1).health().missedProbes()).isZero();
    assertThat(List.of(metric(NodeMetric.MEM), metric(NodeMetric.UPTIME), metric(NodeMetric.THREADS))).as("of the look before")
        .containsOnly(OptionalLong.empty());

    colony.machine.pretend(1, new ProcessState.Running(OptionalLong.empty(), FACTS.withUdpPorts(Set.of(node.ports().node()))));
    colony.cycle();
    assertThat(colony.status(1)).isEqualTo(NodeStatus.RUNNING);
    assertThat(colony.node(1).health().lastError()).isEqualTo("its process runs, but its process does not listen on its UDP port "
        + node.ports().browsers().orElseThrow());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aPageThatALaterReleaseBringsIsFoundAndUsed() throws Exception {
    presentProgram();
    colony.grow(1);
    assertThat(metric(NodeMetric.CONNECTED_PEERS)).isEmpty();
    colony.machine.pretend(1, new ProcessState.Running(OptionalLong.of(nodeWithAPage(colony.node(1)).pid())));
    colony.cycle();

    assertThat(colony.node(1).health().lastError()).isEmpty();
    assertThat(metric(NodeMetric.CONNECTED_PEERS)).hasValue(17);
    assertThat(metric(NodeMetric.MEM).orElseThrow()).isPositive();
  }

  private Process nodeWithAPage(Node node) throws IOException {
    List<String> words = new ArrayList<>(List.of("perl", "-e", NODE_WITH_A_PAGE));
    node.ports().udp().forEach(port -> words.add(Integer.toString(port)));
    Process process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    processes.add(process);
    assertThat(new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII)).readLine()).isEqualTo("listening");
    return process;
  }
}
