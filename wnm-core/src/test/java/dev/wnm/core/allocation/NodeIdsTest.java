package dev.wnm.core.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NodeIdsTest {
  @Test
  void holesAreFilledLowestFirstThenTheListGoesOn() {
    assertThat(NodeIds.fillingHoles(List.of(), 2)).containsExactly(1, 2);
    assertThat(NodeIds.fillingHoles(List.of(5, 2, 3), 4)).containsExactly(1, 4, 6, 7);
  }

  @Test
  void anIdThatWasUsedOnceIsNeverGivenAgain() {
    assertThat(NodeIds.above(0, 2)).containsExactly(1, 2);
    assertThat(NodeIds.above(7, 3)).containsExactly(8, 9, 10);
    assertThat(NodeIds.above(7, 0)).isEmpty();
  }

  @Property
  void noIdIsGivenTwiceAndNoLowerOneStaysFree(
      @ForAll Set<@IntRange(min = 1, max = 60) Integer> taken, @ForAll @IntRange(min = 0, max = 40) int count) {
    List<Integer> ids = NodeIds.fillingHoles(taken, count);
    assertThat(ids).hasSize(count).doesNotHaveDuplicates().isSorted().noneMatch(taken::contains);
    if (count > 0) {
      int highest = ids.get(count - 1);
      assertThat(IntStream.rangeClosed(1, highest)).allMatch(id -> taken.contains(id) || ids.contains(id));
    }
  }
}
