package dev.wnm.core.allocation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Ids for new nodes where nodes live side by side; for container groups see {@link GroupAllocator}. */
public final class NodeIds {
  private NodeIds() {}

  /**
   * The lowest free ids from 1 on, lowest first.
   *
   * @param taken ids in use, in any order
   * @param count how many are wanted, 0 or more
   */
  public static List<Integer> fillingHoles(Collection<Integer> taken, int count) {
    return lowestFree(1, Integer.MAX_VALUE, taken, count);
  }

  /**
   * The ids after the highest one ever used, for back ends that never use an id twice.
   *
   * @param highestUsed the highest id ever used, 0 when none was
   * @param count how many are wanted, 0 or more
   */
  public static List<Integer> above(int highestUsed, int count) {
    int first = Math.addExact(Math.max(0, highestUsed), 1);
    return IntStream.range(first, Math.addExact(first, count)).boxed().toList();
  }

  /** Up to {@code count} free ids from {@code first} to {@code last}, lowest first. */
  static List<Integer> lowestFree(int first, int last, Collection<Integer> taken, int count) {
    Set<Integer> used = new HashSet<>(taken);
    List<Integer> free = new ArrayList<>();
    for (int id = first; id <= last && free.size() < count; id++) {
      if (!used.contains(id)) {
        free.add(id);
      }
    }
    return List.copyOf(free);
  }
}
