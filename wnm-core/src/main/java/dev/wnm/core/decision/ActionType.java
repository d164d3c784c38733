package dev.wnm.core.decision;

import org.apiguardian.api.API;
/** What can be done to the fleet. The names are those of {@code --what_if}'s answers. */
@API(status = API.Status.STABLE)
public enum ActionType {
  /** The machine came up again: ask every node how it is. */
  RESURVEY,
  /** Delete a node and its data. */
  REMOVE,
  /** Stop a node; its data is kept. */
  STOP,
  /** Stop a node that does not answer though its process runs, and start it again. */
  RESTART,
  /** Move a running node to the newer antnode. */
  UPGRADE,
  /** Start a stopped node. */
  START,
  /** Make a new node and start it. */
  ADD,
  /** Ask the nodes how they are. */
  SURVEY
}
