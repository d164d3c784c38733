package dev.wnm.core.model;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Which stopped nodes may be started. Of those that died or could not be worked on, one goes first, and the others once it has
 * come back: what ended one of them may end them all, and a fleet that is started over and over does more harm than one that
 * is down. Nodes that were stopped on purpose, or by a reboot, wait for nobody.
 */
public final class StartOrder {
  private final Collection<Node> nodes;
  private final Instant cameBack;
  private final Instant now;
  private final Optional<Node> first;

  /**
   * @param nodes all nodes
   * @param cameBack when a node that had died last answered again after its start; empty when none ever did
   */
  public StartOrder(Collection<Node> nodes, Optional<Instant> cameBack, Instant now) {
    this.nodes = nodes;
    this.cameBack = cameBack.orElse(Instant.MIN);
    this.now = now;
    Comparator<Node> byId = Comparator.comparing(Node::id);
    first = nodes.stream().filter(StartOrder::isUnderWay).min(byId).or(() -> nodes.stream().filter(this::isHeld).min(byId));
  }

  /** Whether this node, which is STOPPED, may be started now. */
  public boolean mayStart(Node node) {
    return node.health().mayBeTried(now) && (!isHeld(node) || first.filter(one -> one.id() == node.id()).isPresent());
  }

  /** How many stopped nodes could be tried but wait for another one. */
  public int waiting() {
    return (int) nodes.stream().filter(node -> isHeld(node) && !mayStart(node)).count();
  }

  /** Why some of them wait, in a clause; empty when none does. */
  public Optional<String> reason() {
    int waiting = waiting();
    return waiting == 0 ? Optional.empty() : Optional.of(
        waiting + (waiting == 1 ? " node that died waits" : " nodes that died wait") + " until " + first.orElseThrow().service()
            + " runs");
  }

  /** Whether a node that had died, or could not be worked on, was started and has not shown yet how it does. */
  public static boolean isUnderWay(Node node) {
    // Of one that nobody can tell of, nobody knows whether it will ever answer: the others do not wait for it.
    return (node.status() == NodeStatus.RESTARTING || node.status() == NodeStatus.UPGRADING) && node.health().isTroubled()
        && !node.isUnknown();
  }

  private boolean isHeld(Node node) {
    return node.status() == NodeStatus.STOPPED && node.health().mayBeTried(now) && node.health().isTroubled()
        && !node.statusAt().isBefore(cameBack);
  }
}
