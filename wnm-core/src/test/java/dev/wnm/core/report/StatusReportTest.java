package dev.wnm.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.core.config.Settings;
import dev.wnm.core.decision.DecisionEngine;
import dev.wnm.core.decision.DecisionInput;
import dev.wnm.core.decision.GrowthForecast;
import dev.wnm.core.decision.Outlook;
import dev.wnm.core.model.DownCause;
import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.Release;
import dev.wnm.core.model.Releases;
import dev.wnm.spi.program.SelfUpgrade;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
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
    return new FleetStatus(Samples.NOW, lastCycle, nodes, 5, health, outlook(nodes, Samples.host()), growth(nodes), PROGRAMS);
  }

  private static String verdict(FleetStatus status) {
    return StatusReport.print(status, ReportFormat.TEXT).lines().findFirst().orElseThrow();
  }

  private static JsonObject json(FleetStatus status) {
    return JsonParser.parseString(StatusReport.print(status, ReportFormat.JSON)).getAsJsonObject();
  }

  @Test
  void oneScreenSaysWhetherAllIsWellWhatComesNextAndWhyNotMore() {
    assertThat(StatusReport.print(status(TWO, JUST_NOW, WELL), ReportFormat.TEXT)).isEqualTo("""
        All is well; the last cycle was 40 s ago.

        Nodes:        2 nodes (2 running), of at most 5 (node_cap)
        Program:      new nodes get antnode 0.4.7 (/opt/antnode); nodes: 1 of antnode 0.4.7, 1 of antnode 0.4.9
        Self-upgrade: antnode unknown; upgrades by wnm on (enable_upgrade)
        Next cycle:   add 1 node (2 nodes are fewer than node_cap 5; CPU 64.1 %, memory 33.3 %, disk 50.3 %, load over 1 minute 0.77 leave room)
        Why not more: max_concurrent_starts 1 and max_concurrent_operations 1 let no more begin now
        Growth:       with these limits 3 more nodes take about 13 min, at a cycle every minute and with room on the machine

        Resource              Used    Room below                       Pressure above
        CPU                   64.1 %  70 % (cpu_less_than)             80 % (cpu_remove)             room
        memory                33.3 %  70 % (mem_less_than)             75 % (mem_remove)             room
        disk                  50.3 %  70 % (hd_less_than)              90 % (hd_remove)              room
        load over 1 minute    0.77    4 (desired_load_average)         8 (max_load_average_allowed)  room
        load over 5 minutes   1.20    4 (desired_load_average)         8 (max_load_average_allowed)  room
        load over 15 minutes  2.00    4 (desired_load_average)         8 (max_load_average_allowed)  room
        network input         30 B/s  1.0 kB/s (netio_read_less_than)  off (netio_read_remove)       room
        network output        40 B/s  off (netio_write_less_than)      off (netio_write_remove)      room
        disk reading          10 B/s  off (hdio_read_less_than)        off (hdio_read_remove)        room
        disk writing          20 B/s  off (hdio_write_less_than)       off (hdio_write_remove)       room

        Note:         5 nodes of it take much""");
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
        "{\"name\":\"CPU\",\"used\":64.1,\"state\":\"room\",\"cpu_less_than\":70.0,\"cpu_remove\":80.0}");
    assertThat(json.getAsJsonArray("resources").get(7).getAsJsonObject().get("netio_write_remove").isJsonNull()).isTrue();
    assertThat(json.getAsJsonArray("notes").get(0).getAsString()).isEqualTo("5 nodes of it take much");
  }

  @Test
  void whatIsWrongIsNamedFirst() {
    FleetStatus troubled = status(TWO, JUST_NOW,
        new FleetStatus.Health(1, List.of("antnode0002 died (killed)"), List.of("no growth: two ended"), Optional.empty()));

    assertThat(StatusReport.print(troubled, ReportFormat.TEXT).lines()).contains(
        "Not all is well: 1 of 2 nodes is in trouble; after failures wnm holds back for now; the last cycle was 40 s ago.",
        "Trouble:      antnode0002 died (killed)", "Trouble:      no growth: two ended");
    assertThat(json(troubled).get("verdict").getAsString()).isEqualTo("trouble");
    assertThat(verdict(status(List.of(Samples.node(1, NodeStatus.DEAD)), JUST_NOW, WELL))).startsWith("Not all is well: 1 of 1 node is dead");
  }

  @Test
  void whereNothingCanBeDoneThatIsWhatTheNextCycleDoes() {
    FleetStatus stuck = status(TWO, JUST_NOW, new FleetStatus.Health(0, List.of(), List.of(), Optional.of("there is no docker")));

    assertThat(StatusReport.print(stuck, ReportFormat.TEXT)).startsWith("Not all is well: wnm can do nothing: there is no docker")
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
    FleetStatus unmeasured = new FleetStatus(Samples.NOW, JUST_NOW, TWO, 5, WELL, outlook(TWO, blind), Optional.empty(), PROGRAMS);
    assertThat(verdict(unmeasured)).contains("it cannot be measured what is used of CPU, memory, disk, load over 1 minute")
        .contains("network input").doesNotContain("network output");
    assertThat(json(unmeasured).getAsJsonArray("resources").get(0).getAsJsonObject().get("used").isJsonNull()).isTrue();
    assertThat(StatusReport.print(unmeasured, ReportFormat.TEXT)).contains("CPU is unknown (cpu_less_than 70 %)");
  }

  @Test
  void whereNewNodesGetTheirProgramFromIsSaid() {
    FleetStatus.Programs fetched = new FleetStatus.Programs(true, Optional.empty(), release(), Map.of(), false, List.of());
    FleetStatus.Programs none = new FleetStatus.Programs(false, Optional.empty(), Optional.empty(), Map.of(), false, List.of());
    Outlook outlook = outlook(List.of(), Samples.host());

    assertThat(StatusReport.print(new FleetStatus(Samples.NOW, JUST_NOW, List.of(), 5, WELL, outlook, Optional.empty(), fetched), ReportFormat.TEXT))
        .startsWith("All is well").contains("new nodes get antnode 0.4.7, which the process manager fetches\n",
            "Self-upgrade: unknown; upgrades by wnm off");
    assertThat(StatusReport.print(new FleetStatus(Samples.NOW, JUST_NOW, List.of(), 5, WELL, outlook, Optional.empty(), none), ReportFormat.TEXT))
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

    assertThat(StatusReport.print(status(five, JUST_NOW, WELL), ReportFormat.TEXT)).contains("there are as many nodes as node_cap 5",
        "look at the nodes (at global capacity); it looks first at 1 node that is under way, which may change this");
  }
}
