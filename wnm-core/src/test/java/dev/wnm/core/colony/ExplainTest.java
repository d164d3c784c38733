package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.core.history.TimeRange;
import dev.wnm.core.model.Node;
import dev.wnm.core.report.HistoryReport;
import dev.wnm.core.report.NodeLifeReport;
import dev.wnm.core.report.ReportFormat;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.Selection;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.LogRequest;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a person is told of single nodes, and of the past. */
class ExplainTest extends FleetOfThree {
  private interface Question<T> {
    T ask(Colony colony) throws Exception;
  }

  private <T> T ask(Question<T> question) throws Exception {
    try (Colony opened = Colony.openToRead(colony.resolver(List.of()), colony.tools())) {
      return question.ask(opened);
    }
  }

  private String explain(ReportFormat format, String... names) throws Exception {
    return ask(opened -> NodeLifeReport.print(opened.explain(NamedNodes.of("--explain", List.of(names), opened, colony.now())), format));
  }

  private String text(String... names) throws Exception {
    return explain(ReportFormat.TEXT, names);
  }

  private String history(ReportFormat format, int most, String... names) throws Exception {
    return ask(opened -> HistoryReport.print(HistoryReport.Extent.of(opened.history(), TimeRange.last(Duration.ofDays(1), colony.now()),
        names.length == 0 ? Set.of() : NamedNodes.of("--node", List.of(names), opened, colony.now()).numbers(), most, colony.now()),
        Selection.everything(), format, Screen.NONE, colony.now()));
  }

  @Test
  void aNodeThatRunsIsToldWithItsEvidenceAndTheDecisionThatAddedIt() throws Exception {
    assertThat(text("antnode0003")).contains("antnode0003.service is RUNNING: it answered on its metrics port ", "s ago\n",
        "Came:             added 20", ", by wnm itself, decision ", "leave room", "Next:             should there be too many running nodes, it would go first",
        "  add: ");
    assertThat(text("1")).contains("antnode0001.service is RUNNING", "2 younger nodes would go before it");
  }

  @Test
  void aNodeThatDiedIsToldWithItsLastWordsAndWhenItIsTriedAgain() throws Exception {
    colony.machine.kill(1);
    colony.cycle();
    colony.machine.kill(1);
    colony.cycles(10);

    assertThat(text("antnode0001").lines().toList()).anyMatch(line -> line.contains("  died: its process ended"))
        .anyMatch(line -> line.contains("  start: ")).last().asString().contains("  add: ");
  }

  @Test
  void whatAPersonDidBearsTheAccount() throws Exception {
    colony.force("disable", List.of("antnode0002"), OptionalInt.empty());

    assertThat(text("antnode0002")).contains("is DISABLED: it was disabled by hand", "  disable: forced (asked by ",
        "Next:             it is left alone until somebody runs --force_action enable --service_name antnode0002");
  }

  @Test
  void whatTheNextCycleWouldDoToItIsTheCyclesOwnChoice() throws Exception {
    colony.load(90, 10, 10, 0.1);

    assertThat(text("antnode0003")).contains("Next:             the next cycle would stop it: CPU 90.0 % is above cpu_remove 70 %");
    assertThat(text("antnode0001")).contains("the next cycle would stop one of its kind: CPU 90.0 % is above cpu_remove 70 %; 2 other nodes would"
        + " come before it");
    colony.cycle();
    assertThat(text("antnode0003")).contains("antnode0003.service is STOPPED: it was stopped on purpose");
  }

  @Test
  void anUpgradeThatWaitsSaysWhatFor() throws Exception {
    colony.antnode(ColonyHarness.NEW);

    assertThat(text("antnode0003")).contains("0.4.16 to 0.4.17");
  }

