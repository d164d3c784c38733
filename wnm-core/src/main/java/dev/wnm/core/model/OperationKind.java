package dev.wnm.core.model;

/** What can be done to a node. */
public enum OperationKind {
  /** Made and started for the first time. */
  ADD("added"),
  /** Started. */
  START("started"),
  /** Stopped; its data is kept and it may come back. */
  STOP("stopped"),
  /** Stopped and started again, because it did not answer. */
  RESTART("restarted"),
  /** Moved to another binary and started. */
  UPGRADE("upgraded"),
  /** Stopped for good; its data is deleted later. */
  DECOMMISSION("decommissioned"),
  /** Deleted with its data. */
  REMOVE("removed"),
  /** Stopped and left alone. */
  DISABLE("disabled"),
  /** Given back to the cycle after having been disabled. */
  ENABLE("enabled"),
  /** Brought to another storage. */
  MOVE("moved");

  private final String pastTense;

  OperationKind(String pastTense) {
    this.pastTense = pastTense;
  }

  /** What it is called in the journal, which older versions of wnm read and wrote. */
  public String stored() {
    return this == DECOMMISSION ? "RETIRE" : name();
  }

  /** For sentences such as "added antnode0003". */
  public String pastTense() {
    return pastTense;
  }
}
