package dev.wnm.core.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.allocation.GroupPlan.Slot;
import dev.wnm.spi.model.ContainerGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GroupAllocatorTest {
  @Test
  void theFirstNodeBringsTheFirstGroups() {
    GroupPlan plan = new GroupAllocator(new GroupBlocks(5, 200), 3).plan(List.of(), 1);
    assertThat(plan.newGroups()).extracting(ContainerGroup::name).containsExactly("a1", "a2", "a3");
    assertThat(plan.slots()).extracting(Slot::id).containsExactly(1);
  }

  @Test
  void nothingIsCreatedForNothing() {
    GroupPlan plan = new GroupAllocator(new GroupBlocks(5, 200), 3).plan(List.of(), 0);
    assertThat(plan.newGroups()).isEmpty();
    assertThat(plan.waves()).isEmpty();
  }

  @Test
  void nodesSpreadOverTheGroupsTheFirstOfEachBeforeAllOthers() {
    GroupPlan plan = new GroupAllocator(new GroupBlocks(3, 200), 3).plan(List.of(), 8);
    assertThat(plan.waves()).hasSize(2);
    assertThat(plan.waves().get(0)).extracting(Slot::id).containsExactly(1, 201, 401);
    assertThat(plan.waves().get(1)).extracting(Slot::id).containsExactly(2, 202, 402, 3, 203);
  }

  @Test
  void theLeastLoadedGroupTakesTheNextNodeIntoItsLowestHole() {
    GroupAllocator allocator = new GroupAllocator(new GroupBlocks(2, 10), 1);
    GroupPlan plan = allocator.plan(List.of(group(1, 10, 1, 2, 3), group(2, 10, 11, 13)), 2);
    assertThat(plan.slots()).extracting(Slot::id).containsExactly(12, 4);
    assertThat(plan.waves()).hasSize(1);
  }

  @Test
  void anotherGroupIsCreatedOnlyWhenAllAreFull() {
    GroupAllocator allocator = new GroupAllocator(new GroupBlocks(3, 2), 1);
    GroupPlan plan = allocator.plan(List.of(group(1, 2, 1), group(3, 2, 5, 6)), 3);
    assertThat(plan.newGroups()).extracting(ContainerGroup::name).containsExactly("a2");
    assertThat(plan.slots()).extracting(Slot::id).containsExactly(2, 3, 4);
  }

  @Test
  void whenAllGroupsAllowedAreFullFewerNodesArePlanned() {
    assertThat(new GroupAllocator(new GroupBlocks(2, 2), 1).plan(List.of(), 9).slots()).hasSize(4);
  }

  @Test
  void aGroupThatMayTakeNoNodesKeepsItsIds() {
    GroupUse closed = new GroupUse(new ContainerGroup(1, 4), false, Set.of(1));
    GroupPlan plan = new GroupAllocator(new GroupBlocks(2, 4), 1).plan(List.of(closed), 1);
    assertThat(plan.newGroups()).extracting(ContainerGroup::name).containsExactly("a2");
    assertThat(plan.slots()).extracting(Slot::id).containsExactly(5);
  }

  @Test
  void groupsOfAnotherSizeAreRefused() {
    assertThatThrownBy(() -> new GroupAllocator(new GroupBlocks(2, 4), 1).plan(List.of(group(1, 8)), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("group a1 was made for 8 nodes, but max_node_per_container is 4");
  }

  @Property
  void aFleetGrownAndShrunkAtWillNeverSharesAnIdAndStaysInItsBlocks(
      @ForAll @IntRange(min = 1, max = 5) int groups,
      @ForAll @IntRange(min = 1, max = 6) int size,
      @ForAll @IntRange(min = 1, max = 3) int minimum,
      @ForAll long seed) {
    Random random = new Random(seed);
    GroupAllocator allocator = new GroupAllocator(new GroupBlocks(groups, size), minimum);
    Map<Integer, Set<Integer>> fleet = new HashMap<>();
    for (int step = 0; step < 12; step++) {
      Set<Integer> before = fleet.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
      boolean full = fleet.values().stream().allMatch(ids -> ids.size() == size);
      int wanted = random.nextInt(6);
      GroupPlan plan = allocator.plan(uses(fleet, size), wanted);
      assertThat(plan.slots()).hasSize(Math.min(wanted, groups * size - before.size()));
      if (!full && fleet.size() >= minimum && !plan.newGroups().isEmpty()) {
        assertThat(plan.slots().size()).isGreaterThan(fleet.size() * size - before.size());
      }
      plan.newGroups().forEach(group -> assertThat(fleet.put(group.index(), new HashSet<>())).isNull());
      assertThat(plan.waves()).hasSizeLessThanOrEqualTo(2);
      plan.waves().stream().findFirst().ifPresent(wave ->
          assertThat(wave).extracting(Slot::group).doesNotHaveDuplicates());
      for (Slot slot : plan.slots()) {
        Set<Integer> ids = fleet.get(slot.group().index());
        assertThat(slot.group().owns(slot.id())).isTrue();
        assertThat(IntStream.range(slot.group().firstId(), slot.id())).allMatch(ids::contains);
        assertThat(ids.add(slot.id())).isTrue();
      }
      fleet.values().forEach(ids -> ids.removeIf(id -> random.nextInt(4) == 0));
    }
  }

  @Property
  void groupsThatStartEmptyNeverDifferByMoreThanOneNode(
      @ForAll @IntRange(min = 1, max = 5) int groups, @ForAll @IntRange(min = 0, max = 40) int count) {
    GroupPlan plan = new GroupAllocator(new GroupBlocks(groups, 8), groups).plan(List.of(), count);
    List<Long> loads = IntStream.rangeClosed(1, groups)
        .mapToObj(index -> plan.slots().stream().filter(slot -> slot.group().index() == index).count())
        .toList();
    assertThat(loads.get(0) - loads.get(groups - 1)).isBetween(0L, 1L);
  }

  private static GroupUse group(int index, int size, Integer... takenIds) {
    return new GroupUse(new ContainerGroup(index, size), true, Set.of(takenIds));
  }

  private static List<GroupUse> uses(Map<Integer, Set<Integer>> fleet, int size) {
    List<GroupUse> uses = new ArrayList<>();
    fleet.forEach((index, ids) -> uses.add(new GroupUse(new ContainerGroup(index, size), true, ids)));
    return uses;
  }
}
