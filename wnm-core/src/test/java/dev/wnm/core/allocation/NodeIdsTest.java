package dev.wnm.core.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NodeIdsTest {
  private static List<Integer> first(int count, PrimitiveIterator.OfInt ids) {
    return Stream.generate(ids::next).limit(count).toList();
  }

  @Test
  void holesAreFilledLowestFirstThenTheListGoesOn() {
    assertThat(first(2, NodeIds.fillingHoles(Set.of()))).containsExactly(1, 2);
    assertThat(first(4, NodeIds.fillingHoles(Set.of(5, 2, 3)))).containsExactly(1, 4, 6, 7);
  }

  @Test
  void anIdThatWasUsedOnceIsNeverGivenAgain() {
    assertThat(first(2, NodeIds.above(0))).containsExactly(1, 2);
    assertThat(first(3, NodeIds.above(7))).containsExactly(8, 9, 10);
  }

  @Test
  void aThousandIdsBesideAThousandCostOneLookEach() {
    AtomicInteger looks = new AtomicInteger();
    Set<Integer> taken = new AbstractSet<>() {
      @Override
      public boolean contains(Object id) {
        looks.incrementAndGet();
        return (Integer) id <= 1_000;
      }

      @Override
      public Iterator<Integer> iterator() {
        return Collections.emptyIterator();
      }

      @Override
      public int size() {
        return 1_000;
      }
    };
    assertThat(first(1_000, NodeIds.fillingHoles(taken))).startsWith(1_001).endsWith(2_000);
    assertThat(looks).hasValueLessThanOrEqualTo(2_001);
  }

  @Property
  void noIdIsGivenTwiceAndNoLowerOneStaysFree(
      @ForAll Set<@IntRange(min = 1, max = 60) Integer> taken, @ForAll @IntRange(min = 0, max = 40) int count) {
    List<Integer> ids = first(count, NodeIds.fillingHoles(taken));
    assertThat(ids).hasSize(count).doesNotHaveDuplicates().isSorted().noneMatch(taken::contains);
    if (count > 0) {
      int highest = ids.get(count - 1);
      assertThat(IntStream.rangeClosed(1, highest)).allMatch(id -> taken.contains(id) || ids.contains(id));
    }
  }
}
