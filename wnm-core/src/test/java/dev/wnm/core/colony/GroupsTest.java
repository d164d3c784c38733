package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.cycle.ManualResult;
import dev.wnm.core.decision.ActionType;
import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.model.Event;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.report.ContainerPortsReport;
import dev.wnm.core.report.ReportFormat;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.Selection;
import dev.wnm.programs.AntNode2;
import dev.wnm.programs.Antnode;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.GroupHealth;
import dev.wnm.spi.manager.HostsGroups;
import dev.wnm.spi.manager.InstallsBinaries;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.PortRange;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.antnode2.StandInAntNode2;
import dev.wnm.testkit.manager.ManagerKind;
import dev.wnm.testkit.manager.Operation;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Nodes in container groups of three, each with its block of numbers. */
@Order(1)
@Execution(value = ExecutionMode.CONCURRENT, reason = "each test has a home and a machine in memory of its own")
class GroupsTest {
  private static final ManagerKind BLOCKS = ManagerKind.of(Traits.USUAL, Batches.class, HostsGroups.class, InstallsBinaries.class);

  @TempDir
  private Path home;
  private ColonyHarness colony;

  @BeforeEach
  void initialize() throws Exception {
    colony = new ColonyHarness(home, BLOCKS);
    colony.init("--node_cap", "8", "--max_node_per_container", "3", "--min_container_count", "2",
        "--max_concurrent_starts", "8", "--max_concurrent_removals", "8", "--max_concurrent_operations", "8",
        "--delay_start", "0");
  }

  @AfterEach
  void close() {
    colony.close();
  }

  private ManualResult add(int count) throws Exception {
    return colony.force("add", List.of(), OptionalInt.of(count));
  }

  /** The numbers of the nodes of each group. */
  private Map<String, List<Integer>> groups() {
    Map<String, List<Integer>> groups = new TreeMap<>();
    for (Container container : colony.containers()) {
      groups.put(container.name(), colony.nodes().stream().filter(node -> node.containerId().equals(container.id()))
          .map(Node::id).toList());
    }
    return groups;
  }

  @Test
  void newNodesGoToTheLeastLoadedGroupAndTakeItsLowestNumber() throws Exception {
    add(3);
    assertThat(groups()).isEqualTo(Map.of("a1", List.of(1, 2), "a2", List.of(4)));
    assertThat(colony.machine.groups().running()).containsExactly("a1", "a2");
  }

  @Test
  void anotherGroupIsMadeOnlyWhenAllAreFull() throws Exception {
    add(6);
    assertThat(groups()).containsOnlyKeys("a1", "a2");
    add(1);
    assertThat(groups()).isEqualTo(Map.of("a1", List.of(1, 2, 3), "a2", List.of(4, 5, 6), "a3", List.of(7)));
  }

  @Test
  void theFirstNodeOfEachGroupIsAddedBeforeTheOthersWhichComeTogether() throws Exception {
    List<Integer> created = new ArrayList<>();
    colony.machine.intercept((operation, node) -> {
      if (operation == Operation.CREATE || operation == Operation.START) {
        created.add(operation == Operation.CREATE ? node.id() : -node.id());
      }
      return Optional.empty();
    });
    add(6);
    assertThat(created).as("made and, negative, started").containsExactly(1, 4, -1, -4, 2, 5, 3, 6, -2, -5, -3, -6);
  }

  @Test
  void whenTheFirstOfEachGroupFailsNoOtherIsTried() throws Exception {
    colony.machine.intercept((operation, node) -> operation == Operation.START
        ? Optional.of(OperationResult.failed("it dies", true)) : Optional.empty());

    assertThat(add(6).outcomes()).extracting(NodeOutcome::nodeId).containsExactly(1, 4);
  }

  @Test
  void aGroupWhoseFirstNodeFailsGetsNoOthersWhileTheOtherGroupsGrowOn() throws Exception {
    colony.machine.intercept((operation, node) -> operation == Operation.START && node.id() == 4
        ? Optional.of(OperationResult.failed("it dies", true)) : Optional.empty());

    ManualResult result = add(6);

    assertThat(result.outcomes()).extracting(NodeOutcome::nodeId).containsExactly(1, 4, 2, 3);
    assertThat(groups()).isEqualTo(Map.of("a1", List.of(1, 2, 3), "a2", List.of()));
  }

