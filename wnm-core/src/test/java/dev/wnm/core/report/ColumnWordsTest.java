package dev.wnm.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.model.DownCause;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.report.table.Column;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.Selection;
import dev.wnm.spi.config.BadInputException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the same thing is called the same in all reports, and that rows and columns can be chosen in each. */
class ColumnWordsTest {
  private static final Node UNKNOWN = Samples.node(3, NodeStatus.RUNNING).withHealth(Samples.first().health().unknown(DownCause.UNKNOWN, "no answer"));
  private static final List<NodeLine> NODES = Stream.of(Samples.first(), Samples.second(), UNKNOWN, Samples.node(4, NodeStatus.STOPPED).withMetrics(
      Samples.metrics(Map.of(NodeMetric.CONNECTED_PEERS, 1_234L)))).map(node -> NodeLine.of(node, Samples.NOW)).toList();

  private static Selection<NodeLine> asking(String... words) {
    return Selection.of(NodeColumns.ALL, Samples.settings(Stream.concat(Stream.of("--report", "node-status"), Stream.of(words)).toArray(String[]::new)),
        Samples.NOW);
  }

  private static String status(ReportFormat format, Screen screen, String... words) {
    return NodeStatusReport.print(NODES, asking(words), format, screen);
  }

  private static List<Column<?>> all() {
    return Stream.<List<? extends Column<?>>>of(NodeColumns.ALL.all(), CompanionLine.ALL.all(), PortLine.ALL.all()).<Column<?>>flatMap(List::stream).toList();
  }

  @Test
  void columnsOfOneNameHaveOneTitleInAllReports() {
    // What is asked of a node's process, of a service's and of a container is the same thing.
    Map<String, String> titles = new HashMap<>();
    for (Column<?> column : all()) {
      if (!column.name().equals("service")) {
        assertThat(titles.merge(column.name(), column.title(), (known, other) -> known.equals(other) ? known : known + " and " + other))
            .as(column.name()).isEqualTo(column.title());
      }
    }
  }

  @Test
  void noTitleStandsForTwoThings() {
    for (List<? extends Column<?>> columns : List.of(NodeColumns.ALL.all(), CompanionLine.ALL.all(), PortLine.ALL.all())) {
      assertThat(columns).extracting(column -> column.title().toLowerCase(Locale.ROOT)).doesNotHaveDuplicates();
      assertThat(columns).extracting(Column::jsonName).doesNotHaveDuplicates();
      assertThat(columns).extracting(Column::name).allMatch(name -> name.matches("[a-z][a-z_]*"));
    }
  }

  /** Its table says Connected Peers, its details Connected peers. */
  @Test
  void thePythonTablesTitlesAreThoseOfTheColumns() {
    List<String> titles = NodeColumns.ALL.named("service", "peer_id", "status", "peers").stream().map(column -> column.title().toLowerCase(Locale.ROOT)).toList();

    assertThat(List.of(status(ReportFormat.TEXT, Screen.NONE).lines().findFirst().orElseThrow().toLowerCase(Locale.ROOT).split(" {2,}| (?=peer id)")))
        .allMatch(title -> titles.stream().anyMatch(title.strip()::contains));
  }

  @Test
  void aTerminalShowsWhatFitsAndASum() {
    assertThat(status(ReportFormat.TEXT, new Screen(true, OptionalInt.of(80), false))).isEqualTo("""
        Service Name         Status      Connected peers   Age  Version   Memory     CPU
        antnode0001.service  RUNNING                   4  60 s  0.4.7    97.8 MB  0.03 %
        antnode0002.service  RESTARTING                -  60 s  0.4.7          -       -
        antnode0003.service  UNKNOWN                   -  60 s  0.4.7          -       -
        antnode0004.service  STOPPED               1.2 k  60 s  0.4.7        0 B     0 %
        4 nodes (1 running, 1 stopped, 1 restarting, 1 unknown)""");
    assertThat(status(ReportFormat.TEXT, new Screen(true, OptionalInt.of(200), false))).contains("Restarts  Peer ID", Samples.PEER);
  }

