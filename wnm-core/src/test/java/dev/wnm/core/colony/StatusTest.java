package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.wnm.core.decision.ActionType;
import dev.wnm.core.decision.Condition;
import dev.wnm.core.decision.PlannedAction;
import dev.wnm.core.decision.Resource;
import dev.wnm.core.decision.WhyNot;
import dev.wnm.core.managers.ManagerRegistry;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.report.FleetStatus;
import dev.wnm.core.report.ReportFormat;
import dev.wnm.core.report.StatusReport;
import dev.wnm.core.report.table.Screen;
import dev.wnm.testkit.manager.InMemoryMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a colony tells of itself when nobody acts. */
class StatusTest extends FleetOfThree {
  private static List<ActionType> next(FleetStatus status) {
    return status.outlook().decision().actions().stream().map(PlannedAction::type).toList();
  }

  private static String verdict(FleetStatus status) {
    return StatusReport.print(status, ReportFormat.TEXT, Screen.NONE).lines().findFirst().orElseThrow();
  }

  @Test
  void aFleetAtItsCapIsWellAndSaysWhyItGrowsNoMore() throws Exception {
    FleetStatus status = colony.status();

    assertThat(verdict(status)).startsWith("All is well; the last cycle was");
    assertThat(next(status)).containsExactly(ActionType.SURVEY);
    assertThat(status.outlook().notMore()).contains("there are as many nodes as node_cap 3");
    assertThat(status.programs().present()).isPresent();
  }

  @Test
  void itIsWhatTheNextCycleDoesAndNothingIsDoneOrWritten() throws Exception {
    colony.force("remove", List.of("antnode0003"), OptionalInt.empty());
    colony.machine.log().clear();
    byte[] before = Files.readAllBytes(colony.database);

    FleetStatus status = colony.status();

    assertThat(next(status)).containsExactly(ActionType.ADD);
    assertThat(status.outlook().notMore()).isEmpty();
    assertThat(Files.readAllBytes(colony.database)).isEqualTo(before);
    assertThat(colony.machine.log().calls()).isEmpty();
    assertThat(colony.cycle().decision().actions()).isEqualTo(status.outlook().decision().actions());
  }

  @Test
  void aNodeThatDiedIsNamedWithTheReasonThatTheLastCycleFound() throws Exception {
    colony.machine.kill(2);
    assertThat(verdict(colony.status())).as("nobody has looked at it yet").startsWith("All is well");
    colony.cycle();

    FleetStatus status = colony.status();

    assertThat(verdict(status)).startsWith("Not all is well: 1 of 3 nodes is in trouble");
    assertThat(status.health().troubles()).singleElement().satisfies(problem -> {
      assertThat(problem.what()).startsWith("antnode0002.service died (");
      assertThat(problem.mend()).isEqualTo("wnm --explain antnode0002");
    });
  }

  @Test
  void whatPressesOnTheMachineIsSeenNow() throws Exception {
    colony.load(99, 10, 10, 0.1);

    FleetStatus status = colony.status();

    assertThat(status.outlook().resources().get(0).state()).isEqualTo(Resource.State.PRESSURE);
    assertThat(next(status)).containsExactly(ActionType.STOP);
    assertThat(status.outlook().notMore()).anyMatch(why -> why.startsWith("CPU 99.0 % is above cpu_remove"));
  }

  @Test
  void aProcessManagerThatIsAwayIsTroubleAndTheRestIsToldAllTheSame() throws Exception {
    try (Colony opened = Colony.openToRead(colony.resolver(List.of()), colony.tools(folder -> ManagerRegistry.of(List.of())))) {
      FleetStatus status = opened.status();

      assertThat(verdict(status)).startsWith("Not all is well: wnm can do nothing: ").contains(InMemoryMachine.TYPE);
      assertThat(status.nodes()).hasSize(3);
      assertThat(status.outlook().resources()).hasSize(10);
    }
  }

  @Test
  void beforeTheFirstCycleNobodyCanTell(@TempDir Path home) throws Exception {
    try (ColonyHarness fresh = ColonyHarness.initialized(home)) {
      assertThat(verdict(fresh.status())).isEqualTo("Nobody can tell whether all is well: no cycle has come to its end yet.");
      fresh.cycle();
      assertThat(verdict(fresh.status())).startsWith("All is well");
    }
  }

  @Test
  void whatAnAddLacksIsToldAndOnceThereIsRoomTheNextCycleAdds() throws Exception {
    assertThat(colony.whyNot(ActionType.ADD).unmet()).extracting(Condition::key, Condition::gap).containsExactly(tuple("nodes", "1 node too many"));
    colony.force("remove", List.of("antnode0003"), OptionalInt.empty());

    WhyNot whyNot = colony.whyNot(ActionType.ADD);

    assertThat(whyNot.unmet()).isEmpty();
    assertThat(whyNot.planned()).isEqualTo(1);
    assertThat(colony.cycle().decision().actions()).extracting(PlannedAction::type).containsExactly(ActionType.ADD);
  }

  @Test
  void aDelayIsToldWithWhatIsLeftOfIt() throws Exception {
    colony.force("remove", List.of("antnode0003"), OptionalInt.empty());
    colony.cycle("--delay_start", "300");

    assertThat(colony.whyNot(ActionType.START).unmet()).filteredOn(condition -> condition.key().equals("nodes_being_started")).singleElement()
        .satisfies(condition -> assertThat(condition.gap()).matches("1 must end first; antnode000\\d\\.service is restarting since \\d+ s; 300 s must pass"
            + " \\(delay_start\\): \\d+ s to go"));
  }

  @Test
  void whatTheLastCyclesDidIsToldTheNewestFirst() throws Exception {
    colony.force("remove", List.of("antnode0003"), OptionalInt.empty());
    colony.cycle();

    FleetStatus.Past past = colony.status().past();

    assertThat(past.operations()).hasSize(5);
    assertThat(past.operations().get(0).kind()).isEqualTo(OperationKind.ADD);
    assertThat(past.decision()).get().satisfies(decision ->
        assertThat(decision.actions()).extracting(PlannedAction::type).containsExactly(ActionType.ADD));
    assertThat(past.lookedAt()).isPresent();
  }

  @Test
  void withoutAProcessManagerThatIsWhatAnAddLacks() throws Exception {
    try (Colony opened = Colony.openToRead(colony.resolver(List.of()), colony.tools(folder -> ManagerRegistry.of(List.of())))) {
      assertThat(opened.whyNot(ActionType.ADD).unmet()).extracting(Condition::key).contains("process_manager");
    }
  }
}
