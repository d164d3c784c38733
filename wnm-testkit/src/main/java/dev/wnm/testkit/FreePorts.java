package dev.wnm.testkit;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Finds ports that nothing uses, outside the range from which systems hand out ports by themselves. No port comes twice. */
public final class FreePorts {
  private static final int LOWEST = 15_000;
  private static final int HIGHEST = 32_000;
  private static final int TRIES = 200;
  private static final int THOUSAND = 1_000;
  private static final int LOWEST_THOUSANDS = 2;
  /** Where wnm's own ranges begin unless told otherwise: a test may give some starts and leave others. */
  private static final Set<Integer> DEFAULTS = Set.of(13, 30);

  /** Not in use yet, maybe, but meant for somebody; tests of several classes may run side by side. */
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private FreePorts() {}

  /** A port that is free for UDP and for TCP right now. */
  public static int next() {
    return run(1);
  }

  /** The first of some ports in a row, all of them free for UDP and for TCP right now. */
  public static int run(int count) {
    for (int i = 0; i < TRIES; i++) {
      int first = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST - count);
      int free = 0;
      while (free < count && isFree(first + free)) {
        free++;
      }
      if (free == count && take(first, count)) {
        return first;
      }
    }
    throw new IllegalStateException("no " + count + " free ports in a row between " + LOWEST + " and " + HIGHEST);
  }

  /**
   * Some numbers, each the thousands that a port range begins at ({@code port_start} and the like): the ports N × 1000 + 1
   * and those after it are all free for UDP and for TCP right now.
   *
   * @param ranges how many ranges
   * @param count how many ports of each
   */
  public static List<Integer> thousands(int ranges, int count) {
    List<Integer> candidates = new ArrayList<>(
        IntStream.rangeClosed(LOWEST_THOUSANDS, HIGHEST / THOUSAND - 1).boxed().filter(start -> !DEFAULTS.contains(start))
            .toList());
    Collections.shuffle(candidates);
    List<Integer> free = candidates.stream()
        .filter(start -> IntStream.rangeClosed(1, count).allMatch(i -> isFree(start * THOUSAND + i)))
        .limit(ranges).toList();
    if (free.size() < ranges) {
      throw new IllegalStateException("no " + ranges + " ranges of " + count + " free ports below " + HIGHEST);
    }
    return free;
  }

  private static synchronized boolean take(int first, int count) {
    List<Integer> ports = IntStream.range(first, first + count).boxed().toList();
    return ports.stream().noneMatch(GIVEN::contains) && GIVEN.addAll(ports);
  }

  private static boolean isFree(int port) {
    try (ServerSocket tcp = new ServerSocket(port, 1, InetAddress.getByAddress(new byte[4]));
        DatagramSocket udp = new DatagramSocket(port)) {
      return tcp.isBound() && udp.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
