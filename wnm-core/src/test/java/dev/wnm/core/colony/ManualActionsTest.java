package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.GsonBuilder;
import dev.wnm.core.cycle.ManualResult;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.testkit.manager.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ManualActionsTest extends FleetOfThree {
  private String force(String action, List<String> names, OptionalInt count, String... options) throws Exception {
    return new GsonBuilder().serializeNulls().create()
        .toJson(colony.force(action, names, count, options).fields());
  }

  @Test
  void anAddNeedsNoRoomUnderTheCap() throws Exception {
    assertThat(force("add", List.of(), OptionalInt.empty())).isEqualTo("{\"status\":\"added-node\",\"node\":\"0004\"}");
    assertThat(force("add", List.of(), OptionalInt.of(2))).isEqualTo("{\"status\":\"added-nodes\",\"added_count\":2,"
        + "\"added_nodes\":[\"0005\",\"0006\"],\"failed_count\":0,\"failed_nodes\":null}");
  }

  @Test
  void withoutNamesTheYoungestRunningNodeIsStopped() throws Exception {
    assertThat(force("stop", List.of(), OptionalInt.empty())).isEqualTo("{\"status\":\"stopped-node\",\"node\":\"0003\"}");
    assertThat(force("stop", List.of(), OptionalInt.of(5))).contains("\"stopped_count\":2");
    assertThat(force("stop", List.of(), OptionalInt.empty()))
        .isEqualTo("{\"status\":\"error\",\"message\":\"No running nodes to stop\"}");
  }

  @Test
  void namesMeanServiceNamesAndANumberAloneMeansAnId() throws Exception {
    assertThat(force("stop", List.of("antnode0001.service", "2", "antnode9"), OptionalInt.empty()))
        .isEqualTo("{\"status\":\"stopped-nodes\",\"stopped_count\":2,\"stopped_nodes\":[\"0001\",\"0002\"],"
            + "\"failed_count\":1,\"failed_nodes\":[{\"service\":\"antnode9\",\"error\":\"not found\"}]}");
    assertThat(colony.machine.running()).containsExactly(3);
  }

  @Test
  void aRunningNodeIsNotStartedAgain() throws Exception {
    assertThat(force("start", List.of("antnode0001"), OptionalInt.empty())).contains("already running");
    assertThat(colony.machine.log().of(Operation.START)).isEmpty();
  }

  @Test
  void disableNeedsNamesAndStopsWhateverTheNodeWasDoing() throws Exception {
    assertThat(force("disable", List.of(), OptionalInt.empty()))
        .isEqualTo("{\"status\":\"error\",\"message\":\"service_name required for disable action\"}");
    force("add", List.of(), OptionalInt.empty());
    force("disable", List.of("antnode0004"), OptionalInt.empty());
    assertThat(colony.status(4)).isEqualTo(NodeStatus.DISABLED);
    assertThat(colony.machine.running()).doesNotContain(4);
  }

  @Test
  void aFailureIsSaidAndTheOthersAreStillDone() throws Exception {
    colony.machine.failNext(Operation.REMOVE, "busy", true);
    ManualResult result = colony.force("remove", List.of("antnode0001", "antnode0002"), OptionalInt.empty());
    assertThat(result.failed()).isTrue();
    assertThat(colony.nodes()).extracting(Node::id).hasSize(2).contains(3);
  }

  @Test
  void anAddThatFailsKeepsWhatTheNodeLoggedAndNamesIt() throws Exception {
    colony.machine.failNext(Operation.START, "exits at once", true);

    ManualResult result = colony.force("add", List.of(), OptionalInt.empty());

    assertThat(result.failed()).isTrue();
    assertThat(colony.nodes()).hasSize(3);
    Path folder = colony.database.resolveSibling("logs").resolve("failed");
    try (Stream<Path> kept = Files.list(folder)) {
      assertThat(kept.toList()).singleElement().satisfies(file -> {
        assertThat(file).content().contains("told nothing");
        assertThat(String.join("\n", result.lines())).contains("exits at once; its logs are kept in " + file);
      });
    }
  }

  @Test
  void teardownTakesEveryNode() throws Exception {
    assertThat(force("teardown", List.of(), OptionalInt.empty())).contains("\"removed_count\":3");
    assertThat(colony.nodes()).isEmpty();
    assertThat(colony.machine.nodes()).isEmpty();
    assertThat(force("teardown", List.of(), OptionalInt.empty()))
        .isEqualTo("{\"status\":\"no-nodes\",\"message\":\"No nodes to teardown\"}");
  }

  @Test
  void aDryRunSaysSoAndDoesNothing() throws Exception {
    assertThat(force("remove", List.of(), OptionalInt.empty(), "--dry_run")).contains("\"dry_run\":true");
    assertThat(colony.machine.running()).containsExactly(1, 2, 3);
  }

  @Test
  void aSurveyCanBeAboutSomeNodesOnly() throws Exception {
    assertThat(force("survey", List.of("antnode0002"), OptionalInt.empty()))
        .contains("\"surveyed_count\":1").contains("[\"0002\"]");
    assertThat(force("survey", List.of(), OptionalInt.empty()))
        .isEqualTo("{\"status\":\"survey-complete\",\"node_count\":3}");
  }
}
