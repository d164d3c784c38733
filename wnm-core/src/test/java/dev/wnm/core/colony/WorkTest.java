package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.cycle.ManualResult;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.work.Work;
import dev.wnm.core.work.WorkListener;
import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.HostsGroups;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.Traits;
import dev.wnm.testkit.manager.ManagerKind;
import dev.wnm.testkit.manager.Operation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of work that is under way, and what becomes of it when wnm is asked to end. */
class WorkTest {
  private static final ManagerKind SERIAL = ManagerKind.of(Traits.USUAL.with(Traits.Concurrency.SERIAL));
  private static final ManagerKind BATCHES = ManagerKind.of(Traits.USUAL, Batches.class);
  private static final ManagerKind GROUPS = ManagerKind.of(Traits.USUAL, Batches.class, HostsGroups.class);

  @TempDir Path home;
  private ColonyHarness colony;
  private final List<Work> begun = new ArrayList<>();
  private final List<Work> told = new ArrayList<>();
  private final List<Work> ended = new ArrayList<>();

  @AfterEach
  void close() {
    colony.close();
  }

  private void initialize(ManagerKind kind, String... options) throws Exception {
    colony = new ColonyHarness(home, kind);
    colony.init(options);
    colony.work = new WorkListener() {
      @Override
      public void begins(Work work) {
        begun.add(work);
        told.add(work);
      }

      @Override
      public void advances(Work work) {
        told.add(work);
      }

      @Override
      public void ends(Work work) {
        ended.add(work);
      }
    };
  }

  private ManualResult force(String action, int count) throws Exception {
    return colony.force(action, List.of(), OptionalInt.of(count));
  }

  /** From this moment on nothing more may be begun. */
  private void endOnce(Predicate<Work> moment) {
    colony.goesOn = () -> told.stream().noneMatch(moment);
  }

  @Test
  void eachNodeIsCountedOnceItIsKnownWhatBecameOfIt() throws Exception {
    initialize(ManagerKind.USUAL);
    colony.machine.intercept((operation, node) -> operation == Operation.START && node.id() == 2
        ? Optional.of(OperationResult.failed("it dies", true)) : Optional.empty());

    force("add", 3);

    assertThat(begun).singleElement().satisfies(work -> {
      assertThat(work.phrase()).isEqualTo("adding nodes");
      assertThat(work.total()).isEqualTo(3);
      assertThat(work.over()).isZero();
      assertThat(work.waiting()).containsExactly("antnode0001.service", "antnode0002.service", "antnode0003.service");
    });
    assertThat(told).as("under way, and not over").anySatisfy(work -> {
      assertThat(work.underWay()).contains("antnode0001.service");
      assertThat(work.over()).isZero();
    });
    assertThat(ended).singleElement().satisfies(work -> {
      assertThat(work.summary()).isEqualTo("added 2 of 3 nodes, 1 failed");
      assertThat(work.underWay()).isEmpty();
      assertThat(work.waiting()).isEmpty();
    });
  }

  @Test
  void whatIsDoneByOneCallIsCountedWhenThatIsOverAndManyAreDoneByMoreThanOne() throws Exception {
    initialize(BATCHES);

    force("add", 150);

    assertThat(told.stream().map(Work::done).distinct()).as("the first ahead, then 100 a call").containsExactly(0, 1, 101, 150);
    assertThat(begun).as("one piece of work").hasSize(1);
  }

  @Test
  void aTeardownIsCountedToo() throws Exception {
    initialize(ManagerKind.USUAL);
    force("add", 3);

    colony.force("teardown", List.of(), OptionalInt.empty());

    assertThat(ended).last().satisfies(work -> assertThat(work.summary()).isEqualTo("removed 3 of 3 nodes"));
  }

  @Test
  void groupsAreCountedWhereTheyAreMadeBeforeTheNodes() throws Exception {
    initialize(GROUPS, "--node_cap", "12", "--max_node_per_container", "2", "--min_container_count", "6");

    force("add", 6);

    assertThat(ended).extracting(Work::summary).containsExactly("added 6 of 6 groups", "added 6 of 6 nodes");
    assertThat(told.stream().filter(work -> work.things() == Work.Things.GROUPS).map(Work::done).distinct()).containsExactly(0, 4, 6);
  }

  @Test
  void aDryRunHasNothingToTell() throws Exception {
    initialize(ManagerKind.USUAL);
    colony.force("add", List.of(), OptionalInt.of(2), "--dry_run");
    assertThat(told).isEmpty();
  }

