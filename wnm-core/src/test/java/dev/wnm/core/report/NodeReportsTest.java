package dev.wnm.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.core.model.DownCause;
import dev.wnm.core.model.Incident;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeHealth;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.Selection;
import dev.wnm.spi.model.NodePorts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NodeReportsTest {
  private static final List<Node> BOTH = List.of(Samples.first(), Samples.second());
  private static final String[] PYTHON_KEYS = ("id machine_id container_id manager_type node_name service user binary version"
      + " root_dir log_dir port metrics_port rpc_port network wallet peer_id status timestamp records uptime shunned"
      + " connected_peers gets puts mem cpu open_connections total_peers bad_peers rel_records max_records rewards payment_count"
      + " live_time network_size age host method layout environment").split(" ");

  @Test
  void theStatusTableIsThatOfThePythonWnm() {
    assertThat(status(BOTH, ReportFormat.TEXT)).isEqualTo("""
        Service Name        Peer ID                                                Status         Connected Peers
        antnode0001.service 12D3KooWMDqtXsSEbuWZ5wdrr3Ai6rUWJta6yBgutJaJXusSujuu   RUNNING                      4
        antnode0002.service -                                                      RESTARTING                   -""");
  }

  @ParameterizedTest
  @EnumSource(names = {"ENV", "CONFIG"})
  void formatsThatAReportLacksAreText(ReportFormat format) {
    assertThat(status(BOTH, format)).isEqualTo(status(BOTH, ReportFormat.TEXT));
    assertThat(detailsOf(BOTH, format)).isEqualTo(detailsOf(BOTH, ReportFormat.TEXT));
  }

  @Test
  void oneNodeIsAnObjectOnlyInThePythonShapes() {
    List<Node> one = List.of(Samples.first());

    assertThat(status(one, ReportFormat.JSON_COMPAT)).isEqualTo("""
        {
          "service_name": "antnode0001.service",
          "peer_id": "12D3KooWMDqtXsSEbuWZ5wdrr3Ai6rUWJta6yBgutJaJXusSujuu",
          "status": "RUNNING",
          "connected_peers": 4
        }""");
    assertThat(status(one, ReportFormat.JSON)).isEqualTo("""
        [
          {
            "service_name": "antnode0001.service",
            "peer_id": "12D3KooWMDqtXsSEbuWZ5wdrr3Ai6rUWJta6yBgutJaJXusSujuu",
            "status": "RUNNING",
            "connected_peers": 4
          }
        ]""");
  }

  @Test
  void severalNodesAreAnArrayInTheGivenOrder() {
    List<Node> turned = List.of(Samples.second(), Samples.first());

    for (ReportFormat format : List.of(ReportFormat.JSON, ReportFormat.JSON_COMPAT)) {
      JsonElement json = JsonParser.parseString(status(turned, format));
      assertThat(json.getAsJsonArray()).extracting(node -> node.getAsJsonObject().get("service_name").getAsString())
          .containsExactly("antnode0002.service", "antnode0001.service");
    }
  }

  @Test
  void noNodesAreSaidInEachFormatsWay() {
    assertThat(status(List.of(), ReportFormat.TEXT)).isEqualTo("No nodes found.");
    assertThat(detailsOf(List.of(), ReportFormat.TEXT)).isEqualTo("No nodes found.");
    assertThat(status(List.of(), ReportFormat.JSON)).isEqualTo("[]");
    assertThat(detailsOf(List.of(), ReportFormat.JSON_COMPAT)).isEqualTo("""
        {
          "error": "No nodes found"
        }""");
  }

  @Test
  void detailsNameTheRealBinaryAndLogsAndEndWithTheNodesHealth() {
    NodeHealth ill = new NodeHealth(DownCause.DIED, 0, 2, Instant.parse("2026-11-21T08:02:00Z"),
        "start failed:\nport 55002 is taken", OptionalLong.empty());
    NodeHealth well = NodeHealth.FRESH.recovered(OptionalLong.of(4_711));

    assertThat(details(List.of(line(Samples.first().withHealth(well)),
        line(Samples.withoutVersion(Samples.second()).withHealth(ill)).with(Optional.empty(), Optional.of(new Incident(2, "antnode0002.service", Incident.Kind.DIED, Instant.parse("2026-11-21T00:00:00Z"), "exit code 1")), Optional.empty())), ReportFormat.TEXT))
        .isEqualTo("""
            Service Name: antnode0001.service
            Program: antnode
            Version: 0.4.7
            Port: 55001
            Metrics Port: 13001
            Data path: /nodes/antnode0001
            Log path: /logs/antnode0001
            Bin Path: /nodes/antnode0001/antnode
            Connected peers: 4
            Up since: 2026-11-20T23:48:49Z, 21 min ago
            Restarts: 0
            Memory: 97.8 MB
            CPU: 0.03 %
            Threads: 0
            Open files: 0
            Disk: 0 B
            Relays: 0
            Audits passed: 0
            Audits failed: 0
            Rewards address: 0x1111111111111111111111111111111111111111
            Age: 60 s, since 2026-11-21T00:08:49Z
            Peer ID: 12D3KooWMDqtXsSEbuWZ5wdrr3Ai6rUWJta6yBgutJaJXusSujuu
            Status: RUNNING
            Down cause: -
            Missed probes: 0
            Failures: 0
            Retry after: -
            Last error: -
            PID: 4711
            Last incident: -

            Service Name: antnode0002.service
            Program: antnode
            Version: unknown
            Port: 55002
            Metrics Port: 13002
            Data path: /nodes/antnode0002
            Log path: unknown
            Bin Path: /nodes/antnode0002/antnode
            Connected peers: -
            Up since: -
            Restarts: -
            Memory: -
            CPU: -
            Threads: -
            Open files: -
            Disk: -
            Rewards address: 0x1111111111111111111111111111111111111111
            Age: 60 s, since 2026-11-21T00:08:49Z
            Peer ID: -
            Status: RESTARTING
            Down cause: DIED
            Missed probes: 0
            Failures: 2
            Retry after: 2026-11-21T08:02:00Z
            Last error: start failed: port 55002 is taken
            PID: -
            Last incident: 2026-11-21T00:00:00Z, 9 min ago: died (exit code 1)""");
  }

  /** Not at each look at the node is its process looked at, too. */
  @Test
  void whatItsProcessShowedSaysHowOldItMayBe() {
    Optional<Instant> measured = Optional.of(Instant.ofEpochSecond(1_795_219_200));

    String text = measured(measured, ReportFormat.TEXT);
    String json = measured(measured, ReportFormat.JSON);

    assertThat(text).containsOnlyOnce("Threads: 0, measured 9 min ago or later")
        .containsOnlyOnce("Open files: 0, measured 9 min ago or later");
    assertThat(json).containsOnlyOnce("\"process_measured_since\": 1795219200").containsOnlyOnce("\"process_measured_since\": null");
    assertThat(measured(measured, ReportFormat.JSON_COMPAT)).doesNotContain("process_measured");
  }

  @Test
  void detailsInJsonHaveTheColumnsInTheirOrderThenOurs() {
    JsonObject node = JsonParser.parseString(detailsOf(List.of(Samples.first()), ReportFormat.JSON))
        .getAsJsonArray().get(0).getAsJsonObject();

    List<String> keys = new ArrayList<>(List.of(PYTHON_KEYS));
    keys.addAll(List.of("program", "browser_port", "up_since", "restarts", "threads", "open_files", "disk_bytes",
        "disk_measured_at", "relay_sessions", "audits_passed", "audits_failed", "process_measured_since", "down_cause", "missed_probes", "failures",
        "retry_after", "last_error", "pid", "last_incident", "created", "group"));
    assertThat(node.keySet()).containsExactlyElementsOf(keys);
    assertThat(node.get("mem").getAsInt()).isEqualTo(9_781);
    assertThat(node.get("rewards").toString()).isEqualTo("\"0\"");
    assertThat(node.get("layout").toString()).isEqualTo("\"1\"");
    assertThat(node.get("age").getAsLong()).isEqualTo(1_795_219_729L);
    assertThat(node.get("retry_after").isJsonNull()).isTrue();
  }

  @Test
  void whatANodeDidNotTellIsNullInJsonAndZeroInThePythonShapes() {
    for (String key : List.of("records", "uptime", "connected_peers", "mem", "cpu", "gets", "network_size", "rewards")) {
      assertThat(details(ReportFormat.JSON).get(key).isJsonNull()).as(key).isTrue();
      assertThat(details(ReportFormat.JSON_COMPAT).get(key).getAsLong()).as(key).isZero();
    }
    assertThat(status(List.of(Samples.second()), ReportFormat.JSON)).contains("\"connected_peers\": null");
    assertThat(status(List.of(Samples.second()), ReportFormat.JSON_COMPAT)).contains("\"connected_peers\": 0");
  }

  @Test
  void aPortThatANodeDoesNotHaveIsNullInJsonAndZeroInThePythonShapes() {
    Node node = Samples.second();
    Node without = node.toBuilder().ports(NodePorts.of(node.ports().node(), node.ports().metrics().orElseThrow())).build();

    assertThat(detailsOf(List.of(without), ReportFormat.JSON)).contains("\"rpc_port\": null");
    assertThat(detailsOf(List.of(without), ReportFormat.JSON_COMPAT)).contains("\"rpc_port\": 0");
    assertThat(detailsOf(List.of(node), ReportFormat.JSON)).contains("\"rpc_port\": 30002");
  }

  @Test
  void ofANodeThatIsUnknownNothingIsShownThatEndsWithItsProcess() {
    Node unknown = Samples.first().withHealth(Samples.first().health().unknown(DownCause.UNKNOWN, "its disk is away"));

    assertThat(status(List.of(unknown), ReportFormat.TEXT)).endsWith("UNKNOWN                      -");
    assertThat(status(List.of(unknown), ReportFormat.JSON)).contains("\"connected_peers\": null");
    assertThat(status(List.of(unknown), ReportFormat.JSON_COMPAT)).contains("\"connected_peers\": 4");
    assertThat(detailsOf(List.of(unknown), ReportFormat.JSON)).contains("\"mem\": null", "\"records\": 1");
  }

  private static NodeLine line(Node node) {
    return NodeLine.of(node, Samples.NOW);
  }

  private static List<NodeLine> lines(List<Node> nodes) {
    return nodes.stream().map(NodeReportsTest::line).toList();
  }

  private static String status(List<Node> nodes, ReportFormat format) {
    return NodeStatusReport.print(lines(nodes), Selection.everything(), format, Screen.NONE);
  }

  private static String detailsOf(List<Node> nodes, ReportFormat format) {
    return details(lines(nodes), format);
  }

  private static String details(List<NodeLine> nodes, ReportFormat format) {
    return NodeDetailsReport.print(nodes, Selection.everything(), format, Screen.NONE);
  }

  private static String measured(Optional<Instant> measured, ReportFormat format) {
    return details(lines(BOTH).stream().map(line -> line.with(Optional.empty(), Optional.empty(), measured)).toList(), format);
  }

  private static JsonObject details(ReportFormat format) {
    JsonElement json = JsonParser.parseString(detailsOf(List.of(Samples.second()), format));
    return (json.isJsonArray() ? json.getAsJsonArray().get(0) : json).getAsJsonObject();
  }

  @Test
  void detailsInThePythonShapeHaveItsKeysAndItsWordForNothing() {
    JsonObject node = JsonParser.parseString(detailsOf(List.of(Samples.withoutVersion(Samples.first())),
        ReportFormat.JSON_COMPAT)).getAsJsonObject();

    assertThat(node.keySet()).containsExactly(PYTHON_KEYS);
    assertThat(node.get("version").getAsString()).isEqualTo("None");
    assertThat(node.get("log_dir").isJsonNull()).isTrue();
    assertThat(node.get("container_id").isJsonNull()).isTrue();
  }

  @Test
  void jsonIsAsciiAsThePythonWnmWritesIt() {
    Node node = Samples.node(3, NodeStatus.STOPPED).withPeerId("é\uD83D\uDC1C\u007f\"\\\n</>");

    assertThat(status(List.of(node), ReportFormat.JSON_COMPAT))
        .contains("\"peer_id\": \"\\u00e9\\ud83d\\udc1c\\u007f\\\"\\\\\\n</>\"");
  }

  @Test
  void whatANodeSaysOfItselfCannotSteerTheTerminal() {
    Node node = Samples.node(3, NodeStatus.RUNNING).withPeerId("\u001b[2J\nfake");

    assertThat(status(List.of(node), ReportFormat.TEXT).lines()).hasSize(2)
        .last().asString().contains("antnode0003.service  fake ");
  }
}
