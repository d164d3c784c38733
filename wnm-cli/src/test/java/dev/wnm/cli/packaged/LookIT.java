package dev.wnm.cli.packaged;

import static dev.wnm.testkit.Eventually.eventually;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator is told of single nodes and of the past, with real processes and their logs. */
class LookIT {
  private TestHost host;
  private Optional<WnmRun> following = Optional.empty();

  @BeforeEach
  void twoNodes() throws IOException {
    host = TestHost.keepingAJvm();
    List<String> words = new ArrayList<>(TestHost.WIDE_LIMITS);
    words.addAll(TestHost.NO_DELAYS);
    words.addAll(List.of("--node_cap", "2"));
    host.done(host.initWords(words));
    host.done();
    host.done();
    host.done();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    following.ifPresent(run -> run.process().destroyForcibly());
    host.close();
  }

  private Path log(int node) {
    return host.nodes().get(node).rootDir().resolve("logs/antnode.log");
  }

  private static void write(Path log, String line) throws IOException {
    Files.writeString(log, line + "\n", APPEND);
  }

  @Test
  void logsOfNodesAreShownByTimeWithNamesAndFollowedOverARotation() throws Exception {
    write(log(1), "[2099-01-01T00:00:01.000000Z INFO ant_node] first, of the second");
    write(log(0), "[2099-01-01T00:00:02.000000Z INFO ant_node] second, of the first");

    assertThat(host.done("--logs", "antnode0001,antnode0002", "--lines", "1").out()).isEqualTo(
        "antnode0002: [2099-01-01T00:00:01.000000Z INFO ant_node] first, of the second\n"
            + "antnode0001: [2099-01-01T00:00:02.000000Z INFO ant_node] second, of the first\n");
    assertThat(host.done("--logs", "1", "--lines", "1").out()).as("one alone needs no name").startsWith("[2099-01-01T00:00:02");

    WnmRun run = host.wnm().start("--logs", "*", "--lines", "1", "--follow");
    following = Optional.of(run);
    eventually("what there is is shown", () -> run.out().lines().count() == 2);
    write(log(0), "[2099-01-01T00:00:03.000000Z INFO ant_node] third");
    eventually("what comes is shown", () -> run.out().endsWith("antnode0001: [2099-01-01T00:00:03.000000Z INFO ant_node] third\n"));
    Path file = log(0);
    Files.move(file, file.resolveSibling("antnode_1.log"));
    Files.writeString(file, "[2099-01-01T00:00:04.000000Z INFO ant_node] after the rotation\n");
    eventually("a new file is shown from its beginning", () -> run.out().endsWith("after the rotation\n"));
    assertThat(run.out().lines()).hasSize(4);
    run.process().destroy();
    assertThat(run.ended().err()).as("what a TERM leaves").doesNotContain("defect");
  }

  @Test
  void aDeathIsExplainedWithItsLastWordsAndListedInHistory() throws Exception {
    NodeRow node = host.nodes().get(0);
    write(node.rootDir().resolve("logs/antnode.log"), "[2099-01-01T00:00:01.000000Z INFO ant_node] the last line");
    host.killNodes(folder -> folder.equals(node.rootDir()));
    eventually("it is gone", () -> !host.processes().containsKey(node.rootDir()));
    host.seemIdle();
    host.done();

    assertThat(host.done("--logs", "antnode0001", "--lines", "400").out()).as("also of one that is down").contains("the last line");
    String story = host.done("--explain", "antnode0001").out();
    assertThat(story).startsWith("antnode0001").contains("Came:             added ", ", by wnm itself, decision ", "Program:          antnode",
        "  died: its process ended", "  add: ");
    JsonObject json = JsonParser.parseString(host.done("--explain", "antnode0001", "--json").out()).getAsJsonArray().get(0).getAsJsonObject();
    assertThat(json.get("life").getAsJsonArray()).anySatisfy(event ->
        assertThat(event.getAsJsonObject().get("what").getAsString()).isEqualTo("died"));

    long died = Instant.now().getEpochSecond();
    eventually("history, which tells seconds, has the stop after the death", () -> Instant.now().getEpochSecond() > died);
    host.done("--force_action", "stop", "--service_name", "antnode0002");
    String history = host.done("--history", "--columns", "what,node,result,asked_by", "--filter", "kind!=decision").out();
    assertThat(history.lines().toList().get(1)).containsPattern("^stop +antnode0002\\S* +done +\\S+");
    assertThat(history).contains("died", "add ");
    assertThat(host.done("--history", "--node", "antnode0001", "--report_format", "csv", "--columns", "kind,what,node").out())
        .contains("incident,died,antnode0001").contains("decision,").doesNotContain("antnode0002");
    assertThat(host.done("--history", "--since", "1h", "--lines", "1").out()).contains(" more; --lines ");

    host.done("--force_action", "remove", "--service_name", "antnode0002");
    WnmRun gone = host.run("--logs", "antnode0002");
    assertThat(gone.exit()).isEqualTo(1);
    assertThat(gone.err()).contains("antnode0002: it is there no more");
    assertThat(host.done("--explain", "antnode0002").out()).startsWith("antnode0002 is there no more").contains("  remove");
  }
}
