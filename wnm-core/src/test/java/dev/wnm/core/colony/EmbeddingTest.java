package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.config.Options;
import dev.wnm.core.cycle.ManualAction;
import dev.wnm.core.cycle.ManualResult;
import dev.wnm.core.cycle.Order;
import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.StorageList;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.testkit.manager.InMemoryMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A colony in another program, which says everything by {@link ColonyBuilder}. */
class EmbeddingTest {
  @TempDir Path home;
  private ColonyHarness harness;

  @BeforeEach
  void machine() throws IOException {
    harness = new ColonyHarness(home);
  }

  @AfterEach
  void giveBack() {
    harness.close();
  }

  private ColonyBuilder builder() {
    return Colony.builder().database(harness.database).dependencies(harness.tools());
  }

  private Colony initialized() throws Exception {
    List<String> starts = harness.portStarts();
    return builder().setting(Options.REWARDS_ADDRESS, ColonyHarness.WALLET)
        .setting(Options.PROCESS_MANAGER, InMemoryMachine.TYPE).setting(Options.NODE_STORAGE, StorageList.of(home.resolve("nodes")))
        .setting(Options.NODE_CAP, 3).setting(Options.DELAY_START, Duration.ZERO).setting(Options.MAX_CONCURRENT_STARTS, 1)
        .setting("port_start", starts.get(1)).setting("metrics_port_start", starts.get(3))
        .setting("rpc_port_start", starts.get(5)).initialize();
  }

  @Test
  void aProgramSetsAColonyUpAndRunsIt() throws Exception {
    try (Colony colony = initialized()) {
      assertThat(colony.cycle().outcomes()).extracting(NodeOutcome::service).containsExactly("antnode0001.service");
      ManualResult added = colony.force(Order.add(1));
      assertThat(added.failed()).isFalse();
      ManualResult stopped = colony.force(Order.on(ManualAction.STOP, List.of("antnode0001")));
      assertThat(stopped.outcomes()).extracting(NodeOutcome::nodeId).containsExactly(1);
      assertThat(colony.nodes()).extracting(node -> node.status()).contains(NodeStatus.STOPPED);
      colony.force(Order.teardown());
      assertThat(colony.nodes()).isEmpty();
    }
  }

  @Test
  void whatTheProgramSaysIsStored() throws Exception {
    initialized().close();
    try (Colony colony = builder().setting(Options.NODE_CAP, 5).open()) {
      assertThat(colony.changes()).containsOnlyKeys("node_cap");
    }
    try (Colony colony = builder().openToRead()) {
      assertThat(colony.settings().get(Options.NODE_CAP)).isEqualTo(5);
    }
  }

  @Test
  void whatIsSaidLastOfASettingCounts() throws Exception {
    initialized().close();
    try (Colony colony = builder().setting("node-cap", "4").setting(Options.NODE_CAP, 5).setting("node-cap", "6").openToRead()) {
      assertThat(colony.settings().get(Options.NODE_CAP)).isEqualTo(6);
    }
  }

  @Test
  void filesAndVariablesAreNotRead() throws Exception {
    Files.createDirectories(home.resolve("wnm"));
    Files.writeString(home.resolve("wnm/config"), "node_cap = 77\nnonsense\n");
    try (Colony colony = initialized()) {
      assertThat(colony.settings().get(Options.NODE_CAP)).isEqualTo(3);
    }
  }

  @Test
  void whatIsNotAllowedIsRefusedAndNothingIsMade() throws Exception {
    assertThatThrownBy(() -> builder().setting(Options.NODE_CAP, -1).initialize()).isInstanceOf(BadInputException.class)
        .hasMessageContaining("--node_cap").hasMessageContaining("the program says '-1'");
    assertThatThrownBy(() -> builder().setting("node_capp", "1").open()).isInstanceOf(BadInputException.class)
        .hasMessageContaining("node_capp");
    assertThat(harness.database).doesNotExist();
  }

  @Test
  void aSecondOneOnTheSameDatabaseIsRefusedAndTheFirstGoesOn() throws Exception {
    try (Colony first = initialized()) {
      assertThatThrownBy(() -> builder().open()).isInstanceOf(CycleLock.HeldException.class);
      assertThat(first.cycle().outcomes()).hasSize(1);
      assertThatThrownBy(() -> builder().open()).isInstanceOf(CycleLock.HeldException.class);
    }
  }

  @Test
  void anOrderThatNamesNoNodeIsRefused() {
    assertThatThrownBy(() -> Order.on(ManualAction.REMOVE, List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void coreSetsNoSystemPropertyUnlessTheProgramWantsIt() throws Exception {
    String before = System.getProperties().keySet().toString();
    initialized().close();
    assertThat(System.getProperties().keySet()).as("before: %s", before).noneMatch(name ->
        name.toString().startsWith("org.jooq.") || name.toString().startsWith("org.sqlite.lib"));
  }
}