  @Test
  void oneOfABatchThatDoesNotStartTakesNoOtherWithItAndIsRemovedWithTheOthersThatDoNot() throws Exception {
    List<Integer> removed = new ArrayList<>();
    colony.machine.intercept((operation, node) -> {
      if (operation == Operation.REMOVE) {
        removed.add(node.id());
      }
      return operation == Operation.START && (node.id() == 2 || node.id() == 6)
          ? Optional.of(OperationResult.failed("node " + node.id() + " dies", true)) : Optional.empty();
    });

    ManualResult result = add(6);

    assertThat(result.outcomes()).filteredOn(outcome -> !outcome.succeeded()).hasSize(2)
        .anySatisfy(outcome -> assertThat(outcome.detail()).startsWith("node 2 dies; its logs are kept in "))
        .anySatisfy(outcome -> assertThat(outcome.detail()).startsWith("node 6 dies; its logs are kept in "));
    assertThat(groups()).isEqualTo(Map.of("a1", List.of(1, 3), "a2", List.of(4, 5)));
    assertThat(removed).containsExactly(2, 6);
  }

  @Test
  void rowsOfContainersHaveTheirBlocksOfPorts() throws Exception {
    add(2);
    Container second = colony.containers().get(1);
    assertThat(second.dockerId()).startsWith("container-");
    assertThat(second.running()).isTrue();
    int first = colony.node(4).ports().node();
    assertThat(second.nodePorts()).hasValueSatisfying(ports -> {
      assertThat(ports.first()).isEqualTo(first);
      assertThat(ports.size()).isEqualTo(3);
    });
  }

  private String containerPorts(NodeProgram present, ReportFormat format) throws Exception {
    try (Colony read = Colony.open(colony.resolver(List.of()), colony.tools())) {
      return ContainerPortsReport.print(read.settings(), present, read.containers(), read.nodes(), Selection.everything(), format, Screen.NONE);
    }
  }

  private OptionalInt browserPort(int id) {
    return colony.node(id).ports().browsers();
  }

  @Test
  void groupsHaveThePortsForBrowsersThatTheyWereMadeWith() throws Exception {
    add(1);
    String plan = containerPorts(new Antnode(), ReportFormat.TEXT);
    assertThat(plan).startsWith("Container,Metric_port_range,Node_port_range\na1,").doesNotContain(",\n");
    assertThat(containerPorts(new Antnode(), ReportFormat.JSON)).doesNotContain("browser");
    List<Integer> starts = FreePorts.thousands(1, 10);
    try {
      int first = starts.get(0) * 1_000;
      Path antNode = StandInAntNode2.installInto(Files.createDirectories(home.resolve("present")));
      colony.force("survey", List.of(), OptionalInt.empty(), "--antnode_path", antNode.toString(), "--webrtc_port_start", starts.get(0).toString());
      assertThat(containerPorts(new AntNode2(), ReportFormat.TEXT).lines().toList()).hasSize(4)
          .element(0).isEqualTo("Container,Metric_port_range,Node_port_range,Browser_port_range");

      add(6);

      assertThat(containerPorts(new Antnode(), ReportFormat.TEXT).lines().map(line -> line.replaceFirst("^(a[0-9]).*,", "$1,")))
          .containsExactly("Container,Metric_port_range,Node_port_range,Browser_port_range", "a1,", "a2,",
              "a3," + (first + 7) + "-" + (first + 9));
      assertThat(browserPort(2)).as("of a group that was made before").isEmpty();
      assertThat(browserPort(7)).hasValue(first + 7);
      assertThat(colony.containers()).extracting(Container::browserPorts).containsExactly(Optional.empty(), Optional.empty(),
          Optional.of(new PortRange(first + 7, first + 9)));

      colony.force("upgrade_image", List.of(), OptionalInt.empty(), "--upgrade_settling_time", "0");
      assertThat(colony.containers().get(0).browserPorts()).as("made anew").contains(new PortRange(first + 1, first + 3));
      assertThat(browserPort(2)).as("a node keeps what it has").isEmpty();

      colony.force("upgrade_image", List.of(), OptionalInt.empty(), "--upgrade_settling_time", "0", "--webrtc_port_start", "65");
      assertThat(colony.containers()).extracting(container -> container.browserPorts().orElseThrow().first())
          .as("a group keeps what it has").containsExactly(first + 1, first + 4, first + 7);

      colony.force("add", List.of(), OptionalInt.of(1), "--webrtc_port_start", "off");
      assertThat(browserPort(8)).as("switched off").isEmpty();
      assertThat(colony.containers().get(2).browserPorts()).as("the container is not made anew for that").isPresent();
    } finally {
      FreePorts.giveBack(starts);
    }
  }

