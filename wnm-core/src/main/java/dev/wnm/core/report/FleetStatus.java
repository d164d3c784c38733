package dev.wnm.core.report;

import dev.wnm.core.allocation.BlockList;
import dev.wnm.core.allocation.GroupBlocks;
import dev.wnm.core.decision.GrowthForecast;
import dev.wnm.core.decision.Outlook;
import dev.wnm.core.history.PastDecision;
import dev.wnm.core.history.PastOperation;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.Release;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.ContainerGroup;
import dev.wnm.spi.program.SelfUpgrade;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * All that the report {@code status} tells.
 *
 * @param now the time of it
 * @param lastCycle when the last cycle measured the machine; empty when none has come to its end yet
 * @param nodes all nodes as they were last seen
 * @param nodeCap the most nodes there may be
 * @param health what is wrong, and what is unknown
 * @param outlook what the next cycle would do if it found the nodes so
 * @param growth how long it takes until all are begun that there may be; empty when they are
 * @param programs what the nodes are copies of
 * @param room how much room there is on the machine, beyond what the outlook says
 * @param past what was done and decided last
 * @param groups where nodes live in container groups: those that there are, and may be
 * @param limits the settings in force that decisions depend on, as texts by option name
 */
public record FleetStatus(
    Instant now, Optional<Instant> lastCycle, List<Node> nodes, int nodeCap, Health health, Outlook outlook,
    Optional<GrowthForecast> growth, Programs programs, Room room, Past past, Optional<Groups> groups, Map<String, String> limits) {
  public FleetStatus {
    nodes = List.copyOf(nodes);
    limits = Collections.unmodifiableMap(new LinkedHashMap<>(limits));
  }

  /**
   * Container groups.
   *
   * @param size the most nodes in each
   * @param portStart where the ports of block 1 begin, in thousands
   * @param allowed which blocks of ports new ones may have
   * @param groups those that there are, lowest first
   */
  public record Groups(int size, int portStart, BlockList allowed, List<Group> groups) {
    public Groups {
      groups = List.copyOf(groups);
    }

    /** By the rows of containers and nodes. */
    public static Groups of(GroupBlocks blocks, int portStart, List<Container> containers, List<Node> nodes) {
      Map<Integer, Long> counts = nodes.stream().filter(node -> node.containerId().isPresent())
          .collect(Collectors.groupingBy(node -> node.containerId().orElseThrow(), Collectors.counting()));
      return new Groups(blocks.size(), portStart, blocks.allowed(), containers.stream().filter(Container::isOfGroup)
          .flatMap(row -> ContainerGroup.named(row.name(), blocks.size()).map(group ->
              new Group(group, row.running(), row.id().map(id -> counts.getOrDefault(id, 0L)).orElse(0L).intValue())).stream())
          .sorted(Comparator.comparingInt(group -> group.group().index())).toList());
    }
  }

  /**
   * A container group as it was last seen.
   *
   * @param group it
   * @param running whether its container ran
   * @param nodes how many nodes are of it
   */
  public record Group(ContainerGroup group, boolean running, int nodes) {}

  /**
   * How much room there is.
   *
   * @param diskBytes the size of the one disk that all nodes are on; empty where it is unknown, or there are several
   * @param nodes about how many more nodes fit below the threshold for room, by what nodes were seen to use, by the resource's name;
   *     without those of which nobody can tell
   */
  public record Room(OptionalLong diskBytes, Map<String, Integer> nodes) {
    /** Nothing is known. */
    public static final Room UNKNOWN = new Room(OptionalLong.empty(), Map.of());

    public Room {
      nodes = Map.copyOf(nodes);
    }
  }

  /**
   * What was.
   *
   * @param lookedAt when all nodes were last looked at, if they ever were
   * @param measuredAt when their processes were last measured, if they ever were
   * @param operations what was done to nodes last, the newest first
   * @param decision what was decided last
   */
  public record Past(Optional<Instant> lookedAt, Optional<Instant> measuredAt, List<PastOperation> operations,
      Optional<PastDecision> decision) {
    /** Nothing is known. */
    public static final Past UNKNOWN = new Past(Optional.empty(), Optional.empty(), List.of(), Optional.empty());

    public Past {
      operations = List.copyOf(operations);
    }
  }

  /**
   * What is wrong, and what is unknown.
   *
   * @param troubled of how many nodes something is wrong, but for those of which nothing is known
   * @param troubles what is wrong with nodes, and what is unknown of them, each with what to do
   * @param brakes what earlier failures forbid altogether, each with what to do
   * @param unusable why wnm can do nothing at all, a sentence; empty when it can
   */
  public record Health(int troubled, List<Problem> troubles, List<Problem> brakes, Optional<String> unusable) {
    public Health {
      troubles = List.copyOf(troubles);
      brakes = List.copyOf(brakes);
    }
  }

  /**
   * What nodes are copies of.
   *
   * @param isUsable whether there is one that new and upgraded nodes could get
   * @param binary where that lies; empty where there is none, or the process manager fetches it
   * @param present what that is; empty where it is not known
   * @param selfUpgrade whether nodes upgrade themselves, by the names of the programs in use
   * @param upgrades whether wnm upgrades nodes
   * @param notes what an operator should know of them, a sentence each
   */
  public record Programs(boolean isUsable, Optional<Path> binary, Optional<Release> present, Map<String, SelfUpgrade> selfUpgrade, boolean upgrades,
      List<String> notes) {
    public Programs {
      selfUpgrade = Collections.unmodifiableMap(new LinkedHashMap<>(selfUpgrade));
      notes = List.copyOf(notes);
    }
  }
}
