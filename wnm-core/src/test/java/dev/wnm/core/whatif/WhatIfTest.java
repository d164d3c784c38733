package dev.wnm.core.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.core.config.Platform;
import dev.wnm.spi.manager.OperatingSystem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhatIfTest {
  private static final Platform FOUR_CPUS = new Platform(OperatingSystem.LINUX, Path.of("/home/ant"), "ant", false, 4, Map.of(),
      Path.of("/"));

  @Test
  void aQuestionIsAnsweredWithFeaturesAndActionsOnOneLine() {
    assertThat(answers("{\"id\":1,\"config\":{},\"metrics\":{\"total_nodes\":19,\"running_nodes\":19,\"used_cpu_percent\":81}}"))
        .containsExactly("{\"id\":1,\"features\":{\"allow_cpu\":false,\"allow_mem\":true,\"allow_hd\":true,"
            + "\"remove_cpu\":true,\"remove_mem\":false,\"remove_hd\":false,\"allow_node_cap\":true,\"allow_netio\":true,"
            + "\"remove_netio\":false,\"allow_hdio\":true,\"remove_hdio\":false,\"load_allow\":true,\"load_not_allow\":false,"
            + "\"add_new_node\":false,\"remove\":true,\"upgrade\":false},"
            + "\"actions\":[{\"type\":\"STOP\",\"priority\":70,\"reason\":\"CPU 81.0 % is above cpu_remove 70 %\"}]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1.0", "1e2", "\"a\\\"b\"", "null", "true", "[1,{\"a\":null}]", "{\"x\":2.50}", "\"ä<\""})
  void anIdComesBackAsItWasGiven(String id) {
    assertThat(answers("{\"metrics\":{},\"id\":" + id + "}").get(0)).startsWith("{\"id\":" + id + ",\"features\":");
    assertThat(answers("{\"id\":" + id + ",\"metrics\":[]}").get(0)).startsWith("{\"id\":" + id + ",\"error\":");
  }

  @Test
  void withoutAnIdNoneComesBack() {
    assertThat(answers("{\"metrics\":{}}").get(0)).startsWith("{\"features\":");
  }

  @Test
  void missingSettingsTakeTheDefaultsOfThisMachineOrOfTheCpuCountGiven() {
    String load = "\"metrics\":{\"load_average_1\":4.5}";
    assertThat(features("{" + load + "}").get("load_not_allow").getAsBoolean()).isTrue();
    assertThat(features("{\"config\":{\"cpu_count\":8}," + load + "}").get("load_not_allow").getAsBoolean()).isFalse();
    assertThat(features("{\"config\":{\"cpu_count\":8}," + load + "}").get("load_allow").getAsBoolean()).isTrue();
    assertThat(features("{\"config\":{\"cpu_count\":8,\"desired_load_average\":4}," + load + "}").get("load_allow")
        .getAsBoolean()).isFalse();
  }

  @Test
  void everySettingThatDecisionsDependOnIsRead() {
    assertThat(actions("{\"config\":{\"node_cap\":5,\"max_concurrent_starts\":9,\"max_concurrent_operations\":9},"
        + "\"metrics\":{\"total_nodes\":3,\"running_nodes\":2,\"stopped_nodes\":1}}")).isEqualTo("START ADD ADD");
    assertThat(actions("{\"config\":{\"max_concurrent_upgrades\":2,\"max_concurrent_operations\":3},"
        + "\"metrics\":{\"total_nodes\":3,\"running_nodes\":3,\"nodes_to_upgrade\":3,\"antnode_version\":\"0.4.10\","
        + "\"queen_node_version\":\"0.4.9\"}}")).isEqualTo("UPGRADE UPGRADE");
    assertThat(actions("{\"config\":{\"hd_remove\":80,\"max_concurrent_removals\":2,\"delay_remove\":60},\"metrics\":"
        + "{\"total_nodes\":3,\"running_nodes\":3,\"used_hd_percent\":80.5,\"seconds_since_last_stop\":60}}"))
        .isEqualTo("REMOVE REMOVE");
    assertThat(actions("{\"config\":{\"hd_remove\":80,\"max_concurrent_removals\":2,\"delay_remove\":60},\"metrics\":"
        + "{\"total_nodes\":3,\"running_nodes\":3,\"used_hd_percent\":80.5,\"seconds_since_last_stop\":59.9}}"))
        .isEqualTo("SURVEY");
    assertThat(actions("{\"config\":{\"netio_read_remove\":1000,\"hdio_write_less_than\":5},\"metrics\":"
        + "{\"total_nodes\":3,\"running_nodes\":3,\"netio_read_bytes\":1001}}")).isEqualTo("STOP");
    assertThat(actions("{\"config\":{\"hdio_write_less_than\":5},\"metrics\":"
        + "{\"total_nodes\":3,\"running_nodes\":3,\"hdio_write_bytes\":5}}")).isEqualTo("SURVEY");
    assertThat(actions("{\"metrics\":{\"total_nodes\":3,\"running_nodes\":2,\"dead_nodes\":1}}")).isEqualTo("REMOVE");
    assertThat(actions("{\"metrics\":{\"total_nodes\":3,\"running_nodes\":1,\"stopped_nodes\":2,\"backing_off_nodes\":2}}"))
        .isEqualTo("ADD");
  }

  @ParameterizedTest
  @CsvSource({"200,100,RESURVEY", "100,100,ADD", "200,0,RESURVEY", "0,100,ADD", "200,,ADD", "200,null,ADD", ",100,ADD"})
  void aBootAfterTheLastStopIsAReboot(String systemStart, String lastStoppedAt, String action) {
    assertThat(actions("{\"config\":{" + (lastStoppedAt == null ? "" : "\"last_stopped_at\":" + lastStoppedAt)
        + "},\"metrics\":{" + (systemStart == null ? "" : "\"system_start\":" + systemStart) + "}}")).isEqualTo(action);
  }

  @Test
  void whatIsNullIsUnknownAndNothingGrowsOnAccountOfIt() {
    assertThat(actions("{\"metrics\":{\"total_nodes\":2,\"running_nodes\":2,\"used_mem_percent\":null}}")).isEqualTo("SURVEY");
    assertThat(actions("{\"metrics\":{\"total_nodes\":2,\"running_nodes\":2,\"netio_read_bytes\":null}}"))
        .as("no threshold of it is set").isEqualTo("ADD");
    assertThat(actions("{\"metrics\":{\"total_nodes\":2,\"running_nodes\":2,\"used_mem_percent\":null,\"used_cpu_percent\":90}}"))
        .isEqualTo("STOP");
    assertThat(actions("{\"metrics\":{\"total_nodes\":2,\"running_nodes\":2,\"hung_nodes\":1}}")).isEqualTo("RESTART");
  }

  @Test
  void numbersMayBeTextsAndWholeNumbersMayHaveAFractionOfZero() {
    assertThat(actions("{\"config\":{\"node_cap\":\"2\",\"max_concurrent_starts\":3.0,\"max_concurrent_operations\":\" 3 \"},"
        + "\"metrics\":{\"total_nodes\":\"0\",\"used_cpu_percent\":\"1e1\",\"used_mem_percent\":1E-400}}")).isEqualTo("ADD ADD");
  }

  @Test
  void aWholeMachineConfigReportIsTaken() {
    assertThat(actions("{\"config\":{\"id\":1,\"cpu_count\":4,\"node_cap\":20,\"node_storage\":\"~/x\",\"environment\":\"\","
        + "\"rewards_address\":\"donate\",\"node_removal_strategy\":\"youngest\",\"no_upnp\":false,\"antctl_version\":null,"
        + "\"highest_node_id_used\":null,\"dbpath\":\"sqlite:////x/colony.db\"},"
        + "\"metrics\":{\"antnode\":\"/x\",\"nodes_by_version\":{\"0.4.7\":2},\"antnode_version\":null}}")).isEqualTo("ADD");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "not json | line 1: not valid JSON (column 1)",
      "[] | line 1: not a JSON object; a line is",
      "17 | line 1: not a JSON object; a line is",
      "{} | line 1: \"metrics\" is missing; a line is",
      "{\"config\":{}} | line 1: \"metrics\" is missing; a line is",
      "{\"metrics\":{} | line 1: not valid JSON",
      "{\"metrics\":{}} {} | line 1: not valid JSON (column 16)",
      "{'metrics':{}} | line 1: not valid JSON (column",
      "{\"metrics\":7} | line 1: \"metrics\" is not a JSON object; a line is",
      "{\"config\":null,\"metrics\":{}} | line 1: \"config\" is not a JSON object; a line is",
      "{\"metric\":{},\"metrics\":{}} | line 1: unknown key \"metric\"; a line is",
      "{\"metrics\":{\"running_nodes\":-1}} | line 1: metrics.running_nodes must be a whole number from 0 to 1000000, but is '-1'",
      "{\"metrics\":{\"running_nodes\":1.5}} | line 1: metrics.running_nodes must be a whole number",
      "{\"metrics\":{\"running_nodes\":1e300}} | line 1: metrics.running_nodes must be a whole number",
      "{\"metrics\":{\"running_nodes\":true}} | line 1: metrics.running_nodes must be a whole number",
      "{\"metrics\":{\"running_nodes\":[1]}} | line 1: metrics.running_nodes must be a single value, but is [1]",
      "{\"metrics\":{\"used_cpu_percent\":\"high\"}} | line 1: metrics.used_cpu_percent must be a number, but is 'high'",
      "{\"metrics\":{\"used_cpu_percent\":NaN}} | line 1: not valid JSON",
      "{\"metrics\":{\"used_cpu_percent\":\"NaN\"}} | line 1: metrics.used_cpu_percent must be a number, but is 'NaN'",
      "{\"metrics\":{\"antnode_version\":{}}} | line 1: metrics.antnode_version must be a single value, but is {}",
      "{\"config\":{\"node_cup\":5},\"metrics\":{}} | line 1: config has the unknown key node_cup; did you mean node_cap?",
      "{\"config\":{\"cpu_count\":0},\"metrics\":{}} | line 1: config.cpu_count must be a whole number from 1 to 100000, but is '0'",
      "{\"config\":{\"last_stopped_at\":\"x\"},\"metrics\":{\"system_start\":1}} | line 1: config.last_stopped_at must be a number",
      "{\"config\":{\"node_cap\":{}},\"metrics\":{}} | line 1: config.node_cap must be a single value, but is {}"})
  void aWrongLineIsAnsweredWithWhatIsWrong(String line, String error) {
    StringWriter answers = new StringWriter();
    assertThat(ask(line, answers)).isEqualTo(1);
    assertThat(JsonParser.parseString(answers.toString()).getAsJsonObject().get("error").getAsString()).startsWith(error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"max_concurrent_operations\":0", "cpu_less_than\":\"x\"", "node_cap\":true", "node_cap\":1.5",
      "delay_remove\":-1", "node_cap\":99999999999999999999", "desired_load_average\":0"})
  void settingsAreCheckedAsOnTheCommandLine(String setting) {
    String error = JsonParser.parseString(answers("{\"config\":{\"" + setting + "},\"metrics\":{}}").get(0)).getAsJsonObject()
        .get("error").getAsString();
    assertThat(error).startsWith("line 1: --" + setting.substring(0, setting.indexOf('"'))).contains(" must be ", "config says");
  }

  @Test
  void aWrongLineDoesNotHarmItsNeighboursAndBlankLinesDoNotCount() {
    StringWriter answers = new StringWriter();
    assertThat(ask("{\"id\":1,\"metrics\":{}}\r\n\n   \n{\"id\":2,\n{\"id\":3,\"metrics\":{}}", answers)).isEqualTo(1);
    assertThat(answers.toString().lines()).satisfiesExactly(
        first -> assertThat(first).startsWith("{\"id\":1,\"features\""),
        second -> assertThat(second).startsWith("{\"id\":2,\"error\":\"line 4: not valid JSON"),
        third -> assertThat(third).startsWith("{\"id\":3,\"features\""));
  }

  @Test
  void numbersMadeToTakeForeverAreRefusedAtOnce() {
    for (String number : List.of("1e999999999", "-1e999999999", "\"1e999999999\"")) {
      assertThat(answers("{\"config\":{\"last_stopped_at\":" + number + "},\"metrics\":{}}").get(0)).contains("\"error\"");
    }
    assertThat(answers("{\"metrics\":{\"netio_read_bytes\":1e-999999999,\"hdio_read_bytes\":0e999999999}}").get(0))
        .contains("\"ADD\"");
    assertThat(answers("{\"metrics\":" + "[".repeat(100_000)).get(0)).contains("\"error\"");
  }

  @Test
  void anAnswerArrivesBeforeTheNextQuestionIsAsked() throws Exception {
    PipedWriter questions = new PipedWriter();
    PipedReader in = new PipedReader(questions);
    PipedReader answered = new PipedReader();
    PipedWriter out = new PipedWriter(answered);
    Thread worker = new Thread(() -> answer(in, out));
    worker.start();
    BufferedReader answers = new BufferedReader(answered);
    for (int id = 0; id < 3; id++) {
      questions.write("{\"id\":" + id + ",\"metrics\":{}}\n");
      questions.flush();
      assertThat(answers.readLine()).startsWith("{\"id\":" + id + ",");
    }
    questions.close();
    worker.join();
  }

  private static void answer(PipedReader in, Writer out) {
    try (out) {
      new WhatIf(FOUR_CPUS).answer(in, out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static int ask(String questions, Writer answers) {
    try {
      return new WhatIf(FOUR_CPUS).answer(new StringReader(questions), answers);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> answers(String questions) {
    StringWriter answers = new StringWriter();
    ask(questions, answers);
    return answers.toString().lines().toList();
  }

  private static JsonObject features(String question) {
    return JsonParser.parseString(answers(question).get(0)).getAsJsonObject().getAsJsonObject("features");
  }

  private static String actions(String question) {
    JsonObject answer = JsonParser.parseString(answers(question).get(0)).getAsJsonObject();
    StringBuilder types = new StringBuilder();
    answer.getAsJsonArray("actions").forEach(action -> types.append(types.length() == 0 ? "" : " ")
        .append(action.getAsJsonObject().get("type").getAsString()));
    return types.toString();
  }
}
