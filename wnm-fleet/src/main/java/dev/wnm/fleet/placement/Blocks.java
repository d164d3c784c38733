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
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Spreads container groups over hosts: each goes to the host with the most room, and takes the lowest block that its site has left. Where no host has
 * room for one more, those get some whose room nobody can tell yet, such as new ones, the one with the fewest first: a block is but a range of ports, and how
 * many nodes it comes to hold is the host's to decide.
 */
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
   * @param missing how many of the new groups find no place
   * @param notes why there are fewer than were asked for, which hosts were passed over, and what does not fit together
   */
  public record Plan(List<Claim> claims, Map<HostName, SortedSet<Integer>> blocks, int missing, List<String> notes) {
    public Plan {
      claims = List.copyOf(claims);
      notes = List.copyOf(notes);
    }
  }

  /** A host while groups are given out. @param blocks how many it has */
  private record Load(Candidate host, OptionalLong room, int blocks) {
    static final Comparator<Load> MOST_ROOM_FIRST = Comparator.comparingLong((Load load) -> load.room().orElse(-1)).reversed()
        .thenComparingInt(Load::blocks).thenComparing(load -> load.host().host());

    boolean fitsOneMore() {
      return room.isEmpty() || room.getAsLong() >= host.layout().size();
    }

    Load withOneMore() {
      return new Load(host, room.isPresent() ? OptionalLong.of(room.getAsLong() - host.layout().size()) : room, blocks + 1);
    }
  }

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
    int missing = groups - blocks.grow(groups, byName);
    return new Plan(blocks.claims, blocks.byHost(byName), missing, List.copyOf(blocks.notes));
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

  /** @return how many find a place */
  private int grow(int groups, List<Candidate> hosts) {
    PriorityQueue<Load> loads = new PriorityQueue<>(Load.MOST_ROOM_FIRST);
    Map<HostName, SortedSet<Integer>> own = byHost(hosts);
    hosts.stream().filter(host -> host.mayGrow() && fits(host)).map(host -> new Load(host, host.room(), own.getOrDefault(host.host(), new TreeSet<>()).size()))
        .filter(Load::fitsOneMore).forEach(loads::add);
    Map<String, String> full = new LinkedHashMap<>();
    int given = 0;
    while (given < groups && !loads.isEmpty()) {
      Load most = loads.remove();
      Candidate host = most.host();
      Optional<Integer> block = lowestFree(host);
      if (block.isEmpty()) {
        full.put(host.site(), "site " + host.site() + " has no block left: all " + host.layout().blocks() + " are claimed");
        continue;
      }
      claim(host, block.get());
      given++;
      if (host.room().isEmpty()) {
        notes.add("how much room " + host.host() + " has is not known yet: it fills its groups while it can bear more nodes");
      }
      Optional.of(most.withOneMore()).filter(Load::fitsOneMore).ifPresent(loads::add);
    }
    notes.addAll(full.values());
    if (given < groups) {
      notes.add(given + " of " + groups + " groups find room: no further host has room for one more");
    }
    return given;
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
