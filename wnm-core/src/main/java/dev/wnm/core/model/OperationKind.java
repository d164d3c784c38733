package dev.wnm.core.model;

/** What can be done to a node. */
public enum OperationKind {
  /** Made and started for the first time. */
  ADD("added", "adding"),
  /** Started. */
  START("started", "starting"),
  /** Stopped; its data is kept and it may come back. */
  STOP("stopped", "stopping"),
  /** Stopped and started again, because it did not answer. */
  RESTART("restarted", "restarting"),
  /** Moved to another binary and started. */
  UPGRADE("upgraded", "upgrading"),
  /** Stopped for good; its data is deleted later. */
  DECOMMISSION("decommissioned", "decommissioning"),
  /** Deleted with its data. */
  REMOVE("removed", "removing"),
  /** Stopped and left alone. */
  DISABLE("disabled", "disabling"),
  /** Given back to the cycle after having been disabled. */
  ENABLE("enabled", "enabling"),
  /** Brought to another storage. */
  MOVE("moved", "moving");

  private final String pastTense;
  private final String presentParticiple;

  OperationKind(String pastTense, String presentParticiple) {
    this.pastTense = pastTense;
    this.presentParticiple = presentParticiple;
  }

  /** What it is called in the journal, which older versions of wnm read and wrote. */
  public String stored() {
    return this == DECOMMISSION ? "RETIRE" : name();
  }

  /** For sentences such as "added antnode0003". */
  public String pastTense() {
    return pastTense;
  }

  /** For sentences such as "adding nodes". */
  public String presentParticiple() {
    return presentParticiple;
  }
}
