package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.cycle.ManualResult;
import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.managers.CallLimits;
import dev.wnm.core.managers.ManagerRegistry;
import dev.wnm.core.managers.PlugInJar;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.Eventually;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A colony of which one node is a bad plug-in's: the others are looked after all the same. */
@ResourceLock(PlugInJar.BEHAVIOUR)
@Order(2)
class BadPlugInTest {
  private static final CallLimits SHORT = new CallLimits(Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(2),
      Duration.ofSeconds(2), Duration.ZERO, Duration.ofMillis(50));

  @TempDir
  private Path home;
  private ColonyHarness colony;
  private Path jar;
  private ProcessManagerProvider plugIn;
  /** The node of the plug-in. */
  private int bad;
  /** Those of the other process manager; which numbers they have depends on what else listens on this machine. */
  private int first;
  private int second;

  @BeforeEach
  void growToThreeOfWhichOneIsThePlugIns() throws Exception {
    jar = PlugInJar.bad(home.toRealPath());
    plugIn = PlugInJar.load(jar, "bad.BadProvider");
    colony = ColonyHarness.initialized(home);
    colony.grow(3);
    List<Integer> ids = colony.nodes().stream().map(Node::id).toList();
    first = ids.get(0);
    second = ids.get(1);
    bad = ids.get(2);
    colony.machine.kill(bad);
    sql("UPDATE node SET manager_type = 'bad+user' WHERE id = " + bad);
  }

  private void sql(String statement) throws SQLException {
    try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + colony.database); Statement sql = file.createStatement()) {
      sql.execute(statement);
    }
  }

  @AfterEach
  void close() {
    PlugInJar.behave();
    colony.close();
  }

  private Dependencies tools() {
    return colony.tools(folder -> ManagerRegistry.of(List.of(colony.machine.provider(), plugIn), SHORT));
  }

  private CycleReport cycle(String... options) throws Exception {
    colony.advance(Duration.ofMinutes(6));
    try (Colony opened = Colony.open(colony.resolver(Arrays.asList(options)), tools())) {
      return opened.cycle();
    }
  }

  private ManualResult force(String action) throws Exception {
    try (Colony opened = Colony.open(colony.resolver(List.of()), tools())) {
      return opened.force(action, List.of(Integer.toString(bad)), OptionalInt.empty());
    }
  }

  static Stream<Arguments> questions() {
    return Stream.of("availability", "provider", "traits", "storages", "status", "notices", "usesFirewall")
        .flatMap(method -> Stream.of("throws", "overflows", "memory", "hangs")
            .filter(how -> !how.equals("hangs") || List.of("storages", "status", "notices").contains(method))
            .map(how -> Arguments.of(method, how)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("questions")
  void aPlugInThatCannotBeAskedKeepsNoCycleFromTheOtherNodes(String method, String how) throws Exception {
    PlugInJar.let(method, how);
    colony.machine.kill(first);
    try (LogLines lines = new LogLines()) {
      for (int i = 0; i < 8 && (i < 2 || !colony.machine.running().contains(first)); i++) {
        cycle();
      }
      assertThat(colony.machine.running()).as("nodes of the other process manager").contains(first, second);
      if (!method.equals("usesFirewall")) {
        String said = colony.node(bad).health().lastError() + lines.at(Level.WARNING) + lines.at(Level.SEVERE);
        assertThat(said).contains("process manager bad+user of " + jar);
      }
    }
    assertThat(colony.nodes()).extracting(Node::id).contains(first, second, bad);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void aChangeThatThrowsIsThatNodesFailure(String action, String method, String how) throws Exception {
    cycle();
    PlugInJar.let(method, how);
    ManualResult result = force(action);
    assertThat(result.failed()).isTrue();
    assertThat(result.outcomes()).singleElement().extracting(NodeOutcome::detail).asString().contains("bad+user of " + jar, method);
    assertThat(colony.openOperations()).isZero();
  }

  static Stream<Arguments> changes() {
    return Stream.of(Arguments.of("start", "start", "overflows"), Arguments.of("start", "start", "null"),
        Arguments.of("remove", "remove", "links"), Arguments.of("disable", "stop", "throws"));
  }

  @Test
  void aRemovalThatNeverReturnsStaysInTheJournalAndIsSettledOnceItHas() throws Exception {
    cycle();
    PlugInJar.let("remove", "hangs");
    ManualResult result = force("remove");
    assertThat(result.outcomes()).singleElement().extracting(NodeOutcome::detail).asString()
        .contains("bad+user of " + jar, "not returned from 'remove'", "not known yet");
    assertThat(colony.openOperations()).isEqualTo(1);
    assertThat(colony.node(bad).shownStatus()).isEqualTo("UNKNOWN");

    colony.machine.kill(first);
    CycleReport report = cycle();
    assertThat(report.failed()).as("a removal that is not settled is a failure").isTrue();
    assertThat(report.outcomes()).filteredOn(outcome -> outcome.kind() == OperationKind.REMOVE).singleElement()
        .extracting(NodeOutcome::detail).asString().contains("cannot be settled yet", "still not returned");
    for (int i = 0; i < 8 && !colony.machine.running().contains(1); i++) {
      cycle();
    }
    assertThat(colony.machine.running()).contains(first, second);

    PlugInJar.behave();
    Eventually.eventually("the removal is settled", () -> {
      try {
        cycle("--node_cap", "2");
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      return colony.openOperations() == 0;
    });
    assertThat(colony.nodes()).extracting(Node::id).containsExactly(first, second);
  }

  @Test
  void aMakingThatThrewIsLookedIntoByTheNextCycle() throws Exception {
    sql("UPDATE machine SET process_manager = 'bad+user'");
    PlugInJar.let("create", "throws");
    ManualResult result;
    try (Colony opened = Colony.open(colony.resolver(List.of("--node_cap", "4")), tools())) {
      result = opened.force("add", List.of(), OptionalInt.empty());
    }
    assertThat(result.failed()).isTrue();
    assertThat(colony.openOperations()).isEqualTo(1);
    PlugInJar.behave();
    colony.load(60, 10, 10, 0.1);
    cycle();
    assertThat(colony.openOperations()).isZero();
    assertThat(colony.nodes()).extracting(Node::id).containsExactly(first, second, bad);
  }

  @Test
  void describingTheNodesOfABadPlugInSaysThatNothingIsKnown() throws Exception {
    PlugInJar.let("describe", "memory");
    try (Colony opened = Colony.openToRead(colony.resolver(List.of()), tools())) {
      assertThat(opened.describe(opened.nodes()).get(bad)).contains("unknown", "bad+user of " + jar);
    }
    assertThat(colony.status(first)).isEqualTo(NodeStatus.RUNNING);
  }
}