  @Test
  void aListenerThatFailsHoldsNothingUp() throws Exception {
    initialize(ManagerKind.USUAL);
    colony.work = new WorkListener() {
      @Override
      public void advances(Work work) {
        throw new IllegalStateException("broken");
      }
    };
    assertThat(force("add", 2).failed()).isFalse();
    assertThat(colony.nodes()).hasSize(2);
  }

  @Test
  void askedToEndItFinishesWhatIsUnderWayAndBeginsNothingMore() throws Exception {
    initialize(SERIAL, "--action_delay", "60000");
    endOnce(work -> work.done() == 2);

    ManualResult result = force("add", 5);

    assertThat(result.lines()).containsExactly("added antnode0001.service", "added antnode0002.service");
    assertThat(ended).singleElement().satisfies(work -> {
      assertThat(work.summary()).isEqualTo("added 2 of 5 nodes");
      assertThat(work.waiting()).hasSize(3);
    });
    assertThat(colony.openOperations()).isZero();

    colony.goesOn = () -> true;
    force("add", 3);
    assertThat(colony.nodes()).extracting(Node::id).containsExactly(1, 2, 3, 4, 5);
    assertThat(colony.machine.running()).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
  }

  @Test
  void askedToEndWhileItWaitsBetweenTwoOperationsItWaitsNoLonger() throws Exception {
    initialize(SERIAL, "--action_delay", "3600000");
    boolean[] asked = {false};
    colony.goesOn = () -> !asked[0];
    colony.meanwhile = () -> asked[0] = true;

    assertThat(force("add", 2).lines()).containsExactly("added antnode0001.service");
    assertThat(colony.pauses).hasSize(1);
  }

  @Test
  void askedToEndBeforeAnythingIsBegunItSaysSo() throws Exception {
    initialize(ManagerKind.USUAL, "--delay_start", "0", "--node_cap", "2");
    force("add", 2);
    colony.cycle();
    colony.goesOn = () -> false;

    for (String action : List.of("add", "stop", "remove")) {
      ManualResult result = force(action, 1);
      assertThat(result.failed()).as(action).isTrue();
      assertThat(result.lines()).as(action).containsExactly("nothing was begun: wnm was asked to end");
    }
    colony.force("teardown", List.of(), OptionalInt.empty());
    assertThat(colony.nodes()).hasSize(2);
    assertThat(colony.machine.running()).hasSize(2);
  }

  @Test
  void askedToEndWhileGroupsAreMadeItMakesNoMoreAndTheNextOrderGoesOn() throws Exception {
    initialize(GROUPS, "--node_cap", "12", "--max_node_per_container", "2", "--min_container_count", "6");
    endOnce(work -> work.things() == Work.Things.GROUPS && work.done() == 4);

    assertThat(force("add", 6).lines()).containsExactly("nothing was begun: wnm was asked to end");
    assertThat(colony.machine.groups().running()).hasSize(4);

    colony.goesOn = () -> true;
    force("add", 6);
    assertThat(colony.machine.groups().running()).hasSize(6);
    assertThat(colony.nodes()).hasSize(6);
  }

  @Test
  void askedToEndARollOutLeavesTheGroupThatSettlesToTheNextCycleAndTheOthersToTheNextOrder() throws Exception {
    initialize(GROUPS, "--node_cap", "6", "--max_node_per_container", "2", "--min_container_count", "3",
        "--upgrade_settling_time", "60", "--delay_start", "0");
    force("add", 3);
    colony.cycle("--node_cap", "3");
    assertThat(colony.nodes()).allSatisfy(node -> assertThat(node.status()).isEqualTo(NodeStatus.RUNNING));
    colony.machine.groups().release("image:2", true);
    endOnce(work -> work.summary().startsWith("upgraded 1 of 3 groups") && work.underWay().contains("a2"));

    ManualResult cutOff = colony.force("upgrade_image", List.of(), OptionalInt.empty());

    assertThat(cutOff.fields()).containsEntry("upgraded_groups", List.of("a1"));
    assertThat(cutOff.lines()).singleElement().asString().contains("wnm was asked to end, and --force_action upgrade_image goes on");
    assertThat(colony.machine.groups().image("a2")).isEqualTo("image:2");
    assertThat(colony.machine.groups().image("a3")).isEqualTo("image");

    colony.goesOn = () -> true;
    colony.cycles(3);
    assertThat(colony.cycle().summary()).contains("was cut off before a3; --force_action upgrade_image goes on with it");
    assertThat(colony.force("upgrade_image", List.of(), OptionalInt.empty()).fields())
        .containsEntry("upgraded_groups", List.of("a1", "a2", "a3"));
    assertThat(colony.machine.groups().rebuilt()).as("none twice").containsExactly("a1", "a2", "a3");
  }
}
