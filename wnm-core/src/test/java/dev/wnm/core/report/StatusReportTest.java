package dev.wnm.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.core.config.Settings;
import dev.wnm.core.decision.ActionType;
import dev.wnm.core.decision.DecisionEngine;
import dev.wnm.core.decision.DecisionInput;
import dev.wnm.core.decision.Features;
import dev.wnm.core.decision.GrowthForecast;
import dev.wnm.core.decision.Outlook;
import dev.wnm.core.decision.PlannedAction;
import dev.wnm.core.history.PastDecision;
import dev.wnm.core.history.PastOperation;
import dev.wnm.core.model.DownCause;
import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.Motive;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.model.Release;
import dev.wnm.core.model.Releases;
import dev.wnm.core.report.table.Screen;
import dev.wnm.spi.program.SelfUpgrade;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatusReportTest {
  private static final Settings SETTINGS = Samples.settings("--node_cap", "5", "--cpu_less_than", "70", "--cpu_remove", "80",
      "--mem_less_than", "70", "--hd_less_than", "70", "--desired_load_average", "4", "--max_load_average_allowed", "8",
      "--netio_read_less_than", "1000");
  private static final Optional<Instant> JUST_NOW = Optional.of(Samples.NOW.minusSeconds(40));
  private static final FleetStatus.Health WELL = new FleetStatus.Health(0, List.of(), List.of(), Optional.empty());
  private static final List<Node> TWO = List.of(Samples.first(), Samples.withVersion(Samples.node(2, NodeStatus.RUNNING), "0.4.9"));
  private static final FleetStatus.Programs PROGRAMS = new FleetStatus.Programs(true, Optional.of(Path.of("/opt/antnode")), release(),
      Map.of("antnode", SelfUpgrade.UNKNOWN), true, List.of("5 nodes of it take much"));

  private static final FleetStatus.Room ROOM = new FleetStatus.Room(OptionalLong.of(1_000_000_000_000L), Map.of("CPU", 3));
  private static final FleetStatus.Past PAST = new FleetStatus.Past(JUST_NOW, Optional.empty(), List.of(
      operation(2, OperationKind.START, PastOperation.Ending.FAILED, "port 55002 is in use"),
      operation(1, OperationKind.ADD, PastOperation.Ending.DONE, "")), Optional.of(new PastDecision(7, Samples.NOW.minusSeconds(3_600),
      Samples.NOW.minusSeconds(40), 60, new Features(Set.of()), List.of(new PlannedAction(ActionType.SURVEY, PlannedAction.Target.FLEET, 1, 0,
      "idle monitoring")), List.of("there are as many nodes as node_cap 2"), Map.of(), Optional.empty())));

  private static PastOperation operation(int node, OperationKind kind, PastOperation.Ending ending, String detail) {
    return new PastOperation(node, kind, node, "antnode000" + node + ".service", Motive.of("1 node is fewer than node_cap 2"),
        Samples.NOW.minusSeconds(60L * node), Optional.of(Samples.NOW), ending, detail);
  }

  private static Optional<Release> release() {
    return Releases.of("0.4.7");
  }

  private static Outlook outlook(List<Node> nodes, HostMetrics host) {
    return DecisionEngine.outlook(new DecisionInput(SETTINGS.decisionLimits(), host, FleetCounts.of(nodes, release(), Samples.NOW),
        Optional.empty(), false));
  }

  private static Optional<GrowthForecast> growth(List<Node> nodes) {
    return GrowthForecast.of(FleetCounts.of(nodes, release(), Samples.NOW), 5, SETTINGS.decisionLimits().concurrency(),
        Duration.ofMinutes(5), Duration.ofMinutes(1));
  }

  private static FleetStatus status(List<Node> nodes, Optional<Instant> lastCycle, FleetStatus.Health health) {
    return new FleetStatus(Samples.NOW, lastCycle, nodes, 5, health, outlook(nodes, Samples.host()), growth(nodes), PROGRAMS, ROOM, PAST, Optional.empty(),
        Map.of("node_cap", "5"));
  }

  private static String verdict(FleetStatus status) {
    return StatusReport.print(status, ReportFormat.TEXT, Screen.NONE).lines().findFirst().orElseThrow();
  }

  private static JsonObject json(FleetStatus status) {
    return JsonParser.parseString(StatusReport.print(status, ReportFormat.JSON, Screen.NONE)).getAsJsonObject();
  }

  @Test
  void oneScreenSaysWhetherAllIsWellWhatComesNextAndWhyNotMore() {
    assertThat(StatusReport.print(status(TWO, JUST_NOW, WELL), ReportFormat.TEXT, Screen.NONE)).isEqualTo("""
        All is well; the last cycle was 40 s ago.

        Nodes:        2 nodes (2 running), of at most 5 (node_cap)
        Next cycle:   add 1 node (2 nodes are fewer than node_cap 5; CPU 64.1 %, memory 33.3 %, disk 50.3 %, load over 1 minute 0.77 leave room)
        Why not more: max_concurrent_starts 1 and max_concurrent_operations 1 let no more begin now (wnm --why_not add)
        Growth:       with these limits 3 more nodes take about 13 min, at a cycle every minute and with room on the machine
        Program:      new nodes get antnode 0.4.7 (/opt/antnode); nodes: 1 of antnode 0.4.7, 1 of antnode 0.4.9
        Self-upgrade: antnode unknown; upgrades by wnm on (enable_upgrade)

        Resource                                 Used          Limits  Room left        Settings of both limits
        CPU            [#############.|.|...]  64.1 %       70 / 80 %  5.9 %, ~3 nodes  cpu_less_than, cpu_remove
        memory         [#######.......||....]  33.3 %       70 / 75 %  36.7 %           mem_less_than, mem_remove
        disk           [##########....|...|.]  50.3 %       70 / 90 %  198 GB           hd_less_than, hd_remove
        load, 15 min   [####....|.......|...]    2.00           4 / 8  2.0              desired_load_average, max_load_average_allowed
        network input  [................|...]  30 B/s  1.0 kB/s / off  970 B/s          netio_read_less_than, netio_read_remove
        no limit on   network output 40 B/s, disk reading 10 B/s, disk writing 20 B/s

        Last done  What   Node                 Result                        Why
        2 min ago  start  antnode0002.service  failed: port 55002 is in use  1 node is fewer than node_cap 2
        60 s ago   add    antnode0001.service  done                          1 node is fewer than node_cap 2

        Decided:      40 s ago, 60 times the same since 60 min ago: look at the nodes (idle monitoring)
        As of:        the machine now; nodes 40 s ago, their processes never

        Note:         5 nodes of it take much""");
  }

  @Test
  void onATerminalNoLineIsWiderAndAllIsTold() {
    Screen narrow = new Screen(true, OptionalInt.of(80), false);
    List<String> lines = StatusReport.print(status(TWO, JUST_NOW, WELL), ReportFormat.TEXT, narrow).lines().toList();

    assertThat(lines).allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(80)).hasSizeLessThan(36);
    assertThat(String.join(" ", lines).replaceAll("\\s+", " ")).contains("add 1 node (2 nodes are fewer than node_cap 5; CPU 64.1 %, memory 33.3 %,"
        + " disk 50.3 %, load over 1 minute 0.77 leave room)", "failed: port 55002 is in use", "5.9 %, ~3 nodes");
    assertThat(StatusReport.print(status(TWO, JUST_NOW, WELL), ReportFormat.TEXT, new Screen(true, OptionalInt.of(80), true)))
        .startsWith("\u001b[32mAll is well").contains("\u001b[31mfailed");
  }

  @Test
  void aCheckIsTheFirstLineAndWhetherThatIsGood() {
    FleetStatus well = status(TWO, JUST_NOW, WELL);

    assertThat(StatusReport.check(well, ReportFormat.TEXT, Screen.NONE)).isEqualTo("All is well; the last cycle was 40 s ago.");
    assertThat(StatusReport.check(well, ReportFormat.JSON, Screen.NONE)).isEqualTo(StatusReport.print(well, ReportFormat.JSON, Screen.NONE));
    assertThat(StatusReport.isWell(well)).isTrue();
    assertThat(StatusReport.isWell(status(TWO, Optional.empty(), WELL))).as("what is unknown is not well").isFalse();
  }

  @Test
  void scriptsReadTheSameInJson() {
    JsonObject json = json(status(TWO, JUST_NOW, WELL));

    assertThat(json.get("verdict").getAsString()).isEqualTo("well");
    assertThat(json.get("last_cycle").getAsLong()).isEqualTo(Samples.NOW.getEpochSecond() - 40);
    assertThat(json.getAsJsonObject("nodes")).hasToString("{\"total\":2,\"in_trouble\":0,\"RUNNING\":2}");
    assertThat(json.getAsJsonArray("next").get(0).getAsJsonObject().get("type").getAsString()).isEqualTo("ADD");
    assertThat(json.getAsJsonObject("programs").getAsJsonObject("antnode").get("self_upgrade").getAsString()).isEqualTo("unknown");
    assertThat(json.getAsJsonArray("resources").get(0)).hasToString(
        "{\"name\":\"CPU\",\"used\":64.1,\"state\":\"room\",\"cpu_less_than\":70.0,\"cpu_remove\":80.0,\"room_for_nodes\":3}");
    assertThat(json.getAsJsonArray("resources").get(7).getAsJsonObject().get("netio_write_remove").isJsonNull()).isTrue();
    assertThat(json.getAsJsonArray("resources").get(0).getAsJsonObject().get("room_for_nodes").getAsInt()).isEqualTo(3);
    assertThat(json.getAsJsonArray("last_operations")).hasSize(2);
    assertThat(json.getAsJsonArray("last_operations").get(0).getAsJsonObject().get("ending").getAsString()).isEqualTo("failed");
    assertThat(json.getAsJsonObject("last_decision").get("times").getAsInt()).isEqualTo(60);
    assertThat(json.get("processes_measured").isJsonNull()).isTrue();
    assertThat(json.getAsJsonObject("limits")).hasToString("{\"node_cap\":\"5\"}");
    assertThat(json.getAsJsonArray("notes").get(0).getAsString()).isEqualTo("5 nodes of it take much");
  }

  @Test
  void whatIsWrongIsNamedFirst() {
    FleetStatus troubled = status(TWO, JUST_NOW,
        new FleetStatus.Health(1, List.of(new Problem(Problem.NODES, "antnode0002 died (killed)", "wnm --explain antnode0002")),
            List.of(new Problem("no-growth", "no growth: two ended", "")), Optional.empty()));

    assertThat(StatusReport.print(troubled, ReportFormat.TEXT, Screen.NONE).lines()).contains(
        "Not all is well: 1 of 2 nodes is in trouble; after failures wnm holds back for now; the last cycle was 40 s ago.",
        "Trouble:      antnode0002 died (killed)", "              -> wnm --explain antnode0002", "Trouble:      no growth: two ended");
    assertThat(json(troubled).get("verdict").getAsString()).isEqualTo("trouble");
    assertThat(json(troubled).getAsJsonArray("troubles")).hasToString("[\"antnode0002 died (killed)\"]");
    assertThat(json(troubled).getAsJsonArray("problems").get(0)).hasToString("{\"word\":\"nodes\",\"what\":\"antnode0002 died (killed)\",\"mend\":\"wnm --explain antnode0002\"}");
    assertThat(verdict(status(List.of(Samples.node(1, NodeStatus.DEAD)), JUST_NOW, WELL))).startsWith("Not all is well: 1 of 1 node is dead");
  }

  @Test
  void whereNothingCanBeDoneThatIsWhatTheNextCycleDoes() {
    FleetStatus stuck = status(TWO, JUST_NOW, new FleetStatus.Health(0, List.of(), List.of(), Optional.of("there is no docker")));

    assertThat(StatusReport.print(stuck, ReportFormat.TEXT, Screen.NONE)).startsWith("Not all is well: wnm can do nothing: there is no docker")
        .contains("Next cycle:   nothing: there is no docker");
    assertThat(json(stuck).getAsJsonArray("next")).isEmpty();
  }

  @Test
  void whatIsUnknownIsNotCalledWell() {
    assertThat(verdict(status(TWO, Optional.empty(), WELL)))
        .isEqualTo("Nobody can tell whether all is well: no cycle has come to its end yet.");
    Node lost = Samples.first().withHealth(Samples.first().health().unknown(DownCause.UNKNOWN, "nobody answers"));
    assertThat(verdict(status(List.of(lost), JUST_NOW, WELL)))
        .startsWith("Nobody can tell whether all is well: nothing is known of 1 of 1 node");
    HostMetrics blind = new HostMetrics(Instant.EPOCH, "", OptionalDouble.empty(), OptionalDouble.empty(),
        OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(),
        OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    FleetStatus unmeasured = new FleetStatus(Samples.NOW, JUST_NOW, TWO, 5, WELL, outlook(TWO, blind), Optional.empty(), PROGRAMS,
        FleetStatus.Room.UNKNOWN, FleetStatus.Past.UNKNOWN, Optional.empty(), Map.of());
    assertThat(verdict(unmeasured)).contains("it cannot be measured what is used of CPU, memory, disk, load over 1 minute")
        .contains("network input").doesNotContain("network output");
    assertThat(json(unmeasured).getAsJsonArray("resources").get(0).getAsJsonObject().get("used").isJsonNull()).isTrue();
    assertThat(StatusReport.print(unmeasured, ReportFormat.TEXT, Screen.NONE)).contains("CPU is unknown (cpu_less_than 70 %)");
  }

  @Test
  void whereNewNodesGetTheirProgramFromIsSaid() {
    FleetStatus.Programs fetched = new FleetStatus.Programs(true, Optional.empty(), release(), Map.of(), false, List.of());
    FleetStatus.Programs none = new FleetStatus.Programs(false, Optional.empty(), Optional.empty(), Map.of(), false, List.of());
    Outlook outlook = outlook(List.of(), Samples.host());

    assertThat(StatusReport.print(new FleetStatus(Samples.NOW, JUST_NOW, List.of(), 5, WELL, outlook, Optional.empty(), fetched,
        FleetStatus.Room.UNKNOWN, FleetStatus.Past.UNKNOWN, Optional.empty(), Map.of()), ReportFormat.TEXT, Screen.NONE))
        .startsWith("All is well").contains("new nodes get antnode 0.4.7, which the process manager fetches\n",
            "Self-upgrade: unknown; upgrades by wnm off");
    assertThat(StatusReport.print(new FleetStatus(Samples.NOW, JUST_NOW, List.of(), 5, WELL, outlook, Optional.empty(), none,
        FleetStatus.Room.UNKNOWN, FleetStatus.Past.UNKNOWN, Optional.empty(), Map.of()), ReportFormat.TEXT, Screen.NONE))
        .startsWith("Not all is well: there is no node program that new nodes could get").contains("there is none for new nodes\n");
  }

  @Test
  void anOldCycleIsTrouble() {
    assertThat(verdict(status(TWO, Optional.of(Samples.NOW.minus(Duration.ofHours(3))), WELL)))
        .startsWith("Not all is well: there was no cycle for long").endsWith("the last cycle was 3 h ago.");
    assertThat(verdict(status(TWO, Optional.of(Samples.NOW.plusSeconds(100)), WELL))).contains("yet to come by the clock");
  }

  @Test
  void theCapAndWhatPressesAreReasonsForNoMore() {
    List<Node> five = List.of(Samples.node(1, NodeStatus.RUNNING), Samples.node(2, NodeStatus.RUNNING), Samples.node(3, NodeStatus.RUNNING),
        Samples.node(4, NodeStatus.RUNNING), Samples.node(5, NodeStatus.RESTARTING));

    assertThat(StatusReport.print(status(five, JUST_NOW, WELL), ReportFormat.TEXT, Screen.NONE)).contains("there are as many nodes as node_cap 5",
        "look at the nodes (at global capacity); it looks first at 1 node that is under way, which may change this");
  }
}
