package dev.wnm.core.decision;

import java.util.Objects;

/**
 * One thing to do, to one target unless the target is a plural.
 *
 * @param type what
 * @param target to what
 * @param priority 0 to 100, higher first
 * @param reason one line: what was measured against which limit
 */
public record PlannedAction(ActionType type, Target target, int priority, String reason) {
  public PlannedAction {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(reason, "reason");
  }

  /** What an action is done to. Which node of the kind it is, is the cycle's choice. */
  public enum Target {
    /** Every node. */
    FLEET,
    /** One node that is DEAD. */
    DEAD_NODE,
    /** One node that is STOPPED. */
    STOPPED_NODE,
    /** One node that is RUNNING. */
    RUNNING_NODE,
    /** A node that is not there yet. */
    NEW_NODE
  }
}
