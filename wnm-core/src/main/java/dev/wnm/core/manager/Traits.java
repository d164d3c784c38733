package dev.wnm.core.manager;

import dev.wnm.core.model.Version;
import java.util.Optional;

/**
 * What core must know to drive a back end. Core asks for a trait, never for a class or a name.
 *
 * @param numbering how node ids are given out
 * @param concurrency how many operations may run at once
 * @param upgrades who puts a new binary in place
 * @param teardown whether all nodes can be removed by one call
 * @param groups whether new nodes live in containers, as {@link ProcessManager#containers} tells
 * @param binaries where nodes get their antnode from
 */
public record Traits(
    Numbering numbering, Concurrency concurrency, Upgrades upgrades, Teardown teardown, boolean groups,
    Binaries binaries) {

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
    /** One at a time in each container, and among the nodes that live in none. */
    PER_GROUP,
    /** As many as the limits allow. */
    PARALLEL,
    /**
     * As many as the limits allow; several nodes of one kind of operation are best given to {@link ProcessManager#createAll}
     * and its like together.
     */
    IN_BATCHES
  }

  /** Who puts a new binary in place. */
  public enum Upgrades {
    /** {@link ProcessManager#upgrade} does all of it. */
    BY_BACK_END,
    /**
     * Core has the new binary {@linkplain ProcessManager#stage put beside the old one}, stops the node, has the two
     * {@linkplain ProcessManager#swap exchanged}, and starts it.
     */
    BY_CORE
  }

  /** Where nodes get their antnode from. */
  public sealed interface Binaries {
    /** A copy of {@link NodeSpec#source()}, which must be there. */
    record OfMachine() implements Binaries {}

    /**
     * The back end fetches it; {@link NodeSpec#source()} may be missing.
     *
     * @param version what new and upgraded nodes get, where that is known beforehand
     */
    record Fetched(Optional<Version> version) implements Binaries {}
  }

  /** How all nodes are removed. */
  public enum Teardown {
    /** {@link ProcessManager#teardown} removes them at once. */
    IN_BULK,
    /** Core removes node by node. */
    NODE_BY_NODE
  }
}
