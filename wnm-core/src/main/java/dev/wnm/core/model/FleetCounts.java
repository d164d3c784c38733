package dev.wnm.core.model;

import dev.wnm.spi.model.Version;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How many nodes there are of each kind, and the versions that upgrades depend on. No count is below 0.
 *
 * @param total nodes of every status
 * @param running nodes RUNNING
 * @param stopped nodes STOPPED
 * @param restarting nodes RESTARTING
 * @param upgrading nodes UPGRADING
 * @param migrating nodes MIGRATING
 * @param removing nodes REMOVING
 * @param dead nodes DEAD, as far as that was confirmed when they were last looked at
 * @param backingOff stopped nodes that failed lately and are not tried again yet
 * @param waiting stopped nodes that may be tried but wait until another one that died has come back, see {@link StartOrder}
 * @param hung running nodes that do not answer and are to be started again, without those where that was tried lately
 * @param heldUp nodes REMOVING whose deletion failed, or whose end nobody can tell, of those in {@code removing}
 * @param outdated running nodes of a known version older than what nodes get, without those whose upgrade failed lately
 * @param antnodeVersion the version of the binary that new and upgraded nodes get, if it could be read
 * @param queenVersion the version of the node of the same program with the lowest id of those that are not DISABLED, if known; the binary's where
 *     there are none
 */
public record FleetCounts(
    int total,
    int running,
    int stopped,
    int restarting,
    int upgrading,
    int migrating,
    int removing,
    int dead,
    int backingOff,
    int waiting,
    int hung,
    int heldUp,
    int outdated,
    Optional<Version> antnodeVersion,
    Optional<Version> queenVersion) {

  public FleetCounts {
    notNegative("total", total);
    notNegative("running", running);
    notNegative("stopped", stopped);
    notNegative("restarting", restarting);
    notNegative("upgrading", upgrading);
    notNegative("migrating", migrating);
    notNegative("removing", removing);
    notNegative("dead", dead);
    notNegative("backing off", backingOff);
    notNegative("waiting", waiting);
    notNegative("hung", hung);
    notNegative("held up", heldUp);
    notNegative("outdated", outdated);
  }

  /** The same without nodes that are hung, or whose deletion is held up. */
  public FleetCounts(int total, int running, int stopped, int restarting, int upgrading, int migrating, int removing, int dead,
      int backingOff, int waiting, int outdated, Optional<Version> antnodeVersion, Optional<Version> queenVersion) {
    this(total, running, stopped, restarting, upgrading, migrating, removing, dead, backingOff, waiting, 0, 0, outdated,
        antnodeVersion, queenVersion);
  }

  private static final Set<NodeStatus> UNTOLD = EnumSet.of(NodeStatus.DEAD, NodeStatus.RESTARTING, NodeStatus.UPGRADING);

  /**
   * Counts a fleet in which no stopped node waits for another.
   *
   * @param release what new and upgraded nodes get, if it could be read
   * @param now decides which stopped nodes still wait after a failure, see {@link NodeHealth#mayBeTried}
   */
  public static FleetCounts of(Collection<Node> nodes, Optional<Release> release, Instant now) {
    return of(nodes, release, now, 0);
  }

  /** The same with this many stopped nodes that wait, see {@link #waiting}. */
  public static FleetCounts of(Collection<Node> nodes, Optional<Release> release, Instant now, int waiting) {
    return of(nodes, release, now, waiting, 0);
  }

  /** The same where nodes are started again after so many probes without an answer, see {@link Node#isHung}. */
  public static FleetCounts of(
      Collection<Node> nodes, Optional<Release> release, Instant now, int waiting, int missedProbes) {
    Map<NodeStatus, Integer> byStatus = new EnumMap<>(NodeStatus.class);
    int backingOff = 0;
    int outdated = 0;
    int hung = 0;
    int heldUp = 0;
    Optional<Node> queen = Optional.empty();
    for (Node node : nodes) {
      // What nobody can tell the end of must not hold a place among the operations under way for ever.
      if (!node.isUnknown() || !UNTOLD.contains(node.status())) {
        byStatus.merge(node.status(), 1, Integer::sum);
      }
      if (node.status() == NodeStatus.STOPPED && !node.health().mayBeTried(now)) {
        backingOff++;
      }
      if (node.status() == NodeStatus.RUNNING && node.isOutdatedBy(release) && node.health().mayBeTried(now)) {
        outdated++;
      }
      if (node.isHung(missedProbes, now)) {
        hung++;
      }
      if (node.status() == NodeStatus.REMOVING && (node.isUnknown() || node.health().failures() > 0)) {
        heldUp++;
      }
      if (node.countsForVersions() && release.map(Release::program).map(node::isOf).orElse(true) && (queen.isEmpty() || node.id() < queen.get().id())) {
        queen = Optional.of(node);
      }
    }
    return new FleetCounts(
        nodes.size(),
        byStatus.getOrDefault(NodeStatus.RUNNING, 0),
        byStatus.getOrDefault(NodeStatus.STOPPED, 0),
        byStatus.getOrDefault(NodeStatus.RESTARTING, 0),
        byStatus.getOrDefault(NodeStatus.UPGRADING, 0),
        byStatus.getOrDefault(NodeStatus.MIGRATING, 0),
        byStatus.getOrDefault(NodeStatus.REMOVING, 0),
        byStatus.getOrDefault(NodeStatus.DEAD, 0),
        backingOff,
        waiting,
        hung,
        heldUp,
        outdated,
        release.map(Release::version),
        queen.isEmpty() ? release.map(Release::version) : queen.get().version());
  }

  /** Nodes that are here to stay: what is compared with the cap. Those REMOVING are as good as gone. */
  public int staying() {
    return total - removing;
  }

  /** Nodes REMOVING whose deletion is not held up. */
  public int leaving() {
    return Math.max(0, removing - heldUp);
  }

  /**
   * Operations under way; they count against {@code max_concurrent_operations}. What holds up a deletion may last for days, and
   * is no reason to leave the other nodes alone; further removals do wait for it.
   */
  public int operations() {
    return upgrading + restarting + leaving() + migrating;
  }

  /** Stopped nodes that a start may be tried on now. */
  public int startable() {
    return Math.max(0, stopped - backingOff - waiting);
  }

  /** Nodes that an upgrade may be tried on: outdated ones that run. */
  public int upgradable() {
    return Math.min(outdated, running);
  }

  /** Nodes that a restart may be tried on. */
  public int restartable() {
    return Math.min(hung, running);
  }

  private static void notNegative(String what, int count) {
    if (count < 0) {
      throw new IllegalArgumentException("the count of " + what + " nodes, " + count + ", is below 0");
    }
  }
}
