package dev.wnm.fleet.placement;

import dev.wnm.fleet.model.HostName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Spreads container groups over hosts: each goes to the host with the most room, and takes the lowest block that its site has left. */
public final class Blocks {
  private final Map<String, Map<Integer, HostName>> owners = new HashMap<>();
  private final Map<String, Candidate.Layout> layouts = new HashMap<>();
  private final List<Claim> claims = new ArrayList<>();
  private final Set<String> notes = new LinkedHashSet<>();

  private Blocks(Collection<Claim> claimed) {
    claimed.forEach(claim -> owners.computeIfAbsent(claim.site(), any -> new TreeMap<>()).put(claim.block(), claim.host()));
  }

  /**
   * Whose which block is to be.
   *
   * @param claims those to be made: of groups that are there and nobody has claimed, then of new ones in the order in which they were chosen
   * @param blocks all blocks of each host, with those to be claimed
   * @param notes why there are fewer than were asked for, which hosts were passed over, and what does not fit together
   */
  public record Plan(List<Claim> claims, Map<HostName, SortedSet<Integer>> blocks, List<String> notes) {
    public Plan {
      claims = List.copyOf(claims);
      notes = List.copyOf(notes);
    }
  }

  /** A host while groups are given out. */
  private record Load(Candidate host, long room) {}

  /**
   * Plans so many more groups, or as many as there is room for.
   *
   * @param groups how many more, 0 or more
   * @param hosts all of the fleet whose nodes live in groups, whether they may get more or not
   * @param claimed the claims that there are, of these hosts and of others
   */
  public static Plan plan(int groups, Collection<Candidate> hosts, Collection<Claim> claimed) {
    Blocks blocks = new Blocks(claimed);
    List<Candidate> byName = hosts.stream().sorted(Comparator.comparing(Candidate::host)).toList();
    byName.forEach(blocks::takeIn);
    blocks.grow(groups, byName);
    return new Plan(blocks.claims, blocks.byHost(byName), List.copyOf(blocks.notes));
  }

  /** The groups that it has keep their blocks, where no other host has claimed these. */
  private void takeIn(Candidate host) {
    Candidate.Layout layout = layouts.computeIfAbsent(host.site(), any -> host.layout());
    if (!layout.equals(host.layout())) {
      notes.add(host.host() + " has " + host.layout() + ", and other hosts of site " + host.site() + " " + layout
          + ": it gets none, and its ports may be those of others");
      return;
    }
    Map<Integer, HostName> taken = owners.computeIfAbsent(host.site(), any -> new TreeMap<>());
    for (int block : host.there()) {
      HostName owner = taken.get(block);
      if (owner == null) {
        claim(host, block);
      } else if (!owner.equals(host.host())) {
        notes.add(host.host() + " has a group in block " + block + " of site " + host.site() + ", which is " + owner + "'s: it gets no more nodes");
      }
    }
  }

  private void claim(Candidate host, int block) {
    owners.computeIfAbsent(host.site(), any -> new TreeMap<>()).put(block, host.host());
    claims.add(new Claim(host.site(), block, host.host()));
  }

  private void grow(int groups, List<Candidate> hosts) {
    PriorityQueue<Load> loads = new PriorityQueue<>(Comparator.comparingLong(Load::room).reversed().thenComparing(load -> load.host().host()));
    hosts.stream().filter(host -> host.mayGrow() && fits(host)).forEach(host -> host.room().ifPresentOrElse(room -> loads.add(new Load(host, room)),
        () -> notes.add(host.host() + " gets none: how much room it has is not known")));
    Map<String, String> full = new LinkedHashMap<>();
    int given = 0;
    while (given < groups && !loads.isEmpty()) {
      Load most = loads.remove();
      Candidate host = most.host();
      if (most.room() < host.layout().size()) {
        continue;
      }
      Optional<Integer> block = lowestFree(host);
      if (block.isEmpty()) {
        full.put(host.site(), "site " + host.site() + " has no block left: all " + host.layout().blocks() + " are claimed");
        continue;
      }
      claim(host, block.get());
      given++;
      loads.add(new Load(host, most.room() - host.layout().size()));
    }
    notes.addAll(full.values());
    if (given < groups) {
      notes.add(given + " of " + groups + " groups find room: no further host has room for one more");
    }
  }

  private boolean fits(Candidate host) {
    return host.layout().equals(layouts.get(host.site()));
  }

  private Optional<Integer> lowestFree(Candidate host) {
    Map<Integer, HostName> taken = owners.getOrDefault(host.site(), Map.of());
    for (int block = 1; block <= host.layout().blocks(); block++) {
      if (!taken.containsKey(block)) {
        return Optional.of(block);
      }
    }
    return Optional.empty();
  }

  private Map<HostName, SortedSet<Integer>> byHost(List<Candidate> hosts) {
    Map<HostName, SortedSet<Integer>> blocks = new TreeMap<>();
    for (Candidate host : hosts) {
      SortedSet<Integer> own = new TreeSet<>();
      owners.getOrDefault(host.site(), Map.of()).forEach((block, owner) -> {
        if (owner.equals(host.host())) {
          own.add(block);
        }
      });
      blocks.put(host.host(), own);
    }
    return blocks;
  }
}
