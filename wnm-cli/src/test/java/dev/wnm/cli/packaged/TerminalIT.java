package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables on a real terminal, as {@code script} has one. */
class TerminalIT {
  private static final String COLOUR = "\u001b[";
  private TestHost host;

  @BeforeEach
  void aMachineWithANode() throws IOException {
    host = TestHost.keepingAJvm();
    List<String> words = new ArrayList<>(TestHost.WIDE_LIMITS);
    words.addAll(TestHost.NO_DELAYS);
    words.addAll(List.of("--node_cap", "1"));
    host.done(host.initWords(words));
    host.done("--force_action", "add");
    host.done();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    host.close();
  }

  @Test
  void aTableFitsTheTerminalAndAPipeGetsThePythonTable() throws Exception {
    String narrow = OnATerminal.shown(host, 70, "NO_COLOR=1", "--report", "node-status");
    assertThat(narrow.lines()).hasSize(3).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(70));
    assertThat(narrow).contains("Service Name", "Age", "RUNNING", "1 node (1 running)").doesNotContain(COLOUR).doesNotContain("Peer ID");

    String wide = OnATerminal.shown(host, 180, "CLICOLOR=1", "--report", "node-status");
    assertThat(wide).contains("Peer ID", "Restarts", COLOUR + "32mRUNNING");

    assertThat(OnATerminal.shown(host, 180, "NO_COLOR=1 COLUMNS=30", "--report", "node-status").lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(33));
    assertThat(host.wnm().with("COLUMNS", "30").run("--report", "node-status").out())
        .startsWith("Service Name        Peer ID                                                Status         Connected Peers\n").doesNotContain("1 node");
    assertThat(host.wnm().with("CLICOLOR_FORCE", "1").run("--report", "node-status", "--columns", "status").out()).contains(COLOUR + "32mRUNNING");
  }

  @Test
  void theStatusFitsTheTerminalAndItsCheckIsAnExitCode() throws Exception {
    String narrow = OnATerminal.shown(host, 80, "NO_COLOR=1", "-s");
    // A path of one word is never cut.
    assertThat(narrow.lines()).hasSizeLessThan(40).filteredOn(line -> line.strip().contains(" "))
        .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(80));
    assertThat(narrow).contains("well", "Nodes:        1 node (1 running), of at most 1 (node_cap)", "Last done", "add", "antnode0001", "Decided:")
        .doesNotContain(COLOUR);
    assertThat(OnATerminal.shown(host, 80, "CLICOLOR=1", "-s")).contains(COLOUR + "1mNodes:");

    assertThat(OnATerminal.shown(host, 60, "NO_COLOR=1", "--list_managers")).contains("Type ", "Here  Why", "setsid+user");
    assertThat(OnATerminal.shown(host, 80, "NO_COLOR=1", "--why_not", "add").lines()).anyMatch(line -> line.matches("\u2717 no +nodes +1 +below 1 \\(node_cap\\): 1 node too many"));
    WnmRun check = host.wnm().run("--check");
    assertThat(check.exit()).isEqualTo(check.out().startsWith("All is well") ? 0 : 1);
    assertThat(check.out().lines()).hasSize(1);
    assertThat(host.wnm().run("-s", "--check").out()).startsWith(check.out().substring(0, 8)).contains("Nodes: ");
  }
}
