package dev.wnm.core.model;

/** What wnm believes a node to be doing. The names are those stored in {@code node.status}. */
public enum NodeStatus {
  /** Its process runs: it answered a probe, or its process manager confirmed it. */
  RUNNING,
  /** Its process does not run; its data is kept. */
  STOPPED,
  /** Restarted with a new binary; looked at again when {@code delay_upgrade} is over. */
  UPGRADING,
  /** Started (for the first time or again); looked at again when {@code delay_start} is over. */
  RESTARTING,
  /** Stopped for good; deleted with its data when {@code delay_remove} is over. */
  REMOVING,
  /** Left alone until an operator enables it. */
  DISABLED,
  /** Its process is gone and so is its folder, from a storage that is there; its row is removed in a later cycle. */
  DEAD,
  /** On its way to another place. */
  MIGRATING,
  /**
   * Its row cannot be read, so nothing is known of it: nothing is done to it, and its row stays as it is. Never stored.
   */
  UNREADABLE;

  /** Whether an operation on such a node is still under way, so that it counts against the concurrency limits. */
  public boolean inFlight() {
    return this == UPGRADING || this == RESTARTING || this == REMOVING || this == MIGRATING;
  }

  /** Whether a survey may change this status: states that end by a delay or an operator are left to these. */
  public boolean settled() {
    return this == RUNNING || this == STOPPED || this == DEAD;
  }
}