  @Test
  void aPipeShowsThePythonTableWithExactNumbers() {
    assertThat(status(ReportFormat.TEXT, Screen.NONE).lines()).hasSize(5).last().asString()
        .isEqualTo("antnode0004.service -                                                      STOPPED                   1234");
  }

  @Test
  void rowsAreChosenAndSorted() {
    assertThat(status(ReportFormat.TEXT, Screen.NONE, "--columns", "name,peers", "--filter", "peers<5000", "--sort=-peers")).isEqualTo("""
        Service Name         Connected peers
        antnode0004.service            1.2 k
        antnode0001.service                4""");
    assertThat(status(ReportFormat.TEXT, new Screen(true, OptionalInt.of(60), false), "--columns", "service", "--filter", "peers<5")).isEqualTo("""
        Service Name
        antnode0001.service
        1 node (1 running); 1 of 4 match; of 2 that is not known""");
    assertThat(status(ReportFormat.TEXT, Screen.NONE, "--filter", "status=unknown")).contains("antnode0003").doesNotContain("antnode0001");
    assertThat(status(ReportFormat.TEXT, Screen.NONE, "--filter", "version>9")).isEqualTo("No nodes found: 0 of 4 match.");
  }

  @Test
  void programsGetTheColumnsThatTheyAskFor() {
    assertThat(status(ReportFormat.CSV, Screen.NONE, "--columns", "service,memory,cpu,age,created,status", "--filter", "memory>5MB")).isEqualTo("""
        service,memory,cpu,age,created,status
        antnode0001.service,97810000,0.03,60,2026-11-21T00:08:49Z,RUNNING""");
    assertThat(status(ReportFormat.CSV, Screen.NONE).lines().limit(2)).containsExactly("service,peer_id,status,peers",
        "antnode0001.service," + Samples.PEER + ",RUNNING,4");
    assertThat(status(ReportFormat.JSON, Screen.NONE, "--columns", "status,peers", "--filter", "name~0004")).isEqualTo("""
        [
          {
            "status": "STOPPED",
            "connected_peers": 1234
          }
        ]""");
    assertThat(NodeDetailsReport.print(NODES, asking("--columns", "service,age", "--sort=-name"), ReportFormat.TEXT, Screen.NONE)).startsWith("""
        Service Name: antnode0004.service
        Age: 60 s, since 2026-11-21T00:08:49Z

        Service Name: antnode0003.service
        """);
    assertThat(NodeDetailsReport.print(NODES, asking(), ReportFormat.CSV, Screen.NONE).lines()).hasSize(5)
        .first().asString().startsWith("id,machine_id,container_id,manager_type");
    assertThatThrownBy(() -> status(ReportFormat.JSON_COMPAT, Screen.NONE, "--columns", "status")).isInstanceOf(BadInputException.class)
        .hasMessageContaining("--columns does not go with --report_format json-compat");
    assertThat(status(ReportFormat.JSON_COMPAT, Screen.NONE, "--filter", "peers=4")).startsWith("{");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "--filter | peer<5 | --filter 'peer<5': at character 1, 'peer<5': there is no 'peer'; did you mean peers",
      "--sort | peers,-agee | --sort 'peers,-agee': there is no 'agee'; did you mean age",
      "--columns | service,stat | --columns 'service,stat': there is no 'stat'; did you mean"})
  void whatIsNotThereIsRefused(String option, String value, String sentence) {
    assertThatThrownBy(() -> asking(option, value)).isInstanceOf(BadInputException.class).hasMessageStartingWith(sentence);
  }

  @Test
  void allColumnsCanBeShown() {
    assertThat(status(ReportFormat.CSV, Screen.NONE, "--columns", "all").lines().findFirst().orElseThrow().split(",")).hasSize(NodeColumns.ALL.all().size());
  }
}
