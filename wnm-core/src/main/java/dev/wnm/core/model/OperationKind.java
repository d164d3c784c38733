package dev.wnm.core.model;

/** What can be done to a node; the names are those stored in the journal. */
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
  RETIRE("retired"),
  /** Deleted with its data. */
  REMOVE("removed"),
  /** Stopped and left alone. */
  DISABLE("disabled"),
  /** Given back to the cycle after having been disabled. */
  ENABLE("enabled");

  private final String pastTense;

  OperationKind(String pastTense) {
    this.pastTense = pastTense;
  }

  /** For sentences such as "added antnode0003". */
  public String pastTense() {
    return pastTense;
  }
}
