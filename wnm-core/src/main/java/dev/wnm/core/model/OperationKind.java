package dev.wnm.core.model;

/** What can be done to a node; the names are those stored in the journal. */
public enum OperationKind {
  /** Made and started for the first time. */
  ADD,
  /** Started. */
  START,
  /** Stopped; its data is kept and it may come back. */
  STOP,
  /** Moved to another binary and started. */
  UPGRADE,
  /** Stopped for good; its data is deleted later. */
  RETIRE,
  /** Deleted with its data. */
  REMOVE,
  /** Stopped and left alone. */
  DISABLE
}
