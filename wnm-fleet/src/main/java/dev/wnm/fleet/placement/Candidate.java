package dev.wnm.fleet.placement;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostState;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A host whose nodes live in container groups.
 *
 * @param host it
 * @param site hosts of one site share one public address, and so may not have the same block
 * @param layout which ports its blocks have
 * @param there the blocks of the groups that it has
 * @param room about how many more nodes fit beside those that fill its groups; empty where that is not known, and then it gets none
 * @param mayGrow whether it may get more groups
 */
public record Candidate(HostName host, String site, Layout layout, SortedSet<Integer> there, OptionalLong room, boolean mayGrow) {
  /**
   * Which ports blocks have.
   *
   * @param portStart where those of block 1 begin, in thousands
   * @param size how many there are in a block, 1 or more
   */
  public record Layout(int portStart, int size) {
    private static final int HIGHEST_PORT = 65_535;

    /** How many blocks there are. */
    public int blocks() {
      return Math.max(0, (HIGHEST_PORT - portStart * 1_000) / size);
    }

    @Override
    public String toString() {
      return "blocks of " + size + " ports from " + (portStart * 1_000 + 1);
    }
  }

  /** One by what it said of itself. @param held how many blocks are its own, whether it has groups there yet or not */
  static Candidate of(HostName host, String site, HostState said, HostState.Groups groups, int held, boolean mayGrow) {
    TreeSet<Integer> there = new TreeSet<>();
    groups.there().forEach(group -> there.add(group.block()));
    long filling = (long) held * groups.size() - groups.there().stream().mapToLong(HostState.Group::nodes).sum();
    OptionalLong room = said.room();
    return new Candidate(host, site, new Layout(groups.portStart(), groups.size()), there,
        room.isPresent() ? OptionalLong.of(room.getAsLong() - Math.max(0, filling)) : room, mayGrow);
  }
}
