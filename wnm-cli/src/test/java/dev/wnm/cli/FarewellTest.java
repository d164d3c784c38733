package dev.wnm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.config.OptionRegistry;
import dev.wnm.core.cycle.Order;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.work.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FarewellTest {
  private static List<String> said(String action, List<String> names, List<String> words, Work... works) {
    List<String> line = new ArrayList<>(List.of("--dbpath", "/my nodes/colony.db", "--force_action", action));
    line.addAll(words);
    return new Farewell(Optional.of(new Order(action, names, OptionalInt.empty())), line, OptionRegistry.ofClassPath()).of(List.of(works));
  }

  private static Work work(OperationKind kind, int total, int done, int failed, List<String> underWay, String... waiting) {
    return new Work(kind, Work.Things.NODES, total, done, failed, underWay, List.of(waiting));
  }

  private static List<String> services(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(id -> String.format("antnode%04d.service", id)).toList();
  }

  @Test
  void ofAddsTheCountIsSaidThatWasNotMadeAndIsNotUnderWay() {
    assertThat(said("add", List.of(), List.of("--count", "40"), work(OperationKind.ADD, 40, 12, 1, services(13, 13), "antnode0014.service")))
        .containsExactly("added 12 of 40 nodes, 1 failed; antnode0013.service was being added, and the next run settles what becomes of it",
            "to go on: wnm --dbpath '/my nodes/colony.db' --force_action add --count 27");
  }

  @Test
  void ofAllElseTheNodesAreNamedThatWereNotBegunUnlessTheyAreManyAndTheNumberMeansTheSame() {
    Work stopped = work(OperationKind.STOP, 6, 1, 0, services(2, 5), "antnode0006.service");
    assertThat(said("stop", List.of(), List.of("--count", "6"), stopped))
        .containsExactly("stopped 1 of 6 nodes; antnode0002.service, antnode0003.service, antnode0004.service and 1 more were being stopped,"
            + " and the next run settles what becomes of them", "to go on: wnm --dbpath '/my nodes/colony.db' --force_action stop --service_name antnode0006");

    String[] many = services(1, 30).toArray(String[]::new);
    assertThat(said("stop", List.of(), List.of(), work(OperationKind.STOP, 31, 1, 0, List.of(), many)).get(1)).endsWith(" stop --count 30");
    assertThat(said("upgrade", List.of(), List.of(), work(OperationKind.UPGRADE, 31, 1, 0, List.of(), many)).get(1))
        .as("those that have it would be upgraded again").contains(" --service_name antnode0001,antnode0002,");
    assertThat(said("stop", List.of("1", "2"), List.of(), work(OperationKind.STOP, 31, 1, 0, List.of(), many)).get(1))
        .contains(" --service_name antnode0001,");
  }

  @Test
  void whereNothingWasBegunTheSameCommandGoesOn() {
    assertThat(said("add", List.of(), List.of("--count", "4"))).containsExactly("nothing was begun",
        "to go on: wnm --dbpath '/my nodes/colony.db' --force_action add --count 4");
  }

  @Test
  void groupsAreNamedAsGroupsAndAnOrderForAllIsSaidAgain() {
    Work groups = new Work(OperationKind.UPGRADE, Work.Things.GROUPS, 3, 1, 0, List.of("a2"), List.of("a3"));
    assertThat(said("upgrade_image", List.of(), List.of(), groups)).containsExactly(
        "upgraded 1 of 3 groups; group a2 was being upgraded, and the next run settles what becomes of it",
        "to go on: wnm --dbpath '/my nodes/colony.db' --force_action upgrade_image");
    assertThat(said("teardown", List.of(), List.of("--confirm"), work(OperationKind.REMOVE, 2, 1, 0, List.of(), "antnode0002.service")).get(1))
        .endsWith("--force_action teardown --confirm");
  }

  @Test
  void whatIsAllDoneLeavesNothingToDoAndACycleGoesOnByItself() {
    Work all = work(OperationKind.ADD, 2, 2, 0, List.of());
    assertThat(said("add", List.of(), List.of("--count", "2"), all)).containsExactly("added 2 of 2 nodes", "nothing is left to do");
    assertThat(new Farewell(Optional.empty(), List.of(), OptionRegistry.ofClassPath()).of(List.of(all)))
        .containsExactly("added 2 of 2 nodes", "the next cycle goes on by itself");
  }
}