  @Test
  void aBlockForBrowsersThatAnotherProgramHoldsIsLeftToIt() throws Exception {
    add(2);
    List<Integer> starts = FreePorts.thousands(1, 10);
    try (DatagramSocket others = new DatagramSocket(starts.get(0) * 1_000 + 5)) {
      Path antNode = StandInAntNode2.installInto(Files.createDirectories(home.resolve("present")));

      ManualResult rolled = colony.force("upgrade_image", List.of(), OptionalInt.empty(), "--upgrade_settling_time", "0",
          "--antnode_path", antNode.toString(), "--webrtc_port_start", starts.get(0).toString());

      assertThat(rolled.failed()).isFalse();
      assertThat(colony.containers()).hasSize(2).allSatisfy(container ->
          assertThat(container.browserPorts().isPresent()).as(container.name()).isEqualTo(!container.name().equals("a2")));
    } finally {
      FreePorts.giveBack(starts);
    }
  }

  @Test
  void aCycleBringsBackALostContainerAndItsNewAddress() throws Exception {
    add(2);
    String old = colony.containers().get(0).dockerId();
    colony.machine.groups().lose("a1");
    colony.machine.groups().move("a1", "127.0.0.2");

    assertThat(colony.cycle("--node_cap", "2").outcomes()).isEmpty();

    assertThat(colony.machine.groups().running()).contains("a1");
    assertThat(colony.containers().get(0).dockerId()).isNotEqualTo(old);
    assertThat(colony.node(1).host()).isEqualTo("127.0.0.2");
    assertThat(colony.node(4).host()).isEqualTo("127.0.0.1");
  }

  @Test
  void aLostContainerIsNamedAndComesBackFromItsOwnImageAlsoAfterAFailedRollOut() throws Exception {
    add(2);
    colony.cycle("--node_cap", "2");
    colony.machine.groups().release("image:2", false);
    colony.force("upgrade_image", List.of(), OptionalInt.empty());
    colony.machine.groups().lose("a2");

    CycleReport report = colony.cycle();

    assertThat(colony.machine.groups().image("a2")).isEqualTo("image");
    assertThat(report.summary()).contains("group a2: its container was gone or of no use any more, and was made anew")
        .doesNotContain("nothing to do");
    assertThat(colony.cycle().summary()).doesNotContain("made anew");
  }

  @Test
  void aNewGroupGetsTheImageOfTheOthersAfterAFailedRollOutUntilOneSucceeds() throws Exception {
    add(1);
    colony.machine.groups().release("image:2", false);
    colony.force("upgrade_image", List.of(), OptionalInt.empty());
    colony.machine.groups().release("image:2", true);

    try (LogLines log = new LogLines()) {
      add(6);
      assertThat(log.at(Level.WARNING)).anyMatch(line -> line.contains("new groups are made from image, since the roll-out of"));
    }

    assertThat(colony.machine.groups().running()).contains("a3");
    assertThat(colony.machine.groups().running()).allSatisfy(group ->
        assertThat(colony.machine.groups().image(group)).as(group).isEqualTo("image"));
    colony.force("upgrade_image", List.of(), OptionalInt.empty());
    assertThat(colony.machine.groups().running()).allSatisfy(group ->
        assertThat(colony.machine.groups().image(group)).as(group).isEqualTo("image:2"));
  }

