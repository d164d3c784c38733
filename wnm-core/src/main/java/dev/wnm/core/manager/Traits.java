package dev.wnm.core.manager;

/**
 * What core must know to drive a back end. Core asks for a trait, never for a class or a name.
 *
 * @param numbering how node ids are given out
 * @param concurrency how many operations may run at once
 * @param upgrades who puts a new binary in place
 * @param teardown whether all nodes can be removed by one call
 * @param groups whether nodes live in container groups
 */
public record Traits(
    Numbering numbering, Concurrency concurrency, Upgrades upgrades, Teardown teardown, boolean groups) {

  /** How node ids are given out. */
  public enum Numbering {
    /** The lowest free id. */
    HOLE_FILLING,
    /** Never an id twice until a teardown. */
    MONOTONIC,
    /** The lowest free id in the least loaded group's block. */
    GROUP_BLOCKS
  }

  /** How many operations may run at once (never two on one node). */
  public enum Concurrency {
    /** One at a time. */
    SERIAL,
    /** One at a time in each group. */
    PER_GROUP,
    /** As many as the limits allow. */
    PARALLEL
  }

  /** Who puts a new binary in place. */
  public enum Upgrades {
    /** {@link ProcessManager#upgrade} does all of it. */
    BY_BACK_END,
    /** Core stops the node, has the binary put in place by {@link ProcessManager#install}, and starts it. */
    BY_CORE
  }

  /** How all nodes are removed. */
  public enum Teardown {
    /** {@link ProcessManager#teardown} removes them at once. */
    IN_BULK,
    /** Core removes node by node. */
    NODE_BY_NODE
  }
}