  @Test
  void aNodeThatIsGoneIsToldFromWhatIsKeptOfIt() throws Exception {
    colony.force("remove", List.of("antnode0003"), OptionalInt.empty());

    assertThat(text("antnode0003")).contains("antnode0003 is there no more; this is what is kept of it", "  remove: ", "  add: ");
    assertThat(history(ReportFormat.TEXT, 99, "antnode0003")).contains("remove", "antnode0003").doesNotContain("antnode0002");
    assertThatThrownBy(() -> text("antnode0099")).isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("--explain antnode0099 names no node, now or in what is kept of the past");
  }

  @Test
  void programsGetTheSame() throws Exception {
    JsonObject story = JsonParser.parseString(explain(ReportFormat.JSON, "antnode0001")).getAsJsonArray().get(0).getAsJsonObject();

    assertThat(story.get("believed").getAsJsonObject().get("state").getAsString()).isEqualTo("RUNNING");
    assertThat(story.get("added").getAsJsonObject().get("decision").getAsLong())
        .isEqualTo(story.get("added_by").getAsJsonObject().get("decision").getAsLong());
    assertThat(story.get("life").getAsJsonArray().get(0).getAsJsonObject().get("what").getAsString()).isEqualTo("add");
    assertThat(story.get("next").getAsJsonArray()).hasSize(1);
    assertThatThrownBy(() -> explain(ReportFormat.CSV, "antnode0001")).hasMessage("--explain has no --report_format csv; it has text and json");
  }

  @Test
  void historyHasDecisionsAndWhatFollowedFromThemTheNewestFirst() throws Exception {
    colony.load(90, 10, 10, 0.1);
    colony.cycle();

    List<String> lines = history(ReportFormat.TEXT, 99).lines().toList();
    assertThat(lines.get(0)).contains("Time  What", "Node", "Result", "Why", "Asked by");
    assertThat(lines.get(1)).contains("stop", "antnode0003", "done", "CPU 90.0 % is above cpu_remove 70 %");
    assertThat(lines.get(2)).contains("stop 1 node", "CPU 90.0 % is above cpu_remove 70 %");
    assertThat(history(ReportFormat.CSV, 99)).startsWith("time,kind,what,node,node_id,result,why,asked_by,detail,decision,took,times\n");
  }

  @Test
  void ofALongHistoryTheEndIsShownAndTheRestIsCounted() throws Exception {
    int all = (int) history(ReportFormat.CSV, 99).lines().count() - 1;

    assertThat(history(ReportFormat.TEXT, 2).lines()).hasSize(4).last().asString()
        .isEqualTo("… and " + (all - 2) + " more; --lines " + all + " shows them all");
  }

  @Test
  void ofNodesTheDecisionsAreShownThatTheirOperationsFollowFrom() throws Exception {
    colony.cycles(30);

    assertThat(history(ReportFormat.CSV, 99, "antnode0001").lines().filter(line -> line.matches("[^,]*,decision,.*"))).singleElement().asString()
        .contains("add 1 node");
  }

  @Test
  void whereNothingIsKeptThatIsSaid() throws Exception {
    colony.advance(Duration.ofDays(3));

    assertThat(history(ReportFormat.TEXT, 99)).startsWith("nothing was decided or done since ");
  }

  @Test
  void nodesLogsAreReadThroughTheirProcessManagerWithoutTheLock() throws Exception {
    Files.writeString(colony.nodes().get(0).logDir().orElseThrow().resolve("antnode.log"), "a line of its own\n");

    try (Colony atWork = Colony.open(colony.resolver(List.of()), colony.tools())) {
      assertThat(atWork.nodes()).hasSize(3);
      List<String> lines = ask(opened -> opened.logs().of(opened.nodes().get(0)).source().part(LogRequest.last(1)).lines());
      assertThat(lines).containsExactly("a line of its own");
    }
  }

  @Test
  void aNameMayBeAStar() throws Exception {
    NamedNodes named = ask(opened -> NamedNodes.of("--logs", List.of("*", "antnode0002.service"), opened, colony.now()));
    assertThat(named.present()).extracting(Node::id).containsExactly(2, 1, 3);
  }
}
