package dev.wnm.core.allocation;

import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.stream.IntStream;

/** Ids for new nodes where nodes live side by side; for container groups see {@link GroupAllocator}. */
public final class NodeIds {
  private NodeIds() {}

  /**
   * The free ids from 1 on, lowest first, without end. Giving out any number of them costs one look at each.
   *
   * @param taken ids in use; what is added to it meanwhile is left out as well
   */
  public static PrimitiveIterator.OfInt fillingHoles(Set<Integer> taken) {
    return IntStream.rangeClosed(1, Integer.MAX_VALUE).filter(id -> !taken.contains(id)).iterator();
  }

  /**
   * The ids after the highest one ever used, without end, for back ends that never use an id twice.
   *
   * @param highestUsed the highest id ever used, 0 when none was
   */
  public static PrimitiveIterator.OfInt above(int highestUsed) {
    return IntStream.rangeClosed(Math.addExact(Math.max(0, highestUsed), 1), Integer.MAX_VALUE).iterator();
  }
}
