package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import dev.wnm.core.companions.Companions;
import dev.wnm.core.cycle.ManualResult;
import dev.wnm.core.report.CompanionsReport;
import dev.wnm.core.report.ReportFormat;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.Selection;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.CompanionName;
import dev.wnm.spi.manager.CompanionView;
import dev.wnm.spi.manager.CompanionView.State;
import dev.wnm.spi.manager.HostsGroups;
import dev.wnm.spi.manager.InstallsBinaries;
import dev.wnm.spi.manager.LogPart;
import dev.wnm.spi.manager.LogRequest;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.model.ProcessFacts;
import dev.wnm.testkit.manager.ManagerKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services beside the nodes of two groups, as a person asks for them. */
class CompanionsTest {
  private static final ManagerKind BLOCKS = ManagerKind.of(Traits.USUAL, Batches.class, HostsGroups.class, InstallsBinaries.class);
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  @TempDir
  private Path home;
  private ColonyHarness colony;

  @BeforeEach
  void twoGroups() throws Exception {
    colony = new ColonyHarness(home, BLOCKS);
    colony.init("--node_cap", "4", "--max_node_per_container", "2", "--min_container_count", "2", "--max_concurrent_starts", "8",
        "--max_concurrent_operations", "8", "--delay_start", "0");
    colony.force("add", List.of(), OptionalInt.of(2));
    colony.machine.companions().put("a1", CompanionView.builder("caddy", State.UP).since(NOW.minusSeconds(11_520)).pid(42).ready(true)
        .restarts(1).health("well", Optional.of(NOW), "").lastWords("served\u001b[31m\t7").connections(3)
        .facts(ProcessFacts.NONE.withMemoryBytes(12_400_000)).build());
    colony.machine.companions().put("a1", CompanionView.builder("consul", State.GIVEN_UP).why("exit 3, and s6 does not start it again")
        .lastWords("no database").build());
    colony.machine.companions().put("a2", CompanionView.builder("caddy", State.DOWN).build());
  }

  @AfterEach
  void close() {
    colony.close();
  }

  private ManualResult force(String action, String... names) throws Exception {
    return colony.force(action, List.of(names), OptionalInt.empty());
  }

  private Companions companions() throws Exception {
    try (Colony looked = Colony.openToRead(colony.resolver(List.of()), colony.tools())) {
      return looked.companions();
    }
  }

  @Test
  void theReportTellsWhatIsKnownAndWhatIsNot() throws Exception {
    colony.machine.groups().lose("a2");

    String text = CompanionsReport.print(companions().all(), Selection.everything(), ReportFormat.TEXT, Screen.NONE, NOW);

    assertThat(text.lines()).containsExactly(
        "Service    State     For  Ready  Restarts  Health   Memory  CPU  Open files  TCP  Words",
        "a1/caddy   up        3 h  yes           1  well    12.4 MB    ?           ?    3  said: served 7",
        "a1/consul  given-up    ?  -             ?  -             -    -           -    -  exit 3, and s6 does not start it again;"
            + " said: no database",
        "a2: not known: its container does not run");
  }

  @Test
  void asJsonWhatIsNotKnownIsNull() throws Exception {
    colony.machine.groups().lose("a2");

    var json = JsonParser.parseString(CompanionsReport.print(companions().all(), Selection.everything(), ReportFormat.JSON, Screen.NONE, NOW)).getAsJsonArray();

    var caddy = json.get(0).getAsJsonObject().get("services").getAsJsonArray().get(0).getAsJsonObject();
    assertThat(caddy.get("seconds").getAsLong()).isEqualTo(11_520);
    assertThat(caddy.get("memory_bytes").getAsLong()).isEqualTo(12_400_000);
    assertThat(caddy.get("open_files").isJsonNull()).isTrue();
    assertThat(json.get(1).getAsJsonObject().get("services").isJsonNull()).isTrue();
    assertThat(json.get(1).getAsJsonObject().get("why_not_known").getAsString()).isEqualTo("its container does not run");
  }

