package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.config.Fitness;
import dev.wnm.core.config.Option;
import dev.wnm.core.config.OptionRegistry;
import dev.wnm.core.config.Scope;
import dev.wnm.core.managers.ManagerRegistry;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.ManagerUnavailableException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A value is checked whenever it changes, as it would be at --init. */
class ChangedSettingsTest {
  @TempDir
  private Path home;
  private ColonyHarness colony;

  @BeforeEach
  void aColony() throws Exception {
    colony = ColonyHarness.initialized(home);
  }

  @AfterEach
  void close() {
    colony.close();
  }

  private void assertRefused(String sentence, String... words) {
    Map<String, String> before = colony.stored();
    assertThatThrownBy(() -> colony.cycle(words)).isInstanceOf(BadInputException.class).hasMessageContaining(sentence);
    assertThatThrownBy(() -> colony.cycle(dry(words))).as("in a dry run").hasMessageContaining(sentence);
    assertThat(colony.stored()).isEqualTo(before);
  }

  private static String[] dry(String[] words) {
    String[] more = Arrays.copyOf(words, words.length + 1);
    more[words.length] = "--dry_run";
    return more;
  }

  private void assertRefusedAtInit(Path folder, String sentence, String... words) throws Exception {
    try (ColonyHarness other = new ColonyHarness(Files.createDirectory(folder))) {
      assertThatThrownBy(() -> other.init(words)).isInstanceOf(BadInputException.class).hasMessageContaining(sentence);
      assertThat(other.database).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/root", "/home", "/home/someone", "/usr", "/proc"})
  void aHomeOrAFolderOfTheSystemIsNoNodeStorage(String folder) throws Exception {
    String sentence = "--node_storage " + folder + " is a home, holds one, or is a folder of the system, where wnm deletes nothing;"
        + " name a folder of its own for the nodes";
    assertRefused(sentence, "--node_storage", folder);
    assertRefusedAtInit(home.resolve("other"), sentence, "--node_storage", folder);
  }

  @Test
  void theOperatorsOwnHomeIsNoNodeStorage() throws Exception {
    assertRefused("is a home", "--node_storage", home.toString());
  }

  @Test
  void aFileSystemThatIsNoDiskIsNoNodeStorage() throws Exception {
    assertRefused("/proc", "--node_storage", "/proc/nope");
    assertRefusedAtInit(home.resolve("other"), "/proc", "--node_storage", "/proc/nope");
  }

  @Test
  void aFileIsNoNodeStorage() throws Exception {
    Path file = Files.writeString(home.resolve("file"), "");
    assertRefused(file + " is not a folder", "--node_storage", file.resolve("nodes").toString());
  }

  @Test
  void theStorageOfAnotherColonyIsRefused(@TempDir Path elsewhere) throws Exception {
    try (ColonyHarness other = ColonyHarness.initialized(elsewhere)) {
      assertThat(other.stored()).isNotEmpty();
      // In memory each machine has its own disks; this one learns of the other's marker through its files.
      assertRefused("is the storage of another colony", "--node_storage", elsewhere.resolve("nodes").toString());
    }
  }

  @Test
  void anotherProgramIsNoAntnode() {
    assertRefused("--antnode_path /bin/echo is not antnode or ant-node: its --version says", "--antnode_path", "/bin/echo");
  }

  @Test
  void aCapWhosePortsAreTakenIsRefused() throws Exception {
    try (ServerSocket taken = new ServerSocket(colony.firstMetricsPort() + 5, 1, InetAddress.getLoopbackAddress())) {
      assertRefused("cannot be used for 6 nodes: TCP port " + taken.getLocalPort(), "--node_cap", "6");
      colony.cycle("--node_cap", "4");
    }
    assertThat(colony.stored()).containsEntry("node_cap", "4");
  }

  @Test
  void aPlugInFolderWithoutTheProcessManagerIsRefused() throws Exception {
    Map<String, String> before = colony.stored();
    assertThatThrownBy(() -> {
      try (Colony opened = Colony.open(colony.resolver(List.of("--plugin_path", "/nowhere")),
          colony.tools(folder -> ManagerRegistry.of(List.of())))) {
        opened.cycle();
      }
    }).isInstanceOf(ManagerUnavailableException.class);
    assertThat(colony.stored()).isEqualTo(before);
  }

  @Test
  void whatIsStoredAndHasGoneBadEndsNoRun() throws Exception {
    Files.delete(home.resolve(".local/bin/antnode"));
    try (LogLines log = new LogLines()) {
      colony.cycle();
      colony.cycle("--antnode_path", home.resolve(".local/bin/antnode").toString());
      assertThat(log.at(Level.WARNING)).isNotEmpty();
    }
  }

  @Test
  void whateverNamesAPlaceOrAProgramHasACheck() {
    assertThat(OptionRegistry.ofClassPath().all()).filteredOn(option -> option.scope() == Scope.STORED && option.placeholder().equals("PATH"))
        .allSatisfy(option -> assertThat(option.fitness()).as(option.name()).isNotEqualTo(Fitness.NONE));
    assertThat(OptionRegistry.ofClassPath().all()).filteredOn(option -> option.fitness() != Fitness.NONE).extracting(Option::name)
        .contains("node_cap", "port_start", "firewall", "process_manager", "antctl_containers");
  }

  @Test
  void noNodeIsPutIntoAnUnfitStorageOfOldTimes() throws Exception {
    try (ColonyStore store = ColonyStore.openExisting(colony.database, Clock.systemUTC())) {
      store.saveSettings(Map.of("node_storage", "/usr"));
    }
    try (LogLines log = new LogLines()) {
      assertThat(colony.cycle().outcomes()).isEmpty();
      assertThat(log.at(Level.WARNING)).anyMatch(line -> line.startsWith("no node is added: /usr is a home"));
    }
  }
}
