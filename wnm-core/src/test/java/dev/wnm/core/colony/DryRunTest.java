package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.cycle.ManualAction;
import dev.wnm.core.cycle.ManualResult;
import dev.wnm.core.cycle.Order;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.OperationKind;
import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.HostsGroups;
import dev.wnm.spi.manager.InstallsBinaries;
import dev.wnm.spi.manager.Traits;
import dev.wnm.testkit.manager.ManagerKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A dry run never says that something was done. */
@Execution(value = ExecutionMode.CONCURRENT, reason = "each test has a home of its own, and waits for nodes that do not answer")
class DryRunTest extends FleetOfThree {
  /** What would be read as done. */
  private static final List<String> DONE = Stream.concat(Stream.of("forgot", "took over", "made", "repaired", "stored"),
      Stream.of(OperationKind.values()).map(OperationKind::pastTense)).toList();

  private static void assertSaysWould(String line) {
    String rest = line;
    for (String word : DONE) {
      rest = rest.replaceAll("would have (been )?" + (word.equals("forgot") ? "forgotten" : word), "");
    }
    assertThat(rest).as(line).doesNotContainPattern("\\b(" + String.join("|", DONE) + ")\\b");
    assertThat(line).contains("would have");
  }

  @ParameterizedTest
  @EnumSource(ManualAction.class)
  void everyForcedActionSaysWhatItWouldHaveDone(ManualAction action) throws Exception {
    colony.force("disable", List.of("antnode0003"), OptionalInt.empty());
    colony.force("stop", List.of("antnode0002"), OptionalInt.empty());
    List<String> names = action.needsNames() ? List.of("antnode0003") : List.of();
    List<Node> before = colony.nodes();

    try (LogLines log = new LogLines()) {
      ManualResult result = colony.force(action.verb(), names, OptionalInt.empty(), "--dry_run");
      assertThat(result.failed()).isFalse();
      assertThat(result.lines()).isNotEmpty().allSatisfy(DryRunTest::assertSaysWould);
      assertThat(log.at(Level.WARNING)).isNotEmpty().allSatisfy(DryRunTest::assertSaysWould);
    }
    assertThat(colony.nodes()).isEqualTo(before);
  }

  @Test
  void aTeardownSaysWhatItWouldHaveDone() throws Exception {
    assertThat(colony.force("teardown", List.of(), OptionalInt.empty(), "--dry_run").lines()).hasSize(3)
        .allSatisfy(DryRunTest::assertSaysWould);
  }

  @Test
  void forgettingAStorageSaysWhatItWouldHaveDone() throws Exception {
    Path storage = colony.home.resolve("nodes");
    List.of(1, 2, 3).forEach(colony.machine::kill);
    java.nio.file.Files.move(storage, colony.home.resolve("elsewhere"));
    try (Colony opened = Colony.open(colony.resolver(List.of("--dry_run")), colony.tools())) {
      assertThat(opened.force(new Order("forget", List.of(), OptionalInt.empty(), Optional.of(storage))).lines()).hasSize(1)
          .allSatisfy(DryRunTest::assertSaysWould);
    }
  }

  @Test
  void aRollOutSaysWhatItWouldHaveDone(@TempDir Path folder) throws Exception {
    ManagerKind blocks = ManagerKind.of(Traits.USUAL, Batches.class, HostsGroups.class, InstallsBinaries.class);
    try (ColonyHarness groups = new ColonyHarness(folder, blocks); LogLines log = new LogLines()) {
      groups.init("--max_node_per_container", "3", "--node_cap", "6");
      groups.force("add", List.of(), OptionalInt.of(2));
      log.clear();
      assertThat(groups.force("upgrade_image", List.of(), OptionalInt.empty(), "--dry_run").lines()).hasSize(1)
          .allSatisfy(DryRunTest::assertSaysWould);
      assertThat(log.at(Level.INFO)).isNotEmpty().allSatisfy(DryRunTest::assertSaysWould);
    }
  }

  @Test
  void aCycleSaysWhatItWouldHaveDone() throws Exception {
    CycleReport report = colony.cycle("--dry_run", "--node_cap", "2");
    assertThat(report.summary()).contains("would have decommissioned antnode0003");
  }

  @Test
  void aStartByNameLooksAtTheNodeFirst() throws Exception {
    colony.machine.kill(2);
    assertThat(colony.force("start", List.of("antnode0002"), OptionalInt.empty()).lines())
        .containsExactly("started antnode0002.service");
  }

  @Test
  void aStartWithoutNamesFindsANodeThatDied() throws Exception {
    colony.machine.kill(2);
    assertThat(colony.force("start", List.of(), OptionalInt.empty()).lines()).containsExactly("started antnode0002.service");
  }
}