  @Test
  void whatIsNamedIsDoneAndWhoeverFailsHoldsUpNobody() throws Exception {
    colony.machine.companions().fail(new CompanionName("a1", "consul"), "exit 3; it said: no database");

    ManualResult result = force("start", "a1/consul", "a2/caddy", "a1/caddy", "a1/nomad", "a7/caddy");

    assertThat(result.failed()).isTrue();
    assertThat(result.lines()).containsExactly("started a2/caddy (up)", "a1/caddy: nothing to do, it is up",
        "a1/nomad: not found; there are caddy, consul", "a7/caddy: there is no group a7; there are a1, a2",
        "a1/consul: exit 3; it said: no database");
    assertThat(result.fields()).containsEntry("status", "started-companions").containsEntry("started_count", 2)
        .containsEntry("started_companions", List.of("a2/caddy", "a1/caddy")).containsEntry("failed_count", 3);
    assertThat(colony.nodes()).as("nodes").hasSize(2);
  }

  @Test
  void aStarStandsForEveryGroupThatHasTheService() throws Exception {
    assertThat(force("restart", "*/caddy").lines()).containsExactly("restarted a1/caddy (up)", "restarted a2/caddy (up)");
    assertThat(force("reload", "*/consul").lines()).containsExactly("a1/consul: it does not run");
    assertThat(force("reload", "*/nomad").lines()).containsExactly("*/nomad: no group has it; there are caddy, consul");
    assertThat(force("reload", "a7/caddy", "*/nomad").lines()).as("also behind one that is missing").containsExactly(
        "a7/caddy: there is no group a7; there are a1, a2", "*/nomad: no group has it; there are caddy, consul");
    assertThat(colony.machine.companions().asked()).hasSize(3).allMatch(line -> line.matches("\\S+ (restart|reload) a\\d/\\w+"));
  }

  @Test
  void aDryRunSaysWhatWouldBeDone() throws Exception {
    assertThat(colony.force("stop", List.of("a1/caddy", "a1/nomad"), OptionalInt.empty(), "--dry_run").lines())
        .containsExactly("would have stopped a1/caddy", "a1/nomad: not found; there are caddy, consul");
    assertThat(colony.machine.companions().asked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', textBlock = """
      stop    ~ antnode0001,a1/caddy ~ --service_name has nodes and services beside nodes (GROUP/SERVICE); run wnm once for each kind
      remove  ~ a1/caddy  ~ --force_action remove is for nodes; services beside nodes are part of their image
      reload  ~ ''        ~ --force_action reload is for services beside nodes: name them with --service_name GROUP/SERVICE
      restart ~ antnode0001 ~ --force_action restart is for services beside nodes: name them with --service_name GROUP/SERVICE
      stop    ~ a1/../x   ~ 'a1/../x' is no GROUP/SERVICE, such as a1/caddy, or */caddy for that of every group
      stop    ~ a1/-x     ~ 'a1/-x' is no GROUP/SERVICE
      """)
  void ordersThatMeanNothingAreRefusedBeforeAnythingIsDone(String action, String names, String sentence) {
    assertThatThrownBy(() -> force(action, names.isEmpty() ? new String[0] : names.split(",")))
        .isInstanceOf(BadInputException.class).hasMessageStartingWith(sentence);
    assertThat(colony.machine.companions().asked()).isEmpty();
  }

  @Test
  void aLogIsReadOnFromWhereItWasReadTo() throws Exception {
    CompanionName caddy = new CompanionName("a1", "caddy");
    List.of("one", "two", "three").forEach(line -> colony.machine.companions().print(caddy, line));

    LogPart first = companions().log(caddy, LogRequest.last(2));
    colony.machine.companions().print(caddy, "four");
    LogPart next = companions().log(caddy, LogRequest.last(2).after(first.position(), Duration.ZERO));

    assertThat(first.lines()).containsExactly("two", "three");
    assertThat(next.lines()).containsExactly("four");
    assertThat(companions().explain(caddy)).isEqualTo("caddy runs in memory");
  }

  @Test
  void aNodesNameIsNoServices() throws Exception {
    assertThatThrownBy(() -> companions().named("--trace", List.of("antnode0001"))).isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("--trace antnode0001 names no service beside nodes: those are GROUP/SERVICE, such as a1/caddy");
  }
}
