package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.decision.ActionType;
import dev.wnm.core.decision.Feature;
import dev.wnm.core.history.DecisionQuery;
import dev.wnm.core.history.History;
import dev.wnm.core.history.NodeLife;
import dev.wnm.core.history.OperationQuery;
import dev.wnm.core.history.PastDecision;
import dev.wnm.core.history.PastOperation;
import dev.wnm.core.history.TimeRange;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.report.ReplayReport;
import dev.wnm.core.report.ReportFormat;
import dev.wnm.core.whatif.replay.Replayed;
import dev.wnm.spi.config.BadInputException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What can be asked of what cycles and people did. */
class PastTest extends FleetOfThree {
  private interface Question<T> {
    T ask(Colony colony) throws Exception;
  }

  private <T> T ask(Question<T> question) throws Exception {
    try (Colony opened = Colony.openToRead(colony.resolver(List.of()), colony.tools())) {
      return question.ask(opened);
    }
  }

  private TimeRange all() {
    return TimeRange.last(Duration.ofDays(1), colony.now());
  }

  @Test
  void anOperationNamesTheDecisionThatItFollowsFrom() throws Exception {
    colony.load(90, 10, 10, 0.1);
    colony.cycle();

    PastOperation stop = ask(opened -> opened.history().operations(OperationQuery.of(all(), 9).of(Set.of(OperationKind.STOP)))).get(0);
    assertThat(stop.motive().reason()).isEqualTo("CPU 90.0 % is above cpu_remove 70 %");
    assertThat(stop.motive().askedBy()).isEmpty();
    PastDecision decision = ask(opened -> opened.history().decision(stop.motive().decision().orElseThrow())).orElseThrow();
    assertThat(decision.features().has(Feature.REMOVE_CPU)).isTrue();
    assertThat(decision.actions()).singleElement().satisfies(action -> assertThat(action.type()).isEqualTo(ActionType.STOP));
    assertThat(decision.numbers()).containsEntry("used_cpu_percent", 90.0).containsEntry("running_nodes", 3.0);
    assertThat(decision.took()).isPresent();
  }

  @Test
  void aQuietHourIsOneDecision() throws Exception {
    colony.cycles(60);
    List<PastDecision> decisions = ask(opened -> opened.history().decisions(DecisionQuery.of(all(), 100)));
    assertThat(decisions.get(0).times()).isGreaterThanOrEqualTo(60);
    assertThat(decisions.get(0).actions()).singleElement().satisfies(action -> assertThat(action.type()).isEqualTo(ActionType.SURVEY));
  }

  @Test
  void whatAPersonAskedForBearsTheAccountAndNoDecision() throws Exception {
    colony.force("stop", List.of("antnode0002"), OptionalInt.empty());

    NodeLife life = ask(opened -> opened.history().life(2, all(), 100));
    assertThat(life.operations().get(0).motive()).satisfies(motive -> {
      assertThat(motive.reason()).isEqualTo("forced");
      assertThat(motive.askedBy()).isNotEmpty();
      assertThat(motive.decision()).isEmpty();
    });
    assertThat(life.addedBy()).isPresent();
  }

  @Test
  void aDryRunLeavesNoHistory() throws Exception {
    int before = ask(opened -> opened.history().decisions(DecisionQuery.of(all(), 100))).size();
    colony.load(90, 10, 10, 0.1);
    colony.cycle("--dry_run");
    int after = ask(opened -> opened.history().decisions(DecisionQuery.of(all(), 100))).size();
    assertThat(after).isEqualTo(before);
  }

  @Test
  void theFleetCanBePlayedAgainWithOtherSettings() throws Exception {
    colony.cycles(30);
    Replayed as = ask(opened -> opened.replay(Duration.ofDays(1), Map.of(), "--set")).orElseThrow();
    assertThat(as.simulated().running()).isEqualTo(as.really().running()).isEqualTo(3);
    assertThat(as.really().added()).isEqualTo(3);

    Replayed less = ask(opened -> opened.replay(Duration.ofDays(1), Map.of("node_cap", "1"), "--set")).orElseThrow();
    assertThat(less.simulated().running()).isEqualTo(1);
    assertThat(less.simulated().added()).isEqualTo(1);
    assertThat(ReplayReport.print(less, ReportFormat.TEXT)).contains("with node_cap=1:", "Running in the end", "Assumed: ");
    assertThat(ReplayReport.print(less, ReportFormat.JSON)).contains("\"replayed\": {", "\"settings\": {", "\"node_cap\": \"1\"");
  }

  @Test
  void settingsToTryAreCheckedAsSettingsAre() throws Exception {
    for (Map.Entry<Map<String, String>, String> wrong : Map.of(
        Map.of("node_capp", "1"), "--set names node_capp, which is no setting that decisions depend on; did you mean node_cap?",
        Map.of("rewards_address", "0x1"), "--set names rewards_address, which is no setting that decisions depend on",
        Map.of("cpu_remove", "400"), "--cpu_remove must be a whole number from 1 to 100 (%), but --set says '400'",
        Map.of("cpu_less_than", "90"), "--cpu_less_than (90, --set) must be below --cpu_remove (70").entrySet()) {
      assertThatThrownBy(() -> ask(opened -> opened.replay(Duration.ofDays(1), wrong.getKey(), "--set")))
          .isInstanceOf(BadInputException.class).hasMessageContaining(wrong.getValue());
    }
  }

  @Test
  void whereNothingIsRecordedThereIsNothingToPlay() throws Exception {
    colony.advance(Duration.ofDays(3));
    Optional<Replayed> none = ask(opened -> opened.replay(Duration.ofDays(1), Map.of(), "--set"));
    assertThat(none).isEmpty();
    History history = ask(Colony::history);
    assertThat(history).isNotNull();
  }
}
