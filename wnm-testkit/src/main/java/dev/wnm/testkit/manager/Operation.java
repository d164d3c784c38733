package dev.wnm.testkit.manager;

/** What a process manager can be asked to do. A restart is a stop and a start. */
public enum Operation {
  CREATE,
  START,
  STOP,
  STAGE,
  SWAP,
  RESTORE,
  UPGRADE,
  KEEP_KEY,
  REMOVE,
  MOVE,
  SETTLE_MOVE,
  STATUS,
  SURVEY,
  TEARDOWN
}
