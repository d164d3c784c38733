package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.config.Settings;
import dev.wnm.core.managers.NodeSpecs;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.program.NodeBinary;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.OptionValues;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an older wnm or another program has stored, and a new one would refuse. */
class StoredMistakesTest {
  private static final String ZERO = "0x0000000000000000000000000000000000000000";

  @TempDir
  private Path home;

  private static void store(ColonyHarness colony, String name, String value) {
    try (ColonyStore store = ColonyStore.openExisting(colony.database, Clock.systemUTC())) {
      store.saveSettings(Map.of(name, value));
    }
  }

  @ParameterizedTest
  @CsvSource({ZERO + ", rewards_address names " + ZERO, "bob, rewards_address part 'bob' is not a wallet",
      "'', rewards_address '' names no wallet"})
  void whileNoWalletCanBePaidToNodesGoOnAndNoneIsAdded(String rewards, String sentence) throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home, "--node_cap", "1"); LogLines log = new LogLines()) {
      colony.grow(1);
      store(colony, "rewards_address", rewards);
      store(colony, "node_cap", "2");

      assertThat(colony.cycle().failed()).isFalse();
      colony.cycles(9);
      assertThat(colony.nodes()).hasSize(1);
      assertThat(colony.status(1)).isEqualTo(NodeStatus.RUNNING);
      assertThat(log.at(Level.WARNING)).anySatisfy(line -> assertThat(line).startsWith("no node is added: " + sentence));
      assertThat(colony.force("add", List.of(), OptionalInt.empty()).failed()).isTrue();
      assertThat(colony.force("stop", List.of("antnode0001"), OptionalInt.empty()).failed()).isFalse();
      assertThat(colony.force("start", List.of("antnode0001"), OptionalInt.empty()).failed()).isFalse();

      colony.cycle("--rewards_address", ColonyHarness.WALLET);
      colony.grow(2);
    }
  }

  @Test
  void furtherArgumentsThatWnmSetsItselfAreLeftOut() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home, "--node_cap", "2")) {
      store(colony, "start_args", "--root-dir / --log-format json");

      colony.grow(2);

      Settings settings = colony.resolver(List.of()).settle(colony.stored(), List.of());
      assertThat(new NodeSpecs(settings.upnp(), settings.startArguments(), OptionValues.NONE, NodeBinary.missing(home), home).of(colony.node(2)).startArgs()).containsExactly("--log-format", "json");
    }
  }

  @Test
  void aTeardownOfSomeNodesTouchesNone() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home, "--node_cap", "2")) {
      colony.grow(2);

      for (String name : List.of("antnode0001", "antnode0099")) {
        assertThatThrownBy(() -> colony.force("teardown", List.of(name), OptionalInt.empty()))
            .isInstanceOf(BadInputException.class).hasMessageContaining("use --force_action remove --service_name " + name);
      }
      assertThat(colony.force("remove", List.of("antnode0099"), OptionalInt.empty()).failed()).isTrue();

      assertThat(colony.machine.running()).containsExactly(1, 2);
      assertThat(colony.nodes()).hasSize(2);
    }
  }
}
