package dev.wnm.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/**
 * The one place from which tests take ports: ports that nothing uses, outside the range from which systems hand out ports by
 * themselves. No port comes twice, neither in this JVM nor in another one that runs tests beside it ({@link PortLocks}); a
 * port is its JVM's until that ends.
 */
public final class FreePorts {
  private static final int LOWEST = 15_000;
  private static final int HIGHEST = 32_000;
  private static final int TRIES = 500;
  private static final int THOUSAND = 1_000;
  /** At the beginning of each thousand, left to {@link #thousands} by all others: single ports would soon use them up. */
  private static final int MOST_OF_A_THOUSAND = 200;
  private static final int RANGES_OF_A_COLONY = 3;
  /**
   * What {@link #thousands} gives: without 13 and 30, at which wnm's own ranges begin unless told otherwise, without 16 and 17,
   * from which its demo takes what is free, without 33 to 60, from which Linux hands out ports, and without 61 to 64, which
   * tests name in listings and command lines.
   */
  private static final List<Integer> STARTS =
      IntStream.rangeClosed(2, 32).filter(start -> start != 13 && start != 30 && start != 16 && start != 17).boxed().toList();

  /** Single ports come out of blocks, so that rows of them stay to be had. */
  private static final int BLOCK = 50;
  private static PrimitiveIterator.OfInt block = IntStream.empty().iterator();

  private FreePorts() {}

  /** A port that is free for UDP and for TCP. */
  public static synchronized int next() {
    while (true) {
      if (!block.hasNext()) {
        int first = row(BLOCK, PortLocks::take);
        block = IntStream.range(first, first + BLOCK).iterator();
      }
      while (block.hasNext()) {
        int port = block.next();
        if (isFree(port, SocketTable.udpPorts())) {
          return port;
        }
      }
    }
  }

  /**
   * The first of some ports in a row, all of them free for UDP and for TCP.
   *
   * @param count how many; at most 800
   */
  public static int run(int count) {
    if (count < 1 || count > THOUSAND - MOST_OF_A_THOUSAND) {
      throw new IllegalArgumentException(count + " ports in a row: 1 to " + (THOUSAND - MOST_OF_A_THOUSAND) + " can be had");
    }
    return row(count, FreePorts::take);
  }

  /** @param take takes some ports from a first one on, or says that they cannot be had */
  private static int row(int count, BiPredicate<Integer, Integer> take) {
    for (int i = 0; i < TRIES; i++) {
      int thousand = ThreadLocalRandom.current().nextInt(LOWEST / THOUSAND, HIGHEST / THOUSAND);
      int first = thousand * THOUSAND + ThreadLocalRandom.current().nextInt(MOST_OF_A_THOUSAND, THOUSAND - count + 1);
      if (take.test(first, count)) {
        return first;
      }
    }
    throw new IllegalStateException("no " + count + " free ports in a row between " + LOWEST + " and " + HIGHEST);
  }

  /**
   * Some numbers, each the thousands that a port range begins at ({@code port_start} and the like), the lowest first: the
   * ports N × 1000 + 1 and those after it are all free for UDP and for TCP. Never wnm's own defaults: a test may give
   * some starts and leave others. There are not many, so {@link #giveBack give them back}; where others have them all, this
   * waits until some come back.
   *
   * @param ranges how many ranges; at most 3
   * @param count how many ports of each; at most 199
   */
  public static List<Integer> thousands(int ranges, int count) {
    if (ranges < 1 || ranges > RANGES_OF_A_COLONY || count < 1 || count >= MOST_OF_A_THOUSAND) {
      throw new IllegalArgumentException(ranges + " ranges of " + count + " ports: 1 to " + RANGES_OF_A_COLONY + " ranges of 1 to "
          + (MOST_OF_A_THOUSAND - 1) + " can be had");
    }
    return Eventually.eventually(ranges + " ranges of " + count + " free ports", () -> freeThousands(ranges, count));
  }

  /** Two as {@link #thousands} gives them, one right above the other. @param count how many ports of each; at most 199 */
  public static List<Integer> neighbours(int count) {
    return Eventually.eventually("two ranges of " + count + " free ports side by side", () -> freeNeighbours(count));
  }

  private static Optional<List<Integer>> freeNeighbours(int count) {
    List<Integer> starts = new ArrayList<>(STARTS);
    Collections.shuffle(starts);
    for (int start : starts) {
      if (STARTS.contains(start + 1) && take(start * THOUSAND + 1, count)) {
        if (take((start + 1) * THOUSAND + 1, count)) {
          return Optional.of(List.of(start, start + 1));
        }
        giveBack(List.of(start));
      }
    }
    return Optional.empty();
  }

  /** Lets others have what {@link #thousands} gave, now that nothing listens there any more. */
  public static void giveBack(List<Integer> thousands) {
    thousands.forEach(start -> PortLocks.release(start * THOUSAND + 1));
  }

  /** All or none: where two that wait had half of what they need each, neither would ever get the other half. */
  private static Optional<List<Integer>> freeThousands(int ranges, int count) {
    List<Integer> starts = new ArrayList<>(STARTS);
    Collections.shuffle(starts);
    List<Integer> taken = starts.stream().filter(start -> take(start * THOUSAND + 1, count)).limit(ranges).sorted().toList();
    if (taken.size() < ranges) {
      giveBack(taken);
      return Optional.empty();
    }
    return Optional.of(taken);
  }

  private static boolean take(int first, int count) {
    if (!PortLocks.take(first, count)) {
      return false;
    }
    Set<Integer> udp = SocketTable.udpPorts();
    if (IntStream.range(first, first + count).allMatch(port -> isFree(port, udp))) {
      return true;
    }
    PortLocks.release(first);
    return false;
  }

  private static boolean isFree(int port, Set<Integer> udp) {
    return !udp.contains(port) && !SocketTable.isListenedOn(port);
  }
}
