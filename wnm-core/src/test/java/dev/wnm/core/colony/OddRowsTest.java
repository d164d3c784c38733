package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.execution.JournaledNode;
import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.logging.Level;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that another program, or a failing disk, made unreadable: theirs is the trouble, and nobody else's. */
@Order(3)
@Execution(value = ExecutionMode.CONCURRENT, reason = "each test has a home of its own, and waits for nodes that do not answer")
class OddRowsTest extends FleetOfThree {
  private void sql(String... statements) throws SQLException {
    try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + colony.database); Statement sql = file.createStatement()) {
      sql.execute("PRAGMA ignore_check_constraints = ON");
      for (String statement : statements) {
        sql.execute(statement);
      }
    }
  }

  private List<String> row(String query) throws SQLException {
    try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + colony.database); Statement sql = file.createStatement();
        ResultSet rows = sql.executeQuery(query)) {
      List<String> cells = new ArrayList<>();
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          cells.add(rows.getString(i));
        }
      }
      return cells;
    }
  }

  private CycleReport cycle() throws Exception {
    colony.advance(Duration.ofMinutes(6));
    return colony.cycle();
  }

  @ParameterizedTest
  @ValueSource(strings = {"status = 'SLEEPING'", "port = 'abc'", "metrics_port = 70000", "container_id = 77",
      "timestamp = 'yesterday'", "timestamp = 99999999999999999", "age = x'00ff'", "root_dir = 'a' || char(0) || 'b'",
      "rewards = CAST(zeroblob(3000000) AS TEXT)", "wallet = hex(randomblob(2000000))"})
  void aNodeWhoseRowCannotBeReadIsNamedAndLeftAloneAndTheOthersGoOn(String change) throws Exception {
    sql("UPDATE node SET " + change + " WHERE id = 2");
    List<String> before = row("SELECT * FROM node WHERE id = 2");
    colony.machine.kill(1);
    try (LogLines lines = new LogLines()) {
      cycle();
      assertThat(lines.at(Level.WARNING)).anyMatch(line -> line.contains("row 2 of table node cannot be read"))
          .as("what is no number was not written as 0").noneMatch(line -> line.contains(" is '0'"));
    }
    cycle();
    cycle();
    assertThat(colony.machine.running()).contains(1, 2, 3);
    assertThat(colony.status(2)).isEqualTo(NodeStatus.UNREADABLE);
    assertThat(colony.force("remove", List.of("2"), OptionalInt.empty()).failed()).isTrue();
    colony.force("teardown", List.of(), OptionalInt.empty());
    assertThat(row("SELECT * FROM node WHERE id = 2")).isEqualTo(before);
    assertThat(colony.nodes()).extracting(Node::id).containsExactly(2);
    assertThat(colony.machine.running()).containsExactly(2);
  }

  @Test
  void rewardsOfThreeMillionDigitsAreReadInNoTime() throws Exception {
    sql("UPDATE node SET rewards = replace(hex(zeroblob(1500000)), '0', '9') WHERE id = 2");
    cycle();
    assertThat(colony.machine.running()).contains(1, 2, 3);
  }

  @Test
  void bookkeepingThatIsNoNumberIsNamedAndTakenForNone() throws Exception {
    sql("UPDATE setting SET value = 'abc' WHERE name = 'last_survey_at'",
        "INSERT OR REPLACE INTO setting VALUES ('failed_adds', hex(zeroblob(1000000)))",
        "INSERT OR REPLACE INTO setting VALUES ('add_retry_after', '99999999999999999999')");
    try (LogLines lines = new LogLines()) {
      cycle();
      assertThat(lines.at(Level.WARNING)).anyMatch(line -> line.contains("last_survey_at") && line.contains("'abc'"));
    }
    assertThat(row("SELECT value FROM setting WHERE name = 'last_survey_at'").get(0)).matches("\\d+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'no plan'", "''", "'{\"id\":9,\"createdAt\":99999999999999999}'", "'{\"id\":9,\"port\":-5}'",
      "replace(hex(zeroblob(300000)), '0', '[')", "hex(zeroblob(3000000))"})
  void aPlanThatCannotBeReadStaysOpenIsNamedAndFailsTheRunWhileTheOthersGoOn(String plan) throws Exception {
    sql("INSERT INTO operation (kind, node_id, service, plan, opened_at) VALUES ('ADD', 9, 'antnode0009', " + plan + ", 1)",
        "INSERT INTO operation (kind, node_id, service, plan, opened_at) VALUES ('STOP', 1, 'antnode0001', '{}', 1)");
    CycleReport report = cycle();
    assertThat(report.failed()).isTrue();
    assertThat(report.outcomes()).filteredOn(outcome -> !outcome.succeeded()).singleElement().satisfies(failure ->
        assertThat(failure.service() + failure.detail()).contains("antnode0009", "of table operation", "cannot be settled yet"));
    assertThat(colony.openOperations()).as("only that of the plan is left").isEqualTo(1);
  }

  @Test
  void aPlanInAContainerWithoutARowStaysOpen() throws Exception {
    String plan = JournaledNode.toJson(colony.node(3).inContainer(77)).replace("\"id\":3", "\"id\":9");
    sql("INSERT INTO operation (kind, node_id, service, plan, opened_at) VALUES ('ADD', 9, 'antnode0009', '" + plan + "', 1e30)");
    CycleReport report = cycle();
    assertThat(report.outcomes()).filteredOn(outcome -> !outcome.succeeded()).singleElement()
        .extracting(NodeOutcome::detail).asString().contains("container 77", "cannot be settled yet");
    assertThat(colony.openOperations()).isEqualTo(1);
  }

  @Test
  void oddTimesAndCountersOfOtherTablesEndNoCycle() throws Exception {
    sql("UPDATE host_counters SET counters = 'no counters', taken_at_ms = 9223372036854775807",
        "UPDATE storage SET marked_at = 9223372036854775807",
        "INSERT INTO trial (node_id, binary, version, version_before, begun_at) VALUES (1, 'x', '', '', 9223372036854775807)");
    colony.machine.kill(2);
    cycle();
    cycle();
    assertThat(colony.machine.running()).contains(1, 2, 3);
  }
}