  @Test
  void aGroupThatFailsGetsNoNodesAndBlocksNoOther() throws Exception {
    add(2);
    colony.machine.groups().fail("a1", "its disk is full");

    CycleReport report = colony.cycle("--node_cap", "4");

    assertThat(report.outcomes()).anySatisfy(outcome -> {
      assertThat(outcome.succeeded()).isFalse();
      assertThat(outcome.service()).isEqualTo("group a1");
      assertThat(outcome.detail()).isEqualTo("its disk is full");
    });
    colony.cycle();
    assertThat(groups().get("a1")).containsExactly(1);
    assertThat(groups().get("a2")).hasSizeGreaterThan(1);
    assertThat(colony.containers().get(0).running()).isFalse();
  }

  @Test
  void aNewGroupThatCannotBeOpenedIsPassedOver() throws Exception {
    colony.machine.groups().fail("a2", "no such image");
    ManualResult result = add(2);
    assertThat(result.outcomes()).hasSize(2).allSatisfy(outcome -> assertThat(outcome.succeeded()).isTrue());
    assertThat(groups().get("a2")).isEmpty();
    assertThat(groups()).containsKey("a3");
  }

  @Test
  void aBlockWithATakenPortIsNotMadeIntoAGroup() throws Exception {
    add(1);
    int port = colony.node(1).ports().node();
    colony.force("teardown", List.of(), OptionalInt.empty());
    try (DatagramSocket taken = new DatagramSocket(port + 2)) {
      assertThat(taken.isBound()).isTrue();
      add(2);
    }
    assertThat(groups()).containsOnlyKeys("a2", "a3");
    assertThat(colony.machine.groups().running()).containsExactly("a2", "a3");
  }

  @Test
  void aCrashBetweenTheRowAndTheContainerForgetsNoContainer() throws Exception {
    colony.machine.intercept((operation, node) -> {
      throw new Killed();
    });
    assertThatThrownBy(() -> add(1)).isInstanceOf(Killed.class);
    colony.machine.intercept((operation, node) -> Optional.empty());

    assertThat(groups()).containsOnlyKeys("a1", "a2");
    colony.force("teardown", List.of(), OptionalInt.empty());
    assertThat(colony.machine.groups().running()).isEmpty();
    assertThat(colony.containers()).isEmpty();
  }

  @Test
  void aCrashInTheMiddleOfABatchLosesNoNode() throws Exception {
    add(4);
    colony.cycle("--node_cap", "4");
    colony.machine.intercept((operation, node) -> {
      if (operation == Operation.STOP && node.id() == 4) {
        throw new Killed();
      }
      return Optional.empty();
    });
    assertThatThrownBy(() -> colony.force("stop", List.of(), OptionalInt.of(4))).isInstanceOf(Killed.class);
    assertThat(colony.openOperations()).isEqualTo(4);
    colony.machine.intercept((operation, node) -> Optional.empty());
    colony.load(60, 10, 10, 0.1); // so that the cycle only recovers and surveys

    colony.cycle();

    assertThat(colony.openOperations()).isZero();
    assertThat(colony.nodes()).hasSize(4).allSatisfy(node -> assertThat(node.status()).isEqualTo(NodeStatus.STOPPED));
    assertThat(colony.machine.running()).isEmpty();
  }

  @Test
  void oneNodeOfABatchThatFailsDoesNotHarmTheOthers() throws Exception {
    colony.machine.intercept((operation, node) -> operation == Operation.START && node.id() == 4
        ? Optional.of(OperationResult.failed("it has no room", true)) : Optional.empty());
    add(2);
    assertThat(groups()).isEqualTo(Map.of("a1", List.of(1), "a2", List.of()));
    assertThat(colony.machine.nodes()).containsExactly(1);
  }

  @Test
  void aTeardownEndsTheContainersToo() throws Exception {
    add(3);
    colony.machine.groups().fail("a2", "docker does not answer");

    assertThat(colony.force("teardown", List.of(), OptionalInt.empty()).failed()).isTrue();
    assertThat(colony.containers()).extracting(Container::name).containsExactly("a2");

    colony.machine.groups().heal("a2");
    assertThat(colony.force("teardown", List.of(), OptionalInt.empty()).failed()).isFalse();
    assertThat(colony.containers()).isEmpty();
    assertThat(colony.machine.groups().running()).isEmpty();
  }

