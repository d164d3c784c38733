package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.testkit.Eventually;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is seen of work that takes long, and how it is ended early. */
class ProgressIT {
  private static final String ESCAPE = "\u001b";
  private static final String ERASE = "\r" + ESCAPE + "[K";

  private TestHost host;

  @BeforeEach
  void anEmptyMachine() throws IOException {
    host = TestHost.create();
    List<String> words = new ArrayList<>(TestHost.WIDE_LIMITS);
    words.addAll(TestHost.NO_DELAYS);
    words.addAll(List.of("--node_cap", "3"));
    host.done(host.initWords(words));
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    host.close();
  }

  @Test
  void onATerminalABarShowsHowFarItIsAndTearsNoLine() throws Exception {
    String shown = OnATerminal.shown(host, 90, "COLUMNS=", "--force_action", "add", "--count", "4", "--this_action_delay", "900");

    assertThat(shown).contains("adding nodes ").containsPattern("[1-3]/4 \\([0-9:]+ / [0-9]+ s left\\) +[0-9.]+/(s|min)");
    assertThat(Arrays.stream(shown.split("[\r\n]|\u001b\\[K"))).as("it fits").allSatisfy(line -> assertThat(line).hasSizeLessThan(90));
    List<String> left = Arrays.stream(shown.split("\n"))
        .map(line -> line.contains(ERASE) ? line.substring(line.lastIndexOf(ERASE) + ERASE.length()) : line).toList();
    assertThat(left).as("what stays on the screen").filteredOn(line -> line.contains("INFO [FleetOperations] added")).hasSize(4);
    assertThat(left).endsWith("added antnode0001.service", "added antnode0002.service", "added antnode0003.service",
        "added antnode0004.service").allSatisfy(line -> assertThat(line).doesNotContain("adding nodes"));
  }

  @Test
  void aBarIsNeitherDrawnWhenQuietNorOnATerminalThatOnlyTakesLines() throws Exception {
    assertThat(OnATerminal.shown(host, 90, "COLUMNS=", "--force_action", "add", "--count", "3", "--this_action_delay", "900", "-q"))
        .doesNotContain("adding nodes").doesNotContain(ESCAPE);
    assertThat(OnATerminal.shown(host, 90, "TERM=dumb", "--force_action", "stop", "--service_name", "1,2,3", "--this_action_delay", "900"))
        .doesNotContain("stopping nodes").doesNotContain(ESCAPE);
  }

  @Test
  void elsewhereShortWorkLeavesNoTraceAndLongWorkALineEachTenSeconds() {
    host.done("--force_action", "add", "--count", "2");
    host.done("--force_action", "disable", "--service_name", "1,2");
    assertThat(host.done("--force_action", "enable", "--service_name", "1,2").err())
        .doesNotContain("enabling nodes").doesNotContain(ESCAPE).doesNotContain("\r");

    String err = host.done("--force_action", "remove", "--count", "2", "--this_action_delay", "11000").err();
    assertThat(err).containsPattern("INFO \\[WorkProgress\\] removing nodes: 1 of 2, about [0-9]+ s left\n").doesNotContain(ESCAPE);
  }

  /** One that heeds the signals that whoever starts the tests in the background has ignored. */
  private Wnm heeding() {
    return host.wnm().startedBy("/usr/bin/env", "--default-signal=HUP,INT,TERM");
  }

  @Test
  void ctrlCSaysWhatIsDoneAndTheCommandThatItNamesDoesTheRest() throws Exception {
    WnmRun run = heeding().start("--force_action", "add", "--count=4", "--this_action_delay", "2000");
    Eventually.eventually("the first node is made", () -> !host.nodes().isEmpty());

    signal("INT", run);
    run.ended();

    assertThat(run.exit()).as(run.toString()).isEqualTo(128 + 2);
    int done = host.nodes().size();
    assertThat(run.out().lines()).as("what was done is told as ever").hasSize(done);
    assertThat(run.err()).contains("wnm: SIGINT: nothing more is begun, and what is under way has 30 s",
        "wnm: ended by SIGINT: added " + done + " of 4 nodes\n");
    assertThat(host.colony().rows("SELECT * FROM operation WHERE closed_at IS NULL")).isEmpty();
    String command = run.err().lines().filter(line -> line.startsWith("wnm: to go on: wnm ")).findFirst().orElseThrow();
    assertThat(command).endsWith(" --force_action add --this_action_delay 2000 --count " + (4 - done));

    host.done(command.replace("wnm: to go on: wnm ", "").split(" "));

    assertThat(host.nodes()).as("none is lost or doubled").extracting(NodeRow::id).containsExactly(1, 2, 3, 4);
    assertThat(host.folders()).isEqualTo(host.nodes().stream().map(NodeRow::rootDir).collect(Collectors.toSet()));
    assertThat(host.processes()).hasSize(4).allSatisfy((root, processes) -> assertThat(processes).hasSize(1));
  }

  @Test
  void aSecondSignalEndsItAtOnceAndTheNextRunSettlesWhatWasUnderWay() throws Exception {
    host.done("--force_action", "add", "--count", "2");
    host.done();
    List<ProcessHandle> deaf = host.processes().values().stream().flatMap(List::stream).toList();
    deaf.forEach(process -> signal("STOP", process)); // they do not hear that they are to stop
    WnmRun run = heeding().start("--force_action", "stop", "--service_name", "1,2", "--this_action_delay", "1000000");
    Eventually.eventually("it is being stopped",
        () -> !host.colony().rows("SELECT * FROM operation WHERE kind = 'STOP' AND closed_at IS NULL").isEmpty());

    signal("TERM", run);
    Eventually.eventually("it is heard", () -> run.err().contains("SIGTERM: nothing more is begun"));
    assertThat(run.process().isAlive()).as("it waits for what is under way").isTrue();
    signal("TERM", run);
    run.ended();

    assertThat(run.exit()).as(run.toString()).isEqualTo(128 + 15);
    // They are begun side by side, and either may be the first.
    String begun = run.err().contains("antnode0001.service was being stopped") ? "antnode0001" : "antnode0002";
    String other = begun.equals("antnode0001") ? "antnode0002" : "antnode0001";
    assertThat(run.err()).contains("wnm: ended by SIGTERM: stopped 0 of 2 nodes; " + begun + ".service was being stopped, and the next run"
        + " settles what becomes of it\n", "wnm: to go on: wnm --force_action stop --this_action_delay 1000000 --service_name " + other + "\n");
    deaf.forEach(process -> signal("CONT", process));
    host.done();
    assertThat(host.colony().rows("SELECT * FROM operation WHERE closed_at IS NULL")).isEmpty();
  }

  @Test
  void aCycleThatIsEndedEarlyBeginsNothingAndTheNextGoesOn() throws Exception {
    WnmRun run = heeding().start("--max_concurrent_starts", "3", "--max_concurrent_operations", "3", "--this_action_delay", "3000");
    Eventually.eventually("the first node is made", () -> !host.nodes().isEmpty());

    signal("TERM", run);
    run.ended();

    assertThat(run.exit()).as(run.toString()).isEqualTo(128 + 15);
    assertThat(run.err()).contains("wnm: ended by SIGTERM: added " + host.nodes().size() + " of ", "wnm: the next cycle goes on by itself\n");
    host.done();
    host.done();
    assertThat(host.nodes()).extracting(NodeRow::id).containsExactly(1, 2, 3);
  }

  private static void signal(String name, WnmRun run) {
    signal(name, run.process().toHandle());
  }

  private static void signal(String name, ProcessHandle process) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("no signal could be sent", e);
    }
  }
}
