package dev.wnm.fleet.placement;

import dev.wnm.fleet.model.HostName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/** Spreads container groups over hosts: each goes to the host with the most room, and takes the lowest block that its site has left. */
public final class Blocks {
  /** So many blocks of 200 ports fit between the ports that nodes usually have and the highest one. */
  public static final int OF_A_SITE = 52;

  private Blocks() {}

  /**
   * Where new groups go.
   *
   * @param claims those to be made, in the order in which they were chosen
   * @param notes why there are fewer than were asked for, and which hosts were passed over
   */
  public record Plan(List<Claim> claims, List<String> notes) {
    public Plan {
      claims = List.copyOf(claims);
      notes = List.copyOf(notes);
    }

    /** By host, the blocks that it gets. */
    public Map<HostName, List<Integer>> byHost() {
      Map<HostName, List<Integer>> blocks = new TreeMap<>();
      claims.forEach(claim -> blocks.computeIfAbsent(claim.host(), any -> new ArrayList<>()).add(claim.block()));
      return blocks;
    }
  }

  /** A host while groups are given out. */
  private record Load(Candidate host, long room) {}

  /**
   * Plans so many more groups, or as many as there is room for.
   *
   * @param groups how many, 1 or more
   * @param size nodes in each
   * @param hosts who may get some
   * @param claimed the claims that there are, of these hosts and of others
   */
  public static Plan plan(int groups, int size, Collection<Candidate> hosts, Collection<Claim> claimed) {
    Map<String, Set<Integer>> taken = new HashMap<>();
    claimed.forEach(claim -> taken.computeIfAbsent(claim.site(), any -> new HashSet<>()).add(claim.block()));
    PriorityQueue<Load> loads = new PriorityQueue<>(Comparator.comparingLong(Load::room).reversed().thenComparing(load -> load.host().host()));
    List<String> notes = new ArrayList<>();
    for (Candidate host : hosts) {
      host.room().ifPresentOrElse(room -> loads.add(new Load(host, room)),
          () -> notes.add(host.host() + " gets none: how much room it has is not known"));
    }
    List<Claim> claims = new ArrayList<>();
    Map<String, String> full = new LinkedHashMap<>();
    while (claims.size() < groups && !loads.isEmpty() && loads.peek().room() >= size) {
      Load most = loads.remove();
      String site = most.host().site();
      Optional<Integer> block = lowestFree(taken.computeIfAbsent(site, any -> new HashSet<>()));
      if (block.isEmpty()) {
        full.put(site, "site " + site + " has no block left: all " + OF_A_SITE + " are claimed");
        continue;
      }
      taken.get(site).add(block.get());
      claims.add(new Claim(site, block.get(), most.host().host()));
      loads.add(new Load(most.host(), most.room() - size));
    }
    notes.addAll(full.values());
    if (claims.size() < groups) {
      notes.add(claims.size() + " of " + groups + " groups find room: no further host has room for " + size + " nodes");
    }
    return new Plan(claims, notes);
  }

  private static Optional<Integer> lowestFree(Set<Integer> taken) {
    for (int block = 1; block <= OF_A_SITE; block++) {
      if (!taken.contains(block)) {
        return Optional.of(block);
      }
    }
    return Optional.empty();
  }
}