  @Test
  void aRollOutGoesFromGroupToGroupAndStopsAtTheFirstThatFails() throws Exception {
    add(8);
    colony.eventsOfACycle();
    colony.machine.groups().fail("a2", "the image does not boot");

    ManualResult stopped = colony.force("upgrade_image", List.of(), OptionalInt.empty());

    assertThat(stopped.failed()).isTrue();
    assertThat(stopped.fields()).containsEntry("failed_group", "a2").containsEntry("upgraded_count", 1);
    assertThat(colony.eventsOfACycle()).filteredOn(event -> event.kind() == Event.Kind.ROLLOUT).singleElement().extracting(Event::what).asString()
        .contains("the roll-out of", "stopped: ", "the image does not boot");
    assertThat(colony.machine.groups().rebuilt()).containsExactly("a1");
    assertThat(colony.pauses).as("a1 settles").hasSizeGreaterThanOrEqualTo(150);
    colony.machine.groups().heal("a2");
    assertThat(colony.force("upgrade_image", List.of(), OptionalInt.empty()).fields())
        .containsEntry("status", "upgraded-image").containsEntry("upgraded_groups", List.of("a1", "a2", "a3"));
    assertThat(colony.eventsOfACycle()).filteredOn(event -> event.kind() == Event.Kind.ROLLOUT).singleElement().extracting(Event::what).asString()
        .startsWith("all container groups run on");
  }

  @Test
  void aRollOutWaitsForTheNodesOfAGroup() throws Exception {
    add(2);
    colony.cycle("--node_cap", "2");
    colony.machine.garble(1);

    ManualResult stopped = colony.force("upgrade_image", List.of(), OptionalInt.empty());

    assertThat(stopped.fields().get("error").toString()).contains("1 of its 1 nodes do not answer")
        .contains("its old image is put back, but 1 of its 1 nodes do not answer");
    assertThat(colony.machine.groups().rebuilt()).containsExactly("a1", "a1");
  }

  @Test
  void aGroupWhoseNewImageDoesNotBootGetsItsOldOneAgainAndNoOtherIsTouched() throws Exception {
    add(2);
    colony.cycle("--node_cap", "2");
    colony.machine.groups().release("image:2", false);

    ManualResult stopped = colony.force("upgrade_image", List.of(), OptionalInt.empty());

    assertThat(stopped.fields().get("error").toString())
        .isEqualTo("the image does not boot; it runs on its old image again");
    assertThat(colony.machine.groups().rebuilt()).containsExactly("a1");
    assertThat(colony.machine.groups().image("a1")).isEqualTo("image");
    assertThat(colony.machine.groups().image("a2")).isEqualTo("image");
  }

  @Test
  void aGroupWhoseContainerIsStartedAgainWhileItSettlesGetsItsOldImageAgain() throws Exception {
    add(2);
    colony.cycle("--node_cap", "2");
    colony.machine.groups().release("image:2", true);
    colony.meanwhile = () -> {
      if (colony.pauses.size() == 100) {
        colony.machine.groups().restart("a1");
      }
    };

    ManualResult stopped = colony.force("upgrade_image", List.of(), OptionalInt.empty());

    assertThat(stopped.fields().get("error").toString())
        .isEqualTo("its container ended and was started again; it runs on its old image again");
    assertThat(colony.machine.groups().image("a1")).isEqualTo("image");
    assertThat(colony.machine.groups().image("a2")).isEqualTo("image");
  }

  @Test
  void aRollOutDoesNotTakeTheAnswerOfAnotherNodeForThatOfTheGroupsOwn() throws Exception {
    add(2);
    colony.cycle("--node_cap", "2");
    Files.writeString(colony.node(1).rootDir().resolve("secret-key"), "the key of quite another node...");
    colony.machine.heal(1, ColonyHarness.OLD);

    ManualResult stopped = colony.force("upgrade_image", List.of(), OptionalInt.empty());

    assertThat(stopped.fields().get("error").toString()).contains("1 of its 1 nodes do not answer");
  }

