package dev.wnm.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.core.config.Settings;
import dev.wnm.core.decision.Decision;
import dev.wnm.core.decision.DecisionEngine;
import dev.wnm.core.decision.DecisionInput;
import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.Releases;
import dev.wnm.core.whatif.WhatIf;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WhatIfTakesReportsTest {
  private static final Map<String, String> STORED = Map.of("cpu_count", "2", "last_stopped_at", "1795000001");

  @ParameterizedTest
  @EnumSource(names = {"JSON", "JSON_COMPAT"})
  void theTwoMachineReportsAreAQuestionThatIsAnsweredAsTheMachineDecides(ReportFormat format) throws IOException {
    Settings settings = Samples.settings("--node_cap", "5", "--desired_load_average", "3.5", "--max_load_average_allowed", "4",
        "--cpu_less_than", "69", "--max_concurrent_operations", "4", "--max_concurrent_starts", "3");
    List<Node> nodes = List.of(Samples.first(), Samples.second(), Samples.node(3, NodeStatus.STOPPED));
    FleetCounts counts = FleetCounts.of(nodes, Releases.of("0.4.7"), Samples.NOW);
    MachineState state = new MachineState(Samples.host(), nodes, counts, Optional.of(Path.of("/opt/antnode")), Optional.empty());

    JsonObject question = new JsonObject();
    question.add("config", JsonParser.parseString(MachineConfigReport.print(settings, STORED, format)));
    question.add("metrics", JsonParser.parseString(MachineMetricsReport.print(state, settings, format)));
    JsonObject answer = answer(question);

    Decision decision = DecisionEngine.decide(
        new DecisionInput(settings.decisionLimits(), Samples.host(), counts, Optional.empty(), false));
    assertThat(answer.has("error")).as(answer.toString()).isFalse();
    assertThat(answer.getAsJsonArray("actions")).extracting(action -> action.getAsJsonObject().get("type").getAsString())
        .containsExactlyElementsOf(decision.actions().stream()
            .flatMap(action -> Stream.generate(action.type()::name).limit(action.count())).toList())
        .contains("START", "ADD");
  }

  @Test
  void nodesThatWaitForAnotherAreNotStartedInTheAnswerEither() throws IOException {
    Settings settings = Samples.settings("--node_cap", "1", "--desired_load_average", "3.5", "--max_load_average_allowed", "4",
        "--cpu_less_than", "69");
    List<Node> nodes = List.of(Samples.node(3, NodeStatus.STOPPED));
    FleetCounts counts = FleetCounts.of(nodes, Releases.of("0.4.7"), Samples.NOW, 1);
    MachineState state = new MachineState(Samples.host(), nodes, counts, Optional.empty(), Optional.empty());

    JsonObject question = new JsonObject();
    question.add("config", JsonParser.parseString(MachineConfigReport.print(settings, STORED, ReportFormat.JSON)));
    question.add("metrics", JsonParser.parseString(MachineMetricsReport.print(state, settings, ReportFormat.JSON)));
    assertThat(answer(question).toString()).doesNotContain("\"START\"");
    question.getAsJsonObject("metrics").remove("waiting_nodes");
    assertThat(answer(question).toString()).contains("\"START\"");
  }

  @Test
  void whatIsOursAmongTheMetricsIsReadToo() throws IOException {
    Settings settings = Samples.settings("--cpu_less_than", "30", "--cpu_remove", "40");
    List<Node> nodes = List.of(Samples.first());
    MachineState state = new MachineState(Samples.host(), nodes, FleetCounts.of(nodes, Releases.of("0.4.7"), Samples.NOW),
        Optional.empty(), Optional.of(Duration.ofSeconds(10)));

    JsonObject question = new JsonObject();
    question.add("config", JsonParser.parseString(MachineConfigReport.print(settings, STORED, ReportFormat.JSON)));
    question.add("metrics", JsonParser.parseString(MachineMetricsReport.print(state, settings, ReportFormat.JSON)));

    assertThat(answer(question).toString()).as("a stop so soon after the last one").doesNotContain("\"STOP\"");
    question.getAsJsonObject("metrics").remove("seconds_since_last_stop");
    assertThat(answer(question).toString()).contains("\"STOP\"");
  }

  private static JsonObject answer(JsonObject question) throws IOException {
    StringWriter answers = new StringWriter();
    new WhatIf(Samples.PLATFORM).answer(new StringReader(question + "\n"), answers);
    return JsonParser.parseString(answers.toString()).getAsJsonObject();
  }
}
