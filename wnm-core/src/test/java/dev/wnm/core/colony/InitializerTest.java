package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.config.Proposal;
import dev.wnm.core.managers.ManagerRegistry;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.store.StoreException;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.BulkTeardown;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.manager.Upgrades;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.testkit.manager.InMemoryMachine;
import dev.wnm.testkit.manager.ManagerKind;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class InitializerTest {
  @TempDir
  private Path home;

  @Test
  void aMachineIsSetUpOnlyOnce() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home)) {
      assertThatThrownBy(colony::init).isInstanceOf(BadInputException.class).hasMessageContaining("initialized already");
    }
  }

  /** As a killed {@code --init} leaves it. */
  @Test
  void anEmptyOrHalfMadeDatabaseIsCompletedAndUntilThenTheOtherCommandsNameInit() throws Exception {
    for (boolean withTables : List.of(false, true)) {
      Path account = Files.createTempDirectory(home, "account");
      try (ColonyHarness colony = new ColonyHarness(account)) {
        Files.createFile(colony.database);
        if (withTables) {
          ColonyStore.open(colony.database, Clock.systemUTC()).close();
        }
        assertThatThrownBy(colony::cycle).isInstanceOf(StoreException.class).hasMessageContaining("run wnm --init");
        assertThatThrownBy(() -> Colony.openToRead(colony.resolver(List.of()), colony.tools()))
            .isInstanceOf(StoreException.class).hasMessageContaining("run wnm --init");

        colony.init();
        colony.cycle();
        assertThatThrownBy(colony::init).isInstanceOf(BadInputException.class).hasMessageContaining("initialized already");
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aSecondColonyOpenOfTheFileInThisProcessIsRefusedAndLeavesTheFirstItsLock() throws Exception {
    try (ColonyHarness harness = ColonyHarness.initialized(home)) {
      Path link = Files.createSymbolicLink(home.resolve("link.db"), harness.database);
      try (Colony first = Colony.open(harness.resolver(List.of()), harness.tools())) {
        assertThatThrownBy(harness::cycle).isInstanceOf(CycleLock.HeldException.class);
        assertThatThrownBy(() -> CycleLock.take(link, harness.now())).isInstanceOf(CycleLock.HeldException.class);
        // Another program would see the lock: the system's list of locks has it still.
        assertThat(Files.readString(Path.of("/proc/locks")))
            .contains(":" + Files.getAttribute(CycleLock.fileFor(harness.database), "unix:ino") + " ");
        first.cycle();
      }
      harness.cycle();
    }
  }

  @Test
  void aRefusedInitChangesNothing() throws Exception {
    try (ColonyHarness colony = new ColonyHarness(home)) {
      Files.delete(home.resolve(".local/bin/antnode"));
      assertThatThrownBy(colony::init).isInstanceOf(BadInputException.class).hasMessageContaining("the node program is missing");
      assertThat(colony.database).doesNotExist();
      assertThat(home.resolve("nodes")).doesNotExist();
    }
  }

  @Test
  void aProcessManagerThatIsNotThereIsNamedWithThoseThatAre() throws Exception {
    try (ColonyHarness colony = new ColonyHarness(home)) {
      assertThatThrownBy(() -> colony.init("--process_manager", "systmd+user"))
          .isInstanceOf(ManagerUnavailableException.class)
          .hasMessage("no process manager 'systmd+user'; found memory+user");
    }
  }

  @Test
  void whyThePlatformsFirstChoiceIsNotTakenIsSaidOnce() throws Exception {
    assertThat(warningsOfInit(List.of("systemd+user", "setsid+user"), "there is no user bus"))
        .containsExactly("systemd+user cannot work here (there is no user bus), so nodes run under setsid+user");
  }

  @Test
  void aBackEndThatIsNotThereWasNoChoice() throws Exception {
    assertThat(warningsOfInit(List.of("setsid+user"), "")).isEmpty();
  }

  @Test
  void aFirstChoiceThatIsTakenOrOverruledIsNotWorthAWord() throws Exception {
    assertThat(warningsOfInit(List.of("systemd+user", "setsid+user"), "")).isEmpty();
    assertThat(warningsOfInit(List.of("setsid+user"), "", "--process_manager", "setsid+user")).isEmpty();
  }

  @Test
  void whereOneIsNamedNoOtherProcessManagerIsAskedWhetherItWorks() throws Exception {
    try (ColonyHarness colony = new ColonyHarness(home)) {
      NamedProvider named = new NamedProvider(colony.machine, "setsid+user");
      NamedProvider others = new NamedProvider(colony.machine, "systemd+user", "systemd+sudo", "setsid+sudo");

      List<String> words = new ArrayList<>(List.of("--init", "--rewards_address", ColonyHarness.WALLET, "--process_manager",
          "setsid+user"));
      words.addAll(colony.portStarts());
      new Initializer(colony.resolver(words), colony.tools(folder -> ManagerRegistry.of(List.of(named, others)))).run();

      assertThat(named.asked()).containsExactly("setsid+user");
      assertThat(others.asked()).as("one of them would run sudo").isEmpty();
    }
  }

  @Test
  void aPlanIsWhatWouldBeDoneAndChangesNothing() throws Exception {
    try (ColonyHarness colony = new ColonyHarness(home)) {
      List<String> words = new ArrayList<>(List.of("--init", "--rewards_address", ColonyHarness.WALLET, "--process_manager",
          InMemoryMachine.TYPE));
      words.addAll(colony.portStarts());
      Initializer initializer = new Initializer(colony.resolver(words), colony.tools());
      Initializer.Plan plan = initializer.plan();
      assertThat(plan.binary().path()).isEqualTo(home.resolve(".local/bin/antnode"));
      assertThat(plan.takenOver()).isZero();
      assertThat(colony.database).doesNotExist();

      Initializer.Initialized initialized = initializer.run();
      assertThat(initialized.settings().asText()).isEqualTo(plan.outcome().settings().asText());
      assertThatThrownBy(initializer::plan).isInstanceOf(BadInputException.class).hasMessageContaining("initialized already");
      assertThatThrownBy(initializer::requireNew).isInstanceOf(BadInputException.class).hasMessageContaining("initialized already");
    }
  }

  @Test
  void aNewColonyGetsAPaceThatFitsTheMachineAndKeepsIt() throws Exception {
    try (ColonyHarness colony = new ColonyHarness(home)) {
      List<String> words = new ArrayList<>(List.of("--init", "--rewards_address", ColonyHarness.WALLET, "--process_manager",
          InMemoryMachine.TYPE, "--node_cap", "10", "--delay_upgrade", "300"));
      words.addAll(colony.portStarts());
      Initializer.Initialized initialized = new Initializer(colony.resolver(words), colony.tools()).run();

      assertThat(Proposal.words(initialized.pace()))
          .isEqualTo("--max_concurrent_starts 2 --max_concurrent_operations 2 --delay_start 30");
      assertThat(initialized.growth().orElseThrow().time()).as("50 minutes by the built-in defaults").isEqualTo(Duration.ofMinutes(5));
      try (Colony later = Colony.openToRead(colony.resolver(List.of()), colony.tools())) {
        assertThat(later.stored()).containsEntry("max_concurrent_starts", "2").containsEntry("delay_start", "30")
            .containsEntry("delay_upgrade", "300").containsEntry("delay_remove", "300");
      }
    }
  }

  /**
   * @param types process managers that there are
   * @param obstacle why the first of them cannot work here; empty when it can
   */
  private List<String> warningsOfInit(List<String> types, String obstacle, String... options) throws Exception {
    Path account = Files.createTempDirectory(home, "account");
    List<String> words = new ArrayList<>(List.of("--init", "--rewards_address", ColonyHarness.WALLET));
    words.addAll(List.of(options));
    try (ColonyHarness colony = new ColonyHarness(account); LogLines log = new LogLines()) {
      words.addAll(colony.portStarts());
      NamedProvider first = new NamedProvider(colony.machine, types.get(0));
      List<NamedProvider> providers = new ArrayList<>(List.of(obstacle.isEmpty() ? first : first.unable(obstacle)));
      types.stream().skip(1).forEach(type -> providers.add(new NamedProvider(colony.machine, type)));
      new Initializer(colony.resolver(words), colony.tools(folder -> ManagerRegistry.of(providers))).run();
      return log.at(Level.WARNING);
    }
  }

  @Test
  void nodesThatAreThereAreTakenOverUntouched() throws Exception {
    try (ColonyHarness colony = ColonyHarness.initialized(home)) {
      colony.grow(2);
      colony.force("stop", List.of("antnode0002"), OptionalInt.empty());
      List<Node> before = colony.nodes();
      Files.delete(colony.database);
      colony.machine.log().clear();

      colony.init("--import");

      assertThat(colony.nodes()).map(InitializerTest::identity).isEqualTo(before.stream().map(InitializerTest::identity).toList());
      assertThat(colony.status(1)).isEqualTo(NodeStatus.RUNNING);
      assertThat(colony.status(2)).isEqualTo(NodeStatus.STOPPED);
      assertThat(colony.stored()).containsEntry("port_start", Integer.toString(before.get(0).ports().node() / 1_000));
      assertThat(colony.machine.running()).contains(1);
    }
  }

  @Test
  void portsOfNodesThatAreNotTakenOverArePassedOverInsteadOfRefused() throws Exception {
    try (ColonyHarness colony = new ColonyHarness(home); DatagramSocket theirs = new DatagramSocket(null)) {
      String[] plan = colony.portStarts().toArray(String[]::new);
      int first = Integer.parseInt(plan[1]) * 1_000 + 1;
      theirs.bind(new InetSocketAddress(first));
      assertThatThrownBy(() -> colony.init(plan)).hasMessageContaining("UDP port " + first + " is in use");
      colony.machine.tool().reserves(Set.of(first));

      colony.init(plan);

      colony.grow(1);
      assertThat(colony.nodes()).extracting(Node::id).contains(2).doesNotContain(1);
    }
  }

  @Test
  void aMachineWhoseNumbersNeverComeBackRemembersTheHighest() throws Exception {
    ManagerKind monotonic = ManagerKind.of(Traits.USUAL.with(Traits.Numbering.MONOTONIC).with(Traits.Concurrency.SERIAL), BulkTeardown.class, Upgrades.class);
    try (ColonyHarness colony = new ColonyHarness(home, monotonic)) {
      colony.init();
      colony.grow(2);
      colony.force("remove", List.of("antnode0001", "antnode0002"), OptionalInt.empty());
      colony.force("add", List.of(), OptionalInt.empty());
      int id = colony.nodes().get(0).id();
      assertThat(id).isGreaterThanOrEqualTo(3);
      assertThat(colony.stored().get("highest_node_id_used")).isGreaterThanOrEqualTo(Integer.toString(id));
      colony.force("teardown", List.of(), OptionalInt.empty());
      assertThat(colony.stored()).containsEntry("highest_node_id_used", "0");
      assertThat(colony.machine.nodes()).isEmpty();
    }
  }

  @Test
  void aSavedListingIsReadByTheProcessManager() throws Exception {
    try (ColonyHarness colony = new ColonyHarness(home)) {
      Path listing = Files.writeString(home.resolve("listing"), "two nodes");
      colony.machine.tool().lists("two nodes", List.of(listed(3, 61_003, 62_003), listed(8, 61_008, 62_008)));

      colony.init("--import_file", listing.toString());

      assertThat(colony.nodes()).extracting(Node::id).containsExactly(3, 8);
      assertThat(colony.stored()).containsEntry("port_start", "61").containsEntry("metrics_port_start", "62");
    }
  }

  @Test
  void aListingThatCannotBeUsedIsRefusedInOneSentenceAndNothingIsMade() throws Exception {
    try (ColonyHarness colony = new ColonyHarness(home)) {
      Path listing = Files.writeString(home.resolve("listing"), "two nodes");
      Path other = Files.writeString(home.resolve("other"), "Dear diary");
      Path binary = Files.write(home.resolve("binary"), new byte[] {(byte) 0xc0, (byte) 0xc0});
      Path utf16 = Files.writeString(home.resolve("utf16"), "\uFEFFtwo nodes", StandardCharsets.UTF_16LE);
      Path unmarked = Files.writeString(home.resolve("unmarked"), "two nodes", StandardCharsets.UTF_16BE);

      assertListingRefused(colony, listing,
          "--import_file is not for process manager memory+user, which has no listing of its own");
      colony.machine.tool().lists("two nodes", List.of());
      assertListingRefused(colony, other, "--import_file " + other + ": this is no listing of the tool in memory");
      assertListingRefused(colony, home.resolve("nowhere"),
          "--import_file " + home.resolve("nowhere") + " cannot be read as text: it does not exist");
      assertListingRefused(colony, home, "--import_file " + home + " cannot be read as text: it is a folder");
      assertListingRefused(colony, binary, "--import_file " + binary + " cannot be read as text: it is not UTF-8 text");
      for (Path other16 : List.of(utf16, unmarked)) {
        assertListingRefused(colony, other16, "--import_file " + other16 + " cannot be read as text: it is not UTF-8 but"
            + " UTF-16, as Windows PowerShell writes it; save it as UTF-8");
      }
      assertListingRefused(colony, listing,
          "--import_file " + listing + " tells of no node; leave it out where there is none to take over");
    }
  }

  @Test
  void aByteOrderMarkIsNoPartOfAListing() throws Exception {
    try (ColonyHarness colony = new ColonyHarness(home)) {
      Path listing = Files.writeString(home.resolve("listing"), "\uFEFFtwo nodes");
      colony.machine.tool().lists("two nodes", List.of(listed(3, 61_003, 62_003)));

      colony.init("--import_file", listing.toString());

      assertThat(colony.nodes()).extracting(Node::id).containsExactly(3);
    }
  }

  @Test
  void aListingIsTakenOverWholeOrNotAtAll() throws Exception {
    try (ColonyHarness colony = new ColonyHarness(home)) {
      Path listing = Files.writeString(home.resolve("listing"), "two nodes");
      colony.machine.tool().lists("two nodes", List.of(listed(3, 61_003, 62_003), listed(8, 61_003, 62_008)));

      assertListingRefused(colony, listing, "--import_file " + listing + " is taken over whole or not at all, and these nodes"
          + " cannot be: antnode8: its port 61003 is also that of antnode3");
    }
  }

  private static void assertListingRefused(ColonyHarness colony, Path listing, String sentence) {
    assertThatThrownBy(() -> colony.init("--import_file", listing.toString()))
        .isInstanceOf(BadInputException.class).hasMessage(sentence);
    assertThat(colony.database).doesNotExist();
  }

  @Test
  void theNodesThatATakeoverBringsCountForTheHighestNumber() throws Exception {
    ManagerKind monotonic = ManagerKind.of(Traits.USUAL.with(Traits.Numbering.MONOTONIC).with(Traits.Concurrency.SERIAL), BulkTeardown.class, Upgrades.class);
    try (ColonyHarness colony = new ColonyHarness(home, monotonic)) {
      Path listing = Files.writeString(home.resolve("listing"), "a node");
      colony.machine.tool().lists("a node", List.of(listed(8, 61_008, 62_008)));

      colony.init("--import_file", listing.toString(), "--highest_node_id_used", "5");

      assertThat(colony.stored()).containsEntry("highest_node_id_used", "8");
    }
  }

  private FoundNode listed(int number, int nodePort, int metricsPort) {
    Path root = home.resolve("nodes/antnode" + number);
    NodeFacts facts = NodeFacts.at(NodePlacement.of("antnode" + number, root));
    return FoundNode.builder(facts, new ProcessState.Stopped("")).id(OptionalInt.of(number)).nodePort(OptionalInt.of(nodePort))
        .metricsPort(OptionalInt.of(metricsPort)).wallet(Optional.of(ColonyHarness.WALLET))
        .network(Optional.of("evm-arbitrum-one")).user("tester").build();
  }

  private static List<Object> identity(Node node) {
    return List.of(node.id(), node.service(), node.rootDir(), node.ports().node(), node.ports().metrics().orElseThrow(), node.wallet());
  }
}