  @Test
  void aGroupPassesOnlyWhenItHasDoneWellForLongerThanItsOwnCheckNeeds() throws Exception {
    add(2);
    colony.cycle("--node_cap", "2");
    colony.machine.groups().health("a1", well(Duration.ofMinutes(12)));
    colony.machine.groups().health("a2", new GroupHealth(GroupHealth.Check.STARTING, Duration.ZERO, 0, List.of()));
    Instant begin = colony.now();
    List<Instant> second = new ArrayList<>();
    colony.meanwhile = () -> {
      if (second.isEmpty() && colony.machine.groups().rebuilt().contains("a2")) {
        second.add(colony.now());
      }
    };

    ManualResult stopped = colony.force("upgrade_image", List.of(), OptionalInt.empty());

    assertThat(Duration.between(begin, second.get(0))).isGreaterThanOrEqualTo(Duration.ofMinutes(12));
    assertThat(stopped.fields()).containsEntry("failed_group", "a2");
    assertThat(stopped.lines()).singleElement().asString().startsWith("group a2: its container has not become healthy; ");
  }

  private static GroupHealth well(Duration readiness) {
    return new GroupHealth(GroupHealth.Check.WELL, readiness, 0, List.of());
  }

  @Test
  void companionsThatFailStopARollOutAndAreNamedInEveryCycle() throws Exception {
    add(2);
    colony.cycle("--node_cap", "2");
    colony.machine.groups().health("a1", new GroupHealth(GroupHealth.Check.WELL, Duration.ZERO, 0,
        List.of("companion proxy died 12 times in five minutes; its last words: no route")));

    assertThat(colony.cycle().summary()).contains("2 nodes (2 running): group a1: companion proxy died 12 times")
        .contains("no route").doesNotContain("nothing to do");
    assertThat(colony.force("upgrade_image", List.of(), OptionalInt.empty()).fields().get("error").toString())
        .startsWith("companion proxy died 12 times");
  }

  @Test
  void aContainerThatWasStartedAgainIsNamedOnceWithItsDeaths() throws Exception {
    add(2);
    colony.cycle("--node_cap", "2");
    colony.machine.groups().health("a2", new GroupHealth(GroupHealth.Check.WELL, Duration.ZERO, 3, List.of()));
    colony.cycle();
    colony.machine.groups().health("a2", new GroupHealth(GroupHealth.Check.WELL, Duration.ZERO, 5, List.of()));

    assertThat(colony.cycle().summary())
        .contains("group a2: its container died 2 times since the last cycle and was started again, 5 times in all");
    assertThat(colony.cycle().summary()).contains("nothing to do");
  }

  /** Lets wnm be killed when the roll-out waits for the given time. */
  private void killAtPause(int pause) {
    int before = colony.pauses.size();
    colony.meanwhile = () -> {
      if (colony.pauses.size() == before + pause) {
        throw new Killed();
      }
    };
    assertThatThrownBy(() -> colony.force("upgrade_image", List.of(), OptionalInt.empty())).isInstanceOf(Killed.class);
    colony.meanwhile = () -> {};
  }

  @Test
  void aRollOutThatWasCutOffIsJudgedByTheNextCyclesAndGoneOnWithByTheNextOrder() throws Exception {
    add(8);
    colony.cycle();
    colony.machine.groups().release("image:2", true);
    killAtPause(200); // a1 has settled, a2 is at it

    assertThat(colony.machine.groups().rebuilt()).containsExactly("a1", "a2");
    assertThat(colony.cycle().summary()).contains("group a2 has to show how it does with");
    colony.cycles(6);
    assertThat(colony.cycle().summary()).contains("was cut off before a3; --force_action upgrade_image goes on with it");
    assertThat(colony.machine.groups().image("a3")).isEqualTo("image");

    assertThat(colony.force("upgrade_image", List.of(), OptionalInt.empty()).fields())
        .containsEntry("upgraded_groups", List.of("a1", "a2", "a3"));
    assertThat(colony.machine.groups().rebuilt()).as("those that had it are left alone").containsExactly("a1", "a2", "a3");
    assertThat(colony.cycle().summary()).doesNotContain("roll-out");
  }

  @Test
  void aGroupThatDoesBadlyAfterTheRollOutWasCutOffGetsItsOldImageAgainInTheNextCycle() throws Exception {
    add(2);
    colony.cycle("--node_cap", "2");
    colony.machine.groups().release("image:2", true);
    killAtPause(20);
    colony.machine.groups().restart("a1");

    CycleReport report = colony.cycle();

    assertThat(report.outcomes()).singleElement().satisfies(outcome -> {
      assertThat(outcome.service()).isEqualTo("group a1");
      assertThat(outcome.detail()).contains("was cut off", "its container ended and was started again",
          "it runs on its old image again");
    });
    assertThat(colony.machine.groups().image("a1")).isEqualTo("image");
    assertThat(colony.cycle().summary()).doesNotContain("roll-out");
  }

