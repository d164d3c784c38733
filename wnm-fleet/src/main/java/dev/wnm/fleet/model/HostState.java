package dev.wnm.fleet.model;

import dev.wnm.core.allocation.BlockList;
import dev.wnm.core.report.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a host says of itself: its latest cycle, in 1 to 4 KB ({@link HostStateJson}). Nodes one by one are there when asked for
 * ({@link Question}). What is not known is absent.
 *
 * @param host its name
 * @param run which machine says so, and in which order
 * @param at when, by the host's own clock
 * @param labels what operators said of it when it joined
 * @param wnm the version of its wnm
 * @param interval how long it usually is between two states
 * @param nodes how its nodes are
 * @param resources what the machine has, against both thresholds
 * @param outlook whether all is well, and what comes next
 * @param limits the settings in force that decisions depend on, by option name
 * @param groups its container groups; empty where its nodes do not live in such, or that is not known
 * @param answer what became of the latest wish
 */
public record HostState(HostName host, Run run, Instant at, Labels labels, String wnm, Duration interval, Nodes nodes,
    List<Resource> resources, Outlook outlook, Map<String, String> limits, Optional<Groups> groups, WishAnswer answer) {
  private static final Duration LATE = Duration.ofMinutes(30);

  public HostState {
    resources = List.copyOf(resources);
    limits = Collections.unmodifiableMap(new TreeMap<>(limits));
  }

  /**
   * Which machine speaks.
   *
   * @param hostId made once, when it joined: 32 hexadecimal digits. A copy of its disk has the same
   * @param bootId what changes with every boot of the machine
   * @param sequence greater with every state, over all boots
   * @param twin the boot id of another machine that speaks with this one's identity, where it noticed one
   */
  public record Run(String hostId, String bootId, long sequence, Optional<String> twin) {}

  /**
   * How the nodes are.
   *
   * @param byStatus how many, by the words of the reports on nodes
   * @param byVersion how many of those that run, by program and version; {@code unknown} where that is not known
   * @param cap the most there may be
   * @param troubled of how many something is wrong; empty where that is not known
   * @param lookedAt when all were looked at; empty when they never were
   */
  public record Nodes(Map<String, Integer> byStatus, Map<String, Integer> byVersion, OptionalInt cap, OptionalInt troubled, Optional<Instant> lookedAt) {
    private static final int MOST = 1_000_000;

    public Nodes {
      byStatus = Collections.unmodifiableMap(new TreeMap<>(byStatus));
      byVersion = Collections.unmodifiableMap(new TreeMap<>(byVersion));
      if (Stream.of(byStatus, byVersion).anyMatch(counts -> counts.values().stream().mapToLong(Integer::longValue).sum() > MOST)) {
        throw new IllegalArgumentException("no host has more than " + MOST + " nodes");
      }
    }

    /** All of them. */
    public int total() {
      return byStatus.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many are so. */
    public int in(String status) {
      return byStatus.getOrDefault(status, 0);
    }

    /** How many of those that run have this version, of whichever program. */
    public int ofVersion(String version) {
      return byVersion.entrySet().stream().filter(entry -> entry.getKey().equals(version) || entry.getKey().endsWith(" " + version))
          .mapToInt(Map.Entry::getValue).sum();
    }
  }

  /**
   * One resource.
   *
   * @param name such as {@code Memory}
   * @param state {@code room}, {@code enough}, {@code pressure} or {@code unknown}
   * @param used in the resource's own unit
   * @param room nodes are added below this
   * @param pressure nodes are stopped above this
   * @param roomForNodes about how many more fit
   */
  public record Resource(String name, String state, OptionalDouble used, OptionalDouble room, OptionalDouble pressure, OptionalLong roomForNodes) {}

  /**
   * How it stands and what comes next.
   *
   * @param verdict {@code well}, {@code trouble} or {@code unknown}
   * @param sentence the same in words
   * @param troubles what is wrong, each with what to do
   * @param next what the next cycle would do
   * @param whyNotMore what keeps it from adding more
   * @param last what was decided last, with its reasons
   * @param lastAt when that was
   */
  public record Outlook(String verdict, String sentence, List<Trouble> troubles, List<String> next, List<String> whyNotMore, String last,
      Optional<Instant> lastAt) {
    public Outlook {
      troubles = List.copyOf(troubles);
      next = List.copyOf(next);
      whyNotMore = List.copyOf(whyNotMore);
    }
  }

  /**
   * What is wrong.
   *
   * @param word it in one word, such as {@code no-upgrade}; empty where it has none
   * @param what in a clause
   * @param mend what to do about it; may be empty
   */
  public record Trouble(String word, String what, String mend) {
    /** The word for that nodes do not get a version after failures. */
    private static final String NO_UPGRADE = Problem.NO_UPGRADE;

    /** Whether it is that nodes do not get this version after failures. */
    public boolean isSetbackOf(String version) {
      return word.equals(NO_UPGRADE) && (what + " ").contains(" version " + version + " ");
    }
  }

  /**
   * Its container groups.
   *
   * @param size the most nodes in each, 1 or more
   * @param portStart where the ports of block 1 begin, in thousands
   * @param allowed which blocks of ports new ones may have
   * @param there those that there are
   */
  public record Groups(int size, int portStart, BlockList allowed, List<Group> there) {
    public Groups {
      there = List.copyOf(there);
      if (size < 1 || portStart < 1) {
        throw new IllegalArgumentException("groups of " + size + " nodes with ports from " + portStart + " thousand: both must be at least 1");
      }
    }
  }

  /**
   * A container group.
   *
   * @param name such as {@code a3}
   * @param block which block of ports and node numbers it has, 1 or more
   * @param nodes how many nodes are of it
   */
  public record Group(String name, int block, int nodes) {}

  /** Whether it tells how the nodes were lately: where nobody cycles any more, it says for ever what the last cycle saw. */
  public boolean isOfLate() {
    return nodes.lookedAt().map(looked -> looked.isAfter(at.minus(LATE))).orElse(nodes.total() == 0);
  }

  /** About how many more nodes fit, by the scarcest resource of which that is known; empty where it is known of none. */
  public OptionalLong room() {
    return resources.stream().flatMapToLong(resource -> resource.roomForNodes().stream()).min();
  }
}
