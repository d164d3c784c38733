package dev.wnm.core.decision;

import java.util.Locale;
import java.util.Objects;
import org.apiguardian.api.API;

/**
 * What to do to how many, and why.
 *
 * @param type what
 * @param target to what
 * @param count to how many of them, 1 or more; 1 where it is done to the whole fleet
 * @param priority 0 to 100, higher first
 * @param reason one line: what was measured against which limit
 */
@API(status = API.Status.STABLE)
public record PlannedAction(ActionType type, Target target, int count, int priority, String reason) {
  public PlannedAction {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(reason, "reason");
    if (count < 1) {
      throw new IllegalArgumentException("an action on " + count + " nodes is none");
    }
  }

  static PlannedAction onFleet(ActionType type, int priority, String reason) {
    return new PlannedAction(type, Target.FLEET, 1, priority, reason);
  }

  /** What is done, such as {@code add 1 node} or {@code remove 2 stopped nodes}. */
  public String inWords() {
    String nodes = count + switch (target) {
      case STOPPED_NODE -> type == ActionType.REMOVE ? " stopped" : "";
      case RUNNING_NODE -> type == ActionType.REMOVE ? " running" : "";
      case DEAD_NODE -> " dead";
      case NEW_NODE, FLEET -> "";
    } + (count == 1 ? " node" : " nodes");
    return switch (type) {
      case RESURVEY -> "look at all nodes anew";
      case SURVEY -> "look at the nodes";
      case REMOVE, STOP, RESTART, UPGRADE, START, ADD -> type.name().toLowerCase(Locale.ROOT) + " " + nodes;
    };
  }

  /** What an action is done to. Which nodes of the kind these are, is the cycle's choice. */
  public enum Target {
    /** Every node. */
    FLEET,
    /** Nodes that are DEAD. */
    DEAD_NODE,
    /** Nodes that are STOPPED. */
    STOPPED_NODE,
    /** Nodes that are RUNNING. */
    RUNNING_NODE,
    /** Nodes that are not there yet. */
    NEW_NODE
  }
}