  @Test
  void addsThatWereCutOffAreSettledByOneSurvey() throws Exception {
    colony.machine.intercept((operation, node) -> {
      if (operation == Operation.START) {
        throw new Killed();
      }
      return Optional.empty();
    });
    assertThatThrownBy(() -> add(2)).isInstanceOf(Killed.class);
    assertThat(colony.openOperations()).isEqualTo(2);
    colony.machine.intercept((operation, node) -> Optional.empty());
    colony.machine.log().clear();

    colony.cycle("--node_cap", "2");

    assertThat(colony.openOperations()).isZero();
    assertThat(colony.machine.log().of(Operation.SURVEY)).hasSize(1);
  }

  @Test
  void operationsThatWereCutOffAreSettledByOneQuestionForStates() throws Exception {
    add(4);
    colony.cycle("--node_cap", "4");
    colony.machine.intercept((operation, node) -> {
      throw new Killed();
    });
    assertThatThrownBy(() -> colony.force("stop", List.of(), OptionalInt.of(4))).isInstanceOf(Killed.class);
    colony.machine.intercept((operation, node) -> Optional.empty());
    colony.machine.log().clear();

    colony.force("survey", List.of("antnode0001"), OptionalInt.empty());

    assertThat(colony.openOperations()).isZero();
    assertThat(colony.machine.log().of(Operation.STATUS)).as("for the recovery, and for the survey").hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void theSizeOfGroupsCannotTakeNodesOutOfThem() throws Exception {
    add(2);
    assertThatThrownBy(() -> colony.cycle("--max_node_per_container", "4")).isInstanceOf(BadInputException.class)
        .hasMessageContaining("--max_node_per_container 4 would take node 4 out of group a2");
    assertThat(colony.stored()).containsEntry("max_node_per_container", "3");
    colony.cycle("--min_container_count", "3");
    assertThat(colony.stored()).containsEntry("min_container_count", "3");
  }

  @Test
  void newGroupsHaveOnlyBlocksThatAreAllowed() throws Exception {
    colony.cycle("--group_blocks", "4,2");
    add(8);
    assertThat(groups()).isEqualTo(Map.of("a2", List.of(4, 5, 6), "a4", List.of(10, 11, 12)));
    assertThat(colony.whyNot(ActionType.ADD).conditions())
        .anyMatch(condition -> condition.toString().contains("the groups of the blocks that there may be are full (group_blocks 2,4)"));
    assertThat(colony.stored()).containsEntry("group_blocks", "2,4");

    colony.cycle("--group_blocks", "any");
    add(1);
    assertThat(groups()).containsKey("a1");
  }

  @Test
  void blocksWhosePortsAreNoPortsAreRefusedByTheirName() throws Exception {
    for (String blocks : List.of("9000", "64000")) {
      assertThatThrownBy(() -> colony.cycle("--group_blocks", blocks)).isInstanceOf(BadInputException.class)
          .hasMessageContaining("--max_node_per_container 3 and --group_blocks " + blocks + " make blocks that do not fit");
    }
    assertThatThrownBy(() -> colony.cycle("--group_blocks", "64000", "--max_node_per_container", "64000")).isInstanceOf(BadInputException.class);
    assertThat(colony.stored()).as("nothing was changed").doesNotContainKey("group_blocks").containsEntry("max_node_per_container", "3");
  }

  @Test
  void aGroupWhoseBlockIsNotAllowedAnyMoreKeepsItsNodesAndGetsNoMore() throws Exception {
    add(3);
    colony.cycle("--group_blocks", "2");
    add(5);
    assertThat(groups()).isEqualTo(Map.of("a1", List.of(1, 2), "a2", List.of(4, 5, 6)));
    assertThat(colony.machine.groups().running()).containsExactly("a1", "a2");
  }

  private static final class Killed extends ThreadDeath {
    private static final long serialVersionUID = 1L;
  }
}
